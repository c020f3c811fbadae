"""Owners are reminded of what was promised, once for each stage, and everybody hears of what is lacking for long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends import locmem

from articles.content.texts import Article
from articles.editorial.review_plans import Risk, set_plan
from articles.publishing.desk_letters import DeskLetter, tell
from articles.publishing.problems import RefusedError
from articles.publishing.review_calendar import due_soon, overdue_reviews, shortened_reviews
from articles.publishing.review_letters import herald, stage
from articles.publishing.settle import settle
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.releases import ITS_MOMENT, a_release
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

PROMISED = date(2027, 3, 1)


def on(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def days(number: int) -> datetime:
    """So many days after the promised one."""
    return on(PROMISED + timedelta(days=number))


@pytest.fixture
def vera() -> User:
    return an_editor(email="vera@desk.example")


@pytest.fixture
def boris() -> User:
    return an_editor("boris", email="boris@desk.example")


@pytest.fixture
def article(vera: User) -> Article:
    """Live in both languages; the review is promised by the first of March."""
    article, anna = an_article(), a_reviewer()
    for language in BOTH:
        sign_text(article, language, by=anna, next_on=PROMISED)
    publish_article(article, by=vera)
    return article


def told(at: datetime) -> list[str]:
    """Whom a round at this moment writes to."""
    mail.outbox.clear()
    herald(at)
    tell(clock=lambda: at)
    return sorted(letter.to[0].partition("@")[0] for letter in mail.outbox)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(31, ""), (30, "30"), (8, "30"), (7, "7"), (1, "7"), (0, "0"), (-6, "0"), (-7, "-1"), (-13, "-1"), (-14, "-2")],
)
def test_stages(left: int, expected: str) -> None:
    assert stage(left) == expected


def test_the_owner_is_reminded_before_on_the_day_and_every_week_after_it(
    article: Article, vera: User, boris: User
) -> None:
    set_plan("article", article.pk, Risk.HIGH, boris, by=vera, at=NOON)

    assert [told(days(number)) for number in (-40, -30, -29, -7, 0, 1, 7)] == [
        [], ["boris"], [], ["boris"], ["boris"], [], ["boris"],
    ]  # fmt: skip


def test_what_a_dead_worker_missed_is_told_once_and_not_four_times(article: Article, vera: User, boris: User) -> None:
    set_plan("article", article.pk, Risk.HIGH, boris, by=vera, at=NOON)

    assert told(days(2)) == ["boris"]
    assert "Overdue by 2 days." in mail.outbox[0].body
    assert told(days(2)) == []


def test_what_nobody_sees_to_is_told_to_all_who_may_publish(article: Article, vera: User, boris: User) -> None:
    assert told(days(-30)) == ["boris", "vera"]
    boris.email = ""
    boris.save()
    set_plan("article", article.pk, Risk.HIGH, boris, by=vera, at=NOON)
    assert told(days(-7)) == ["vera"]


def test_what_is_lacking_for_long_is_told_to_everybody(article: Article, vera: User, boris: User) -> None:
    set_plan("article", article.pk, Risk.HIGH, boris, by=vera, at=NOON)
    settle(days(1))
    assert told(days(13)) == ["boris"]
    assert told(days(14)) == ["boris", "vera"]
    assert "everybody who may publish" in mail.outbox[0].body


def test_a_new_review_is_a_new_promise(article: Article, vera: User, boris: User) -> None:
    assert told(days(0)) != []
    for language in BOTH:
        sign_text(article, language, by=User.objects.get(username="anna"), next_on=date(2027, 9, 1), at=days(0))
    publish_article(article, by=vera, at=days(0))

    assert told(days(7)) == []


def test_one_letter_names_every_text_in_both_languages_with_the_way_to_it(vera: User) -> None:
    anna = a_reviewer()
    for slug in ("first", "second"):
        text = an_article(slug, title_ru=f"Текст {slug}")
        sign_text(text, "ru", by=anna, next_on=PROMISED)
        publish_article(text, by=vera, languages=["ru"])

    assert told(days(-7)) == ["vera"]

    [letter] = mail.outbox
    assert "\n" not in letter.subject
    for slug in ("first", "second"):
        assert letter.body.count(f"Текст {slug}") == 2
    assert "1\u00a0March\u00a02027" in letter.body
    assert "1\u00a0марта\u00a02027" in letter.body
    assert letter.body.count("/admin/reviews/article/") == 4
    assert set(DeskLetter.objects.values_list("attempts", flat=True)) == {1}
    assert [row.facts for row in DeskLetter.objects.all()] == [{}, {}]


def test_a_server_of_mail_that_is_away_costs_nobody_the_letter(
    article: Article, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> int:
        raise OSError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(locmem.EmailBackend, "send_messages", away)
        assert told(days(0)) == []

    assert tell(clock=lambda: days(0) + timedelta(seconds=5)) == 0
    assert tell(clock=lambda: days(0) + timedelta(seconds=31)) == 1
    assert tell(clock=lambda: days(1)) == 0


def test_both_languages_are_one_line_of_the_calendar_and_many_cost_what_one_costs(
    article: Article, vera: User, django_assert_num_queries: object
) -> None:
    set_plan("article", article.pk, Risk.LOW, vera, by=vera, at=NOON)
    with django_assert_num_queries(3):  # type: ignore[operator]
        [soon] = due_soon(days(-10), owner=vera)
    assert (soon.languages, soon.due_on, soon.plan.risk) == (("ru", "en"), PROMISED, Risk.LOW)
    assert (due_soon(days(-60)), overdue_reviews(days(0))) == ([], [])
    # Before the worker has told readers, and after it.
    assert [one.item for one in overdue_reviews(days(1))] == [article.pk]
    settle(days(1))
    with django_assert_num_queries(3):  # type: ignore[operator]
        [late] = overdue_reviews(days(2))
    assert (late.due_on, late.days_left(days(2).date())) == (PROMISED, -2)
    assert due_soon(days(2)) == []


def test_a_promise_reaches_no_further_than_the_risk_of_the_text_allows(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    with pytest.raises(RefusedError) as refusal:
        sign_text(article, "ru", by=anna, next_on=date(2028, 11, 22))
    assert [problem.code for problem in refusal.value.problems] == ["next-date-risk"]

    set_plan("article", article.pk, Risk.MEDIUM, None, by=vera, at=NOON)
    assert sign_text(article, "ru", by=anna, next_on=date(2028, 11, 22)).pk


def test_a_release_that_did_not_go_out_is_told_to_whoever_arranged_it_once(vera: User, boris: User) -> None:
    release = a_release(an_article(), by=vera)
    Article.objects.update(slug_ru="moved", slug_en="moved")
    publish_article(an_article(title_ru="Захватчик", title_en="Squatter"), by=boris, at=later(1))
    settle(ITS_MOMENT)
    settle(later(90))

    assert told(later(91)) == ["vera"]
    assert told(later(92)) == []
    [row] = DeskLetter.objects.all()
    assert row.key.startswith("refused:")
    assert str(release.pk) in row.key


def test_what_is_in_the_way_of_a_release_is_in_the_letter_in_both_languages(vera: User) -> None:
    a_release(by=vera)
    settle(ITS_MOMENT)

    told(later(61))

    [letter] = mail.outbox
    assert "There is no text in this release." in letter.body
    assert "22\u00a0November\u00a02026, 13:00 UTC" in letter.body
    assert "/admin/releases/" in letter.body


def test_a_raised_risk_reminds_at_once_of_what_is_due_by_the_shorter_time_and_not_of_what_is_not(
    vera: User, boris: User
) -> None:
    article, other, anna = an_article(), an_article("other"), a_reviewer()
    for text in (article, other):
        set_plan("article", text.pk, Risk.LOW, boris, by=vera, at=NOON)
        for language in BOTH:
            sign_text(text, language, by=anna, next_on=date(NOON.year + 3, NOON.month, NOON.day))
        publish_article(text, by=vera)
    year_later = on(date(NOON.year + 1, NOON.month, NOON.day) + timedelta(days=-20))
    assert (told(year_later), shortened_reviews(year_later)) == ([], [])

    set_plan("article", article.pk, Risk.HIGH, boris, by=vera, at=year_later)
    set_plan("article", other.pk, Risk.MEDIUM, boris, by=vera, at=year_later)

    assert told(year_later) == ["boris"]
    assert "Its risk was raised since the last review" in mail.outbox[0].body
    [due] = shortened_reviews(year_later)
    assert (due.item, due.days_left(year_later.date()), set(due.languages)) == (article.pk, 20, set(BOTH))
    # Once for each stage, also after that day, and then everybody is told.
    assert [told(year_later + timedelta(days=days)) for days in (1, 13, 20, 21, 27, 34)] == [
        [], ["boris"], ["boris"], [], ["boris"], ["boris", "vera"],
    ]  # fmt: skip

    # A new review promises a day that the risk allows.
    for language in BOTH:
        sign_text(article, language, by=anna, at=year_later, next_on=year_later.date() + timedelta(days=300))
    publish_article(article, by=vera, change_class="update", at=year_later + timedelta(days=35))
    assert shortened_reviews(year_later + timedelta(days=36)) == []
