"""The forms of what is made of rows: evidence tables and accounts side by side."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminForm
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.choosing import already_known
from articles.admin.desk.languages import Bilingual
from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import COLLEAGUES, DeskAdmin
from articles.admin.desk.rights import HeldRows, held
from articles.admin.desk.row_forms import (
    SHOWN,
    LanguageState,
    PlacedRow,
    PlacingForm,
    RowForm,
    RowWords,
    blanks,
    is_open,
    kind_name,
    ordered,
)
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES
from articles.canonical.text import excerpt
from articles.content.accounts import Accounts, AccountsEntry
from articles.content.evidence import EvidenceRow, EvidenceTable


class RowInline(Bilingual, admin.StackedInline):
    extra = 0
    form: type[forms.ModelForm] = RowForm
    formset = HeldRows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **kwargs)
        made.held_to = held(request).languages
        return made

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "ordering":
            # The order of the list is the order of the rows; the script writes it here.
            kwargs["widget"] = forms.HiddenInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class EvidenceRowForm(RowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "sources" in self.fields:
            already_known(self, "sources", *self.instance.sources.all())


class EvidenceRowInline(RowInline):
    model = EvidenceRow
    form = EvidenceRowForm
    autocomplete_fields = ["sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("option_ru", "option_en"),
                    ("finding_ru", "finding_en"),
                    ("verdict", "sources"),
                    ("conclusion_ru", "conclusion_en"),
                    "ordering",
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EvidenceRow]:
        return super().get_queryset(request).prefetch_related("sources")


class AccountForm(PlacingForm):
    places = "quote"


class AccountsEntryInline(RowInline):
    model = AccountsEntry
    form = AccountForm
    autocomplete_fields = ["quote"]
    fieldsets = [(None, {"fields": ["quote", "ordering"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccountsEntry]:
        return super().get_queryset(request).select_related("quote__expert", "quote__source")


class RowsAdmin(DeskAdmin):
    """The admin of what has rows of one kind; `row_words` is what their list says."""

    change_form_template = "admin/articles/rows_form.html"
    row_words: RowWords

    class Media:
        css = {"all": ["articles/admin/desk/blocks.css"]}
        js = ["articles/admin/desk/blocks.js", "articles/admin/desk/shown.js"]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        formsets = context["inline_admin_formsets"]
        context |= {
            "placed_blocks": [self.placed(one) for one in ordered(formsets)],
            "blank_blocks": blanks(formsets),
            "row_words": self.row_words,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def placed(self, admin_form: InlineAdminForm) -> PlacedRow:
        """Return one row as the list shows it."""
        return _placed(admin_form)


def _placed(admin_form: InlineAdminForm) -> PlacedRow:
    row: Any = admin_form.form.instance
    has_words = not isinstance(row, AccountsEntry) or bool(row.quote_id)
    return PlacedRow(
        admin_form,
        row.kind,
        kind_name(type(row)),
        excerpt(str(row), SHOWN) if has_words else "",
        is_open(admin_form),
        [_state(row, language) for language in LANGUAGES] if has_words else [],
    )


def _state(row: Any, language: str) -> LanguageState:
    if isinstance(row, AccountsEntry) and row.quote.withdrawn_at:
        return LanguageState(language, "withdrawn", _("withdrawn"))
    filled = bool(row.name_in(language))
    return LanguageState(language, "filled" if filled else "empty", _("filled") if filled else _("empty"))


@admin.register(EvidenceTable, site=desk_site)
class EvidenceTableAdmin(RowsAdmin):
    new_title = _("New evidence table")
    list_display = [named(EvidenceTable), other_name, "options", "state_ru", "state_en"]
    list_reads = ("rows",)
    list_filter = [StateFilter]
    search_fields = ["title_ru", "title_en", "rows__option_ru", "rows__option_en"]
    inlines = [EvidenceRowInline]
    fieldsets = [(None, {"fields": [("title_ru", "title_en"), ("note_ru", "note_en")]}), COLLEAGUES]
    row_words = RowWords(
        heading=_("Options"),
        help=_("One option in each row, the most useful first. Drag a row by its name, or use its arrows."),
        insert=_("Add an option here"),
        remove=_("Delete the option"),
        moved=_("Option moved: now number %(number)s of %(total)s."),
        inserted=_("Option added: number %(number)s of %(total)s."),
        removed=_("The option will be deleted when you save."),
        kept=_("The option stays."),
    )

    @admin.display(description=_("Options"))
    def options(self, table: EvidenceTable) -> int:
        return len(table.rows.all())


@admin.register(Accounts, site=desk_site)
class AccountsAdmin(RowsAdmin):
    new_title = _("New accounts side by side")
    list_display = [
        named(Accounts), other_name, "quotes", "differ", "state_ru", "state_en",
    ]  # fmt: skip
    list_reads = ("entries",)
    list_filter = [StateFilter, "experts_differ"]
    search_fields = ["title_ru", "title_en", "note_ru", "note_en"]
    autocomplete_fields = ["sources"]
    inlines = [AccountsEntryInline]
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("note_ru", "note_en"), "sources", "experts_differ"]}),
        COLLEAGUES,
    ]
    row_words = RowWords(
        heading=_("Whose words"),
        help=_("At least two quotes, in the order in which readers meet them."),
        insert=_("Add a quote here"),
        remove=_("Take the quote out"),
        moved=_("Quote moved: now number %(number)s of %(total)s."),
        inserted=_("Quote added: number %(number)s of %(total)s."),
        removed=_("The quote will be taken out when you save. It stays among the quotes."),
        kept=_("The quote stays."),
    )

    @admin.display(description=_("Quotes"))
    def quotes(self, accounts: Accounts) -> int:
        return len(accounts.entries.all())

    @admin.display(description=_("the experts differ"), ordering="experts_differ")
    def differ(self, accounts: Accounts) -> str:
        # The stock mark says “True” to whoever listens to it, in every language.
        return str(_("yes")) if accounts.experts_differ else ""
