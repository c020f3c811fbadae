"""What whoever keeps finished answers follows: how far the shelf has come, and what moved since it last looked."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections
from django.db.models import Subquery

from articles.canonical.languages import LANGUAGES
from articles.editions import noting
from articles.editions.journal import GENESIS
from articles.editions.shelf import Change, JournalHead, KnownService, WithdrawnPart
from articles.editions.statements import Statement

# Whoever is further behind begins anew.
MOST_LINES = 1000

_PLACE = Statement(
    JournalHead,
    lambda: JournalHead.objects.filter(id=1).annotate(
        withdrawn=Subquery(WithdrawnPart.objects.order_by("-id").values("id")[:1])
    ),
)


@dataclass(frozen=True)
class Place:
    """The newest journal line, and the newest withdrawal of a part: one that no live text carries has no line."""

    sequence: int = 0
    hash: str = GENESIS
    withdrawn: int = 0


@dataclass(frozen=True)
class Shelf:
    """A place, and digests of whom to call by language: a line does not say whether its text changed that."""

    place: Place
    calls: dict[str, str]


def version() -> int | None:
    """Return a number that moves whenever another connection has written, where the database has one (SQLite); asking
    for it reads nothing. None where the place itself must be asked for."""
    connection = connections["default"]
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])


def place() -> Place:
    """Return how far the shelf has come; one query."""
    for row in _PLACE.rows():
        return Place(row.sequence, row.hash, row.withdrawn or 0)  # type: ignore[attr-defined]
    return Place()


def begin() -> Shelf:
    """Return how the shelf stands for somebody who begins to follow it; two queries."""
    here = place()
    return Shelf(here, _calls())


def since(known: Shelf) -> tuple[Shelf, set[str] | None]:
    """Return how the shelf stands now and every tag that was touched since; None for all of them.

    That is so where the journal is another one than before, or has gone too far meanwhile. One query where nothing has
    moved, else three.
    """
    here = place()
    if here == known.place:
        return known, set()
    # Read behind the place: whatever they show beyond it is told once more by the next look.
    touched = _touched(known.place, here)
    calls = _calls()
    if touched is None:
        return Shelf(here, calls), None
    if here.withdrawn != known.place.withdrawn:
        touched |= {noting.WITHDRAWN_PARTS, noting.EVERYTHING}
    touched |= {f"calls:{language}" for language in LANGUAGES if calls[language] != known.calls[language]}
    return Shelf(here, calls), touched


def _touched(known: Place, here: Place) -> set[str] | None:
    rows = Change.objects.filter(sequence__gt=known.sequence, sequence__lte=here.sequence).order_by("sequence")
    lines = list(rows.values("previous_hash", "hash", "kind", "item", "language", "tags_json")[: MOST_LINES + 1])
    if len(lines) != here.sequence - known.sequence or len(lines) > MOST_LINES:
        return None
    last = known.hash
    touched: set[str] = set()
    for line in lines:
        if line.pop("previous_hash") != last:
            return None
        last = line.pop("hash")
        touched |= noting.touched(**line)
    return touched if last == here.hash else None


def _calls() -> dict[str, str]:
    rows = KnownService.objects.order_by("language", "position", "service").values_list("language", "service_json")
    known: dict[str, Any] = {language: sha256() for language in LANGUAGES}
    for language, service in rows:
        known[language].update(f"{len(service)} {service}".encode())
    return {language: digest.hexdigest() for language, digest in known.items()}
