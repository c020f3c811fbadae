"""The impact page: every live page that still shows a shared part as it was, and one button to send it out to all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.changed_values import FieldChange, field_changes
from articles.admin.press.proofs import Obstacle, obstacle
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import LANGUAGE_NAMES, answers
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editions.shelf import Standing
from articles.editions.store import Part
from articles.editions.value import digest
from articles.editorial.roles import may
from articles.publishing.drift import working_parts
from articles.publishing.impact import Carried, Impact, impact, propagate
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError

# Problems that are mended on this page: code to the field's id without its language.
_FIELDS = {
    "class-missing": "class",
    "note-missing": "note",
    "words-unreadable": "note",
    "part-changed-meanwhile": "pages",
    "nothing-drifted": "pages",
}


@dataclass(frozen=True)
class Alike:
    """Live pages in one language that show the part in the same words, and what they would show instead."""

    language: Language
    name: str
    changes: list[FieldChange]
    pages: list[tuple[Standing, str]]


@desk_site.page("impact/<str:kind>/<uuid:pk>/", name="impact")
def impact_page(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show what readers would see differently, and where; on POST send it out to all these pages, past every draft."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    if kind not in SHARED:
        raise Http404
    part = Part(kind, str(pk))
    if request.method != "POST":
        return _page(request, part, [])
    if asked := step_up(request):
        return asked
    notes: dict[Language, str] = {code: tidy(request.POST.get(f"note_{code}", "")) for code in LANGUAGES}
    try:
        amended = propagate(
            part,
            # The press refuses what is no class, together with all else that is in the way.
            change_class=request.POST.get("class", ""),  # type: ignore[arg-type]
            notes=notes,
            seen=request.POST.getlist("seen"),
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        return _page(request, part, [_place(part, problem) for problem in refusal.problems])
    count = len(amended)
    words = ngettext(
        "Sent out to %(count)s live page. Drafts were not touched.",
        "Sent out to %(count)s live pages. Drafts were not touched.",
        count,
    )
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(request.get_full_path())


def _page(request: HttpRequest, part: Part, refused: Sequence[Obstacle]) -> HttpResponse:
    found = impact(part)
    if found.working is None:
        raise Http404
    same = [(row.standing, row.standing.page_path) for row in found.texts if row.drift is None]
    context = desk_site.each_context(request) | {
        "title": _("What readers will see differently"),
        "subtitle": f"{capfirst(str(found.working._meta.verbose_name))}: {label(found.working)}",
        "count": len(found.differing),
        "alike": alike(found),
        "same": same,
        "inside": _inside(found),
        "obstacles": [obstacle(problem, part.kind, part.id) for problem in found.problems],
        "seen": [text.seen for text in found.differing],
        "answers": answers(),
        "chosen": request.POST.get("class", ""),
        "notes": [
            (language, LANGUAGE_NAMES[language], request.POST.get(f"note_{language}", ""))
            for language in found.languages
        ],
        "refused": refused,
        "form_url": addresses.form(part.kind, part.id),
    }
    return TemplateResponse(request, "articles/admin/press/impact.html", context, status=422 if refused else 200)


def alike(found: Impact) -> list[Alike]:
    """Return the differing pages, those in which the very same words change together."""
    groups: dict[tuple[str, str, str], list[Carried]] = {}
    for text in found.differing:
        if text.drift:
            groups.setdefault((text.language, digest(text.before), digest(text.drift.now)), []).append(text)
    return [
        Alike(
            texts[0].language,
            str(LANGUAGE_NAMES[texts[0].language]),
            field_changes(texts[0].drift),  # type: ignore[arg-type]
            [(text.standing, text.standing.page_path) for text in texts],
        )
        for texts in groups.values()
    ]


def _inside(found: Impact) -> list[tuple[str, str]]:
    """(Name, address) of parts inside the part that differ too: they go out by themselves."""
    working = working_parts(found.inside)
    return [
        (f"{capfirst(str(obj._meta.verbose_name))}: {label(obj)}", addresses.impact(part.kind, part.id))
        for part, obj in working.items()
    ]


def _place(part: Part, problem: DeskProblem) -> Obstacle:
    """Where a refusal is mended: on this page, or at the field of a form."""
    if field := _FIELDS.get(problem.code):
        return Obstacle(problem.sentence, f"#{field}_{problem.language}" if problem.language else f"#{field}")
    return obstacle(problem, part.kind, part.id)
