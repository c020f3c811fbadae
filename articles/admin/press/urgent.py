"""A safety correction that cannot wait for a review: say why, look at what goes out, and only then publish it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, sent
from articles.admin.press.proofs import Obstacle, Panel, Typed, obstacle, panels
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.press.workflow import goes_this_way
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.problems import DeskProblem, Where
from articles.editions.shelf import Edition
from articles.editorial.roles import may
from articles.editorial.transitions import Transition
from articles.publishing.desks import ITEMS
from articles.publishing.gate import were_returned
from articles.publishing.preflight import Proof, preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish

_FIELDS = {
    "note-missing": "note",
    "reason-missing": "reason",
    "changed-meanwhile": "difference",
    "urgent-not-safety": "difference",
    "urgent-returned": "knowing",
}
_ON_TOP = frozenset({"no-language", "urgent-why-missing"})


class _TriedOnlyError(Exception):
    """Raised to undo what was done to learn whether it would be refused."""


@dataclass(frozen=True)
class _Sent:
    """What the publisher typed, kept from one step to the next; `knowing` are the languages that were returned."""

    why: str
    by_language: dict[Language, Typed]
    knowing: list[str]

    @property
    def ticked(self) -> dict[Language, Typed]:
        return {language: said for language, said in self.by_language.items() if said.ticked}


@desk_site.page("publish/<str:kind>/<uuid:item>/urgent/", name="urgent")
def urgent(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Ask why, show exactly what would go out, and on the second press publish it; it waits for a review afterwards."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    working = ITEMS[kind]._default_manager.filter(pk=item).first() if kind in ITEMS else None
    if working is None or not goes_this_way(working):
        raise Http404
    if request.method != "POST":
        return _ask(request, kind, working, None)
    if asked := step_up(request):
        return asked
    said = _sent(request)
    unsafe = [
        Obstacle(sentence, f"#{name}")
        for name, sentence in refusals(
            request.POST, ["why", *(f"{field}_{code}" for code in LANGUAGES for field in ("note", "reason"))]
        )
    ]
    if unsafe:
        return _ask(request, kind, working, said, refused=unsafe)
    before = _live(kind, working)
    try:
        if "_publish" not in request.POST:
            _try(request, kind, item, said)
            return _confirm(request, kind, working, said)
        published = _publish(request, kind, item, said)
    except RefusedError as refusal:
        return _ask(request, kind, working, said, refused=_obstacles(refusal.problems, kind, item, said))
    sent.tell(request, kind, item, before, published)
    return HttpResponseRedirect(addresses.workflow(kind, item))


def _sent(request: HttpRequest) -> _Sent:
    typed = {language: sent.typed(request, language) for language in LANGUAGES}
    return _Sent(tidy(request.POST.get("why", "")).strip(), typed, request.POST.getlist("knowing"))


def _publish(request: HttpRequest, kind: str, item: UUID, said: _Sent) -> dict[Language, Edition]:
    """Put it on the shelf. Spaces are no reason, but they are not nothing: the press is to ask for one."""
    terms = {
        language: Terms("safety", typed.note, request.POST.get(f"seen_{language}") or "nothing")
        for language, typed in said.ticked.items()
    }
    decision = Decision({language: typed.reason for language, typed in said.by_language.items()})
    return publish(
        kind, item, terms, decision=decision, urgent=said.why or " ", knowing=said.knowing, by=person(request), at=now()
    )


def _try(request: HttpRequest, kind: str, item: UUID, said: _Sent) -> None:
    """Raise RefusedError with everything that would keep it from going out; change nothing."""
    try:
        with transaction.atomic():
            _publish(request, kind, item, said)
            raise _TriedOnlyError
    except _TriedOnlyError:
        pass


def _ask(
    request: HttpRequest, kind: str, working: DeskObject, said: _Sent | None, *, refused: Sequence[Obstacle] = ()
) -> HttpResponse:
    shown = [panel for panel in _panels(kind, working, said) if panel.asks_class]
    if said is None:
        # The usual reason is none for not waiting.
        shown = [replace(panel, typed=replace(panel.typed, reason="")) for panel in shown]
    more = {"panels": shown, "why": said.why if said else "", "knowing": said.knowing if said else []}
    return _page(request, kind, working, "urgent.html", refused, returned=_returned(shown), **more)


def _confirm(request: HttpRequest, kind: str, working: DeskObject, said: _Sent) -> HttpResponse:
    shown = [
        (panel, reverse("admin:preview_page", args=[kind, working.pk, panel.language]))
        for panel in _panels(kind, working, said)
        if panel.typed.ticked
    ]
    returned = _returned([panel for panel, _url in shown])
    return _page(request, kind, working, "urgent_confirm.html", (), panels=shown, why=said.why, returned=returned)


def _page(
    request: HttpRequest, kind: str, working: DeskObject, template: str, refused: Sequence[Obstacle], **more: object
) -> HttpResponse:
    context = desk_site.each_context(request) | {
        "title": _("A safety correction without waiting for a review"),
        "subtitle": label(working),
        "form_url": addresses.form(kind, working.pk),
        "publish_url": addresses.publish(kind, working.pk),
        "refused": refused,
        **more,
    }
    status = 422 if refused else 200
    return TemplateResponse(request, f"articles/admin/press/{template}", context, status=status)


def _panels(kind: str, working: DeskObject, said: _Sent | None) -> list[Panel]:
    return panels(kind, working.pk, preflight(kind, working, LANGUAGES), typed=said.by_language if said else None)


def _returned(shown: Sequence[Panel]) -> dict[Language, Transition]:
    """The steps by which reviewers gave back what would go out."""
    if not shown:
        return {}
    return were_returned({panel.language: panel.proof for panel in shown}, Where(shown[0].kind, str(shown[0].item)))


def _live(kind: str, working: DeskObject) -> dict[Language, int]:
    proofs: Mapping[Language, Proof] = preflight(kind, working, LANGUAGES)
    return {language: proof.live_edition.number for language, proof in proofs.items() if proof.live_edition}


def _obstacles(problems: Sequence[DeskProblem], kind: str, item: UUID, said: _Sent) -> list[Obstacle]:
    found: list[Obstacle] = []
    for problem in problems:
        prefix = f"{LANGUAGE_NAMES[problem.language]}: " if problem.language else ""  # type: ignore[index]
        if problem.code in _ON_TOP:
            found.append(Obstacle(problem.sentence, "#why"))
        elif problem.code in _FIELDS:
            language = problem.language or next(iter(said.ticked), LANGUAGES[0])
            found.append(Obstacle(f"{prefix}{problem.sentence}", f"#{_FIELDS[problem.code]}_{language}"))
        else:
            found.append(obstacle(problem, kind, item))
    return list(dict.fromkeys(found))
