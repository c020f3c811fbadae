"""Previews: the reader's own page made of what is at the desk, in one language or both side by side."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.press import addresses
from articles.admin.press.frames import framed
from articles.admin.site import desk_site
from articles.canonical.languages import Language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editorial.roles import may, right
from articles.publishing.desks import ITEMS, desk
from articles.reader.previews import render_preview

_SHOWN: Mapping[str, tuple[Language, ...]] = {"ru": ("ru",), "en": ("en",), "both": ("ru", "en")}


@desk_site.page("preview/<str:kind>/<uuid:item>/<str:which>/", name="preview")
def preview(request: HttpRequest, kind: str, item: UUID, which: str) -> HttpResponse:
    """One pane for each language, above them the way back and the way on."""
    working = _item(request, kind, item)
    if which not in _SHOWN:
        raise Http404
    panes = [
        {
            "language": language,
            "url": reverse("admin:preview_page", args=[kind, item, language]),
            "problems": len(desk(kind).compose(working, language).problems),
        }
        for language in _SHOWN[which]
    ]
    context = desk_site.each_context(request) | {
        "title": _("Preview"),
        "subtitle": label(working),
        "panes": panes,
        "which": which,
        "choices": [
            (code, name, addresses.preview(kind, item, code))
            for code, name in (("ru", _("Russian")), ("en", _("English")), ("both", _("both")))
        ],
        "form_url": addresses.form(kind, item),
        "publish_url": addresses.publish(kind, item) if may(request.user, "publish") else "",
    }
    return TemplateResponse(request, "articles/admin/press/preview.html", context)


@desk_site.page("preview/<str:kind>/<uuid:item>/<str:language>/page/", name="preview_page")
def preview_page(request: HttpRequest, kind: str, item: UUID, language: str) -> HttpResponse:
    """The reader's page in one language as it would be, marked as a draft."""
    working = _item(request, kind, item)
    if language not in ("ru", "en"):
        raise Http404
    code: Language = language  # type: ignore[assignment]
    return framed(render_preview(desk(kind).compose(working, code).document, language=code, item=str(item)))


def _item(request: HttpRequest, kind: str, item: UUID) -> DeskObject:
    if kind not in ITEMS:
        raise Http404
    model = ITEMS[kind]
    if not request.user.has_perm(right("view", model)):
        raise PermissionDenied
    return get_object_or_404(model._default_manager, pk=item)
