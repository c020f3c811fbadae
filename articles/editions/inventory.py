"""Which pages there are: every live item with a page of its own, in parts whose limits never move."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections, router
from django.db.models import OuterRef, QuerySet, Subquery

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions import noting
from articles.editions.kinds import kind as kind_named
from articles.editions.shelf import Standing
from articles.editions.times import rfc3339

# Terms stand together on the page of the glossary.
_WITHOUT_PAGE = ("term",)

_STEP = 500


@dataclass(frozen=True)
class Listed:
    """A page: its whole address in each language in which its item is live."""

    language: Language
    changed: str
    addresses: dict[Language, str]


# From the first page of a part straight to the first one of a later part.
_PARTS = """
WITH RECURSIVE found (id) AS (
    SELECT (SELECT s.id FROM {standings} s WHERE {live} ORDER BY s.id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT s.id FROM {standings} s
        WHERE s.id > ((found.id - 1) / {size} + 1) * {size} AND {live} ORDER BY s.id LIMIT 1
    ) FROM found WHERE found.id IS NOT NULL
)
SELECT (id - 1) / {size} + 1 FROM found WHERE id IS NOT NULL
"""


def parts(size: int) -> list[int]:
    """Return the numbers of the parts that have pages, in order; two queries, which look at people and at one page of
    each part.

    A part is a range of `size` standings in the order in which items were first published: nothing moves from one part
    to another when something is withdrawn.
    """
    people = sorted(_hidden(_live()))
    kinds = ", ".join(["%s"] * len(_WITHOUT_PAGE))
    hidden = ", ".join(["%s"] * len(people)) or "0"
    live = f"s.state = 'live' AND s.kind NOT IN ({kinds}) AND s.id NOT IN ({hidden})"
    with connections[router.db_for_read(Standing)].cursor() as cursor:
        sql = _PARTS.format(standings=Standing._meta.db_table, live=live, size=int(size))
        with noting.reads(noting.EVERYTHING):
            cursor.execute(sql, [*_WITHOUT_PAGE, *people] * 2)
            return [part for (part,) in cursor.fetchall()]


def listed(part: int, size: int) -> Iterator[Listed]:
    """Yield the live pages of a part in the order in which items were first published; two queries, read as they go.

    What search engines may not have, such as people whom we only quote, is left out.
    """
    rows = _live().filter(id__gt=(part - 1) * size, id__lte=part * size).order_by("id")
    hidden = _hidden(rows)
    twins = Standing.objects.filter(item=OuterRef("item"), state=Standing.State.LIVE)
    slugs = twins.exclude(language=OuterRef("language")).values("slug")[:1]
    for row in rows.annotate(twin_slug=Subquery(slugs)).iterator(chunk_size=_STEP):
        if row.pk not in hidden:
            yield _listed(row, row.twin_slug or "")


def _live() -> "QuerySet[Standing]":
    return Standing.objects.filter(state=Standing.State.LIVE).exclude(kind__in=_WITHOUT_PAGE)


def _hidden(rows: "QuerySet[Standing]") -> set[int]:
    """Which of these standings search engines may not have; only a page of a person can be one."""
    people = rows.filter(kind="expert").select_related("edition")
    return {row.pk for row in people.iterator(chunk_size=_STEP) if not row.edition.document.is_indexed}


def _listed(row: Standing, twin_slug: str) -> Listed:
    language: Language = row.language  # type: ignore[assignment]
    slugs = {language: row.slug} | ({other_language(language): twin_slug} if twin_slug else {})
    kind = kind_named(row.kind)
    addresses = {code: kind.page_url(language=code, slug=slugs[code]) for code in LANGUAGES if code in slugs}
    return Listed(language, rfc3339(row.content_changed_at), addresses)
