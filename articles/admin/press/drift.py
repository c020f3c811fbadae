"""The drift page: parts of live texts that were changed at the desk since, and "republish what changed"."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.changed_values import FieldChange, field_changes
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import CLASS_ANSWERS, LANGUAGE_NAMES, answers, title_of
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.labels import label
from articles.editions import queries
from articles.editions.store import Part
from articles.editorial.roles import may
from articles.publishing.drift import Drift, drifted, mark, republish_changed
from articles.publishing.problems import RefusedError


@dataclass(frozen=True)
class DriftedPart:
    """One part with what differs in each language that shows it."""

    value: str
    kind: str
    name: str
    form_url: str
    ticked: bool
    languages: list[tuple[Language, str, list[FieldChange]]]


@desk_site.page("drift/<uuid:item>/", name="drift")
def drift(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show what differs; on POST carry the ticked parts into the live texts, past every draft."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    found = queries.by_item(item)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, item, found, [])
    if asked := step_up(request):
        return asked
    drifts = drifted(item)
    parts = [drift.part for drift in drifts if _value(drift.part) in request.POST.getlist("parts")]
    change_class = request.POST.get("class", "")
    notes = {language: tidy(request.POST.get(f"note_{language}", "")) for language in LANGUAGES}
    refused = [] if change_class in CLASS_ANSWERS else [("class", _("Say what kind of change this is."))]
    refused += refusals(request.POST, [f"note_{language}" for language in LANGUAGES])
    if not refused:
        try:
            amended = republish_changed(
                item,
                parts,
                change_class=change_class,  # type: ignore[arg-type]
                notes=notes,
                seen=request.POST.getlist("seen"),
                by=person(request),
                at=now(),
            )
        except RefusedError as refusal:
            refused = [(_field(problem.language), problem.sentence) for problem in refusal.problems]
        else:
            names = ", ".join(str(LANGUAGE_NAMES[language]) for language in amended)
            messages.success(request, _("Republished: %(languages)s. Drafts were not touched.") % {"languages": names})
            return HttpResponseRedirect(request.get_full_path())
    return _page(request, item, found, refused)


def _page(request: HttpRequest, item: UUID, found: queries.Found, refused: Sequence[tuple[str, str]]) -> HttpResponse:
    drifts = drifted(item)
    texts = [text for language in LANGUAGES if (text := found.shelved(language))]
    asked = list(dict.fromkeys(drift.language for drift in drifts))
    context = desk_site.each_context(request) | {
        "title": _("What differs from the live text"),
        "subtitle": title_of({text.language: text.standing.title for text in texts}),
        "parts": _grouped(drifts, request),
        "seen": [mark(drift) for drift in drifts],
        "answers": answers(),
        "chosen": request.POST.get("class", ""),
        "notes": [
            (language, LANGUAGE_NAMES[language], request.POST.get(f"note_{language}", ""))
            for language in LANGUAGES
            if language in asked
        ],
        "texts": [text for text in texts if text.is_live],
        "refused": refused,
        "form_url": addresses.form(texts[0].standing.kind, item),
    }
    return TemplateResponse(request, "articles/admin/press/drift.html", context, status=422 if refused else 200)


def _grouped(drifts: Sequence[Drift], request: HttpRequest) -> list[DriftedPart]:
    by_part: dict[Part, list[Drift]] = {}
    for found in drifts:
        by_part.setdefault(found.part, []).append(found)
    ticked = request.POST.getlist("parts") if request.method == "POST" else [_value(part) for part in by_part]
    return [
        DriftedPart(
            _value(part),
            capfirst(str(rows[0].working._meta.verbose_name)),
            label(rows[0].working),
            _form(part, rows[0].working),
            _value(part) in ticked,
            [(row.language, str(LANGUAGE_NAMES[row.language]), field_changes(row)) for row in rows],
        )
        for part, rows in by_part.items()
    ]


def _form(part: Part, working: models.Model) -> str:
    return addresses.form(part.kind, working.pk)


def _field(language: str) -> str:
    """The id of the field on this page that a refusal is about."""
    return f"note_{language}" if language else "parts"


def _value(part: Part) -> str:
    return f"{part.kind}:{part.id}"
