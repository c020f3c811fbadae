"""Publishing an old edition again: what readers would see differently, and what was corrected since."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses, checklists, sent
from articles.admin.press.editions import looked_at
from articles.admin.press.frames import framed
from articles.admin.press.proofs import Obstacle, Panel, Typed, default_reason, obstacle
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editions.shelf import Edition
from articles.editions.times import moment
from articles.editorial.roles import may
from articles.publishing.again import corrected_since, obstacles, proof_of, publish_again
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision
from articles.reader.previews import render_preview

# Problems that are mended on this page: code to the field's id without its language.
_FIELDS = {
    "class-missing": "class",
    "note-missing": "note",
    "words-unreadable": "note",
    "reason-missing": "reason",
    "changed-meanwhile": "difference",
}


@desk_site.page("publish-again/<str:kind>/<uuid:item>/<str:language>/<int:number>/", name="publish_again")
def again_page(request: HttpRequest, kind: str, item: UUID, language: str, number: int) -> HttpResponse:
    """Show the old words as they would go out; on POST publish them, or say every reason why not."""
    working, edition = _edition(request, kind, item, language, number)
    code: Language = language  # type: ignore[assignment]
    if request.method != "POST":
        return _page(request, working, edition, _fresh(code))
    if asked := step_up(request):
        return asked
    typed = sent.typed(request, code)
    # Reasons and answers are about these words, whether they go out now or not.
    entries = [] if obstacles(edition) else proof_of(edition, working, on=now().date()).checklist
    unsafe = checklists.record(request, kind, item, entries)
    if unsafe or "_record" in request.POST:
        return _page(request, working, edition, typed, unsafe=unsafe)
    try:
        published = publish_again(
            kind,
            item,
            code,
            number,
            sent.terms(request, code, typed),
            decision=Decision({code: typed.reason}),
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        return _page(request, working, edition, typed, refused=refusal.problems)
    sent.tell(request, kind, item, {}, {code: published})
    return HttpResponseRedirect(addresses.editions(kind, item))


@desk_site.page("publish-again/<str:kind>/<uuid:item>/<str:language>/<int:number>/page/", name="publish_again_page")
def again_frame(request: HttpRequest, kind: str, item: UUID, language: str, number: int) -> HttpResponse:
    """The reader's page that the old words would make."""
    working, edition = _edition(request, kind, item, language, number)
    if obstacles(edition):
        raise Http404
    document = proof_of(edition, working, on=now().date()).composition.document
    return framed(render_preview(document, language=language, item=str(item)))  # type: ignore[arg-type]


def _edition(request: HttpRequest, kind: str, item: UUID, language: str, number: int) -> tuple[DeskObject, Edition]:
    if not may(request.user, "publish"):
        raise PermissionDenied
    working = looked_at(request, kind, item)
    # Numbers that are too large for the database are no edition's either.
    found = Edition.objects.filter(kind=kind, item=item, language=language, number=number) if number < 2**31 else None
    edition = found.first() if found is not None else None
    if language not in LANGUAGES or edition is None:
        raise Http404
    return working, edition


def _fresh(language: Language) -> Typed:
    return Typed(ticked=True, change_class="", note="", reason=default_reason(language))


def _page(
    request: HttpRequest,
    working: DeskObject,
    edition: Edition,
    typed: Typed,
    *,
    refused: Sequence[DeskProblem] = (),
    unsafe: Sequence[Obstacle] = (),
) -> HttpResponse:
    kind, item = edition.kind, edition.item
    code: Language = edition.language  # type: ignore[assignment]
    in_the_way = obstacles(edition)
    panel = None if in_the_way else Panel(kind, item, proof_of(edition, working, on=now().date()), [], typed)
    entries = panel.proof.checklist if panel else []
    corrected = [] if edition.is_erased else corrected_since(edition)
    context = desk_site.each_context(request) | {
        "title": _("Publish edition No. %(number)s again") % {"number": edition.number},
        "subtitle": f"{label(working)} · {LANGUAGE_NAMES[code]}",
        "panel": panel,
        "checks": checklists.shown(request, kind, item, code, entries, only_to_be_said=True),
        "in_the_way": [obstacle(problem, kind, item) for problem in in_the_way],
        "corrected": [(one, moment(one.published_at)) for one in corrected],
        "published_at": moment(edition.envelope.published_at),
        "refused": [*unsafe, *dict.fromkeys(_place(problem, edition, panel) for problem in refused)],
        "page_url": reverse("admin:publish_again_page", args=[kind, item, edition.language, edition.number]),
        "editions_url": addresses.editions(kind, item),
        "form_url": addresses.form(kind, item),
        "language": edition.language,
    }
    status = 422 if refused or unsafe else 200
    return TemplateResponse(request, "articles/admin/press/again.html", context, status=status)


def _place(problem: DeskProblem, edition: Edition, panel: Panel | None) -> Obstacle:
    if panel and problem in [entry.problem for entry in panel.proof.checklist if entry.level != "block"]:
        return Obstacle(_("The checklist asks for reasons and answers, listed below."), "#problems")
    if field := _FIELDS.get(problem.code):
        return Obstacle(problem.sentence, f"#{field}_{edition.language}")
    return obstacle(problem, edition.kind, edition.item)
