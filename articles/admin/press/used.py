"""Where an object is used: by what is at the desk, and by what readers see now."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.content.aggregates import AGGREGATES, ROWS, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.ordered_row import OrderedRow
from articles.editorial.roles import right
from articles.publishing.uses import drafts_reached, owner, uses


@desk_site.page("used/<str:kind>/<uuid:pk>/", name="used")
def used(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """The drafts and the live texts that use the object; of a row, those that use what it belongs to."""
    model = AGGREGATES.get(kind) or _rows().get(kind)
    if model is None:
        raise Http404
    if not request.user.has_perm(right("view", model)):
        raise PermissionDenied
    obj: DeskObject | OrderedRow = get_object_or_404(model._default_manager, pk=pk)  # type: ignore[assignment]
    whole = owner(obj)
    if whole is not obj:
        return HttpResponseRedirect(addresses.used(kind_of(whole), whole.pk))
    found = uses(whole)
    context = desk_site.each_context(request) | {
        "title": _("Where it is used"),
        "subtitle": f"{capfirst(str(whole._meta.verbose_name))}: {label(whole)}",
        "drafts": [
            {
                "depth": depth,
                "kind": capfirst(str(draft._meta.verbose_name)),
                "name": label(draft),
                "url": addresses.form_of(draft),
            }
            for depth, draft in drafts_reached(whole)
        ],
        "own": [(row, row.page_path) for row in found.own],
        "live": [(row, row.page_path) for row in found.live],
        "published": found.published,
        "form_url": addresses.form_of(whole),
    }
    return TemplateResponse(request, "articles/admin/press/used.html", context)


def _rows() -> Mapping[str, type[OrderedRow]]:
    # Other apps add theirs after this module is loaded.
    return {model.kind: model for rows in ROWS.values() for model in rows.models}
