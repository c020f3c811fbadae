"""Which live texts drift, for lists: the same few queries for any number, and each text is compared once.

Comparing is dear, and an edition never changes: what was found is remembered under the edition and a fingerprint of the
rows behind its parts, in this process's memory.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping

from django.db import models

from articles.canonical.languages import Language
from articles.editions.shelf import Edition, Mention, Standing
from articles.editions.store import Part
from articles.publishing.digests import rows_behind
from articles.publishing.drift import frozen_parts, moved, working_parts
from articles.publishing.parts import SHARED

_REMEMBERED_AT_MOST = 20_000
_remembered: dict[tuple[int, str], frozenset[Part]] = {}


def drifting(live: Collection[Standing]) -> dict[str, frozenset[Part]]:
    """Return, for each item of these live standings that drifts, the parts that differ in any of its texts."""
    found: dict[str, frozenset[Part]] = {}
    for standing, parts in _differing(live):
        found[str(standing.item)] = found.get(str(standing.item), frozenset()) | parts
    return found


def drifting_parts(live: Collection[Standing]) -> dict[Part, list[Standing]]:
    """Return every part that differs from the desk in any of these live standings, with those it differs in."""
    found: dict[Part, list[Standing]] = {}
    for standing, parts in _differing(live):
        for part in sorted(parts, key=lambda part: (part.kind, part.id)):
            found.setdefault(part, []).append(standing)
    return found


def _differing(live: Collection[Standing]) -> Iterator[tuple[Standing, frozenset[Part]]]:
    carried = _carried([standing.edition_id for standing in live])
    working = working_parts({part for parts in carried.values() for part in parts})
    rows = {part: rows_behind(obj) for part, obj in working.items()}
    keys = {edition: (edition, _fingerprint(parts, rows)) for edition, parts in carried.items()}
    unknown = [edition for edition, key in keys.items() if key not in _remembered]
    for edition in Edition.objects.filter(pk__in=unknown):
        _remember(keys[edition.pk], edition, working)
    for standing in live:
        key = keys.get(standing.edition_id)
        if key and (parts := _remembered.get(key, frozenset())):
            yield standing, parts


def _carried(editions: Collection[int]) -> dict[int, list[Part]]:
    carried: dict[int, list[Part]] = {}
    mentions = Mention.objects.filter(edition__in=editions, part_kind__in=list(SHARED)).order_by("part_kind", "part")
    for edition, kind, part in mentions.values_list("edition_id", "part_kind", "part"):
        carried.setdefault(edition, []).append(Part(kind, str(part)))
    return carried


def _remember(key: tuple[int, str], edition: Edition, working: Mapping[Part, models.Model]) -> None:
    if len(_remembered) >= _REMEMBERED_AT_MOST:
        _remembered.clear()
    language: Language = edition.language  # type: ignore[assignment]
    _remembered[key] = frozenset(moved(frozen_parts(edition.document), working, language))


def _fingerprint(parts: Collection[Part], rows: Mapping[Part, list[object]]) -> str:
    text = repr([(part, rows.get(part)) for part in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
