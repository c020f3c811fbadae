"""What the rows of a protocol, a question and a level have in common: an id, how soon, sources, words in their list."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.admin.helpers import InlineAdminForm
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.choosing import already_known
from articles.admin.desk.languages import language_of, name_of
from articles.admin.desk.rights import HeldRows
from articles.admin.desk.row_forms import SHOWN, LanguageState, PlacedRow, RowForm, is_open, kind_name
from articles.admin.desk.rows import RowInline, RowsAdmin
from articles.canonical.languages import LANGUAGES
from articles.canonical.text import excerpt
from articles.content.fields import LineField
from triage.admin.answers import AnswersField, Catalogue, codes
from triage.admin.marks import level_mark


class TriageRowForm(RowForm):
    """The names of its sources came with the row. Conditions that were stored once stay choosable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "sources" in self.fields:
            already_known(self, "sources", *self.instance.sources.all())
        for name, field in self.fields.items():
            if isinstance(field, AnswersField):
                field.stored = frozenset(codes(getattr(self.instance, name)))


class TriageFormSet(HeldRows):
    """Ids are each other's neighbours only once: a result could not say which of two it means."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            if form in self.deleted_forms or not hasattr(form, "cleaned_data"):
                continue
            code = form.cleaned_data.get("code", "")
            if code and code in seen:
                form.add_error("code", _("Another row has this id already."))
            seen.add(code)


class TriageRowInline(RowInline):
    """`conditions` names the column that holds answers; whoever may only look reads what they say."""

    form = TriageRowForm
    formset = TriageFormSet
    autocomplete_fields = ["sources"]
    conditions = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("sources")

    def get_formset(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> Any:
        # One reading of the answers serves every row of the page.
        self.catalogue = request.triage_answers = Catalogue(self.protocol_of(obj))  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def protocol_of(self, obj: Any) -> UUID | None:
        """Return the id of the protocol whose answers the rows may name."""
        return obj.pk if obj else None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) or not self.conditions:
            return super().get_fieldsets(request, obj)
        [(name, options)] = super().get_fieldsets(request, obj)
        fields = ["chosen_answers" if field == self.conditions else field for field in options["fields"]]
        return [(name, {**options, "fields": fields})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(["chosen_answers"] if self.conditions else [])]

    def chosen_answers(self, row: Any) -> SafeString:
        said = (self.catalogue.words(code) for code in codes(getattr(row, self.conditions)))
        return format_html_join("", "<div>{}</div>", ((one,) for one in said))

    chosen_answers.short_description = _("answers")  # type: ignore[attr-defined]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if self.conditions and db_field.name == self.conditions:
            catalogue: Catalogue = request.triage_answers  # type: ignore[attr-defined]
            return AnswersField(catalogue=catalogue, label=name_of(db_field), required=False)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        long_line(field, db_field)
        if field and db_field.name.startswith("text_") and language_of(db_field) == (get_language() or "ru")[:2]:
            # A closed row is named by what it says, not by its id.
            field.widget.attrs["data-names-row"] = ""
        return field


def long_line(field: forms.Field | None, column: models.Field) -> None:
    """Give a translated line as much room as it takes: one line to readers may be too long for one line of a form."""
    if field and isinstance(column, LineField) and language_of(column):
        field.widget = AdminTextareaWidget(attrs={"rows": 1, "class": "triage-line", "lang": language_of(column)})


class TriageRowsAdmin(RowsAdmin):
    """The admin of what has such rows."""

    class Media:
        css = {"all": ["triage/admin/triage.css"]}
        js = ["triage/admin/levels.js"]

    def placed(self, admin_form: InlineAdminForm) -> PlacedRow:
        row: Any = admin_form.form.instance
        rank = getattr(row, "rank", None)
        # What was never saved lacks nothing yet.
        is_new = row._state.adding
        lacking = [language for language in LANGUAGES if not is_new and not row.name_in(language)]
        return PlacedRow(
            admin_form,
            row.kind,
            getattr(row, "code", "") or kind_name(type(row)),
            excerpt(str(row), SHOWN) if len(lacking) < len(LANGUAGES) and not is_new else "",
            is_open(admin_form),
            # That both languages are there is what one expects of every row; only what lacks is said.
            [LanguageState(language, "empty", _("empty")) for language in lacking],
            mark="" if rank is None or is_new else level_mark(rank),
        )
