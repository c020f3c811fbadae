"""How many texts stand in one language alone, or behind their other language, kept by each process as the journal goes.

Counting them reads every text, so it is done once; after that only what the journal has told since is looked at.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions.queries import Head, head
from articles.editions.shelf import Change, Standing

How = Literal["alone", "behind"]

# From so many lines on it is less work to count anew.
_STEP = 500
_BEHIND = '{"state":"behind"'


@dataclass
class _Kept:
    """What is apart at a line of the journal, by its item and language."""

    at: Head
    apart: dict[tuple[UUID, Language], How] = field(default_factory=dict)
    numbers: Counter[tuple[How, Language]] = field(default_factory=Counter)

    def put(self, item: UUID, language: Language, how: How | None) -> None:
        if was := self.apart.pop((item, language), None):
            self.numbers[was, language] -= 1
        if how:
            self.apart[item, language] = how
            self.numbers[how, language] += 1


_kept: dict[frozenset[str], _Kept] = {}
_lock = Lock()


def apart(kinds: Collection[str]) -> Counter[tuple[How, Language]]:
    """Return how many live texts of these kinds stand alone in a language, and how many are behind their other one.

    Three queries where the journal has not gone far since it was last asked; else every text is looked at.
    """
    names = frozenset(kinds)
    with _lock:
        now = head()
        kept = _kept.get(names)
        if kept is None or not _follow(kept, now, names):
            kept = _kept[names] = _counted(names, now)
        return Counter(kept.numbers)


def forget() -> None:
    """Count anew the next time."""
    with _lock:
        _kept.clear()


def _follow(kept: _Kept, now: Head, kinds: frozenset[str]) -> bool:
    """Bring it up to this line; False where that is too far, or where the journal is another one."""
    lines = Change.objects.filter(sequence__gte=kept.at.sequence, sequence__lte=now.sequence).order_by("sequence")
    told = list(lines.values_list("hash", "item", "kind")[: _STEP + 1])
    # The line where it stood comes along: it says whether this is the same journal.
    if not told or told[0][0] != kept.at.hash or len(told) > _STEP:
        return False
    if items := {item for _, item, kind in told[1:] if kind in kinds}:
        _look_at(kept, items)
    kept.at = now
    return True


def _look_at(kept: _Kept, items: Collection[UUID]) -> None:
    rows = Standing.objects.filter(item__in=items, state=Standing.State.LIVE)
    live = {
        (item, language): state for item, language, state in rows.values_list("item", "language", "translation_json")
    }
    for item in items:
        for language in LANGUAGES:
            state, is_alone = live.get((item, language)), (item, other_language(language)) not in live
            if state is None:
                kept.put(item, language, None)
            else:
                kept.put(item, language, "alone" if is_alone else "behind" if state.startswith(_BEHIND) else None)


def _counted(kinds: frozenset[str], now: Head) -> _Kept:
    kept = _Kept(now)
    other = Standing.objects.filter(item=OuterRef("item"), state=Standing.State.LIVE).exclude(pk=OuterRef("pk"))
    live = Standing.objects.filter(kind__in=kinds, state=Standing.State.LIVE).annotate(is_accompanied=Exists(other))
    rows = live.filter(Q(translation_json__startswith=_BEHIND) | ~Exists(other))
    for item, language, is_accompanied in rows.values_list("item", "language", "is_accompanied"):
        kept.put(item, language, "behind" if is_accompanied else "alone")  # type: ignore[arg-type]
    return kept
