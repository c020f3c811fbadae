"""One box over everything at the desk: the page with what was found, each hit leading to the very field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.admin.desk.among import MOST, looked_through
from articles.admin.desk.languages import name_of
from articles.admin.press import addresses
from articles.admin.press.live_addresses import item_at
from articles.admin.press.words import title_of
from articles.admin.site import desk_site
from articles.canonical.folding import Piece, query_words
from articles.content.aggregates import AGGREGATES
from articles.content.finding import FoundItem, FoundRow, find
from articles.content.labels import label
from articles.content.problems import Where
from articles.editorial.roles import may, right

# Nobody looks for more by hand; what is longer was pasted by mistake.
LONGEST = 200
_ITEMS = 8
_ITEMS_A_PAGE = 50
_PLACES = 4
_PLACES_A_PAGE = 40


@dataclass(frozen=True)
class Place:
    """One field that holds what was looked for; `name` says the block, if any, and the field."""

    name: str
    language: str
    pieces: Sequence[Piece]
    url: str


@dataclass(frozen=True)
class Item:
    name: str
    url: str
    places: Sequence[Place]
    more: int


@dataclass(frozen=True)
class Group:
    kind: str
    name: str
    count: int
    items: Sequence[Item]

    @property
    def more(self) -> int:
        return self.count - len(self.items)


@desk_site.page("search/", name="search")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what holds every word of `q`, grouped by kind; with `kind`, that kind alone, page by page."""
    kinds = [kind for kind in reversed(list(AGGREGATES)) if request.user.has_perm(right("view", AGGREGATES[kind]))]
    if not kinds:
        raise PermissionDenied
    typed = request.GET.get("q", "")
    at_address = _at_address(request, typed)
    words = query_words("" if at_address else typed[:LONGEST])
    among = looked_through(kinds, typed[:LONGEST]) if words else {}
    found = find(words, kinds, among)
    wanted = request.GET.get("kind", "")
    page: Page | None = None
    if wanted in found:
        page = Paginator(found[wanted], _ITEMS_A_PAGE).get_page(request.GET.get("p"))
        groups = [_group(wanted, list(page), len(found[wanted]), words, _PLACES_A_PAGE)]
    else:
        groups = [_group(kind, items[:_ITEMS], len(items), words, _PLACES) for kind, items in found.items()]
    context = desk_site.each_context(request) | {
        "title": _("Search"),
        "desk_query": typed[:LONGEST],
        "is_asked": bool(words),
        "at_address": at_address,
        "not_all": [capfirst(str(AGGREGATES[kind]._meta.verbose_name_plural)) for kind in among],
        "most": MOST,
        "is_cut": len(typed) > LONGEST and not at_address,
        "total": sum(len(items) for items in found.values()),
        "groups": groups,
        "page": page,
        "kind": wanted if page else "",
    }
    return TemplateResponse(request, "admin/articles/tools/search.html", context)


def _at_address(request: HttpRequest, typed: str) -> dict[str, str] | None:
    """The text whose public page has this address, with the ways that somebody in a hurry needs."""
    found = item_at(typed) if "/" in typed else None
    standing = next(iter(found.by_language.values())) if found else None
    if found is None or standing is None or not request.user.has_perm(right("view", AGGREGATES[standing.kind])):
        return None
    is_live = any(row.is_live for row in found.by_language.values())
    withdraws = is_live and may(request.user, "withdraw")
    return {
        "name": title_of({language: row.title for language, row in found.by_language.items()}),
        "form_url": addresses.form(standing.kind, found.item),
        "withdraw_url": addresses.withdraw(standing.kind, found.item) if withdraws else "",
    }


def _group(kind: str, items: Sequence[FoundItem], count: int, words: Sequence[str], places: int) -> Group:
    names = _names(AGGREGATES[kind], [item.id for item in items])
    name = capfirst(str(AGGREGATES[kind]._meta.verbose_name_plural))
    # What was deleted between both queries has no name, and is no hit any more.
    return Group(kind, name, count, [_item(item, names[item.id], words, places) for item in items if item.id in names])


def _names(model: type[models.Model], ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Names of objects, with what they are named after, in one query."""
    keys = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    found = model._default_manager.filter(pk__in=ids)
    return {obj.pk: label(obj) for obj in (found.select_related(*keys) if keys else found)}


def _item(item: FoundItem, name: str, words: Sequence[str], most: int) -> Item:
    form = addresses.form(item.kind, item.id)
    places = [place for row in item.rows for place in _places(row, words, form)]
    return Item(name, form, places[:most], len(places[most:]))


def _places(row: FoundRow, words: Sequence[str], form: str) -> list[Place]:
    part = f"{row.number}. {capfirst(str(row.model._meta.verbose_name))}" if row.number else ""
    return [
        Place(
            _named(part, name_of(column.column)),
            column.language,
            pieces,
            addresses.focused(
                form, Where(row.model._meta.model_name or "", str(row.id), column.field, column.language)
            ),
        )
        for column, pieces in row.places(words)
    ]


def _named(part: str, field: str) -> str:
    """The block and the field; once where both have the same name."""
    return part if part.endswith(f" {field}") else " · ".join(name for name in (part, field) if name)
