"""The publish page: look at both languages, say what kind of change it is, and put them on the shelf together."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.press import addresses, checklists, sent
from articles.admin.press.moments import now, person
from articles.admin.press.proofs import Obstacle, Panel, Typed, panels
from articles.admin.press.typed_words import refusals
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.content.problems import DeskProblem, Where
from articles.editions.shelf import Edition
from articles.editorial.roles import may
from articles.publishing.checklist import Entry
from articles.publishing.desks import desk
from articles.publishing.preflight import Proof, preflight
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.publish import Decision
from articles.publishing.publish import publish as put_on_the_shelf

_TEXTS = ("note", "reason")

# Problems that are mended on this page: code to the field's id without its language.
_FIELDS = {
    "class-missing": "class",
    "note-missing": "note",
    "reason-missing": "reason",
    "changed-meanwhile": "difference",
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
    typed = {language: sent.typed(request, language) for language in LANGUAGES}
    confirming = _confirming(request, kind, working)
    unsafe = [
        Obstacle(sentence, f"#{name}")
        for name, sentence in refusals(request.POST, [f"{field}_{code}" for code in LANGUAGES for field in _TEXTS])
    ]
    # Reasons and answers are about these words, whether they go out now or not.
    unsafe += checklists.record(request, kind, item, _entries(kind, working))
    if unsafe or "_record" in request.POST:
        return _page(request, kind, item, working, typed=typed, confirming=confirming, refused=(), unsafe=unsafe)
    try:
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
        # The lock comes first, so the original that the confirmations are about is the one that was looked at.
        working = desk(kind).lock(item)
        if working is None:
            raise Http404
        original = desk(kind).original_language(working)
        proofs = preflight(kind, working, LANGUAGES)
        if confirming and request.POST.get(f"seen_{original}") != proofs[original].composition.content_digest:
            raise RefusedError([press_problem("changed-meanwhile", original, Where(kind, str(item)))])
        before = {code: proof.live_edition.number for code, proof in proofs.items() if proof.live_edition}
        published = put_on_the_shelf(
            kind,
            item,
            {code: sent.terms(request, code, said) for code, said in typed.items() if said.ticked},
            decision=Decision({language: said.reason for language, said in typed.items()}),
            confirming=confirming,
            by=person(request),
            at=now(),
        )
    return before, published


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
    proofs = preflight(kind, working, LANGUAGES)
    shown = panels(kind, item, proofs, typed=typed, confirming=confirming)
    looked_at = [
        checklists.shown(request, kind, item, panel.language, panel.proof.checklist, only_to_be_said=True)
        for panel in shown
    ]
    context = desk_site.each_context(request) | {
        "title": _("Publish"),
        "subtitle": label(working),
        "panels": list(zip(shown, looked_at, strict=True)),
        "refused": [*unsafe, *_obstacles(refused, proofs, shown)],
        "form_url": addresses.form(kind, item),
        "preview_url": addresses.preview(kind, item, "both"),
    }
    return TemplateResponse(
        request, "articles/admin/press/publish.html", context, status=422 if refused or unsafe else 200
    )


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
