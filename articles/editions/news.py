"""What the journal has to tell: what is new in a language, and what was corrected in a text."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from articles.canonical.languages import Language
from articles.editions import noting
from articles.editions.histories import CORRECTIONS, PUBLISHING
from articles.editions.queries import Shelved
from articles.editions.shelf import Change, Standing
from articles.editions.times import rfc3339

# Events after which readers find something else at an address; a state of the translation or a check is no news.
_EVENTS = ("published", "amended", "restored", "withdrawn")

# Lines read at once on the way back through the journal.
_STEP = 200


@dataclass(frozen=True)
class News:
    """The newest line about a text, and the text as it stands now: live or withdrawn. Moments are RFC 3339."""

    shelved: Shelved
    event: str
    change_class: str
    note: str
    at: str


@dataclass(frozen=True)
class Correction:
    change_class: str
    note: str
    at: str


def news(kinds: Collection[str], language: Language, *, limit: int) -> list[News]:
    """Return the texts of these kinds that were published, changed in their words, withdrawn or restored last, each
    once, newest line first; two queries, of which the first goes back in the journal no further than it must."""
    lines: dict[UUID, Change] = {}
    with noting.reads(*(f"list:{kind}:{language}" for kind in kinds)):
        for line in _lines(kinds, language).iterator(chunk_size=_STEP):
            lines.setdefault(line.item, line)
            if len(lines) == limit:
                break
        rows = Standing.objects.select_related("edition").filter(item__in=lines, language=language)
        standings = {row.item: row for row in rows}
    return [_news(line, standings[item]) for item, line in lines.items()]


def corrections(item: UUID | str, language: Language, *, limit: int = 5, until: int | None = None) -> list[Correction]:
    """Return the newest corrections of a text that is live, and its changes for safety, newest first; one query.

    `until` is the last line of the journal that counts, for what readers saw in the past.
    """
    lines = Change.objects.filter(item=item, language=language, event__in=PUBLISHING, change_class__in=CORRECTIONS)
    if until is not None:
        lines = lines.filter(sequence__lte=until)
    with noting.reads(f"item:{item}"):
        return [
            Correction(line.change_class, line.note, rfc3339(line.effective_at))
            for line in lines.order_by("-sequence")[:limit]
        ]


def _lines(kinds: Collection[str], language: Language) -> "QuerySet[Change]":
    # A review changes no word. The language is compared in a way that no index knows: SQLite would take all lines of
    # the language from `journal_by_class` and sort them, where the newest few are wanted.
    lines = Change.objects.alias(spoken=Concat("language", Value(""))).filter(spoken=language)
    lines = lines.filter(kind__in=kinds, event__in=_EVENTS).exclude(change_class="review")
    return lines.order_by("-sequence")


def _news(line: Change, standing: Standing) -> News:
    return News(Shelved(standing, None), line.event, line.change_class, line.note, rfc3339(line.recorded_at))
