"""What is new in a language, for programs that fetch it: one entry for each text, whatever was done to it last."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.news import News
from articles.editions.times import seconds
from articles.reader.presenters.kinds_of_change import kind_of_news

# Feeds of a site without news: RFC 4287 demands a moment, and the clock is not asked.
_NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class FeedEntry:
    """A text, or, once it is withdrawn, the notice in its place under the same id: programs that hold the words
    replace them. `published` is empty for what is withdrawn; `change` is the code of the change, `change_words` its
    name."""

    id: str
    address: str
    title: str
    summary: str
    published: str
    updated: str
    change: str
    change_words: str


@dataclass(frozen=True)
class Feed:
    """`address` is that of the feed without its ending. Moments are the journal's, so nothing moves by itself."""

    language: Language
    title: str
    author: str
    home: str
    address: str
    updated: str
    entries: Sequence[FeedEntry]


def feed(news: Sequence[News], language: Language) -> Feed:
    """Return the feed of a language; `news` come newest first."""
    name = gettext("Plain Health")
    return Feed(
        language=language,
        title=name,
        author=settings.OPERATOR[language] or name,
        home=f"{settings.SITE_URL}/{language}/",
        address=f"{settings.SITE_URL}/{language}/feed",
        updated=seconds(news[0].at) if news else _NEVER,
        entries=[_entry(one) for one in news],
    )


def entry_id(item: str, language: Language) -> str:
    """Return what a text is called in feeds for good, wherever the site moves: each language is a text of its own."""
    return uuid5(UUID(item), language).urn


def _entry(one: News) -> FeedEntry:
    shelved = one.shelved
    is_live = shelved.is_live
    return FeedEntry(
        id=entry_id(shelved.item, shelved.language),
        # What was erased for good has no address left.
        address=shelved.page_url if shelved.standing.slug else f"{settings.SITE_URL}/{shelved.language}/",
        title=shelved.document.title if is_live else _withdrawn(shelved.standing.title),
        summary=_live(one) if is_live else (shelved.standing.tombstone or {})["reason"],
        published=seconds(shelved.envelope.first_published_at) if is_live else "",
        updated=seconds(one.at),
        change=one.change_class,
        change_words=kind_of_news(one) if is_live else gettext("This text was withdrawn"),
    )


def _live(one: News) -> str:
    """The summary, and behind it what was changed: readers who know the text look for that."""
    words = one.shelved.document.summary
    if one.change_class == "first":
        return words
    changed = f"{gettext('What changed')}: {kind_of_news(one)}"
    return f"{words}\n\n{changed}. {one.note}" if one.note else f"{words}\n\n{changed}."


def _withdrawn(title: str) -> str:
    """Of what was erased not even the title is left."""
    return gettext("Withdrawn: %(title)s") % {"title": title} if title else gettext("This text was withdrawn")
