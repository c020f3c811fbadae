"""Which live texts carry a part or lead to an item: the newest few of each, however many do.

Databases that are asked for the newest of each of many parts read all of them and sort; here each part is a walk along
the index `mention_by_part` that ends after a few steps. So it is SQL of our own, the same for both databases but for
two words. Each function says how many queries it makes.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.canonical.languages import LANGUAGES, Language
from articles.editions import noting
from articles.editions.queries import Shelved, Target, target
from articles.editions.shelf import Mention, Standing, WithdrawnPart

_MENTIONS, _STANDINGS, _GONE = (model._meta.db_table for model in (Mention, Standing, WithdrawnPart))

# `CROSS JOIN` keeps SQLite from beginning with the standings.
_NEWEST = f"""
WITH wanted (part) AS (VALUES {{values}})
SELECT wanted.part, (
    SELECT {{gathered}}(newest.id) FROM (
        SELECT s.id AS id FROM {_MENTIONS} m CROSS JOIN {_STANDINGS} s
        WHERE m.part_kind = %s AND m.part = wanted.part AND s.edition_id = m.edition_id
            AND s.language = %s AND s.state = 'live'{{before}}
        ORDER BY m.edition_id DESC LIMIT %s
    ) newest
) FROM wanted
"""

# Of each part and language whether there is any; it ends with the first one found.
_CARRIED = f"""
WITH wanted (part) AS (VALUES {{values}}), spoken (language) AS (VALUES {{languages}})
SELECT wanted.part, spoken.language FROM wanted CROSS JOIN spoken
WHERE EXISTS (
    SELECT 1 FROM {_MENTIONS} m CROSS JOIN {_STANDINGS} s
    WHERE m.part_kind = %s AND m.part = wanted.part AND s.edition_id = m.edition_id
        AND s.language = spoken.language AND s.state = 'live'
)
"""

# From each part straight to the next one, however often it is carried.
_PARTS = f"""
WITH RECURSIVE found (part) AS (
    SELECT first.part FROM (
        SELECT part FROM {_MENTIONS} WHERE part_kind = %s{{after}} ORDER BY part LIMIT 1
    ) first
    UNION ALL
    SELECT (SELECT m.part FROM {_MENTIONS} m WHERE m.part_kind = %s AND m.part > found.part ORDER BY m.part LIMIT 1)
    FROM found WHERE found.part IS NOT NULL
)
SELECT found.part FROM found
WHERE found.part IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM {_GONE} w WHERE w.part = found.part)
    AND EXISTS (
        SELECT 1 FROM {_MENTIONS} m CROSS JOIN {_STANDINGS} s
        WHERE m.part_kind = %s AND m.part = found.part AND s.edition_id = m.edition_id
            AND s.language = %s AND s.state = 'live'
    )
LIMIT %s
"""


def carried_in(part_kind: str, parts: Collection[UUID]) -> set[tuple[UUID, Language]]:
    """Return in which languages a live text carries each of these parts; one query, none without parts."""
    if not parts:
        return set()
    with _connection().cursor() as cursor:
        sql = _CARRIED.format(values=_places(cursor.db.vendor, parts), languages=", ".join(["(%s)"] * len(LANGUAGES)))
        with noting.reads(noting.EVERYTHING):
            cursor.execute(sql, [*map(_written, parts), *LANGUAGES, part_kind])
            return {(_read(part), language) for part, language in cursor.fetchall()}


def newest_carriers(
    part_kind: str, parts: Collection[UUID], language: Language, *, limit: int, before: int | None = None
) -> dict[UUID, list[int]]:
    """Return the standings (by key) of the newest live texts that carry each part, newest first; one query, none
    without parts. With `before`, only editions with smaller keys."""
    if not parts:
        return {}
    with _connection().cursor() as cursor:
        vendor = cursor.db.vendor
        sql = _NEWEST.format(
            values=_places(vendor, parts),
            gathered="json_agg" if vendor == "postgresql" else "json_group_array",
            before="" if before is None else " AND m.edition_id < %s",
        )
        bound = [] if before is None else [before]
        # A line says what its edition carries, not what the one before carried: whoever shows a text depends on it too.
        with noting.reads(*(f"{part_kind}:{part}" for part in parts)):
            cursor.execute(sql, [*map(_written, parts), part_kind, language, *bound, limit])
            rows = cursor.fetchall()
    return {_read(part): json.loads(keys) if isinstance(keys, str) else keys or [] for part, keys in rows}


def carried_parts(part_kind: str, language: Language, *, limit: int, after: UUID | None = None) -> list[UUID]:
    """Return ids of parts that live texts of a language carry, in order of id, from behind `after`; one query.

    Withdrawn ones are left out.
    """
    with _connection().cursor() as cursor:
        sql = _PARTS.format(after="" if after is None else " AND part > %s")
        bound = [] if after is None else [_written(after)]
        with noting.reads(noting.EVERYTHING):
            cursor.execute(sql, [part_kind, *bound, part_kind, part_kind, language, limit])
            return [_read(part) for (part,) in cursor.fetchall()]


def carrying(
    part_kind: str, language: Language, part: UUID | str, *, limit: int, before: UUID | None = None
) -> list[Shelved]:
    """Return live texts that carry a part, newest edition first; two queries. Their other languages are not looked up.

    A linked item is a part of the kind `link:<kind>`. With `before`, an item, from behind that one's edition, which
    takes one query more; nothing where that item was never there.
    """
    key = UUID(str(part))
    bound = None
    if before:
        with noting.reads(f"item:{before}"):
            bound = Standing.objects.filter(item=before, language=language).values_list("edition", flat=True).first()
        if bound is None:
            return []
    keys = newest_carriers(part_kind, [key], language, limit=limit, before=bound)[key]
    with noting.reads():
        rows = Standing.objects.select_related("edition").in_bulk(keys)
    noting.note_items(row.item for row in rows.values())
    return [Shelved(rows[key], None) for key in keys if key in rows]


def linking(kind: str, language: Language, items: Sequence[UUID], *, limit: int) -> dict[str, list[Target]]:
    """Return the newest live texts that link to each of these items of a kind, newest first; two queries, none without
    items, no documents."""
    found = newest_carriers(f"link:{kind}", items, language, limit=limit)
    with noting.reads():
        rows = Standing.objects.in_bulk({key for keys in found.values() for key in keys})
    noting.note_items(row.item for row in rows.values())
    return {str(item): [target(rows[key]) for key in keys if key in rows] for item, keys in found.items() if keys}


def links_of_newest(kinds: Collection[str], language: Language, linked: str, *, limit: int) -> Counter[UUID]:
    """Return how many of the newest texts of these kinds lead to each item of the kind `linked`; one query a
    kind, and one more."""
    newest: list[int] = []
    for kind in kinds:
        rows = Standing.objects.filter(kind=kind, language=language, state=Standing.State.LIVE)
        newest += rows.order_by("-content_changed_at", "-item").values_list("edition", flat=True)[:limit]
    mentions = Mention.objects.filter(edition__in=newest, part_kind=f"link:{linked}")
    return Counter(mentions.values_list("part", flat=True))


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_read(Mention)]


def _places(vendor: str, parts: Collection[UUID]) -> str:
    return ", ".join(["(%s::uuid)" if vendor == "postgresql" else "(%s)"] * len(parts))


def _written(part: UUID) -> str:
    return str(part) if _connection().vendor == "postgresql" else part.hex


def _read(part: UUID | str) -> UUID:
    return part if isinstance(part, UUID) else UUID(part)
