"""What a reading depended on, noted while it runs, so that a finished answer can be dropped when that moves.

Whoever reads the shelf for pages and answers says the tags of what it reads (`reads`); journal lines carry the tags of
what they touch (`touched`). SQL that nobody accounts for is seen all the same: an answer made with it depends on
everything, so a missing word here costs a rendering and never the truth. What is read outside the shelf no line of the
journal tells of, and such an answer is not kept at all.

Tags: `item:<id>` one item in both languages; `kind:<kind>`, `list:<kind>:<language>`, `language:<language>` all of
them; `<part kind>:<id>` a part that texts carry, `part:<part kind>` any of its kind, `link:<kind>:<id>` an item that
texts lead to; `calls:<language>` whom to call; `withdrawn-parts`; `everything`.
"""

import json
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections

from articles.editions.remembered import Remembered, Value

EVERYTHING = "everything"
WITHDRAWN_PARTS = "withdrawn-parts"

# Beyond so many items an answer says their language instead: it would be dropped by nearly every line anyway.
MOST_ITEMS = 300

_SHELF = (
    "articles_edition", "articles_mention", "articles_change", "articles_withdrawnpart", "articles_journalhead",
    "articles_standing", "articles_knownservice", "articles_address", "articles_expunged",
)  # fmt: skip
_NAMED = re.compile(r'"([a-z0-9_]+)"')


@dataclass
class Notes:
    """`tags` are what the answer depends on; `is_kept` is False where it depends on what no journal line tells of.

    `until` is the moment from which it no longer holds whatever the journal says; None for nearly all. `lent` has what
    other answers have read already.
    """

    tags: set[str] = field(default_factory=set)
    is_kept: bool = True
    until: datetime | None = None
    accounted: int = 0
    lent: Remembered | None = None

    def depend(self, tags: Iterable[str]) -> None:
        self.tags.update(tags)

    def see(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Run a statement and note it, as `connection.execute_wrapper` asks."""
        if not self.accounted:
            named = set(_NAMED.findall(sql))
            if named & _elsewhere() or not named.intersection(_SHELF):
                self.is_kept = False
            self.tags.add(EVERYTHING)
        try:
            return execute(sql, params, many, context)
        except Exception:
            # What is answered after a fault is not what the shelf says.
            self.is_kept = False
            raise


_notes: ContextVar[Notes | None] = ContextVar("what this answer depends on", default=None)


@contextmanager
def recorded(lent: Remembered | None = None) -> Iterator[Notes]:
    """Note within the block what is read, on every connection, and yield the notes. Whoever lends what is remembered
    keeps it in step with the shelf, and drops an answer by the tags that are noted."""
    notes = Notes(lent=lent)
    token = _notes.set(notes)
    try:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(notes.see))
            yield notes
    finally:
        _notes.reset(token)


def note(*tags: str) -> None:
    """Let the answer that is being made depend on these tags; nothing outside of one."""
    if notes := _notes.get():
        notes.depend(tags)


def note_items(items: Iterable[object], *, else_: str = EVERYTHING) -> None:
    """Depend on each of these items; on `else_` where they are very many."""
    if notes := _notes.get():
        found = [f"item:{item}" for item in items]
        notes.depend(found if len(found) <= MOST_ITEMS else [else_])


def keep_not() -> None:
    """Say that the answer that is being made holds for nobody but this once."""
    if notes := _notes.get():
        notes.is_kept = False


def holds_until(moment: datetime) -> None:
    """Say that the answer that is being made holds until this moment and no longer."""
    if notes := _notes.get():
        notes.until = min(moment, notes.until or moment)


@contextmanager
def reads(*tags: str) -> Iterator[None]:
    """Account for what is read within the block: it depends on these tags, and on those noted in it."""
    notes = _notes.get()
    if notes is None:
        yield
        return
    notes.depend(tags)
    notes.accounted += 1
    try:
        yield
    finally:
        notes.accounted -= 1


def remembered(name: Hashable, tags: Collection[str], read: Callable[[], Value]) -> Value:
    """Return what `read` returns, which depends on these tags; within an answer to which something is lent, what it
    returned for an earlier one. It must be a value that nobody changes."""
    notes = _notes.get()

    def accounted() -> Value:
        with reads(*tags):
            return read()

    if notes is None or notes.lent is None:
        return accounted()
    notes.depend(tags)
    return notes.lent.get(name, tags, accounted)


def aside() -> Any:
    """Account for what is read within the block and changes no word of the answer, such as who asks."""
    return reads()


def touched(*, kind: str, item: object, language: str, tags_json: str) -> set[str]:
    """Return every tag that a journal line touches: those that it carries, and those that follow from its columns."""
    carried = set(json.loads(tags_json))
    parts = (tag.rpartition(":")[0] for tag in carried)
    whole = {f"part:{part}" for part in parts if part != "item" and not part.startswith("list:") and part}
    own = {f"item:{item}", f"kind:{kind}", f"list:{kind}:{language}", f"language:{language}", EVERYTHING}
    return carried | whole | own


@cache
def _elsewhere() -> frozenset[str]:
    """Every table that is not one of the shelf's."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return frozenset(tables.difference(_SHELF))
