"""The publish page: look at both languages, say what kind of change it is, and put them on the shelf together."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, checklists, later, sent
from articles.admin.press.gap_words import in_hours
from articles.admin.press.proofs import Obstacle, Panel, Typed, panels
from articles.admin.press.typed_words import refusals
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.press.workflow import Lane, lanes_of
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editions.shelf import Edition
from articles.editions.store import standings_of
from articles.editorial.roles import may
from articles.publishing.checklist import Entry
from articles.publishing.desks import desk
from articles.publishing.preflight import Proof, preflight, whole_preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms
from articles.publishing.publish import publish as put_on_the_shelf
from articles.publishing.releases import ReleaseEntry
from articles.publishing.safety_gaps import gaps_of, newer_language
from articles.publishing.scheduling import add
from articles.publishing.workflow import states_known

_TEXTS = ("note", "reason")

# Problems that are mended on this page: code to the field's id without its language.
_FIELDS = {
    "class-missing": "class",
    "note-missing": "note",
    "reason-missing": "reason",
    "changed-meanwhile": "difference",
    "not-approved": "reason",
    "self-approved": "reason",
    "returned": "reason",
    "no-language": "ticked",
}


@desk_site.page("publish/<str:kind>/<uuid:item>/", name="publish")
def publish(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Show the proof of both languages; on POST publish those that are ticked, or show every reason why not."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    working = _working(kind, item)
    if kind in addresses.PUBLISHING:
        return HttpResponseRedirect(addresses.publish(kind, item))
    if request.method != "POST":
        return _page(request, kind, item, working, refused=())
    if asked := step_up(request):
        return asked
    typed = {language: sent.typed(request, language) for language in LANGUAGES}
    confirming = _confirming(request, kind, working)
    unsafe = [
        Obstacle(sentence, f"#{name}")
        for name, sentence in refusals(request.POST, [f"{field}_{code}" for code in LANGUAGES for field in _TEXTS])
    ]
    # Reasons and answers are about these words, whether they go out now or not.
    if checklists.is_typed(request):
        unsafe += checklists.record(request, kind, item, _entries(kind, working))
    if unsafe or "_record" in request.POST:
        return _page(request, kind, item, working, typed=typed, confirming=confirming, refused=(), unsafe=unsafe)
    try:
        if later.asked(request):
            return later.kept(request, kind, item, partial(_keep, request, kind, item, typed, confirming))
        before, published = _publish(request, kind, item, typed, confirming)
    except RefusedError as refusal:
        return _page(request, kind, item, working, typed=typed, confirming=confirming, refused=refusal.problems)
    sent.tell(request, kind, item, before, published)
    return HttpResponseRedirect(addresses.form(kind, item))


def _publish(
    request: HttpRequest, kind: str, item: UUID, typed: Mapping[Language, Typed], confirming: Sequence[str]
) -> tuple[dict[Language, int], dict[Language, Edition]]:
    """Publish and return the numbers of the editions that were live before, and the editions that are live now."""
    with transaction.atomic():
        # Behind its lock: nobody else publishes it between the two.
        working = desk(kind).lock(item)
        if working is None:
            raise Http404
        before = {code: one.edition.number for code, one in standings_of(str(item)).items() if one.is_live}
        published = put_on_the_shelf(
            kind,
            item,
            _terms(request, typed),
            decision=Decision({language: said.reason for language, said in typed.items()}),
            confirming=confirming,
            confirmed_against=_original_seen(request, kind, working),
            by=person(request),
            at=now(),
        )
    return before, published


def _keep(
    request: HttpRequest,
    kind: str,
    item: UUID,
    typed: Mapping[Language, Typed],
    confirming: Sequence[str],
    release: UUID,
) -> list[ReleaseEntry]:
    """Keep for a release what would have been published now."""
    working = desk(kind).lock(item)
    if working is None:
        raise Http404
    return add(
        release,
        kind,
        item,
        _terms(request, typed),
        decision=Decision({language: said.reason for language, said in typed.items()}),
        confirming=confirming,
        confirmed_against=_original_seen(request, kind, working),
        by=person(request),
        at=now(),
    )


def _terms(request: HttpRequest, typed: Mapping[Language, Typed]) -> dict[Language, Terms]:
    return {code: sent.terms(request, code, said) for code, said in typed.items() if said.ticked}


def _original_seen(request: HttpRequest, kind: str, working: models.Model) -> str:
    """The digest of the original that the confirmations are about; a form without one has seen nothing."""
    return request.POST.get(f"seen_{desk(kind).original_language(working)}") or "nothing"


def _page(
    request: HttpRequest,
    kind: str,
    item: UUID,
    working: models.Model,
    *,
    refused: Sequence[DeskProblem],
    typed: Mapping[Language, Typed] | None = None,
    confirming: Sequence[str] = (),
    unsafe: Sequence[Obstacle] = (),
) -> HttpResponse:
    looked = whole_preflight(kind, working, LANGUAGES)
    proofs, known = looked.proofs, (states_known(working, looked.compositions, looked.known), looked.known.last)
    ways: dict[Language, Lane] = {lane.language: lane for lane in lanes_of(request, working, known)}
    under_way = [language for language, lane in ways.items() if lane.is_under_way]
    shown = panels(kind, item, proofs, typed=typed, confirming=confirming, under_way=under_way)
    looked_at = [
        checklists.shown(request, kind, item, panel.language, panel.proof.checklist, only_to_be_said=True)
        for panel in shown
    ]
    context = desk_site.each_context(request) | {
        **later.context(request, item),
        "title": _("Publish"),
        "subtitle": label(working),
        "gaps": {newer_language(gap): in_hours(gap, now()) for gap in gaps_of([item]).values()},
        "panels": [(panel, checks, ways.get(panel.language)) for panel, checks in zip(shown, looked_at, strict=True)],
        "refused": [*unsafe, *_obstacles(refused, proofs, shown)],
        "urgent_url": addresses.urgent(kind, item) if any(_may_be_urgent(one) for one in shown) else "",
        "needs_approval": ", ".join(str(panel.name) for panel in shown if panel.needs_approval),
        "workflow_url": addresses.workflow(kind, item),
        "form_url": addresses.form(kind, item),
        "preview_url": addresses.preview(kind, item, "both"),
    }
    return TemplateResponse(
        request, "articles/admin/press/publish.html", context, status=422 if refused or unsafe else 200
    )


def _may_be_urgent(panel: Panel) -> bool:
    """Whether readers see other words than these, which nobody has signed yet."""
    return panel.asks_class and panel.proof.review is None


def _entries(kind: str, working: models.Model) -> list[Entry]:
    proofs = preflight(kind, working, LANGUAGES)
    return [entry for proof in proofs.values() for entry in proof.checklist]


def _obstacles(
    refused: Sequence[DeskProblem], proofs: Mapping[Language, Proof], shown: Sequence[Panel]
) -> list[Obstacle]:
    """What was refused, each with its place on this page; what is wrong with a text leads to that text's list."""
    found: list[Obstacle] = []
    for problem in refused:
        language = problem.language or shown[0].language
        prefix = f"{LANGUAGE_NAMES[language]}: " if problem.language else ""  # type: ignore[index]
        if of_release := later.obstacle(problem):
            found.append(Obstacle(f"{prefix}{of_release.sentence}", of_release.url))
            continue
        if problem in proofs[language].problems:  # type: ignore[index]
            found.append(Obstacle(f"{prefix}{_('the text has problems, listed below.')}", f"#problems_{language}"))
        else:
            field = _FIELDS.get(problem.code, "difference")
            found.append(Obstacle(f"{prefix}{problem.sentence}", f"#{field}_{language}"))
    return list(dict.fromkeys(found))


def _confirming(request: HttpRequest, kind: str, working: models.Model) -> list[str]:
    """The parts that the publisher ticked, or all that were shown; never one that was not on the page."""
    shown = request.POST.getlist("shown")
    if "confirm_all" in request.POST:
        return shown
    return [part for part in request.POST.getlist("confirm") if part in shown]


def _working(kind: str, item: UUID) -> models.Model:
    try:
        model = addresses.KINDS[kind]
        desk(kind)
    except KeyError:
        raise Http404 from None
    working = model._default_manager.filter(pk=item).first()
    if working is None:
        raise Http404
    return working
