"""Signatures of medical reviewers: who may sign, what a signature needs, and that it stands for good."""

from datetime import date
from uuid import uuid4

import pytest

from articles.editorial.roles import NotAllowedError
from articles.editorial.signoffs import (
    SignOff,
    UnsignableError,
    history,
    in_years,
    last_names,
    newest_of_each,
    revoke,
    sign,
    standing,
)
from tests.factories.desk import NOON, an_editor
from tests.factories.reviews import NAMES, a_reviewer
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db

ITEM = uuid4()
TEXT = "a" * 64
IN_TWO_YEARS = date(2028, 11, 22)


def a_signature(by, digest=TEXT, minutes=0, **given):
    given = {"name": NAMES, "next_on": IN_TWO_YEARS} | given
    return sign("article", ITEM, "ru", digest, by=by, at=later(minutes), **given)


def test_a_signature_says_who_which_text_and_until_when():
    anna = a_reviewer()

    row = a_signature(anna, note="Дозы сверены.")

    assert (row.reviewer, row.content_digest, row.signed_at, row.next_review_on) == (anna, TEXT, NOON, IN_TWO_YEARS)
    assert (row.name_in("ru"), row.name_in("en"), row.role) == (NAMES["ru"], NAMES["en"], "medical_reviewer")


def test_an_editor_may_not_sign():
    with pytest.raises(NotAllowedError):
        a_signature(an_editor())


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"name": {"ru": "Анна Проверочная"}}, [("name-missing", "en")]),
        ({"name": {"ru": " ", "en": "\u202eA"}}, [("name-missing", "ru"), ("name-unreadable", "en")]),
        ({"name": {"ru": "А" * 201, "en": "A"}}, [("name-too-long", "ru")]),
        ({"next_on": date(2026, 11, 22)}, [("next-date-past", "")]),
        ({"next_on": date(2029, 11, 23)}, [("next-date-far", "")]),
    ],
)
def test_a_name_in_both_languages_and_a_day_within_three_years_are_needed(given, codes):
    with pytest.raises(UnsignableError) as refusal:
        a_signature(a_reviewer(), **given)

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == codes
    assert all(problem.sentence for problem in refusal.value.problems)
    assert not SignOff.objects.exists()


def test_the_last_possible_day_is_three_years_on():
    assert a_signature(a_reviewer(), next_on=date(2029, 11, 22)).pk
    assert in_years(date(2028, 2, 29), 2) == date(2030, 2, 28)


def test_of_each_reviewer_the_newest_signature_stands():
    anna, boris = a_reviewer(), a_reviewer("boris")
    a_signature(anna)
    newest = a_signature(anna, minutes=2)
    other = a_signature(boris, minutes=1)
    elsewhere = a_signature(boris, digest="b" * 64, minutes=3)

    rows = standing([ITEM])
    assert rows[1:] == [other, newest, elsewhere]
    assert newest_of_each(row for row in rows if row.content_digest == TEXT) == [other, newest]


def test_a_signature_is_taken_back_by_its_signer_alone_and_the_row_stays():
    anna = a_reviewer()
    row = a_signature(anna)
    with pytest.raises(NotAllowedError):
        revoke(row, by=a_reviewer("boris"), at=later(1))

    revoke(row, by=anna, at=later(1))
    revoke(row, by=anna, at=later(2))

    assert standing([ITEM]) == []
    assert [one.revocation.revoked_at for one in history(ITEM, "ru")] == [later(1)]


def test_names_are_proposed_as_they_were_signed_last():
    anna = a_reviewer()
    assert last_names(anna) == {}

    a_signature(anna, name={"ru": "  Анна   Проверочная ", "en": "Anna Testova"})

    assert last_names(anna) == {"ru": "Анна Проверочная", "en": "Anna Testova"}
