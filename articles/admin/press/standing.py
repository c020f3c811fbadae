"""States in the lists: a column per language, a filter, a mark for drift. One computation for the page, not per row."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.press import addresses
from articles.admin.press.step_words import beside
from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.showing import translation_language
from articles.content.terms import Term
from articles.content.texts import TEXTS
from articles.content.topics import Topic
from articles.editions.shelf import Standing
from articles.publishing.desks import ITEMS
from articles.publishing.drift_marks import drifting
from articles.publishing.states import States, TextState, states
from articles.publishing.steps import Steps, steps_of


def states_of(objects: Collection[models.Model]) -> States:
    """Return the state of objects of one kind in both languages; constant queries."""
    first = next(iter(objects), None)
    if first is None:
        return {}
    return states(addresses.kind_of(first), objects)  # type: ignore[arg-type]


class StandingList(ChangeList):
    """A list whose rows know their states."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = states_of(self.result_list)
        drifting = _drifting(self.result_list)
        steps = steps_shown(self.result_list)
        for row in self.result_list:
            row.desk_steps = steps.get(row.pk)
            row.desk_states = {language: found[row.pk, language] for language in LANGUAGES}
            row.desk_drifts = str(row.pk) in drifting


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            (f"{state.value}-{language}", f"{code}: {state.label}")
            for language, code in (("ru", "RU"), ("en", "EN"))
            for state in TextState
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet | None:
        if self.value() not in {value for value, _label in self.lookup_choices}:
            return None
        wanted, language = str(self.value()).split("-")
        rows = list(_narrowed(queryset, wanted, language))
        found = states_of(rows)
        return queryset.filter(pk__in=[row.pk for row in rows if found[row.pk, language] == wanted])  # type: ignore[index]


class StandingColumns(admin.ModelAdmin):
    """Mixed into the admin of a kind: columns `state_ru`, `state_en` and `drift`. `StateFilter` goes with them."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # Named after what is in it: “Select article to change” has no right form in Russian.
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StandingList

    @admin.display(description=_("Russian"))
    def state_ru(self, obj: models.Model) -> SafeString:
        return _badge(obj, "ru")

    @admin.display(description=_("English"))
    def state_en(self, obj: models.Model) -> SafeString:
        return _badge(obj, "en")

    @admin.display(description=_("parts"))
    def drift(self, obj: models.Model) -> SafeString | str:
        """A link where parts of the live text (quotes, speakers, sources) were changed at the desk since."""
        if not obj.desk_drifts:  # type: ignore[attr-defined]
            return ""
        return format_html('<a class="drift" href="{}">{}</a>', addresses.drift(obj.pk), _("differ"))


def badge(state: TextState) -> SafeString:
    """Return the state as a mark that says it in words; colour only repeats them."""
    return format_html('<span class="state state-{}">{}</span>', state.value, state.label)


def steps_shown(objects: Collection[models.Model]) -> dict[UUID, Steps]:
    """Return how far the translations of the items among these are; constant queries."""
    return steps_of([obj for obj in objects if isinstance(obj, DeskObject) and translation_language(obj)])


def _badge(obj: Any, language: Language) -> SafeString:
    is_translation = translation_language(obj) == language
    return beside(badge(obj.desk_states[language]), obj.desk_steps if is_translation else None)


def _drifting(rows: Collection[models.Model]) -> set[str]:
    keys = [row.pk for row in rows if isinstance(row, tuple(ITEMS.values()))]
    if not keys:
        return set()
    return set(drifting(list(Standing.objects.filter(item__in=keys, state=Standing.State.LIVE))))


def _narrowed(queryset: models.QuerySet, wanted: str, language: str) -> models.QuerySet:
    """Items that cannot have the state are left out by the database before anything is composed."""
    if queryset.model not in (*TEXTS.values(), Term, Topic):
        return queryset
    standings = Standing.objects.filter(item=models.OuterRef("pk"), language=language)
    if wanted == TextState.NEVER:
        return queryset.filter(~models.Exists(standings))
    state = Standing.State.WITHDRAWN if wanted == TextState.WITHDRAWN else Standing.State.LIVE
    return queryset.filter(models.Exists(standings.filter(state=state)))
