"""What an editor finds by typing: sources to cite, and items of ours to link to."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from articles.admin.site import desk_site
from articles.content.labels import label
from articles.content.narrowing import narrowed
from articles.content.sources import Source
from articles.content.word_parts import SOURCES
from articles.publishing.desks import ITEMS

_MOST = 20
_ITEM_COLUMNS = ("title_ru", "title_en", "slug_ru", "slug_en")
_PERSON_COLUMNS = ("name_ru", "name_en", "slug_ru", "slug_en")


def sources_like(words: str) -> QuerySet[Source]:
    """Return sources that hold every word somewhere: author, year, title in either language, publisher, DOI, PMID."""
    typed = _words(words)
    rows = narrowed(Source.objects.all(), typed)
    return rows.filter(_every_word(typed, SOURCES.columns), withdrawn_at__isnull=True)


@desk_site.page("find/sources/", name="find_sources")
@require_GET
def find_sources(request: HttpRequest) -> JsonResponse:
    """Answer with sources that fit `q`, or with the one named by `id`."""
    _may_view(request, "source")
    if wanted := request.GET.get("id", ""):
        return JsonResponse({"results": [_of_source(source) for source in _by_id(wanted)]})
    found = sources_like(request.GET.get("q", ""))[:_MOST]
    return JsonResponse({"results": [_of_source(source) for source in found]})


@desk_site.page("find/items/", name="find_items")
@require_GET
def find_items(request: HttpRequest) -> JsonResponse:
    """Answer with items whose titles or addresses hold every word of `q`: articles first, then questions and so on."""
    _may_view(request, "article")
    typed = _words(request.GET.get("q", ""))
    results: list[dict[str, str]] = []
    for kind, model in ITEMS.items():
        columns = _PERSON_COLUMNS if kind == "expert" else _ITEM_COLUMNS
        rows = narrowed(model._default_manager.all(), typed) if len(results) < _MOST else model._default_manager.none()
        found = rows.filter(_every_word(typed, columns))[: _MOST - len(results)]
        detail = "" if kind == "article" else str(model._meta.verbose_name)
        results += [{"id": str(item.pk), "kind": kind, "name": label(item), "detail": detail} for item in found]
    return JsonResponse({"results": results})


def _may_view(request: HttpRequest, model: str) -> None:
    if not request.user.has_perm(f"articles.view_{model}"):
        raise PermissionDenied


def _words(typed: str) -> list[str]:
    # What may not be stored cannot be found either, and a NUL makes PostgreSQL refuse the query.
    return typed.replace("\x00", " ").split()


def _every_word(words: Sequence[str], columns: tuple[str, ...]) -> Q:
    condition = Q()
    for word in words:
        somewhere = Q()
        for column in columns:
            somewhere |= Q(**{f"{column}__icontains": word})
        condition &= somewhere
    return condition


def _by_id(wanted: str) -> QuerySet[Source]:
    try:
        return Source.objects.filter(id=UUID(wanted))
    except ValueError:
        return Source.objects.none()


def _of_source(source: Source) -> dict[str, Any]:
    title = source.title or label(source)
    return {"id": str(source.id), "name": source.short_name, "detail": f"{title}. {source.publisher}".strip(". ")}
