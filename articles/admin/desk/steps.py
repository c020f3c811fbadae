"""How the languages of a text stand, at every block and at the head of its form, and “still correct” in one click."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.desk.agreement import THIS_LANGUAGE_ONLY
from articles.admin.desk.rights import held
from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.gap_words import in_hours
from articles.admin.press.step_words import in_words
from articles.admin.press.stored import stored
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.aggregates import kind_of
from articles.content.blocks import Block
from articles.content.completeness import is_withdrawn
from articles.content.desk_object import DeskObject
from articles.content.showing import HEAD, is_shown, translation_language
from articles.editions.weaving import Run, shortened
from articles.editorial.rights import may_write
from articles.editorial.roles import right
from articles.publishing.desks import ITEMS, desk
from articles.publishing.safety_gaps import gaps_of
from articles.publishing.steps import ItemSteps, Step, StepState, counted, item_steps
from articles.publishing.vouching import vouch
from articles.reader.templating import html_of

_ALL = "all"

_HEADINGS: Mapping[Language, Promise] = {
    "ru": gettext_lazy("The Russian text is the translation"),
    "en": gettext_lazy("The English text is the translation"),
}


@dataclass(frozen=True)
class Mark:
    """The state of one language of a part, in words."""

    language: str
    code: str
    words: Promise | str


@dataclass(frozen=True)
class PartSteps:
    """What a form shows of one part. `confirm` is what the button sends, empty where there is nothing to confirm."""

    part: str
    marks: list[Mark]
    required: bool = False
    confirm: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    moved: list[Run] | None = None

    @property
    def moment(self) -> str:
        """When it was confirmed, in words; empty if it never was."""
        return date_format(localtime(self.confirmed_at), "DATETIME_FORMAT") if self.confirmed_at else ""


NO_STEPS = PartSteps("", [])


@dataclass(frozen=True)
class FormSteps:
    """One item as its form shows it; `may_confirm` says whether this person may vouch for translations."""

    item: ItemSteps
    kind: str
    may_confirm: bool

    @property
    def url(self) -> str:
        return reverse("admin:confirm", args=[self.kind, self.item.item])

    @property
    def heading(self) -> Promise:
        return _HEADINGS[self.item.language]

    @property
    def gaps(self) -> list[str]:
        """The running clocks of this text, in words: which language lacks a change for safety, and until when."""
        return [in_hours(gap, now()) for gap in gaps_of([self.item.item]).values()]

    @property
    def page_url(self) -> str:
        """The page on which the text is translated, both languages side by side."""
        return addresses.translation(self.kind, self.item.item)

    @property
    def counts(self) -> list[tuple[StepState, str]]:
        return in_words(counted(self.item.steps))

    @property
    def head(self) -> PartSteps:
        return self.of(HEAD)

    @property
    def confirm_all(self) -> str:
        """What the button for everything sends; empty where nothing is behind."""
        return f"{_ALL}:{self.item.seen}" if self.may_confirm and self.item.behind else ""

    def of(self, part: str) -> PartSteps:
        """Return what is shown of a part; empty in both languages if neither has words."""
        step = self.item.steps.get(part)
        if step is None:
            return PartSteps(part, _both("empty", gettext_lazy("empty")))
        made = self.item.confirmations.get(part)
        return PartSteps(
            part,
            _marks(step, self.item.language),
            required=step.required and part != HEAD,
            confirm=f"{part}:{step.seen}" if self.may_confirm and step.state == StepState.BEHIND else "",
            confirmed_by=_name(made.confirmed_by) if made else "",
            confirmed_at=made.confirmed_at if made else None,
            moved=shortened(self.item.moved(part)),
        )


def form_steps(request: HttpRequest, obj: DeskObject | None) -> FormSteps | None:
    """Return how the languages of an item stand; None for what is new or is no item."""
    if obj is None or translation_language(obj) is None:
        return None
    into: str = translation_language(obj)  # type: ignore[assignment]
    may_confirm = _may_confirm(request, type(obj)) and into in held(request).languages
    shown = stored(request, obj)
    return FormSteps(item_steps(obj, shown.compositions if shown else None), kind_of(obj), may_confirm)


def of_block(steps: FormSteps | None, block: Block) -> PartSteps:
    """Return what is shown of a block, also of one that was never saved."""
    if is_withdrawn(block):
        return PartSteps(str(block.pk), _both("withdrawn", gettext_lazy("withdrawn")))
    if steps is None or block._state.adding:
        return PartSteps("", _both("empty", gettext_lazy("empty")))
    return steps.of(str(block.pk))


def steps_context(request: HttpRequest, obj: DeskObject | None, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form of any object shows of its languages: their steps, and whether a save may touch them."""
    return {
        "steps": context["steps"] if "steps" in context else form_steps(request, obj),
        "has_translations": obj is not None and (translation_language(obj) is not None or is_shown(obj)),
        "this_language_only": THIS_LANGUAGE_ONLY in request.POST,
    }


