"""How soon a text is reviewed again follows its risk, and of what nobody has said it the highest is assumed."""

from datetime import date
from uuid import uuid4

import pytest

from articles.editorial.review_plans import MONTHS, Plan, ReviewPlan, Risk, history, plan_of, plans, set_plan
from articles.editorial.roles import NotAllowedError
from articles.editorial.signoffs import in_months
from tests.factories.desk import NOON, an_editor
from tests.factories.reviews import a_reviewer
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


def test_what_nobody_has_set_is_reviewed_as_if_it_could_harm() -> None:
    assert plan_of(uuid4()) == Plan(Risk.HIGH, None, is_set=False)
    assert [MONTHS[risk] for risk in Risk] == [12, 24, 36]


def test_the_last_setting_counts_and_all_stay_written() -> None:
    vera, item = an_editor(), uuid4()
    set_plan("article", item, Risk.LOW, None, by=vera, at=NOON)
    set_plan("article", item, Risk.MEDIUM, vera, by=vera, at=later(1))
    set_plan("article", item, Risk.MEDIUM, vera, by=vera, at=later(2))

    assert plan_of(item) == Plan(Risk.MEDIUM, vera, is_set=True)
    assert [(row.risk, row.set_at) for row in history(item)] == [("medium", later(1)), ("low", NOON)]


def test_who_has_no_account_any_more_sees_to_nothing() -> None:
    vera, boris, item = an_editor(), an_editor("boris"), uuid4()
    set_plan("article", item, Risk.LOW, boris, by=vera, at=NOON)
    boris.is_active = False
    boris.save()

    assert plan_of(item).owner is None


def test_a_reviewer_sets_no_plan() -> None:
    with pytest.raises(NotAllowedError):
        set_plan("article", uuid4(), Risk.LOW, None, by=a_reviewer(), at=NOON)
    assert not ReviewPlan.objects.exists()


def test_plans_of_many_texts_are_one_query(django_assert_num_queries: object) -> None:
    vera, items = an_editor(), [uuid4() for _ in range(5)]
    for item in items:
        set_plan("article", item, Risk.LOW, vera, by=vera, at=NOON)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert set(plans(items)) == set(items)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
    ],
)
def test_months_end_where_the_calendar_does(day: date, months: int, expected: date) -> None:
    assert in_months(day, months) == expected
