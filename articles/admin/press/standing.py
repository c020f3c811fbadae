"""States in the lists: a column per language, a filter, a mark for drift. One computation for the page, not per row."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
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
from articles.content.aggregates import AGGREGATES, kind_of
from articles.content.desk_object import DeskObject
from articles.content.showing import translation_language
from articles.publishing.desks import ITEMS
from articles.publishing.gist_following import follow
from articles.publishing.gist_making import behind_of, gists_now
from articles.publishing.gists import Gist, are_behind
from articles.publishing.parts import SHARED
from articles.publishing.states import States, TextState, in_state, part_states, with_parts

# Items whose gists one request makes anew on its way; the worker does the rest.
AT_ONCE = 50
_BEHIND = _(
    "Something was changed that many texts show. Some of them are not counted here yet: look again in a moment."
)


class StandingList(ChangeList):
    """A list whose rows know their states; nothing is composed for it but what was changed a moment ago."""

    def get_results(self, request: HttpRequest) -> None:
        follow(most=AT_ONCE, in_passing=True)
        super().get_results(request)
        self.result_list = list(self.result_list)
        models.prefetch_related_objects(self.result_list, *self.model_admin.list_reads)  # type: ignore[attr-defined]
        gists = gists_of(self.result_list)
        states = states_of(self.result_list, gists)
        for row in self.result_list:
            row.desk_gists = {language: gists.get((row.pk, language)) for language in LANGUAGES}
            row.desk_states = {language: states[row.pk, language] for language in LANGUAGES}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            (f"{state.value}-{language}", f"{code}: {state.label}")
            for language, code in (("ru", "RU"), ("en", "EN"))
            for state in TextState
            if state != TextState.UNKNOWN
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet | None:
        if self.value() not in {value for value, _label in self.lookup_choices}:
            return None
        caught_up(request)
        wanted, language = str(self.value()).split("-")
        return queryset.filter(in_state(_kind(queryset.model), TextState(wanted), language))  # type: ignore[arg-type]


class StandingColumns(admin.ModelAdmin):
    """Mixed into the admin of a kind: columns `state_ru`, `state_en` and `drift`. `StateFilter` goes with them.

    `list_reads` are relations that columns of the list ask for, so that they are read for all rows at once.
    """

    list_reads: ClassVar[Sequence[str]] = ()

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
        gists: Mapping[Language, Gist | None] = obj.desk_gists  # type: ignore[attr-defined]
        if not any(gist and gist.drifts for gist in gists.values()):
            return ""
        return format_html('<a class="drift" href="{}">{}</a>', addresses.drift(obj.pk), _("differ"))


def badge(state: TextState) -> SafeString:
    """Return the state as a mark that says it in words; colour only repeats them."""
    return format_html('<span class="state state-{}">{}</span>', state.value, state.label)


def gists_of(objects: Collection[models.Model]) -> Mapping[tuple[UUID, Language], Gist]:
    """Return the gists of the items among these; the same few queries for any number."""
    return gists_now([obj for obj in objects if isinstance(obj, DeskObject) and isinstance(obj, tuple(ITEMS.values()))])


def states_of(objects: Collection[models.Model], gists: Mapping[tuple[UUID, Language], Gist]) -> States:
    """Return the state of objects of one kind in both languages; constant queries. `gists` are those of the items."""
    first = next(iter(objects), None)
    if first is None:
        return {}
    kind = kind_of(first)  # type: ignore[arg-type]
    own = {place: TextState(gist.state) for place, gist in gists.items()}
    return with_parts(own, part_states(kind, objects)) if kind in SHARED else own  # type: ignore[arg-type]


def with_state(gists: Mapping[tuple[UUID, Language], Gist], item: DeskObject, language: Language) -> SafeString:
    """Return an item's state in a language, with what is not in step where that is the translation."""
    gist = gists[item.pk, language]
    return _mark(item, language, TextState(gist.state), gist)


def caught_up(request: HttpRequest) -> None:
    """Bring gists up to date before all of them are asked; where that would take long, say that it is not done."""
    follow(most=AT_ONCE, in_passing=True)
    if are_behind():
        messages.warning(request, _BEHIND)


def _kind(model: type[models.Model]) -> str:
    return next(kind for kind, one in AGGREGATES.items() if one is model)


def _badge(obj: Any, language: Language) -> SafeString:
    return _mark(obj, language, obj.desk_states[language], obj.desk_gists[language])


def _mark(obj: models.Model, language: Language, state: TextState, gist: Gist | None) -> SafeString:
    is_translation = translation_language(obj) == language
    return beside(badge(state), behind_of(gist) if gist and is_translation else None)