@desk_site.page("confirm/<str:kind>/<uuid:item>/", name="confirm")
def confirm(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Record that a part, or everything that is behind, was compared and is still correct.

    Answers a script with what is to be shown now, and a browser without one with the form.
    """
    if kind not in ITEMS:
        raise Http404
    if not _may_confirm(request, ITEMS[kind]):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    with transaction.atomic():
        working: Any = desk(kind).lock(item)
        if working is None:
            raise Http404
        found = item_steps(working)
        if not may_write(request.user, found.language):
            raise PermissionDenied
        asked = parts_asked(found, request.POST.get("confirm", ""))
        if asked:
            vouch(working, found.language, found.original, asked, by=person(request), at=now())
    return _answer(request, FormSteps(item_steps(working), kind, may_confirm=True), asked)


def parts_asked(found: ItemSteps, value: str) -> list[str] | None:
    """Return the parts to confirm; None if either language says something else than the person saw."""
    part, _colon, seen = value.partition(":")
    if part == _ALL:
        return [step.part for step in found.behind] if seen == found.seen else None
    step = found.steps.get(part)
    return [part] if step and step.seen == seen and step.original and step.translation else None


def _answer(request: HttpRequest, steps: FormSteps, asked: list[str] | None) -> HttpResponse:
    if asked is None:
        said = _("The text was changed after you looked at it. Nothing was confirmed; look at it again.")
    else:
        said = ngettext("Confirmed: %(count)s part.", "Confirmed: %(count)s parts.", len(asked)) % {"count": len(asked)}
    if request.accepts("text/html") and "application/json" not in request.headers.get("Accept", ""):
        (messages.success if asked else messages.warning)(request, said)
        return HttpResponseRedirect(addresses.form(steps.kind, steps.item.item))
    shown = asked if asked is not None else [*steps.item.steps]
    answer = {"said": said, "fragments": dict(_fragments(steps, shown))}
    return JsonResponse(answer, status=409 if asked is None else 200)


def _fragments(steps: FormSteps, parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    yield "summary", render_to_string("admin/articles/item_steps.html", {"steps": steps})
    for part in parts:
        if part != HEAD:
            shown = {"part": steps.of(part)}
            yield f"{part}:marks", html_of("desk/part_marks.html", shown)
            yield f"{part}:details", html_of("desk/part_confirmed.html", shown)


def _marks(step: Step, into: Language) -> list[Mark]:
    by_language = {
        other_language(into): _mark_of_original(step, other_language(into)),
        into: Mark(into, step.state.value, step.state.label),
    }
    return [by_language[language] for language in LANGUAGES]


def _mark_of_original(step: Step, language: Language) -> Mark:
    if step.of_original == StepState.MISSING:
        return Mark(language, StepState.MISSING.value, StepState.MISSING.label)
    return Mark(language, "original", gettext_lazy("original"))


def _both(code: str, words: Promise) -> list[Mark]:
    return [Mark(language, code, words) for language in LANGUAGES]


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _may_confirm(request: HttpRequest, model: type[models.Model]) -> bool:
    return request.user.has_perm(right("change", model))
