"""Withdrawing a quote or a source: out of every live text that carries it, in both languages, in one act."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.withdrawing import REASONS
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions.store import Part
from articles.editorial.roles import may
from articles.publishing.problems import RefusedError
from articles.publishing.uses import texts_with
from articles.publishing.withdraw import withdraw_part

_MODELS: dict[str, type[Quote] | type[Source]] = {"quote": Quote, "source": Source}


@desk_site.page("withdraw/quote/<uuid:pk>/", name="withdraw_quote")
def withdraw_quote(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _withdraw(request, "quote", pk)


@desk_site.page("withdraw/source/<uuid:pk>/", name="withdraw_source")
def withdraw_source(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _withdraw(request, "source", pk)


def _withdraw(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    working: Quote | Source = get_object_or_404(_MODELS[kind], pk=pk)  # type: ignore[assignment]
    if working.withdrawn_at:
        raise Http404
    if request.method != "POST":
        return _page(request, kind, working, [])
    code = request.POST.get("reason_code", "")
    if code not in dict(REASONS):
        return _page(request, kind, working, [("reason_code", _("Choose a reason."))])
    if unsafe := refusals(request.POST, [f"reason_{language}" for language in LANGUAGES]):
        return _page(request, kind, working, unsafe)
    reasons: dict[Language, str] = {code: tidy(request.POST.get(f"reason_{code}", "")) for code in LANGUAGES}
    if asked := step_up(request):
        return asked
    try:
        amended = withdraw_part(kind, pk, reason_code=code, reasons=reasons, by=person(request), at=now())
    except RefusedError as refusal:
        refused = [(f"reason_{problem.language}", problem.sentence) for problem in refusal.problems]
        return _page(request, kind, working, refused)
    count = len(amended)
    messages.success(
        request,
        ngettext(
            "Withdrawn. A notice stands in its place in %(count)s live text.",
            "Withdrawn. A notice stands in its place in %(count)s live texts.",
            count,
        )
        % {"count": count}
        if count
        else _("Withdrawn. No live text carried it."),
    )
    return HttpResponseRedirect(addresses.form(kind, pk))


def _page(request: HttpRequest, kind: str, working: Quote | Source, refused: list[tuple[str, str]]) -> HttpResponse:
    carrying = texts_with(Part(kind, str(working.pk)))
    context = desk_site.each_context(request) | {
        "title": _("Withdraw the quote everywhere") if kind == "quote" else _("Withdraw the source everywhere"),
        "subtitle": label(working),
        "kind": kind,
        "carrying": [(row, row.page_path) for row in carrying],
        "reasons": REASONS,
        "chosen": request.POST.get("reason_code", ""),
        "notices": [
            (language, LANGUAGE_NAMES[language], request.POST.get(f"reason_{language}", "")) for language in LANGUAGES
        ],
        "refused": refused,
        "form_url": addresses.form(kind, working.pk),
    }
    return TemplateResponse(request, "articles/admin/press/withdraw_part.html", context, status=422 if refused else 200)
