"""The page on which clinicians sign a protocol: its logic, both texts, and each way into self-care by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, sent
from articles.admin.press.proofs import Obstacle
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.editorial import signoffs
from articles.editorial.review_plans import plan_of
from articles.editorial.roles import may, right
from articles.publishing.problems import RefusedError
from triage.admin import self_care_words
from triage.admin.findings import found
from triage.live.protocols import SIGNATURES
from triage.protocols.authorship import logic_authors
from triage.protocols.signatures import Signature
from triage.protocols.signing import Sheet, Signed, sheet, sign, signatures, take_back
from triage.protocols.tables import Protocol

# A year is what the protocol itself promises at most.
_DIGITS = 12

# Problems that are mended on this page: code to the field's id.
_FIELDS = {
    **sent.SIGNATURE_FIELDS,
    "seen-differs": "what",
    "rows-unticked": "rows",
    "rows-unknown": "rows",
}


@dataclass(frozen=True)
class Typed:
    """What the clinician typed and ticked, kept through every refusal."""

    names: dict[Language, str]
    next_on: str
    note: str
    ticked: Sequence[str]


@dataclass(frozen=True)
class ShownSignature:
    """A signature with what became of it; `name` is that for readers of the interface language."""

    row: Signature
    name: str
    state: Promise
    holds: bool
    counts: bool
    may_take_back: bool


@desk_site.page("triage/sign/<uuid:pk>/", name="triage_sign")
def signing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what there is to sign and who has; on POST sign, or take one's own signature back, or say why not."""
    if not request.user.has_perm(right("view", Protocol)):
        raise PermissionDenied
    protocol = get_object_or_404(Protocol, pk=pk)
    if request.method != "POST":
        return _page(request, protocol, _fresh(request, protocol))
    if not may(request.user, "review"):
        raise PermissionDenied
    if asked := step_up(request):
        return asked
    if "_take_back" in request.POST:
        return _taken_back(request, protocol)
    typed = _typed(request)
    named = [f"name_{language}" for language in LANGUAGES]
    if unsafe := refusals(request.POST, [*named, "note"]):
        return _page(request, protocol, typed, refused=[Obstacle(said, f"#{field}") for field, said in unsafe])
    try:
        sign(
            protocol,
            seen=request.POST.get("seen", ""),
            ticked=typed.ticked,
            name=typed.names,
            next_on=sent.day(typed.next_on),
            note=typed.note,
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        return _page(
            request, protocol, typed, refused=sent.obstacles(refusal.problems, _FIELDS, "protocol", protocol.pk)
        )
    messages.success(request, _("Signed. Readers will see it when an editor publishes the protocol."))
    return HttpResponseRedirect(reverse("admin:triage_sign", args=[pk]))


def _page(request: HttpRequest, protocol: Protocol, typed: Typed, *, refused: Sequence[Obstacle] = ()) -> HttpResponse:
    looked_at, drafted = sheet(protocol), found(protocol)
    signed = _signatures(request, protocol, looked_at)
    counting = {one.row.signer_id for one in signed if one.counts}
    protocols = drafted.draft.protocols
    problems = dict.fromkeys(
        (one.sentence, addresses.place(one.where, "protocol", protocol.pk)) for one in looked_at.problems
    )
    context = desk_site.each_context(request) | {
        "title": _("Sign the protocol"),
        "subtitle": label(protocol),
        "form_url": addresses.form_of(protocol),
        "problems": list(problems),
        "found": drafted,
        "sheet": looked_at,
        "digests": _digests(looked_at),
        "shared": self_care_words.shared(looked_at.rows, protocols),
        "rows": self_care_words.shown(looked_at.rows, protocols, typed.ticked),
        "combinations": number_format(sum(row.count for row in looked_at.rows), force_grouping=True),
        "signatures": signed,
        "missing": max(0, SIGNATURES - len(counting)),
        "needed": SIGNATURES,
        "is_signed_by_me": any(one.holds and one.row.signer_id == request.user.pk for one in signed),
        "is_author": request.user.pk in logic_authors(protocol),
        "may_sign": may(request.user, "review"),
        "typed": typed,
        "names": [(code, LANGUAGE_NAMES[code], typed.names.get(code, "")) for code in LANGUAGES],
        "latest": plan_of(protocol.pk).latest(now().date()).isoformat(),
        "refused": refused,
        "previews": [(LANGUAGE_NAMES[code], addresses.preview("protocol", protocol.pk, code)) for code in LANGUAGES],
    }
    return TemplateResponse(request, "triage/admin/sign.html", context, status=422 if refused else 200)


def _digests(looked_at: Sheet) -> list[tuple[Any, str, str]]:
    """(Name, beginning, whole) of everything that a signature names."""
    named: list[tuple[Any, str]] = [(_("Logic: ids, ranks, rules"), looked_at.logic_digest)]
    named += [(LANGUAGE_NAMES[code], looked_at.content_digests[code]) for code in LANGUAGES]
    named += [(_("Answers that end in self-care"), looked_at.self_care_digest)]
    return [(name, digest[:_DIGITS], digest) for name, digest in named]


def _signatures(request: HttpRequest, protocol: Protocol, looked_at: Sheet) -> list[ShownSignature]:
    authors = logic_authors(protocol)
    return [
        ShownSignature(
            one.signature,
            one.signature.name_in((get_language() or "ru")[:2]),
            _state(one, looked_at, one.signature.signer_id in authors),
            one.holds,
            one.holds and one.signature.signer_id not in authors,
            may_take_back=not one.signature.is_revoked and one.signature.signer_id == request.user.pk,
        )
        for one in signatures(protocol)
    ]


def _state(one: Signed, looked_at: Sheet, is_author: bool) -> Promise:
    if one.signature.is_revoked:
        return gettext_lazy("taken back")
    if one.signature.logic_digest != looked_at.logic_digest:
        return gettext_lazy("no longer stands: the logic was changed")
    if not one.holds:
        return gettext_lazy("no longer stands: the text was changed")
    if is_author:
        return gettext_lazy("stands, but does not count: this person wrote the logic")
    return gettext_lazy("stands")


def _taken_back(request: HttpRequest, protocol: Protocol) -> HttpResponse:
    number = request.POST["_take_back"]
    mine = Signature.objects.filter(protocol=protocol.pk, signer=person(request))
    signature = mine.filter(pk=int(number) if number.isdecimal() else 0).first()
    if signature is None:
        raise Http404
    try:
        take_back(signature, reason=tidy(request.POST.get("why", "")), by=person(request), at=now())
    except RefusedError as refusal:
        return _page(
            request,
            protocol,
            _fresh(request, protocol),
            refused=sent.obstacles(refusal.problems, _FIELDS, "protocol", protocol.pk),
        )
    messages.success(request, _("Your signature has been taken back."))
    return HttpResponseRedirect(reverse("admin:triage_sign", args=[protocol.pk]))


def _fresh(request: HttpRequest, protocol: Protocol) -> Typed:
    """The names under which this person signed last, and the time to the next review that its risk asks for."""
    user = request.user
    last = Signature.objects.filter(signer=user).last() if isinstance(user, User) else None
    names: dict[Language, str] = {"ru": last.name_ru, "en": last.name_en} if last else {}
    if not names and isinstance(user, User):
        names = signoffs.last_names(user)
    return Typed(names, plan_of(protocol.pk).latest(now().date()).isoformat(), "", [])


def _typed(request: HttpRequest) -> Typed:
    return Typed(
        sent.names(request),
        request.POST.get("next_on", ""),
        tidy(request.POST.get("note", "")),
        request.POST.getlist("rows"),
    )


def _obstacles(refusal: RefusedError, protocol: Protocol) -> list[Obstacle]:
    return sent.obstacles(refusal.problems, _FIELDS, "protocol", protocol.pk)
