"""What an object says in both languages, for whoever places it: under its picker, without opening it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.blocks import BLOCKS, Block
from articles.content.part_completeness import part_problems
from articles.editions.reading import text_of
from articles.editorial.roles import right
from articles.publishing.compose_blocks import block_document
from articles.publishing.parts import SHARED

# Kinds that a block places, each with the block.
_PLACED: Mapping[str, type[Block]] = {model.shared: model for model in BLOCKS if model.shared}


@dataclass(frozen=True)
class Side:
    """The object in one language: its lines as a reader would meet them, and what it lacks."""

    language: Language
    lines: list[str]
    problems: list[str]


@desk_site.page("shown/<slug:kind>/", name="shown_part")
@require_GET
def shown_part(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer with what the object of this kind named by `id` says; 404 for kinds that no block places."""
    if kind not in _PLACED:
        raise Http404
    model = SHARED[kind].model
    if not request.user.has_perm(right("view", model)):
        raise PermissionDenied
    try:
        wanted = UUID(request.GET.get("id", ""))
    except ValueError as fault:
        raise Http404 from fault
    obj = get_object_or_404(model._default_manager.prefetch_related(*SHARED[kind].reads), pk=wanted)
    context = {
        "sides": [_side(kind, obj, language) for language in LANGUAGES],
        "address": addresses.form(kind, obj.pk),
        "withdrawn": getattr(obj, "withdrawn_at", None),
    }
    return TemplateResponse(request, "admin/articles/shown_part.html", context)


def _side(kind: str, obj: Any, language: Language) -> Side:
    if not obj.has_words(language):
        return Side(language, [], [])
    # A verdict or a level is said in the language of its side, as readers of that side meet it.
    with translation.override(language):
        text = text_of(block_document(_PLACED[kind](**{kind: obj}), language))
    return Side(language, text.split("\n"), [one.sentence for one in part_problems(obj, language)])
