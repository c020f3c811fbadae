"""A promised review that is lacking is told through the journal, once, and until somebody reviews again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from articles.content.experts import Expert
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.signoffs import SignOff
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.dues import Due
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.reviewing import take_back
from articles.publishing.settle import settle
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.erasure import erase
from tests.factories.reviews import a_reviewer, confirm_all, sign_text
from tests.factories.shelf import BOTH, journal, later, publish_article

pytestmark = pytest.mark.django_db

NEXT = date(2026, 12, 1)
DUE = datetime(2026, 12, 2, tzinfo=UTC)
SOON = timedelta(seconds=1)
WHY = {"ru": "Ошибка.", "en": "An error."}


@pytest.fixture
def vera() -> User:
    return an_editor()


@pytest.fixture
def anna() -> User:
    return a_reviewer()


@pytest.fixture
def article(vera: User, anna: User) -> Article:
    """Live in both languages, both signed until the first of December."""
    article = an_article()
    place(article, a_quote())
    sign(article, anna)
    publish_article(article, by=vera)
    return article


def sign(article: Article, anna: User, *, next_on: date = NEXT, at: datetime = NOON) -> None:
    for language in BOTH:
        sign_text(article, language, by=anna, next_on=next_on, at=at)


def marks(article: Article) -> dict[str, datetime | None]:
    return dict(Standing.objects.filter(item=article.pk).order_by("-language").values_list("language", "overdue_since"))


def waiting(article: Article) -> list[tuple[str, datetime]]:
    rows = Due.objects.filter(item=article.pk, act="review", settled_at__isnull=True)
    return list(rows.order_by("-language").values_list("language", "due_at"))


def withdraw_russian(article: Article, vera: User, at: datetime) -> None:
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=at)


def test_whatever_promises_a_review_waits_for_the_day_after(article: Article, vera: User) -> None:
    assert waiting(article) == [("ru", DUE), ("en", DUE)]
    assert {row.arranged_by for row in Due.objects.all()} == {vera}
    assert settle(DUE - SOON) == 0
    assert marks(article) == {"ru": None, "en": None}


def test_the_journal_tells_it_once_in_each_language_with_the_promised_moment(article: Article) -> None:
    assert (settle(DUE + SOON), settle(DUE + 2 * SOON)) == (2, 0)

    assert marks(article) == {"ru": DUE, "en": DUE}
    lines = list(Change.objects.filter(event="fell_due").order_by("language"))
    assert [(line.language, line.edition, line.effective_at, line.recorded_at) for line in lines] == [
        ("en", 1, DUE, DUE + SOON),
        ("ru", 1, DUE, DUE + SOON),
    ]
    assert [line.change_class for line in lines] == ["review", "review"]
    assert lines[0].note.startswith("The next review was promised by 1\u00a0December\u00a02026")
    assert "1\u00a0декабря\u00a02026" in lines[1].note
    assert Edition.objects.count() == 2
    assert list(verify_editions()) == []


def test_a_late_worker_tells_it_as_of_the_promised_moment_and_whoever_waits_for_the_text_learns_it(
    article: Article,
) -> None:
    settle(DUE + timedelta(days=40))

    line = Change.objects.filter(event="fell_due", language="ru").get()
    assert (line.effective_at, line.recorded_at) == (DUE, DUE + timedelta(days=40))
    published = Change.objects.get(event="published", language="ru")
    assert line.tags_json == published.tags_json
    assert Standing.objects.get(item=article.pk, language="ru").sequence == line.sequence


def test_a_text_that_nobody_reviewed_waits_for_nothing(vera: User) -> None:
    article = an_article()
    publish_article(article, by=vera)

    assert waiting(article) == []


def test_an_amendment_keeps_the_promise_and_the_mark(article: Article, vera: User, anna: User) -> None:
    def amend(post: str, at: datetime) -> None:
        Expert.objects.update(post_ru=post)
        parts = [one.part for one in drifted(article.pk)]
        for part in parts:
            confirm_all(part.kind, part.id, by=anna, at=at)
        republish_changed(article.pk, parts, change_class="correction", notes={"ru": "Должность."}, by=vera, at=at)

    amend("заведующая", later(1))
    assert waiting(article) == [("ru", DUE), ("en", DUE)]

    settle(DUE)
    amend("главный врач", DUE + SOON)

    assert Standing.objects.get(item=article.pk, language="ru").edition.number == 3
    assert marks(article) == {"ru": DUE, "en": DUE}
    assert waiting(article) == []
    assert list(verify_editions()) == []


def test_a_new_review_replaces_what_is_waited_for(article: Article, vera: User, anna: User) -> None:
    Article.objects.update(summary_ru="Иначе.", summary_en="Otherwise.")
    sign(article, anna, next_on=date(2026, 12, 24), at=later(1))
    publish_article(article, by=vera, at=later(1))

    assert waiting(article) == [("ru", datetime(2026, 12, 25, tzinfo=UTC)), ("en", datetime(2026, 12, 25, tzinfo=UTC))]
    assert settle(DUE) == 0


def test_a_new_review_clears_the_mark_and_the_next_promise_falls_due_in_its_turn(
    article: Article, vera: User, anna: User
) -> None:
    settle(DUE)
    Article.objects.update(summary_ru="Иначе.")
    sign_text(article, "ru", by=anna, next_on=date(2027, 12, 1), at=DUE + SOON)
    publish("article", article.pk, {"ru": Terms("update", "Да.")}, decision=Decision(""), by=vera, at=DUE + SOON)

    assert marks(article) == {"ru": None, "en": DUE}
    assert waiting(article) == [("ru", datetime(2027, 12, 2, tzinfo=UTC))]
    assert list(verify_editions()) == []

    settle(datetime(2027, 12, 2, tzinfo=UTC))
    assert marks(article)["ru"] == datetime(2027, 12, 2, tzinfo=UTC)
    assert list(verify_editions()) == []


def test_a_signature_taken_back_takes_promise_and_mark_along(article: Article, vera: User, anna: User) -> None:
    settle(DUE)
    take_back(SignOff.objects.get(language="ru"), by=anna, at=DUE + SOON)
    publish_article(article, by=vera, languages=["ru"], at=DUE + 2 * SOON)

    assert marks(article) == {"ru": None, "en": DUE}
    assert waiting(article) == []
    assert list(verify_editions()) == []


def test_publishing_the_same_again_moves_nothing(article: Article, vera: User) -> None:
    settle(DUE)
    before = journal()

    publish_article(article, by=vera, at=DUE + SOON)

    assert (journal(), marks(article), waiting(article)) == (before, {"ru": DUE, "en": DUE}, [])


def test_a_withdrawn_text_is_not_overdue_and_its_moment_passes_in_silence(article: Article, vera: User) -> None:
    withdraw_russian(article, vera, later(1))

    assert settle(DUE) == 2
    assert marks(article) == {"ru": None, "en": DUE}
    assert [event for _, event, language in journal() if language == "ru"] == ["published", "withdrawn"]


def test_a_mark_goes_with_the_text_and_comes_back_with_it(article: Article, vera: User) -> None:
    settle(DUE)
    withdraw_russian(article, vera, DUE + SOON)
    assert marks(article)["ru"] is None
    assert list(verify_editions()) == []

    restore("article", article.pk, "ru", note="Всё верно.", by=vera, at=DUE + 2 * SOON)

    assert marks(article)["ru"] == DUE
    assert [event for _, event, language in journal() if language == "ru"][-2:] == ["restored", "fell_due"]
    assert list(verify_editions()) == []


def test_what_is_restored_in_time_waits_again(article: Article, vera: User) -> None:
    withdraw_russian(article, vera, later(1))
    restore("article", article.pk, "ru", note="Всё верно.", by=vera, at=later(2))

    assert waiting(article) == [("ru", DUE), ("en", DUE)]
    settle(DUE)
    assert marks(article) == {"ru": DUE, "en": DUE}


def test_what_is_published_after_its_day_is_overdue_at_once(vera: User, anna: User) -> None:
    article = an_article()
    sign(article, anna)

    publish_article(article, by=vera, at=DUE + SOON)

    assert marks(article) == {"ru": DUE, "en": DUE}
    assert waiting(article) == []
    events = [(event, language) for _, event, language in journal() if event != "language_state"]
    assert events == [("published", "ru"), ("published", "en"), ("fell_due", "ru"), ("fell_due", "en")]
    assert list(verify_editions()) == []


def test_a_row_that_fits_nothing_live_any_more_is_done_without_a_line(article: Article) -> None:
    Due.objects.filter(language="ru").update(due_at=DUE - timedelta(days=3))

    assert settle(DUE) == 2
    assert marks(article) == {"ru": None, "en": DUE}


def test_one_text_waits_for_one_review(article: Article) -> None:
    with pytest.raises(IntegrityError):
        Due.objects.create(act="review", kind="article", item=article.pk, language="ru", due_at=later(1))


def test_what_was_erased_waits_for_nothing(article: Article, vera: User, administrator: User) -> None:
    withdraw("article", article.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(1))
    erase(article, "article", vera, administrator)

    assert waiting(article) == []
    assert settle(DUE) == 0
    assert list(verify_editions()) == []


def test_readers_are_told_by_the_mark_and_never_by_the_clock(article: Article) -> None:
    found = queries.by_id("article", article.pk)
    assert found is not None
    shelved = found.shelved("ru")
    assert shelved is not None
    assert (shelved.is_overdue, shelved.overdue_since) == (False, None)

    settle(DUE)
    [listed] = queries.live_list("article", "ru", limit=5)
    assert (listed.is_overdue, listed.overdue_since) == (True, DUE)
