"""What is answered to somebody who holds a copy: by the digest of the edition or of its words, whole or in part."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.editions.copies import LONGEST, SHORTEST, copies_of, copy_of, read_code
from articles.editions.shelf import Edition
from articles.publishing.withdraw import withdraw as withdraw_article
from tests.factories.desk import an_article
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    a_quote,
    an_english_document,
    an_id,
    heading,
    quoted,
    restore,
    shelve,
    withdraw,
    withdraw_part,
)
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def a_text(word: str = "один") -> Edition:
    return shelve(a_document(heading(word, name="h")))


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("3f9a04c2b71e", "3f9a04c2b71e"),
        (" 3F9A 04C2\n b71e-88D0 ", "3f9a04c2b71e88d0"),
        ("3f9a\N{NO-BREAK SPACE}04c2‑b71e", "3f9a04c2b71e"),
        ("АВСЕ О4с2 з1lI", "abce04c23111"),
        ("https://site.invalid/ru/verify/?digest=3f9a04c2b71e88d0&x=1", "3f9a04c2b71e88d0"),
    ],
)
def test_a_code_is_read_through_spaces_capitals_and_letters_that_look_alike(typed: str, prefix: str) -> None:
    code = read_code(typed)

    assert (code.prefix, code.problem) == (prefix, "")


@pytest.mark.parametrize(
    ("typed", "problem", "length", "wrong"),
    [
        ("3f9a04c2b71", "short", 11, ""),
        ("a" * 65, "long", 65, ""),
        ("3f9a04c2b71g жж", "characters", 14, "gж"),
        ("' OR 1=1 --", "characters", 6, "'r="),
    ],
)
def test_what_cannot_be_a_code_says_what_is_wrong_with_it(typed: str, problem: str, length: int, wrong: str) -> None:
    code = read_code(typed)

    assert (code.prefix, code.problem, code.length, code.wrong) == ("", problem, length, wrong)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_code_or_a_problem(typed: str) -> None:
    code = read_code(typed)

    assert bool(code.prefix) != bool(code.problem)
    assert not code.prefix or SHORTEST <= len(code.prefix) <= LONGEST


@pytest.mark.parametrize("length", [12, 16, 63, 64])
def test_the_live_edition_is_current_by_each_of_its_digests_and_their_beginnings(length: int) -> None:
    edition = a_text()

    assert copy_of(edition.digest[:length]).state == "current"
    assert copy_of(edition.content_digest[:length]).state == "current"


def test_an_older_edition_is_outdated_by_all_that_came_since_the_gravest_first() -> None:
    first = a_text()
    shelve(a_document(heading("два", name="h")), change="wording", at=NOON + DAY)
    shelve(a_document(heading("три", name="h")), change="safety", note="Опасно.", at=NOON + 2 * DAY)
    shelve(a_document(heading("четыре", name="h")), change="update", at=NOON + 3 * DAY)

    copy = copy_of(first.digest[:16])

    assert (copy.state, copy.edition, copy.has_same_words) == ("outdated", first, False)
    assert [envelope.number for envelope in copy.later] == [2, 3, 4]
    assert copy.classes == ["safety", "update", "wording"]


def test_an_edition_whose_words_are_still_the_same_says_so_and_by_its_words_it_is_current() -> None:
    first = a_text()
    shelve(a_document(heading("один", name="h")), change="review", review=REVIEWED, at=NOON + DAY)

    by_edition, by_words = copy_of(first.digest), copy_of(first.content_digest)

    assert (by_edition.state, by_edition.has_same_words) == ("outdated", True)
    assert (by_words.state, by_words.edition.number if by_words.edition else 0) == ("current", 2)


def test_words_that_came_back_are_current_though_the_edition_that_had_them_first_is_not() -> None:
    first = a_text()
    shelve(a_document(heading("два", name="h")), change="update", at=NOON + DAY)
    shelve(a_document(heading("один", name="h")), change="correction", at=NOON + 2 * DAY)

    assert copy_of(first.content_digest).state == "current"
    assert copy_of(first.digest).state == "outdated"


def test_a_withdrawn_text_is_withdrawn_for_all_its_editions_and_current_again_when_it_is_back() -> None:
    first = a_text()
    last = shelve(a_document(heading("два", name="h")), change="update", at=NOON + DAY)
    withdraw(at=NOON + 2 * DAY)

    assert [copy_of(edition.digest).state for edition in (first, last)] == ["withdrawn", "withdrawn"]

    restore(at=NOON + 3 * DAY)

    assert [copy_of(edition.digest).state for edition in (first, last)] == ["outdated", "current"]


def test_one_language_that_is_withdrawn_says_nothing_against_the_other() -> None:
    russian = a_text()
    english = shelve(an_english_document(heading("one", name="h")), "en")
    withdraw()

    assert [copy_of(edition.digest).state for edition in (russian, english)] == ["withdrawn", "current"]


def test_a_copy_with_words_that_were_withdrawn_since_is_withdrawn_in_part() -> None:
    quote = a_quote()
    first = shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    copy = copy_of(first.digest)

    assert copy.state == "withdrawn_in_part"
    assert copy.recall is not None
    assert copy.recall.reason("ru") == "Врач попросил снять свои слова."
    assert copy_of(Edition.objects.get(number=2).digest).state == "current"


def test_a_copy_of_an_erased_text_is_withdrawn(editor: User, administrator: User) -> None:
    article = an_article()
    editions = publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(article, "article", editor, administrator)

    copy = copy_of(editions["en"].digest)

    assert copy.state == "withdrawn"
    assert copy.shelved is not None
    assert copy.shelved.standing.title == ""


def test_a_code_that_no_edition_has_is_unknown() -> None:
    a_text()

    assert copy_of("0" * 64).state == copy_of("f" * 12).state == "unknown"


def test_a_beginning_that_several_editions_share_is_ambiguous() -> None:
    first = a_text()
    second = shelve(a_document(heading("x"), slug="other"), item=an_id("other"))
    shared = "abcdef012345"
    rows = [("digest", first, "1"), ("digest", second, "2")]
    twins = [Edition(**_fields(edition), **{name: shared + mark * 52}) for name, edition, mark in rows]
    Edition.objects.bulk_create(twins)

    assert copy_of(shared).state == "ambiguous"
    assert copy_of(shared + "1").state == "current"


def _fields(edition: Edition) -> dict[str, object]:
    """All but the digest, as another item."""
    names = ("kind", "language", "number", "document_json", "envelope_json", "content_digest")
    return {name: getattr(edition, name) for name in names} | {"item": edition.item, "number": edition.number + 1}


def test_beginnings_of_two_different_wordings_are_ambiguous_too() -> None:
    first = a_text()
    fields = _fields(first) | {"content_digest": ""}
    shared = "fedcba543210"
    Edition.objects.bulk_create(
        Edition(**fields | {"number": 2 + int(mark), "digest": mark * 64, "content_digest": shared + mark * 52})
        for mark in "12"
    )

    assert copy_of(shared).state == "ambiguous"
    assert copy_of("9" * 12).state == "unknown"


@pytest.mark.parametrize("which", ["digest", "content_digest"])
def test_a_lookup_is_a_range_of_an_index_and_costs_the_same_with_one_and_with_thirty_editions(which: str) -> None:
    first = a_text()
    second = shelve(a_document(heading("два", name="h")), change="update", at=NOON + DAY)
    with CaptureQueriesContext(connection) as few:
        copy_of(getattr(first, which)[:16])
    for number in range(28):
        shelve(a_document(heading(f"{number}", name="h")), change="update", at=NOON + (number + 2) * DAY)
    with CaptureQueriesContext(connection) as many:
        copy_of(getattr(first, which)[:16])

    assert len(few) == len(many) <= 6
    assert " LIKE " not in "".join(query["sql"] for query in many)
    assert second.number == 2


def test_the_beginning_of_a_digest_is_looked_up_by_its_index() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads so small a table as a whole")
    rows = Edition.objects.filter(digest__range=("a" * 64, "b" * 64))

    assert "USING INDEX" in rows.explain()


def test_several_are_asked_at_once_and_each_has_the_answer_that_it_has_alone() -> None:
    quote = a_quote()
    carrying = shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)
    gone = shelve(a_document(heading("x"), slug="gone"), item=an_id("gone"))
    withdraw(an_id("gone"))
    old = shelve(a_document(heading("y"), slug="old"), item=an_id("old"))
    new = shelve(a_document(heading("z"), slug="old"), item=an_id("old"), change="safety", at=NOON + DAY)
    asked = [carrying.digest, gone.content_digest[:12], old.digest[:20], new.digest, "0" * 64]

    found = copies_of(asked)

    assert list(found) == asked
    assert [found[one].state for one in asked] == ["withdrawn_in_part", "withdrawn", "outdated", "current", "unknown"]
    for one in asked:
        alone = copy_of(one)
        assert (alone.state, alone.edition, alone.classes) == (found[one].state, found[one].edition, found[one].classes)
        assert (alone.recall, alone.has_same_words) == (found[one].recall, found[one].has_same_words)


def test_nothing_that_is_asked_is_nothing_that_is_answered() -> None:
    assert copies_of([]) == {}
