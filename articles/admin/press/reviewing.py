"""The review page: a medical reviewer reads the very text, sees what changed since the last signature, and signs it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, checklists, sent
from articles.admin.press.part_confirming import confirms, waiting_parts
from articles.admin.press.proofs import Obstacle, ShownDifference, shown_differences
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.press.workflow import lanes_of
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editions.shelf import Edition
from articles.editions.store import standing_of
from articles.editorial import signoffs
from articles.editorial.review_plans import plan_of
from articles.editorial.roles import may
from articles.editorial.signoffs import SignOff
from articles.publishing.compose import Composition
from articles.publishing.covering import covering_signatures
from articles.publishing.desks import ITEMS, desk
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError
from articles.publishing.reviewing import REVIEWED_KINDS, last_signed, review, take_back

# Problems that are mended on this page: code to the field's id.
_FIELDS = {
    **sent.SIGNATURE_FIELDS,
    "changed-meanwhile": "difference",
}


@dataclass(frozen=True)
class Typed:
    """What the reviewer typed, kept through every refusal."""

    names: dict[Language, str]
    next_on: str
    note: str
    checked: bool


@desk_site.page("review/<str:kind>/<uuid:item>/<str:language>/", name="review")
def review_page(request: HttpRequest, kind: str, item: UUID, language: str) -> HttpResponse:
    """Show the text as readers would see it; on POST sign it or take a signature back, or say every reason why not."""
    if not may(request.user, "review"):
        raise PermissionDenied
    working = _working(kind, item)
    if language not in LANGUAGES:
        raise Http404
    code: Language = language
    if kind in addresses.REVIEWING:
        return HttpResponseRedirect(addresses.review(kind, item, code))
    if request.method != "POST":
        return _page(request, working, code, _fresh(request, working))
    if asked := step_up(request):
        return asked
    if "_revoke" in request.POST:
        return _revoke(request, working, code)
    typed = _typed(request)
    if not typed.checked:
        unchecked = Obstacle(_("Say that you have checked this text."), "#checked")
        return _page(request, working, code, typed, refused=[unchecked])
    try:
        review(
            kind,
            item,
            code,
            request.POST.get("seen", ""),
            name=typed.names,
            next_on=sent.day(typed.next_on),
            note=typed.note,
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        return _page(request, working, code, typed, refused=sent.obstacles(refusal.problems, _FIELDS, kind, item))
    messages.success(request, _("Signed. Readers will see it with the next publication."))
    return HttpResponseRedirect(addresses.review(kind, item, code))


def places(request: HttpRequest, obj: DeskObject) -> list[tuple[str, str]]:
    """Return (address, words) of the review pages of a text or a shared part, for the form that a reviewer reads."""
    if kind_of(obj) in SHARED and kind_of(obj) not in REVIEWED_KINDS:
        return confirms(request, obj)
    if kind_of(obj) not in REVIEWED_KINDS or not may(request.user, "review"):
        return []
    words = {"ru": _("Review the Russian text"), "en": _("Review the English text")}
    return [(addresses.review(kind_of(obj), obj.pk, language), words[language]) for language in LANGUAGES]


def _page(
    request: HttpRequest, working: DeskObject, language: Language, typed: Typed, *, refused: Sequence[Obstacle] = ()
) -> HttpResponse:
    kind, item = kind_of(working), working.pk
    composition = desk(kind).compose(working, language)
    entries = checklists.entries_of(working, language)
    live = _live(item, language)
    holding = {row.pk for row in covering_signatures(item, language, composition.document, live)}
    signatures = [_Signature.of(row, holding, person(request)) for row in signoffs.history(item, language)]
    context = desk_site.each_context(request) | {
        "title": _("Medical review"),
        "subtitle": f"{label(working)} · {LANGUAGE_NAMES[language]}",
        "language": language,
        "languages": [(code, LANGUAGE_NAMES[code], addresses.review(kind, item, code)) for code in LANGUAGES],
        "digest": composition.content_digest,
        "problems": [entry.problem.sentence for entry in entries if entry.level == "block" and not entry.takes_reason],
        "checks": checklists.shown(request, kind, item, language, entries, only_to_be_said=True),
        "checklist_url": addresses.checklist(kind, item),
        "lane": next((lane for lane in lanes_of(request, working) if lane.language == language), None),
        "workflow_url": addresses.workflow(kind, item),
        "page_url": reverse("admin:preview_page", args=[kind, item, language]),
        "form_url": addresses.form(kind, item),
        "since": _since(item, language, composition),
        "is_covered": bool(holding),
        "waiting": [] if holding else waiting_parts([working], language),
        "signatures": signatures,
        "is_signed_by_me": any(one.is_of_this_text and one.may_revoke for one in signatures),
        "typed": typed,
        "names": [(code, LANGUAGE_NAMES[code], typed.names.get(code, "")) for code in LANGUAGES],
        "latest": plan_of(item).latest(now().date()).isoformat(),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/review.html", context, status=422 if refused else 200)


@dataclass(frozen=True)
class _Since:
    """What changed since the last signature; `known` is False where the signed words were erased."""

    signed: SignOff
    known: bool
    differences: list[ShownDifference]


@dataclass(frozen=True)
class _Signature:
    row: SignOff
    is_of_this_text: bool
    is_revoked: bool
    may_revoke: bool
    ended_by: str = ""

    @classmethod
    def of(cls, row: SignOff, holding: Collection[int], reader: models.Model) -> "_Signature":
        is_revoked = hasattr(row, "revocation")
        by = row.revocation.ended_by if is_revoked else None
        return cls(
            row,
            is_of_this_text=row.pk in holding,
            is_revoked=is_revoked,
            may_revoke=not is_revoked and row.reviewer_id == reader.pk,
            ended_by=(by.get_full_name() or by.get_username()) if by else "",
        )


def _since(item: UUID, language: Language, composition: Composition) -> _Since | None:
    found = last_signed(item, language)
    if found is None:
        return None
    signed, document = found
    if signed.content_digest == composition.content_digest:
        return _Since(signed, True, [])
    return _Since(signed, document is not None, shown_differences(document, composition.document) if document else [])


def _live(item: UUID, language: Language) -> Edition | None:
    standing = standing_of(str(item), language)
    return standing.edition if standing and standing.is_live else None


def _revoke(request: HttpRequest, working: DeskObject, language: Language) -> HttpResponse:
    number = request.POST["_revoke"]
    mine = SignOff.objects.filter(item=working.pk, language=language, reviewer=person(request))
    sign_off = get_object_or_404(mine, pk=int(number) if number.isdecimal() else 0)
    try:
        take_back(sign_off, reason=request.POST.get("why", ""), by=person(request), at=now())
    except RefusedError as refusal:
        refused = sent.obstacles(refusal.problems, _FIELDS, kind_of(working), working.pk)
        return _page(request, working, language, _fresh(request, working), refused=refused)
    messages.success(request, _("Your signature is taken back. Readers will see it with the next publication."))
    return HttpResponseRedirect(addresses.review(kind_of(working), working.pk, language))


def _fresh(request: HttpRequest, working: DeskObject) -> Typed:
    """The names under which this person signed last, and the time to the next review that its risk asks for."""
    next_on = plan_of(working.pk).latest(now().date())
    return Typed(signoffs.last_names(person(request)), next_on.isoformat(), "", checked=False)


def _typed(request: HttpRequest) -> Typed:
    return Typed(
        sent.names(request),
        request.POST.get("next_on", ""),
        tidy(request.POST.get("note", "")),
        checked="checked" in request.POST,
    )


def _working(kind: str, item: UUID) -> DeskObject:
    if kind not in ITEMS:
        raise Http404
    return get_object_or_404(ITEMS[kind]._default_manager, pk=item)
