"""A save on top of a version that somebody else saved meanwhile: merged by itself, or put to whoever saves.

Mixed into the admin of every object of the desk. Nothing is written before the merge is whole, and the version that it
stands on is claimed like that of every save: who comes third is merged anew.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.desk import conflicts, scratches
from articles.admin.desk.conflicts import Conflict
from articles.admin.desk.expired import REOPENED, fields_of, is_reopened, reopened
from articles.admin.desk.merging import merged, settled
from articles.admin.desk.reading import Names, lines
from articles.admin.desk.typed import typed
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.editorial.revisions import Revision, StaleVersionError, saved_between

_RESOLVE = "_resolve"
# So many people in a row would have to save between the reading and the writing of one merge.
_ATTEMPTS = 5
_NAMED = 5


class Together(admin.ModelAdmin):
    """`on_top` answers the save of an object that exists."""

    def on_top(self, request: HttpRequest, obj: DeskObject, save: Callable[[], HttpResponse]) -> HttpResponse:
        """Save what was typed on top of whatever was saved meanwhile; ask where both changed the same words.

        `save` may raise StaleVersionError.
        """
        sent = request.POST
        for _attempt in range(_ATTEMPTS):
            # Before the form is checked: it may name blocks that the other person has deleted.
            if _RESOLVE in sent or conflicts.seen_version(sent) != obj.version:
                found = self._conflict(request, obj, sent)
                if _RESOLVE not in sent:
                    if found.is_same and not is_reopened(request):
                        # Most likely this very form, sent twice.
                        request.desk_changed = False  # type: ignore[attr-defined]
                        return self.nothing_new(request, obj)
                    if found.needs_decision:
                        return self._to_decide(request, found)
                request.POST = self._merged(request, found, sent)
            try:
                return save()
            except StaleVersionError:
                obj.refresh_from_db()
        return self._to_decide(request, self._conflict(request, obj, sent))

    def deleted_meanwhile(self, request: HttpRequest, id: UUID) -> HttpResponse | None:
        """Give back what was typed into the form of an object that somebody has deleted; None where there was none."""
        kind = scratches.kind_of_admin(self)
        if not Revision.objects.filter(kind=kind, object_id=id).exists() or not self.has_add_permission(request):
            return None
        post = _as_new(request.POST)
        data = typed(kind, post)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted while you were typing"),
            "opts": self.opts,
            "lines": list(lines(kind, data, Names(kind, data)).values()),
            "typed": [*fields_of(post), (REOPENED, "1")],
            "add_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/deleted_meanwhile.html", context, status=410)

    def nothing_new(self, request: HttpRequest, obj: DeskObject) -> HttpResponse:
        """Answer a form that says what is stored already."""
        scratches.finish(request, obj, is_new=False)
        return self.response_change(request, obj)

    def _merged(self, request: HttpRequest, found: Conflict, sent: QueryDict) -> Any:
        fields = forms.models.modelform_factory(self.model, form=self.get_form(request, found.obj, change=True))
        stored, _asked = self._stored_rows(request, found.obj)
        chosen = found.post if _RESOLVE in sent else settled(found)
        whole = merged(found, chosen, fields(instance=found.obj), stored)
        if _RESOLVE in sent:
            return reopened(whole, without=[_RESOLVE])
        request.desk_merge = found  # type: ignore[attr-defined]
        request.desk_unseen = found.unseen  # type: ignore[attr-defined]
        return whole

    def _conflict(self, request: HttpRequest, obj: DeskObject, sent: QueryDict) -> Conflict:
        _rows, asked = self._stored_rows(request, obj)
        return conflicts.conflict(obj, sent, asked)

    def _stored_rows(
        self, request: HttpRequest, obj: DeskObject
    ) -> tuple[Mapping[OrderedRow, forms.BaseForm], dict[type[models.Model], set[str]]]:
        """Unbound forms of the rows that are stored, and which columns this person's form asks for, by model."""
        formsets, _inlines = super()._create_formsets(_reading(request), obj, change=True)  # type: ignore[misc]
        rows: list[BaseInlineFormSet] = [one for one in formsets if issubclass(one.model, OrderedRow)]
        asked = {one.model: _enabled(one.form) for one in rows}
        asked[type(obj)] = _enabled(self.get_form(request, obj, change=True))
        return {form.instance: form for formset in rows for form in formset.initial_forms}, asked

    def _to_decide(self, request: HttpRequest, found: Conflict) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("A newer version was saved meanwhile"),
            "opts": self.opts,
            "original": found.obj,
            "conflict": found,
            "typed": fields_of(found.post),
            "choice": conflicts.CHOICE,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/conflict.html", context, status=409)


def merged_words(request: HttpRequest) -> str:
    """Return what a merge brought into the form of this request, in words; empty where nothing was merged."""
    found: Conflict | None = getattr(request, "desk_merge", None)
    if found is None or found.base is None or found.newest is None:
        return ""
    places = list(dict.fromkeys(_place(one) for one in found.brought))
    named = "; ".join([*places[:_NAMED], *(["…"] if len(places) > _NAMED else [])])
    people = saved_between(found.obj, after=found.base.number, until=found.newest.number)
    about = {"who": ", ".join(people) or "—", "places": named}
    if named:
        said = [_("Merged with what was saved meanwhile (%(who)s): %(places)s.") % about]
    else:
        said = [_("Merged with what was saved meanwhile (%(who)s).") % about]
    if found.both_moved:
        said.append(_("Both of you moved blocks; they stand in your order."))
    return " ".join(said)


def _as_new(post: QueryDict) -> QueryDict:
    """The form as if none of its rows had ever been saved."""
    found = QueryDict(mutable=True)
    for name, values in post.lists():
        if name.endswith("-INITIAL_FORMS"):
            found[name] = "0"
        elif name != conflicts.SEEN and not name.endswith(("-id", "-parent")):
            found.setlist(name, values)
    return found


def _place(one: conflicts.Difference) -> str:
    return f"{one.heading} ({one.language.upper()})" if one.language else one.heading


def _enabled(form: Any) -> set[str]:
    return {name for name, field in form.base_fields.items() if not field.disabled}


def _reading(request: HttpRequest) -> HttpRequest:
    """The same request as if it only read, so that formsets come unbound."""
    reader = HttpRequest()
    reader.user, reader.method = request.user, "GET"
    return reader
