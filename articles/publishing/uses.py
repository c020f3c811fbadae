"""Where an object of the desk is used: by other drafts, by what readers see now, by what they once saw."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CASCADE, Q

from articles.canonical.languages import LANGUAGES
from articles.content.accounts import Accounts
from articles.content.aggregates import AGGREGATES, ROWS, kind_of
from articles.content.blocks import BLOCKS
from articles.content.care import CareBox
from articles.content.desk_object import DeskObject
from articles.content.evidence import EvidenceTable
from articles.content.ordered_row import OrderedRow
from articles.content.quotes import Quote
from articles.content.texts import Text
from articles.editions.shelf import Mention, Standing
from articles.editions.store import Part
from articles.publishing.desks import ITEMS
from articles.publishing.parts import SHARED


@dataclass(frozen=True)
class Uses:
    """`drafts` are objects of the desk, `live` texts that show it now, `own` its own live texts.

    `published` says whether readers ever saw it.
    """

    drafts: Sequence[DeskObject]
    live: Sequence[Standing]
    own: Sequence[Standing]
    published: bool

    @property
    def forbid_deletion(self) -> bool:
        return bool(self.drafts or self.live or self.published)


def part_of(obj: models.Model) -> Part:
    """Return the object as a part; raise StopIteration for what is never one."""
    return Part(kind_of(obj), str(obj.pk))  # type: ignore[arg-type]


def owner(obj: DeskObject | OrderedRow) -> DeskObject:
    """Return the object that this belongs to: a row's parent, anything else itself."""
    return obj.parent if isinstance(obj, OrderedRow) else obj  # type: ignore[attr-defined]


def uses(obj: DeskObject | OrderedRow) -> Uses:
    """Return where the object is used, a row where its parent is.

    What readers ever saw stays known, so it may not be deleted at the desk.
    """
    obj = owner(obj)
    kind, id = kind_of(obj), str(obj.pk)
    live: list[Standing] = []
    own: list[Standing] = []
    published = False
    if kind in ITEMS:
        live += linking_texts(kind, obj.pk)
        stands = list(Standing.objects.filter(item=obj.pk).order_by("-language"))
        own, published = [row for row in stands if row.is_live], bool(stands)
    if kind in SHARED:
        live += [row for row in texts_with(Part(kind, id)) if str(row.item) != id]
        published = published or Mention.objects.filter(part_kind=kind, part=id).exists()
    return Uses(drafts_using(obj), list(dict.fromkeys(live)), own, published)


def drafts_using(obj: DeskObject) -> list[DeskObject]:
    """Return the objects of the desk that name the object themselves, each once."""
    kind = kind_of(obj)
    # Running text can name it by a citation, a term or a link.
    linking = _linking_drafts(obj) if kind == "source" or kind in ITEMS else ()
    return list(dict.fromkeys([*linking, *_DRAFTS.get(kind, _nowhere)(obj), *_of_other_apps(obj)]))


def drafts_reached(obj: DeskObject, depth: int = 0) -> Iterator[tuple[int, DeskObject]]:
    """Yield every object of the desk that a change of this one reaches, each under what it is reached through.

    The number says how far: 0 for what names the object itself, 1 for what names that, and so on. What is reached in
    two ways comes twice.
    """
    for user in drafts_using(obj):
        yield depth, user
        # Only what stands inside other objects passes a change on, and no part holds itself.
        if kind_of(user) in SHARED:
            yield from drafts_reached(user, depth + 1)


def texts_with(part: Part) -> list[Standing]:
    """Return the live texts that show a part, Russian before English; one query."""
    editions = Mention.objects.filter(part_kind=part.kind, part=part.id).values("edition")
    return list(Standing.objects.filter(state=Standing.State.LIVE, edition__in=editions).order_by("-language", "title"))


def linking_texts(kind: str, item: UUID | str) -> list[Standing]:
    """Return the live texts that link to an item, without its own; one query."""
    return [row for row in texts_with(Part(f"link:{kind}", str(item))) if str(row.item) != str(item)]


def _linking_drafts(obj: DeskObject) -> Iterable[DeskObject]:
    """Texts whose words name the object: by a citation, or by a link to it."""
    for model in BLOCKS:
        if model.rich:
            named = reduce(or_, (_names(column, obj.pk) for column in model.rich))
            yield from _texts(model._default_manager.filter(named).exclude(parent=obj.pk))


def _placing(obj: DeskObject) -> Iterable[DeskObject]:
    """Texts with a block that places the object."""
    kind = kind_of(obj)
    for model in BLOCKS:
        if model.shared == kind:
            yield from _texts(model._default_manager.filter(**{kind: obj.pk}))


def _related(*names: str) -> Callable[[Any], Iterable[DeskObject]]:
    """Objects at the other end of these relations."""
    return lambda obj: [one for name in names for one in getattr(obj, name).all()]


def _source(source: Any) -> Iterable[DeskObject]:
    yield from Quote.objects.filter(Q(source=source) | Q(verdict_sources=source)).select_related("expert").distinct()
    yield from CareBox.objects.filter(sources=source)
    yield from EvidenceTable.objects.filter(rows__sources=source).distinct()
    yield from Accounts.objects.filter(sources=source)


def _quote(quote: Any) -> Iterable[DeskObject]:
    yield from _placing(quote)
    yield from Accounts.objects.filter(entries__quote=quote).distinct()


def _question(question: Any) -> Iterable[DeskObject]:
    return Text.objects.filter(pk__in=question.related_from.values("parent"))


def _of_other_apps(obj: DeskObject) -> Iterator[DeskObject]:
    """Objects that another app has registered and that refer to the object; what is deleted with it belongs to it."""
    for kind, model in AGGREGATES.items():
        if model._meta.app_label == "articles":
            # Its relations stand in the table above.
            continue
        for holder in (model, *(ROWS[kind].models if kind in ROWS else ())):
            for field in (*holder._meta.concrete_fields, *holder._meta.many_to_many):
                if field.related_model is type(obj) and getattr(field.remote_field, "on_delete", None) is not CASCADE:
                    rows = holder._default_manager.filter(**{field.name: obj.pk})
                    yield from (owner(row) for row in rows)  # type: ignore[arg-type]


def _nowhere(obj: Any) -> Iterable[DeskObject]:
    return ()


_DRAFTS: Mapping[str, Callable[[Any], Iterable[DeskObject]]] = {
    "organisation": _related("experts"),
    "expert": lambda expert: expert.quotes.select_related("expert"),
    "source": _source,
    "quote": _quote,
    "care_service": _related("boxes"),
    "care_box": _placing,
    "evidence_table": _placing,
    "accounts": _placing,
    "picture": _placing,
    "topic": _related("texts"),
    "term": _related("texts"),
    "faq": _question,
}


def _texts(blocks: models.QuerySet[Any]) -> list[DeskObject]:
    return list(Text.objects.filter(pk__in=blocks.values("parent")))


def _names(column: str, id: UUID) -> Q:
    """Rich text names sources and items by id, so the id's own letters find them; no foreign key leads there."""
    return reduce(or_, (Q(**{f"{column}_{language}__contains": str(id)}) for language in LANGUAGES))
