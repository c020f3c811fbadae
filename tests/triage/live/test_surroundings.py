"""The texts that lead to a protocol: live ones of the same language, articles before questions."""

from datetime import timedelta

import pytest

from tests.factories.documents import NOON, a_document, an_id, item_link, said, shelve, text, withdraw
from tests.factories.documents_of_kinds import a_faq, a_page
from tests.factories.triage import BUNDLED_ID as PROTOCOL
from triage.live.surroundings import texts_that_lead_to

pytestmark = pytest.mark.django_db


def way(name: str, to: str = PROTOCOL) -> object:
    return text(said("Не уверены? ", item_link("Когда нужен врач", to, "protocol")), name=name)


def test_articles_come_first_then_questions_each_by_title() -> None:
    shelve(a_faq(way("a"), title="Азбука?", slug="a"), item=an_id("a"))
    shelve(a_document(way("b"), title="Ярость", slug="b"), item=an_id("b"), at=NOON + timedelta(1))
    shelve(a_document(way("c"), title="беглость", slug="c"), item=an_id("c"))

    found = texts_that_lead_to(PROTOCOL, "ru")

    assert [(one.title, one.path) for one in found] == [
        ("беглость", "/ru/articles/c/"),
        ("Ярость", "/ru/articles/b/"),
        ("Азбука?", "/ru/faq/a/"),
    ]


def test_what_is_withdrawn_or_leads_elsewhere_or_is_in_the_other_language_is_left_out() -> None:
    shelve(a_document(way("a"), title="Снятая"), item=an_id("a"))
    withdraw(an_id("a"))
    shelve(a_document(way("b"), title="In English", slug="b"), "en", item=an_id("b"))
    shelve(a_document(way("c", an_id("another")), title="К другому опросу", slug="c"), item=an_id("c"))

    assert texts_that_lead_to(PROTOCOL, "ru") == []


def test_a_page_about_the_site_that_names_the_questions_is_nothing_to_read_on() -> None:
    shelve(a_page(way("a")), item=an_id("a"))

    assert texts_that_lead_to(PROTOCOL, "ru") == []


def test_two_queries_find_them_however_many_there_are(django_assert_num_queries: object) -> None:
    for number in range(3):
        shelve(a_document(way("a"), slug=f"a-{number}"), item=an_id(f"a {number}"))

        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(texts_that_lead_to(PROTOCOL, "ru")) == number + 1
