"""Erasing for good: one person asks, another one looks and confirms. What is in the way is said on both pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.typed_words import tidy
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.content.aggregates import AGGREGATES
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editions.erasing import editions_of
from articles.editions.store import Part
from articles.editorial.roles import may
from articles.publishing.erasures import ErasureRequest
from articles.publishing.expunge import ERASABLE, ask_expunge, confirm_expunge, decline_expunge, obstacles
from articles.publishing.problems import RefusedError
from articles.publishing.uses import drafts_using, texts_with


@desk_site.page("erase/<str:kind>/<uuid:pk>/", name="erase")
def erase(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Say what would be erased and ask for it, on grounds that another person will read."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    if kind not in ERASABLE:
        raise Http404
    asked = ErasureRequest.objects.filter(kind=kind, object_id=pk, outcome=ErasureRequest.Outcome.OPEN).first()
    if asked:
        return HttpResponseRedirect(reverse("admin:erasure", args=[asked.pk]))
    get_object_or_404(AGGREGATES[kind]._default_manager, pk=pk)
    if request.method != "POST":
        return _ask_page(request, kind, pk, [])
    grounds = tidy(request.POST.get("grounds", ""))
    try:
        asked = ask_expunge(kind, pk, reason=grounds, by=person(request), at=now())
    except RefusedError as refusal:
        return _ask_page(request, kind, pk, refusal.problems)
    messages.success(request, _("Asked for. Nothing is erased until a second person confirms it."))
    return HttpResponseRedirect(reverse("admin:erasure", args=[asked.pk]))


@desk_site.page("erasures/<int:request_id>/", name="erasure")
def erasure(request: HttpRequest, request_id: int) -> HttpResponse:
    """What was asked for, by whom and why; confirmed or declined by somebody who may, and what came of it."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    asked = get_object_or_404(ErasureRequest.objects.select_related("asked_by", "settled_by"), pk=request_id)
    if request.method != "POST":
        return _request_page(request, asked, [])
    if unconfirmed := step_up(request):
        return unconfirmed
    try:
        if "_decline" in request.POST:
            decline_expunge(asked, by=person(request), at=now())
            messages.success(request, _("Declined. Nothing was erased."))
        elif not may(request.user, "expunge"):
            raise PermissionDenied
        elif request.POST.get("sure") != "yes":
            return _request_page(request, asked, [_("Tick that you have read what will be erased.")])
        else:
            count = len(confirm_expunge(asked, by=person(request), at=now()))
            words = ngettext(
                "Erased, with the words of %(count)s edition.", "Erased, with the words of %(count)s editions.", count
            )
            messages.success(request, words % {"count": count})
    except RefusedError as refusal:
        return _request_page(request, asked, [problem.sentence for problem in refusal.problems])
    return HttpResponseRedirect(request.get_full_path())


def open_requests(most: int) -> list[tuple[str, str]]:
    """Return (words, address) of the requests that wait longest for a second person; one query."""
    waiting = ErasureRequest.objects.filter(outcome=ErasureRequest.Outcome.OPEN).order_by("asked_at")[:most]
    return [(_kind(asked.kind), reverse("admin:erasure", args=[asked.pk])) for asked in waiting]


def _ask_page(request: HttpRequest, kind: str, pk: UUID, problems: Sequence[DeskProblem]) -> HttpResponse:
    refused = [("grounds", problem.sentence) for problem in problems]
    context = desk_site.each_context(request) | _what(kind, pk) | {
        "title": _("Erase for good"),
        "grounds": request.POST.get("grounds", ""),
        "in_the_way": [problem.sentence for problem in obstacles(kind, pk)],
        "refused": refused,
        "form_url": addresses.form(kind, pk),
    }  # fmt: skip
    return TemplateResponse(request, "articles/admin/press/erase.html", context, status=422 if refused else 200)


def _request_page(request: HttpRequest, asked: ErasureRequest, refused: Sequence[str]) -> HttpResponse:
    there = AGGREGATES[asked.kind]._default_manager.filter(pk=asked.object_id).exists()
    context = desk_site.each_context(request) | _what(asked.kind, asked.object_id) | {
        "title": _("Erase for good"),
        "asked": asked,
        "in_the_way": [one.sentence for one in obstacles(asked.kind, asked.object_id)] if asked.is_open else [],
        "is_own": asked.asked_by_id == request.user.pk,
        "confirms": may(request.user, "expunge"),
        "refused": [("sure", sentence) for sentence in refused],
        "form_url": addresses.form(asked.kind, asked.object_id) if there else "",
    }  # fmt: skip
    return TemplateResponse(request, "articles/admin/press/erasure.html", context, status=422 if refused else 200)


def _what(kind: str, pk: UUID) -> dict[str, Any]:
    """What would lose its words: the object, and how many editions."""
    working = AGGREGATES[kind]._default_manager.filter(pk=pk).first()
    return {
        "subtitle": f"{_kind(kind)}: {label(working)}" if working else _kind(kind),
        "editions": len(editions_of(Part(kind, str(pk)))),
        "live": [(row, addresses.form(row.kind, row.item)) for row in texts_with(Part(kind, str(pk)))],
        "drafts": [(label(one), addresses.form_of(one)) for one in drafts_using(working)] if working else [],
    }


def _kind(kind: str) -> str:
    return capfirst(str(AGGREGATES[kind]._meta.verbose_name))
