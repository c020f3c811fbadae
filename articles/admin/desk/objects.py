"""What the forms of all kinds have in common: one guarded, remembered way of saving."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Script

from articles.admin.desk import agreement, conflicts, scratches
from articles.admin.desk.expired import REOPENED, is_reopened, reopened, reopens
from articles.admin.desk.history import History
from articles.admin.desk.languages import Bilingual
from articles.admin.desk.notes import Note, beside_fields, missing
from articles.admin.desk.paging import ListPaginator
from articles.admin.desk.plain_forms import PlainForm
from articles.admin.desk.rich_text import settings_of_editors
from articles.admin.desk.rights import held, with_stored
from articles.admin.desk.row_forms import RowFormSet
from articles.admin.desk.steps import steps_context
from articles.admin.desk.together import Together, merged_words
from articles.admin.desk.tools import DeskTools
from articles.admin.press import reviewing
from articles.admin.press.buttons import PressButtons
from articles.admin.press.deleting import GuardedDeletion
from articles.admin.press.standing import StandingColumns
from articles.admin.press.stored import stored
from articles.admin.press.workflow import form_lanes, goes_this_way, states_before, tell_voided
from articles.content.aggregates import kind_of, uuid_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.narrowing import narrowed, words_of
from articles.content.problems import DeskProblem
from articles.editorial import audit
from articles.editorial.revisions import StaleVersionError, claim_version, keep

# The closing part of a form, for what no reader sees.
COLLEAGUES: Any = (gettext_lazy("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]})

_log = logging.getLogger(__name__)


class DeskForm(PlainForm):
    """A form that can be shown again with what was typed, without being saved (see `expired` and `conflicts`)."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if REOPENED in self.data:
            raise ValidationError(_("Nothing has been saved yet. Look at the text and press “Save”."), code="reopened")
        return cleaned


