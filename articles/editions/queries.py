"""The only door out: what is on the shelf, for pages and answers. Each function says how many queries it makes.

Each says by `noting` what its result depends on, so that finished answers can be dropped when that moves.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet, Subquery

from articles.canonical.languages import Language
from articles.editions import noting, prepared
from articles.editions.document import Document
from articles.editions.envelope import Envelope
from articles.editions.journal import GENESIS
from articles.editions.kinds import kind as kind_named
from articles.editions.shelf import Address, Change, Edition, JournalHead, Mention, Standing
from articles.editions.translations import TranslationState, read_translation


@dataclass(frozen=True)
class Shelved:
    """An item in one language as it stands, with where its other language stands."""

    standing: Standing
    twin: Standing | None

    @cached_property
    def document(self) -> Document:
        return self.standing.edition.document

    @cached_property
    def envelope(self) -> Envelope:
        return self.standing.edition.envelope

    @property
    def item(self) -> str:
        return str(self.standing.item)

    @property
    def language(self) -> Language:
        return self.standing.language  # type: ignore[return-value]

    @property
    def is_live(self) -> bool:
        return self.standing.is_live

    @property
    def translation(self) -> TranslationState:
        return read_translation(self.standing.translation_json)

    @property
    def check(self) -> dict[str, str] | None:
        """`note` for readers and `started_at` (RFC 3339) while we are checking this text; None otherwise."""
        return self.standing.under_check

    @property
    def overdue_since(self) -> datetime | None:
        """The moment from which the promised review is lacking, as the journal told it; None while it is not."""
        return self.standing.overdue_since

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which the text was to be reviewed again has passed; the journal says when it did."""
        return self.overdue_since is not None

    @property
    def gap_since(self) -> datetime | None:
        """Since when this language lacks a change for safety that the other one has; None while it lacks none."""
        return self.standing.gap_since

    @property
    def page_path(self) -> str:
        return self.standing.page_path

    @property
    def page_url(self) -> str:
        return kind_named(self.standing.kind).page_url(language=self.standing.language, slug=self.standing.slug)

    @property
    def api_url(self) -> str:
        return kind_named(self.standing.kind).api_url(language=self.standing.language, item=self.item)


@dataclass(frozen=True)
class Found:
    """What an address or id leads to: the standings of one item by language."""

    item: str
    by_language: dict[str, Standing]

    def shelved(self, language: Language) -> Shelved | None:
        """The item in this language, live or withdrawn; None where it was never published in it."""
        standing = self.by_language.get(language)
        twin = next((other for code, other in self.by_language.items() if code != language), None)
        return Shelved(standing, twin) if standing else None


@dataclass(frozen=True)
class Target:
    """A live item that a link may lead to; `codes` are those of ICD-10 of a term that names a condition."""

    title: str
    path: str
    url: str
    api_url: str = ""
    codes: tuple[str, ...] = ()
    item: str = ""


@dataclass(frozen=True)
class Head:
    sequence: int
    hash: str


def by_slug(kind: str, slug: str) -> Found | None:
    """Return the item that has or had this slug, in every language; one query."""
    if "\0" in slug:
        return None  # no slug has it, and PostgreSQL refuses even to look for it
    with noting.reads():
        found = _found(prepared.AT_SLUGS.rows(kind, [slug, Address.erased(kind, slug)]))
        # Where nothing is found, whatever is published of the kind may take the address.
        noting.note(f"item:{found.item}" if found else f"kind:{kind}")
    return found


def by_id(kind: str, item: UUID | str) -> Found | None:
    """Return the item in every language; one query."""
    with noting.reads(f"item:{item}"):
        return _found(prepared.OF_KIND.rows(kind, _id(item)))


def by_item(item: UUID | str) -> Found | None:
    """Return an item of whatever kind in every language; one query."""
    with noting.reads(f"item:{item}"):
        return _found(prepared.OF_ITEM.rows(_id(item)))


def shelved(texts: Iterable[tuple[UUID | str, str]]) -> list[Shelved]:
    """Return where these texts, each an item and a language, stand, live or withdrawn; one query, none without texts.

    In the order asked for; one that was never published is left out.
    """
    wanted = [(str(item), language) for item, language in texts]
    if not wanted:
        return []
    items: dict[str, dict[str, Standing]] = {}
    noting.note_items({item for item, _ in wanted})
    with noting.reads():
        for row in Standing.objects.filter(item__in={item for item, _ in wanted}).select_related("edition"):
            items.setdefault(str(row.item), {})[row.language] = row
    found = (Found(item, items[item]).shelved(language) for item, language in wanted if item in items)  # type: ignore[arg-type]
    return [one for one in found if one is not None]


