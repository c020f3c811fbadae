"""The page on which a protocol is published: what was found, what changes in words, and both languages together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, later, sent
from articles.admin.press.proofs import Obstacle, Typed, obstacle, panels
from articles.admin.press.typed_words import refusals
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editions import queries
from articles.editorial.roles import may
from articles.publishing.preflight import Proof, preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision
from triage.admin.differences import Compared, between
from triage.admin.findings import found
from triage.engine.document import ProtocolDocument
from triage.protocols.releasing import keep, release
from triage.protocols.tables import Protocol

_TEXTS = ("note", "reason")

# Problems that are mended on this page: code to the field's id without its language.
_FIELDS = {
    "class-missing": "class",
    "note-missing": "note",
    "reason-missing": "reason",
    "changed-meanwhile": "difference",
    "no-language": "ticked",
    "both-languages": "ticked",
    "logic-differs": "ticked",
}


@desk_site.page("triage/publish/<uuid:pk>/", name="triage_publish")
def releasing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what would go out; on POST publish the languages that are ticked, or show every reason why not."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    protocol = get_object_or_404(Protocol, pk=pk)
    if request.method != "POST":
        return _page(request, protocol)
    if asked := step_up(request):
        return asked
    typed = {language: sent.typed(request, language) for language in LANGUAGES}
    named = [f"{field}_{language}" for language in LANGUAGES for field in _TEXTS]
    if unsafe := refusals(request.POST, named):
        return _page(request, protocol, typed, refused=[Obstacle(said, f"#{field}") for field, said in unsafe])
    terms = {language: sent.terms(request, language, said) for language, said in typed.items() if said.ticked}
    decision = Decision({language: said.reason for language, said in typed.items()})
    try:
        if later.asked(request):
            keeping = partial(keep, protocol=protocol, terms=terms, decision=decision, by=person(request), at=now())
            return later.kept(request, "protocol", pk, keeping)
        before = _numbers(pk)
        published = release(protocol, terms=terms, decision=decision, by=person(request), at=now())
    except RefusedError as refusal:
        return _page(request, protocol, typed, problems=refusal.problems)
    sent.tell(request, "protocol", pk, before, published)
    return HttpResponseRedirect(addresses.form_of(protocol))


def _page(
    request: HttpRequest,
    protocol: Protocol,
    typed: Mapping[Language, Typed] | None = None,
    *,
    refused: Sequence[Obstacle] = (),
    problems: Sequence[DeskProblem] = (),
) -> HttpResponse:
    proofs = preflight("protocol", protocol, LANGUAGES, at=now())
    shown = panels("protocol", protocol.pk, proofs, typed=typed or _likely(protocol, proofs))
    in_the_way = [*refused, *_obstacles(problems, proofs, protocol)]
    compared = _differences(proofs)
    context = desk_site.each_context(request) | {
        **later.context(request, protocol.pk),
        "title": _("Publish the protocol"),
        "subtitle": label(protocol),
        "form_url": addresses.form_of(protocol),
        "found": found(protocol),
        "to_mend": _to_mend(proofs, protocol),
        "compared": compared,
        "panels": shown,
        "sign_url": reverse("admin:triage_sign", args=[protocol.pk]),
        "compare_url": reverse("admin:triage_compare", args=[protocol.pk]),
        "previews": [
            (LANGUAGE_NAMES[code], code, reverse("admin:preview_page", args=["protocol", protocol.pk, code]))
            for code in LANGUAGES
        ],
        "refused": in_the_way,
    }
    return TemplateResponse(request, "triage/admin/release.html", context, status=422 if in_the_way else 200)


def _likely(protocol: Protocol, proofs: Mapping[Language, Proof]) -> dict[Language, Typed]:
    """What is most likely meant; what decides goes out in both languages or not at all."""
    likely = {panel.language: panel.typed for panel in panels("protocol", protocol.pk, proofs)}
    live = {_logic(proof.live_document) for proof in proofs.values()}
    if live != {_logic(proof.composition.document) for proof in proofs.values()}:
        goes = not any(proof.problems for proof in proofs.values())
        return {language: replace(said, ticked=goes) for language, said in likely.items()}
    return {
        language: replace(
            said,
            ticked=not proofs[language].problems
            and (not proofs[language].is_unchanged or proofs[language].is_newly_reviewed),
        )
        for language, said in likely.items()
    }


def _logic(document: object) -> str:
    return document.logic_digest if isinstance(document, ProtocolDocument) else ""


def _differences(proofs: Mapping[Language, Proof]) -> Compared | None:
    """What readers would meet otherwise; None where nothing of it is live."""
    live = {language: proof.live_document for language, proof in proofs.items() if proof.live_document}
    drafted = {language: proof.composition.document for language, proof in proofs.items()}
    return between(live, drafted) if live else None  # type: ignore[arg-type]


def _to_mend(proofs: Mapping[Language, Proof], protocol: Protocol) -> list[Obstacle]:
    """Everything that keeps the protocol at the desk, each once, with its place."""
    shown = [obstacle(one, "protocol", protocol.pk) for proof in proofs.values() for one in proof.problems]
    return list(dict.fromkeys(shown))


def _obstacles(problems: Sequence[DeskProblem], proofs: Mapping[Language, Proof], protocol: Protocol) -> list[Obstacle]:
    """What was refused, each with its place: on this page, or in the list of what is to be mended."""
    known = {problem for proof in proofs.values() for problem in proof.problems}
    shown = []
    for problem in problems:
        language = problem.language or LANGUAGES[0]
        field = _FIELDS.get(problem.code)
        if of_release := later.obstacle(problem):
            shown.append(of_release)
        elif problem in known:
            shown.append(Obstacle(_("The protocol has problems, listed below."), "#to-mend"))
        elif field:
            prefix = f"{LANGUAGE_NAMES[problem.language]}: " if problem.language else ""  # type: ignore[index]
            shown.append(Obstacle(f"{prefix}{problem.sentence}", f"#{field}_{language}"))
        else:
            shown.append(obstacle(problem, "protocol", protocol.pk))
    return list(dict.fromkeys(shown))


def _numbers(item: UUID) -> dict[Language, int]:
    found_there = queries.by_id("protocol", item)
    shelved = [text for language in LANGUAGES if found_there and (text := found_there.shelved(language))]
    return {text.language: text.standing.edition.number for text in shelved if text.is_live}
