"""What stood at a moment is read from the journal: which edition, under which marks, or why nothing did."""

from typing import Any

import pytest

from articles.content.texts import Article
from articles.editions.moments import then, translations_then
from articles.publishing.checking import end_check, start_check
from articles.publishing.settle import settle
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import an_article, an_editor
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято: ошибка.", "en": "Taken down: an error."}


@pytest.fixture
def vera() -> Any:
    return an_editor()


def stood(article: Article, minutes: int) -> tuple[str, int | None, str, str]:
    found = then(article.pk, "ru", later(minutes))
    return (
        found.state,
        found.edition.number if found.edition else None,
        found.reason,
        (found.check or {}).get("note", ""),
    )


def test_every_moment_has_the_edition_and_the_marks_of_its_own(vera: Any) -> None:
    article = an_article()
    publish_article(article, by=vera, at=later(10))
    start_check("article", article.pk, ["ru"], {"ru": "Проверяем дозу."}, by=vera, at=later(20))
    Article.objects.update(summary_ru="Иначе.")
    publish_article(article, by=vera, languages=["ru"], at=later(30))
    end_check("article", article.pk, ["ru"], {"ru": "Всё верно."}, by=vera, at=later(40))
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(50))
    restore("article", article.pk, "ru", note="Вернули.", by=vera, at=later(60))

    assert [stood(article, minutes) for minutes in (9, 10, 25, 35, 45, 55, 65)] == [
        ("never", None, "", ""),
        ("live", 1, "", ""),
        ("live", 1, "", "Проверяем дозу."),
        ("live", 2, "", "Проверяем дозу."),
        ("live", 2, "", ""),
        ("withdrawn", 2, WHY["ru"], ""),
        ("live", 2, "", ""),
    ]
    steps = translations_then(article.pk, later(35))
    assert (steps["en"].state, translations_then(article.pk, later(25))["en"].state) == ("behind", "in_step")
    assert set(translations_then(article.pk, later(55))) == {"en"}


def test_an_overdue_review_is_a_mark_from_the_line_that_told_it(vera: Any) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer(), next_on=later(60 * 24 * 10).date())
    publish_article(article, by=vera, languages=["ru"])
    settle(later(60 * 24 * 12))

    assert then(article.pk, "ru", later(60 * 24 * 11)).overdue_since is None
    assert then(article.pk, "ru", later(60 * 24 * 13)).overdue_since is not None
