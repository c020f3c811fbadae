"""Which pages there are, in parts whose limits never move."""

from datetime import timedelta

import pytest

from articles.editions.inventory import listed, parts
from tests.factories.documents import NOON, a_document, a_person, an_english_document, an_id, heading, shelve, withdraw
from tests.factories.documents_of_kinds import a_faq, a_term, an_expert

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def addresses(size: int) -> list[list[str]]:
    """What each part holds; a sequence of the database may begin anywhere, so parts are not counted from one."""
    return [[place.addresses[place.language] for place in listed(part, size)] for part in parts(size)]


def questions(count: int) -> list[str]:
    items = [an_id(f"faq/{number}") for number in range(count)]
    for number, item in enumerate(items):
        shelve(a_faq(slug=f"q{number}"), item=item, at=NOON + number * DAY)
    return items


def test_nothing_published_is_no_part() -> None:
    assert parts(10) == []
    assert list(listed(1, 10)) == []


def test_all_parts_together_hold_every_live_page_once_in_the_order_of_first_publication() -> None:
    questions(7)

    for size in (1, 2, 3, 100):
        held = addresses(size)
        assert [address for part in held for address in part] == [f"http://testserver/ru/faq/q{n}/" for n in range(7)]
        assert max(len(part) for part in held) <= size


def test_a_withdrawal_moves_no_other_page_to_another_part() -> None:
    items = questions(7)
    before = addresses(3)
    withdraw(items[1], at=NOON + 9 * DAY)
    withdraw(items[6], at=NOON + 9 * DAY)

    gone = {f"http://testserver/ru/faq/q{number}/" for number in (1, 6)}
    left = [[address for address in part if address not in gone] for part in before]
    assert addresses(3) == [part for part in left if part]


def test_a_new_edition_stays_in_its_part_and_tells_when_its_words_changed() -> None:
    questions(2)
    before = parts(100)
    shelve(a_faq(slug="q0", summary="Иначе."), item=an_id("faq/0"), change="update", at=NOON + 5 * DAY)

    assert parts(100) == before
    assert [place.changed[:10] for place in listed(before[0], 100)] == ["2026-11-27", "2026-11-23"]


def test_a_page_names_its_other_language_while_that_is_live() -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What")), "en")
    russian = "http://testserver/ru/articles/sudorogi-v-testah/"
    both = {"ru": russian, "en": "http://testserver/en/articles/cramps-in-tests/"}
    number = parts(100)[0]

    assert [(place.language, place.addresses) for place in listed(number, 100)] == [("ru", both), ("en", both)]
    withdraw(language="en", reason="We found an error.", at=NOON + DAY)
    assert [(place.language, place.addresses) for place in listed(number, 100)] == [("ru", {"ru": russian})]


def test_terms_have_no_page_and_people_whom_we_only_quote_are_not_told() -> None:
    own = a_person("own", name="Ольга Своя", part="participates")
    shelve(a_term(), item=an_id("term"))
    shelve(an_expert(), item=a_person().id)
    alone = parts(100)
    shelve(an_expert(own, slug="svoya"), item=own.id)

    assert alone == []
    assert addresses(100) == [["http://testserver/ru/people/svoya/"]]


def test_a_part_costs_two_queries_however_much_it_holds(django_assert_num_queries: object) -> None:
    questions(12)
    number = parts(1000)[0]

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list(listed(number, 1000))) == 12
    with django_assert_num_queries(2):  # type: ignore[operator]
        parts(1000)
