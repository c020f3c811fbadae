"""Who stands for a text, and when a review is overdue."""

from datetime import date

import pytest
from django.utils.translation import override

from articles.editions.envelope import Review, Signatory
from articles.reader.presenters.standing import review_view
from tests.factories.documents import REVIEWED, UNREVIEWED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "is_overdue"), [(date(2028, 11, 19), False), (date(2028, 11, 20), False), (date(2028, 11, 21), True)]
)
def test_a_review_is_overdue_from_the_day_after_its_date(today: date, is_overdue: bool) -> None:
    with override("en"):
        assert review_view(REVIEWED, "en", today=today).is_overdue is is_overdue


def test_a_decision_without_a_review_is_never_overdue() -> None:
    with override("en"):
        view = review_view(UNREVIEWED, "en", today=date(2099, 1, 1))

    assert (view.is_reviewed, view.is_overdue, view.next_on) == (False, False, None)


def test_a_reason_with_markup_or_percent_signs_is_shown_as_it_is() -> None:
    review = Review(
        state="not_reviewed", by=[Signatory("<b>A</b> %(x)s", "editor")], on="2026-11-22", next_on="", reason="100 %s"
    )
    with override("en"):
        view = review_view(review, "en", today=date(2026, 11, 22))

    assert "<b>A</b> %(x)s, editor" in view.decision
    assert view.decision.endswith("Reason: 100 %s")


def test_a_role_that_is_unknown_here_is_named_by_its_code() -> None:
    review = Review(state="reviewed", by=[Signatory("A", "pharmacist")], on="2026-11-22", next_on="", reason="")
    with override("en"):
        assert review_view(review, "en", today=date(2026, 11, 22)).reviewers == ["A, pharmacist"]
