"""What waits for somebody at the desk, tile by tile: a tile is a title, who sees it, and a function that finds entries.

A function returns a few entries more than it is asked for at most, never all: the home page costs the same whatever
waits. It asks the same few queries for any number of entries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise

from articles.content.aggregates import AGGREGATES
from articles.content.labels import label
from articles.content.texts import TEXTS, Text
from articles.editorial.roles import may

# Entries of a tile on the home page, and on the page of the tile.
SHOWN = 5
LISTED = 200


@dataclass(frozen=True)
class Entry:
    """`since` is from when it waits, `until` when it must be done; `detail` says in words what is to be done.

    `language` is that of the text which waits, empty where it is in none; `links` are further ways, each with words.
    """

    name: str
    url: str
    detail: str = ""
    language: str = ""
    since: datetime | None = None
    until: datetime | None = None
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Tile:
    """`entries` takes the request and how many are asked for at most; it may return one more, which says that there
    are more. An `alarm` comes in red: readers are in danger, or somebody's promise is broken.

    `help` says what to do; `nothing` is said where nothing waits, and an empty one hides the tile then.
    """

    code: str
    title: Promise
    shown: Callable[[HttpRequest], bool]
    entries: Callable[[HttpRequest, int], Sequence[Entry]]
    help: Promise | str = ""
    nothing: Promise | str = ""
    alarm: bool = False


@dataclass(frozen=True)
class Filled:
    tile: Tile
    entries: Sequence[Entry]
    more: bool


def shown_to(*acts: str) -> Callable[[HttpRequest], bool]:
    """Return the condition that the person may do one of these acts (of `ACTS`)."""
    return lambda request: any(may(request.user, act) for act in acts)


def permitted(*permissions: str) -> Callable[[HttpRequest], bool]:
    """Return the condition that the person has one of these permissions."""
    return lambda request: any(request.user.has_perm(one) for one in permissions)


def filled(tiles: Iterable[Tile], request: HttpRequest) -> list[Filled]:
    """Return the tiles that this person sees with the first of what waits; those with nothing to say are left out."""
    found = (fill(tile, request, SHOWN) for tile in tiles if tile.shown(request))
    return [one for one in found if one.entries or one.tile.nothing]


def fill(tile: Tile, request: HttpRequest, most: int) -> Filled:
    """Return a tile with at most so many entries."""
    entries = tile.entries(request, most)
    return Filled(tile, entries[:most], len(entries) > most)


def names_of(keys: Iterable[tuple[str, UUID]]) -> Mapping[UUID, str]:
    """Return the names of objects of the desk by (kind, id); a query for each table, none for those that are gone."""
    wanted: dict[type, set[UUID]] = {}
    for kind, key in keys:
        wanted.setdefault(Text if kind in TEXTS else AGGREGATES[kind], set()).add(key)
    return {
        obj.pk: label(obj)
        for model, ids in wanted.items()
        for obj in model._default_manager.filter(pk__in=ids)  # type: ignore[attr-defined]
    }
