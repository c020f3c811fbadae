"""What whoever keeps finished answers follows: how far the shelf has come, and what moved since it last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.db import connections
from django.db.models import Subquery, Sum, Value
from django.db.models.functions import Length

from articles.canonical.languages import LANGUAGES
from articles.editions import noting
from articles.editions.journal import GENESIS
from articles.editions.shelf import Change, JournalHead, KnownService, WithdrawnPart
from articles.editions.statements import Statement

# Lines after which readers have a text, and after which they have it no longer.
_OUT = frozenset({"published", "amended", "restored"})
_GONE = frozenset({"withdrawn", "expunged"})
_TOUCHING = ("kind", "item", "language", "tags_json")

# Whoever is further behind begins anew.
MOST_LINES = 1000

_PLACE = Statement(
    JournalHead,
    lambda: JournalHead.objects.filter(id=1).annotate(
        withdrawn=Subquery(WithdrawnPart.objects.order_by("-id").values("id")[:1]),
        words=Subquery(
            WithdrawnPart.objects.order_by()
            .values(all=Value(1))
            .annotate(words=Sum(Length("reason_ru") + Length("reason_en")))
            .values("words")
        ),
    ),
)


@dataclass(frozen=True)
class Place:
    """The newest journal line, the newest withdrawal of a part, and how long the reasons of all parts are: one that no
    live text carries is withdrawn without a line, and its reason may be erased without one."""

    sequence: int = 0
    hash: str = GENESIS
    withdrawn: int = 0
    words: int = 0


@dataclass(frozen=True)
class Shelf:
    """A place, and digests of whom to call by language: a line does not say whether its text changed that."""

    place: Place
    calls: dict[str, str]


@dataclass(frozen=True)
class Moved:
    """What moved between two places: tags that were touched, addresses of what has come out, and of what is gone.

    Addresses are paths, with a query where they have one. `erased` says that words were erased for good.
    """

    tags: frozenset[str] = frozenset()
    out: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    erased: bool = False


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
        return Place(row.sequence, row.hash, row.withdrawn or 0, row.words or 0)  # type: ignore[attr-defined]
    return Place()


def begin() -> Shelf:
    """Return how the shelf stands for somebody who begins to follow it; three queries."""
    here = place()
    return _shelf(here, _calls())


def since(known: Shelf) -> tuple[Shelf, Moved | None]:
    """Return how the shelf stands now and what moved since; None for everything.

    That is so where the journal is another one than before, or has gone too far meanwhile. One query where nothing has
    moved, else four.
    """
    here = place()
    if here == known.place:
        return known, Moved()
    # Read behind the place: whatever they show beyond it is told once more by the next look.
    lines = _lines(known.place, here)
    calls = _calls()
    if lines is None:
        return _shelf(here, calls), None
    touched: set[str] = set()
    for line in lines:
        touched |= noting.touched(**{name: line[name] for name in _TOUCHING})
    if (here.withdrawn, here.words) != (known.place.withdrawn, known.place.words):
        touched |= {noting.WITHDRAWN_PARTS, noting.EVERYTHING}
    touched |= {f"calls:{language}" for language in LANGUAGES if calls[language] != known.calls[language]}
    erased = any(line["event"] == "expunged" for line in lines)
    return _shelf(here, calls), Moved(frozenset(touched), *_addresses(lines), erased)


def _shelf(here: Place, calls: dict[str, str]) -> Shelf:
    """The shelf at a place behind which these were read. Where it has moved on by now, whom to call counts as unknown,
    and is told once more by the next look: until then answers may be made from a copy that has not moved on yet."""
    return Shelf(here, calls if place() == here else dict.fromkeys(LANGUAGES, ""))


def _lines(known: Place, here: Place) -> list[dict[str, Any]] | None:
    """The lines from one place to another; None where they are too many, or do not lead from the one to the other."""
    rows = Change.objects.filter(sequence__gt=known.sequence, sequence__lte=here.sequence).order_by("sequence")
    lines = list(rows.values("previous_hash", "hash", "event", "url", "api_url", *_TOUCHING)[: MOST_LINES + 1])
    if len(lines) != here.sequence - known.sequence or len(lines) > MOST_LINES:
        return None
    last = known.hash
    for line in lines:
        if line["previous_hash"] != last:
            return None
        last = line["hash"]
    return lines if last == here.hash else None


def _addresses(lines: list[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of what has come out and of what is gone, by the last word on each."""
    said: dict[str, bool] = {}
    for line in lines:
        if line["event"] in _OUT or line["event"] in _GONE:
            for url in filter(None, (line["url"], line["api_url"])):
                said[url] = line["event"] in _OUT
    # A part of a page is gone, and not the page.
    gone = [url for url, is_out in said.items() if not is_out and not urlsplit(url).fragment]
    return _paths(url for url, is_out in said.items() if is_out), _paths(gone)


def _paths(urls: Iterable[str]) -> tuple[str, ...]:
    parts = map(urlsplit, urls)
    return tuple(dict.fromkeys(f"{one.path}?{one.query}" if one.query else one.path for one in parts))


def _calls() -> dict[str, str]:
    rows = KnownService.objects.order_by("language", "position", "service").values_list("language", "service_json")
    known: dict[str, Any] = {language: sha256() for language in LANGUAGES}
    for language, service in rows:
        known[language].update(f"{len(service)} {service}".encode())
    return {language: digest.hexdigest() for language, digest in known.items()}