class Remembered(Bilingual, History, Together):
    """Guards, keeps and shows what is typed; `DeskAdmin` adds what the press has to say about it."""

    form = DeskForm
    change_form_template = "admin/articles/change_form.html"
    actions = None
    list_per_page = 50
    paginator = ListPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # In the phrase of each kind: “Add article” cannot be put together from its parts in Russian.
    new_title = gettext_lazy("New")

    class Media:
        css = {
            "all": ["articles/admin/desk/forms.css", "articles/admin/desk/steps.css", "articles/admin/desk/scratch.css"]
        }
        js = [f"articles/admin/desk/{name}.js" for name in ("saving", "choosing", "missing", "steps")] + [
            Script("articles/admin/desk/scratch.js", type="module")
        ]

    # saving

    @reopens
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)

    @reopens
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or save the form; a save on top of somebody else's newer version is answered with both texts."""
        show = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return show()
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if (answer := scratches.answer(self, request, obj)) is not None:
            return answer
        if obj is not None and not held(request).everything and self.has_change_permission(request, obj):
            request.POST = self._as_held(request, obj)
        key = uuid_of(unquote(object_id)) if object_id and obj is None else None
        if key and (answer := self.deleted_meanwhile(request, key)) is not None:
            return answer
        save = partial(self._given_back, request, show)
        if obj is not None and self.has_change_permission(request, obj):
            return self.on_top(request, obj, save)
        return save()

    def _given_back(self, request: HttpRequest, show: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return show()
        except (Http404, PermissionDenied, SuspiciousOperation, StaleVersionError):
            raise
        except Exception:
            # Whatever broke, the transaction is undone and the text is still only in this request.
            _log.exception("A form could not be saved; it is given back to %s", request.user)
            request.POST = reopened(request.POST)  # type: ignore[assignment]
            messages.error(request, _("The server could not save this. Nothing was changed; try again in a moment."))
            response = show()
            response.status_code = 500
            return response

    def _create_formsets(self, request: HttpRequest, obj: DeskObject, change: bool) -> Any:
        # save_model decides whether there is anything new to keep, and Django does not show it the blocks.
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        request.desk_formsets = formsets  # type: ignore[attr-defined]
        return formsets, inlines

    def get_inline_formsets(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return [RowFormSet.of(one) for one in super().get_inline_formsets(request, *args, **kwargs)]

    def save_model(self, request: HttpRequest, obj: DeskObject, form: forms.ModelForm, change: bool) -> None:
        """Save the object's own fields under its next version; raise StaleVersionError if it was saved meanwhile."""
        formsets = getattr(request, "desk_formsets", [])
        request.desk_changed = not change or form.has_changed() or any(  # type: ignore[attr-defined]
            formset.has_changed() for formset in formsets
        )  # fmt: skip
        if not request.desk_changed:  # type: ignore[attr-defined]
            return
        if not change:
            obj.save(force_insert=True)
            return
        obj.version = claim_version(obj, conflicts.seen_version(request.POST))
        agreement.look(request, obj)
        states_before(request, obj)
        # Only what the form shows: a withdrawal made meanwhile is a column of its own and must not be undone by a save.
        own = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=["version", *(name for name in form.changed_data if name in own)])

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """Save what belongs to the object, keep the version, and note which translations were written against what."""
        super().save_related(request, form, formsets, change)
        scratches.finish(request, form.instance, is_new=not change)
        if request.desk_changed:  # type: ignore[attr-defined]
            at = timezone.now()
            was = getattr(request, "desk_before", None)
            keep(form.instance, by=request.user, at=at, before=was.data if was else None)  # type: ignore[arg-type]
            agreement.tell(request, form.instance, at)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Not logged a second time: the kept versions are the record of who saved what."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Not logged a second time: the kept versions are the record of who saved what."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None:  # type: ignore[override]
        """Written into the audit trail, the one log there is."""
        for obj in queryset:
            audit.record("deleted", by=request.user, at=timezone.now(), kind=kind_of(obj), about=obj.pk)  # type: ignore[arg-type]

    def _as_held(self, request: HttpRequest, obj: DeskObject) -> Any:
        fields = forms.models.modelform_factory(self.model, form=self.get_form(request, obj, change=True))
        stored, _asked = self._stored_rows(request, obj)
        return with_stored(obj, request.POST, fields(instance=obj), stored)

    # what is shown

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find objects in a list, or, where one is to be chosen for a field, those that were not withdrawn."""
        some = narrowed(queryset, words_of(search_term))
        found, has_duplicates = super().get_search_results(request, some, search_term)
        if "field_name" in request.GET and hasattr(self.model, "withdrawn_at"):
            found = found.filter(withdrawn_at__isnull=True)
        return found, has_duplicates

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj = context["original"]
        form = context["adminform"].form
        context |= {
            "title": label(obj) if obj else self.new_title,
            "subtitle": None,
            "seen_version": request.POST.get(conflicts.SEEN) or (obj.version if obj else ""),
            "reopened": is_reopened(request),
            "merged": merged_words(request),
            **scratches.context(self, request, obj),
            "editors": settings_of_editors(self.texts(form, context["inline_admin_formsets"])),
            "missing": self._missing(request, obj, form, context["inline_admin_formsets"]),
            "places": [*self.other_places(obj), *self._review_places(request, obj)] if obj else [],
            **steps_context(request, obj, context),
            **form_lanes(request, obj),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _review_places(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        """The ways to a review, unless the box that says where the text stands leads there already."""
        return [] if goes_this_way(obj) else reviewing.places(request, obj)

    def _missing(
        self, request: HttpRequest, obj: DeskObject | None, form: forms.BaseForm, inlines: Any
    ) -> dict[str, list[Note]]:
        """What readers still cannot be given, said at its fields too; nothing is asked of a new object."""
        if obj is None:
            return {}
        rows = [row for inline in inlines for row in inline.formset.forms]
        return beside_fields(obj, form, rows, self.missing(request, obj))

    def missing(self, request: HttpRequest, obj: Any) -> dict[str, list[DeskProblem]]:
        """Return for each language what the press would still ask for."""
        if shown := stored(request, obj):
            return {language: list(one.problems) for language, one in shown.compositions.items()}
        return missing(obj)

    def texts(self, form: forms.BaseForm, inlines: Any) -> list[str]:
        """Return every rich text on the page, for the names of the sources that it cites."""
        return []

    def other_places(self, obj: Any) -> list[tuple[str, str]]:
        """Return (address, words) of what an editor would do next from this object."""
        return []

    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        changed = getattr(request, "desk_changed", True)
        words = _("Saved: %(name)s") if changed else _("Nothing was changed: %(name)s")
        messages.success(request, words % {"name": label(obj)})
        if changed:
            tell_voided(request, obj)
        if words := merged_words(request):
            messages.info(request, words)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        return HttpResponseRedirect(address)


class DeskAdmin(DeskTools, PressButtons, StandingColumns, GuardedDeletion, Remembered):  # type: ignore[misc]
    """What each kind's admin inherits."""
