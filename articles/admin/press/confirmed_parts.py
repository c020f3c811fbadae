"""Everything that was confirmed of a shared part; whoever confirmed it, or an administrator, takes it back here."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.part_confirming import name_of
from articles.admin.press.proofs import Obstacle
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.editions.store import Part
from articles.editorial.part_confirmations import LONGEST_REASON, PartConfirmation, history, may_revoke
from articles.editorial.roles import may
from articles.publishing.confirming import take_back
from articles.publishing.drift import working_parts
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError
from articles.publishing.substance import part_digest


@dataclass(frozen=True)
class _Confirmed:
    """One confirmation; `is_of_now` says that it led to the wording that the desk holds."""

    row: PartConfirmation
    is_of_now: bool
    is_revoked: bool
    may_revoke: bool

    @property
    def language_name(self) -> Promise:
        return LANGUAGE_NAMES[self.row.language]  # type: ignore[index]


@desk_site.page("changed-parts/<str:kind>/<uuid:pk>/confirmed/", name="confirmed_parts")
def confirmed_page(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show what was confirmed of a part, by whom, and what was taken back; on POST take one confirmation back."""
    if not (may(request.user, "review") or may(request.user, "expunge")):
        raise PermissionDenied
    working = working_parts([Part(kind, str(pk))]).get(Part(kind, str(pk))) if kind in SHARED else None
    if working is None:
        raise Http404
    if request.method != "POST":
        return _page(request, kind, working)
    if asked := step_up(request):
        return asked
    number = request.POST.get("confirmation", "")
    row = get_object_or_404(
        PartConfirmation.objects.filter(part=pk), pk=int(number) if number.isdecimal() and len(number) < 19 else 0
    )
    if not may_revoke(row, person(request)):
        raise PermissionDenied
    try:
        take_back(row, reason=tidy(request.POST.get(f"why_{row.pk}", "")), by=person(request), at=now())
    except RefusedError as refusal:
        return _page(request, kind, working, [Obstacle(one.sentence, f"#why_{row.pk}") for one in refusal.problems])
    messages.success(
        request,
        _("Taken back. Texts that stood by it alone wait once more; readers see it when they are published."),
    )
    return HttpResponseRedirect(request.get_full_path())


def _page(
    request: HttpRequest, kind: str, working: models.Model, refused: list[Obstacle] | None = None
) -> HttpResponse:
    shared = SHARED[kind]
    now_says = {language: part_digest(shared.freeze(working, language)) for language in LANGUAGE_NAMES}
    rows = [
        _Confirmed(
            row,
            is_of_now=row.after == now_says[row.language],  # type: ignore[index]
            is_revoked=hasattr(row, "revocation"),
            may_revoke=not hasattr(row, "revocation") and may_revoke(row, person(request)),
        )
        for row in history(working.pk)
    ]
    context = desk_site.each_context(request) | {
        "title": _("What was confirmed of this part"),
        "subtitle": name_of(working),
        "rows": rows,
        "longest": LONGEST_REASON,
        "refused": refused or [],
        "confirm_url": addresses.confirm(kind, working.pk) if may(request.user, "review") else "",
        "form_url": addresses.form(kind, working.pk),
    }
    return TemplateResponse(
        request, "articles/admin/press/confirmed_part.html", context, status=422 if refused else 200
    )