def live_list(
    kind: str,
    language: Language,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    mentioning: Iterable[tuple[str, Collection[UUID]]] = (),
    among: Collection[UUID] | None = None,
) -> list[Shelved]:
    """Return live items of a kind, newest change last, from behind the key `after`; two queries whatever the length.

    Ask for one more than is shown to learn whether there is a next page. `mentioning` are kinds and ids of parts, of
    each of which an item must carry one, and of items, as `link:<kind>`, that it must lead to. With `among`, only these
    items are looked at.
    """
    rows = Standing.objects.select_related("edition").filter(kind=kind, language=language, state=Standing.State.LIVE)
    if after:
        # The first condition says nothing new, and lets the database begin at the place in its index.
        rows = rows.filter(content_changed_at__gte=after[0])
        rows = rows.filter(Q(content_changed_at__gt=after[0]) | Q(content_changed_at=after[0], item__gt=after[1]))
    if among is not None:
        rows = rows.filter(item__in=among)
    for part_kind, parts in mentioning:
        rows = rows.filter(edition__in=Mention.objects.filter(part_kind=part_kind, part__in=parts).values("edition"))
    # Of both languages: what is shown of an item says where its twin stands.
    with noting.reads(f"kind:{kind}"):
        page = list(rows.order_by("content_changed_at", "item")[:limit])
        twins = Standing.objects.filter(item__in=[row.item for row in page]).exclude(language=language)
        by_item = {twin.item: twin for twin in twins}
    return [Shelved(row, by_item.get(row.item)) for row in page]


def latest(kind: str, language: Language, *, limit: int, before: UUID | None = None) -> list[Shelved]:
    """Return live items of a kind, newest change first; one query. Their other languages are not looked up.

    With `before`, an item, from behind that one, whether or not it is still live; nothing where it was never there.
    """
    rows = Standing.objects.filter(kind=kind, language=language, state=Standing.State.LIVE).select_related("edition")
    if before:
        place = Standing.objects.filter(item=before, language=language, kind=kind).values("content_changed_at")
        # The first condition says nothing new, and lets the database begin at the place in its index.
        rows = rows.filter(
            Q(content_changed_at__lte=Subquery(place)),
            Q(content_changed_at__lt=Subquery(place)) | Q(item__lt=before),
        )
    # The place of an item that left the list is read too: the lines of its kind say when that moves.
    with noting.reads(f"list:{kind}:{language}"):
        return [Shelved(row, None) for row in rows.order_by("-content_changed_at", "-item")[:limit]]


def newest_targets(kind: str, language: Language, *, limit: int) -> dict[str, Target]:
    """Return the newest live items of a kind as targets, by id; one query, which reads no document."""
    rows = Standing.objects.filter(kind=kind, language=language, state=Standing.State.LIVE)
    with noting.reads(f"list:{kind}:{language}"):
        return {str(row.item): target(row) for row in rows.order_by("-content_changed_at", "-item")[:limit]}


def targets(items: Iterable[str], language: Language) -> dict[str, Target]:
    """Return where links lead: live items only, by id; one query, which reads the documents of terms alone, none
    without items."""
    wanted = list(dict.fromkeys(items))
    if not wanted:
        return {}
    # Also what is not live yet: it becomes a link once it is.
    noting.note_items(wanted, else_=f"language:{language}")
    with noting.reads():
        rows = prepared.LIVE_AMONG.rows([_id(item) for item in wanted], language)
        return {str(row.item): target(row, row.term) for row in rows}  # type: ignore[attr-defined]


def live_targets(kind: str, language: Language) -> dict[str, Target]:
    """Return every live item of a kind as a target, by id and in its order; one query, which reads no document."""
    with noting.reads(f"list:{kind}:{language}"):
        return {str(row.item): target(row) for row in prepared.LIVE.rows(kind, language)}


def editions(item: UUID | str, language: Language) -> QuerySet[Edition]:
    """Return every edition of an item in a language, newest first."""
    return Edition.objects.filter(item=item, language=language).order_by("-number")


def edition(item: UUID | str, language: Language, number: int) -> Edition | None:
    """Return one edition; one query."""
    with noting.reads(f"item:{item}"):
        return Edition.objects.filter(item=item, language=language, number=number).first()


def head() -> Head:
    """Return the number and hash of the newest journal line; one query."""
    row = JournalHead.objects.filter(id=1).first()
    return Head(row.sequence, row.hash) if row else Head(0, GENESIS)


def changes(*, after: int, limit: int) -> list[Change]:
    """Return journal lines behind a number, oldest first; one query."""
    return list(Change.objects.filter(sequence__gt=after).order_by("sequence")[:limit])


def target(row: Standing, term: str = "") -> Target:
    """Return where a standing is; `term` is the document of a term, for its codes."""
    kind = kind_named(row.kind)
    codes = msgspec.json.decode(term).get("codes", ()) if term else ()
    return Target(
        row.title,
        row.page_path,
        kind.page_url(language=row.language, slug=row.slug),
        kind.api_url(language=row.language, item=str(row.item)),
        tuple(codes),
        str(row.item),
    )


def _id(item: UUID | str) -> UUID:
    return item if isinstance(item, UUID) else UUID(item)


def _found(rows: Iterable[Standing]) -> Found | None:
    by_language = {row.language: row for row in rows}
    if not by_language:
        return None
    return Found(str(next(iter(by_language.values())).item), by_language)
