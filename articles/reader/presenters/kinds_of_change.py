"""What kind of change an edition brought, in words for readers."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.editions.envelope import CHANGE_CLASSES as GRAVEST_FIRST
from articles.editions.envelope import Envelope
from articles.editions.news import News
from articles.editions.wording import CHANGE_CLASSES

# A withdrawal reaches a text as an amendment. Its class is for partners; a statement that somebody asked us to take
# down was no error.
WITHDRAWN: Mapping[str, str | Promise] = {
    "quote": _("a statement was withdrawn"),
    "source": _("a source was withdrawn"),
}

# These events say by themselves what they are about, a new edition by its class.
_EVENTS: Mapping[str, str | Promise] = {"withdrawn": _("withdrawn"), "restored": _("published again")}


def kind_of_change(envelope: Envelope) -> str:
    """Return the kind of an edition's change, beginning with a small letter."""
    words, cause = str(CHANGE_CLASSES[envelope.change.class_]), envelope.caused_by
    if cause is None or cause.event != "withdrawn":
        return words
    withdrawn = str(WITHDRAWN[cause.kind])
    return f"{words}: {withdrawn}" if envelope.change.class_ == "safety" else withdrawn


def kind_of_news(news: News) -> str:
    """Return what was done to a text last, beginning with a small letter."""
    envelope = news.shelved.envelope
    if news.event in _EVENTS:
        return str(_EVENTS[news.event])
    # An edition after it, of a review, has another class and is no news.
    is_of_this_edition = envelope.change.class_ == news.change_class
    return kind_of_change(envelope) if is_of_this_edition else str(CHANGE_CLASSES[news.change_class])


def kinds_of_changes(envelopes: Iterable[Envelope]) -> list[str]:
    """Return the kinds of these changes, each once, the gravest first."""
    ordered = sorted(envelopes, key=lambda one: GRAVEST_FIRST.index(one.change.class_))
    return list(dict.fromkeys(kind_of_change(one) for one in ordered))


def sentence_case(words: str) -> str:
    """Return words with a capital letter in front, the others as they are."""
    return words[:1].upper() + words[1:]
