"""Lists know which live texts drift exactly as the drift page does, and notice every change."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editions.store import Part
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.drift_marks import compared
from tests.factories.desk import NOON, a_quote, a_source, an_article, an_organisation, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    return article


def marks(article: Article) -> set[Part]:
    """What the lists say, which must be what the drift page says."""
    live = Standing.objects.filter(item=article.pk, state="live")
    found = {part for one in compared(list(live)) for part in one.differing}
    assert found == {drift.part for drift in drifted(article.pk)}
    return found


def test_nothing_drifts_after_publishing(article: Article) -> None:
    assert marks(article) == set()
    assert list(compared([])) == []


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Quote, {"text_en": "Other words."}),
        (Quote, {"verdict": "not_assessed"}),
        (Expert, {"post_ru": "заведующая"}),
        (Organisation, {"name_ru": "Клиника на Горе"}),
        (Source, {"title": "Another title"}),
    ],
)
def test_a_change_is_noticed_after_it_was_looked_at_once(article: Article, model: type, changes: dict) -> None:
    assert marks(article) == set()

    model.objects.update(**changes)

    assert marks(article) != set()


def test_a_change_that_was_taken_back_is_none(article: Article) -> None:
    Expert.objects.update(post_ru="заведующая")
    assert len(marks(article)) == 1

    Expert.objects.update(post_ru="врач")

    assert marks(article) == set()


def test_another_workplace_and_another_source_of_the_verdict_are_noticed(article: Article) -> None:
    marks(article)
    Expert.objects.update(organisation=an_organisation(name_ru="Другая"))
    expert = marks(article)
    Quote.objects.get().verdict_sources.set([a_source(title="Other")])

    assert [part.kind for part in expert] == ["expert"]
    assert sorted(part.kind for part in marks(article)) == ["expert", "quote"]


def test_what_was_republished_drifts_no_more(article: Article, editor: User) -> None:
    Expert.objects.update(post_ru="заведующая")
    republish_changed(
        article.pk, marks(article), change_class="update", notes={"ru": "Должность.", "en": "Post."}, by=editor, at=NOON
    )

    assert marks(article) == set()


def test_a_draft_that_was_changed_does_not_drift(article: Article) -> None:
    Article.objects.update(title_ru="Полуслово")

    assert marks(article) == set()


def test_ten_texts_cost_as_many_queries_as_two(article: Article, editor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(compared(Standing.objects.filter(state="live")))
        return len(captured)

    of_two = queries()
    for number in range(4):
        other = an_article(f"another-{number}")
        place(other, a_quote())
        publish_article(other, by=editor)

    assert queries() == of_two
