"""“Take down at a moment…”: a text whose time is limited leaves the shelf by itself, with a sentence for readers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editions.shelf import Standing
from articles.editorial.desk_zone import typed_moment
from articles.editorial.roles import may
from articles.publishing.desks import ITEMS
from articles.publishing.ending import end, endings, keep
from articles.publishing.problems import RefusedError
from articles.publishing.releases import waiting_for

_FIELDS = {"ending-past": "ends_at", "no-language": "languages", "not-live": "languages"}


@desk_site.page("ending/<str:kind>/<uuid:item>/", name="ending")
def ending(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Show when a text leaves the shelf; on POST set a moment, or let it stay after all."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    if kind not in ITEMS:
        raise Http404
    working = get_object_or_404(ITEMS[kind]._default_manager, pk=item)
    if request.method != "POST":
        return _page(request, kind, working)
    if asked := step_up(request):
        return asked
    if unsafe := refusals(request.POST, [f"reason_{code}" for code in LANGUAGES]):
        return _page(request, kind, working, refused=unsafe)
    if "_keep" in request.POST:
        language = request.POST["_keep"]
        if language not in LANGUAGES:
            raise Http404
        keep(item, language, by=person(request), at=now())
        messages.success(request, _("It stays: nothing is taken down by itself."))
        return HttpResponseRedirect(addresses.ending(kind, item))
    languages: list[Language] = [code for code in LANGUAGES if code in request.POST.getlist("languages")]
    try:
        end(
            kind,
            item,
            languages,
            typed_moment(request.POST.get("ends_at", "")),
            reasons={code: tidy(request.POST.get(f"reason_{code}", "")) for code in LANGUAGES},
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        refused = [(_FIELDS.get(one.code, f"reason_{one.language}"), one.sentence) for one in refusal.problems]
        return _page(request, kind, working, refused=refused)
    messages.success(request, _("It is taken down at the moment that you have set. Readers are told why then."))
    return HttpResponseRedirect(addresses.ending(kind, item))


def _page(
    request: HttpRequest, kind: str, working: DeskObject, *, refused: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    live = set(Standing.objects.filter(item=working.pk, state=Standing.State.LIVE).values_list("language", flat=True))
    coming = set(waiting_for(working.pk).values_list("language", flat=True))
    ticked = request.POST.getlist("languages") if request.method == "POST" else list(live | coming)
    texts: list[dict[str, Any]] = [
        {
            "language": code,
            "name": LANGUAGE_NAMES[code],
            "ticked": code in ticked,
            "reason": request.POST.get(f"reason_{code}", _ready(code)),
        }
        for code in LANGUAGES
        if code in live | coming
    ]
    context = desk_site.each_context(request) | {
        "title": _("Take down at a moment"),
        "subtitle": label(working),
        "form_url": addresses.form(kind, working.pk),
        "texts": texts,
        "endings": [(one, LANGUAGE_NAMES[one.language]) for one in endings(working.pk)],  # type: ignore[index]
        "ends_at": request.POST.get("ends_at", ""),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/ending.html", context, status=422 if refused else 200)


def _ready(language: Language) -> str:
    """A sentence that is true of every text that had an end."""
    with override(language):
        return _("This text was meant for a limited time, and that time is over.")
