"""Publishing as an editor would, for tests that are about what comes after."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.content.texts import Article
from articles.editions.envelope import ChangeClass
from articles.editions.shelf import Change, Edition
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON

DECISION = Decision("No clinician is on board yet.")
BOTH: tuple[Language, Language] = ("ru", "en")


def every_part(article: Article) -> list[str]:
    """Ids of every part of an article, as a publisher ticks them to say that both languages agree."""
    sets = (article.headingblock_set, article.textblock_set, article.quoteblock_set)
    return ["head", *(str(block.pk) for blocks in sets for block in blocks.all())]


def publish_article(
    article: Article,
    *,
    by: User,
    languages: Iterable[Language] = BOTH,
    change_class: ChangeClass = "update",
    note: str = "Что изменилось.",
    confirming: Iterable[str] | None = None,
    at: datetime = NOON,
) -> dict[Language, Edition]:
    """Publish both languages as in step unless told otherwise."""
    return publish(
        "article",
        article.pk,
        {language: Terms(change_class, note) for language in languages},
        decision=DECISION,
        confirming=list(every_part(article) if confirming is None else confirming),
        by=by,
        at=at,
    )


def journal() -> list[tuple[int, str, str]]:
    """The journal as (sequence, event, language)."""
    return list(Change.objects.order_by("sequence").values_list("sequence", "event", "language"))


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)
