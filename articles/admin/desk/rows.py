"""The forms of what is made of rows: evidence tables and accounts side by side."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.languages import Bilingual
from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.accounts import Accounts, AccountsEntry
from articles.content.evidence import EvidenceRow, EvidenceTable

_COLLEAGUES = (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]})


class EvidenceRowInline(Bilingual, admin.StackedInline):
    model = EvidenceRow
    extra = 0
    autocomplete_fields = ["sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("option_ru", "option_en"),
                    ("finding_ru", "finding_en"),
                    "verdict",
                    ("conclusion_ru", "conclusion_en"),
                    "sources",
                    "ordering",
                ]
            },
        )
    ]


class AccountsEntryInline(Bilingual, admin.TabularInline):
    model = AccountsEntry
    extra = 0
    autocomplete_fields = ["quote"]
    fields = ["quote", "ordering"]


@admin.register(EvidenceTable, site=desk_site)
class EvidenceTableAdmin(DeskAdmin):
    new_title = _("New evidence table")
    list_display = [named(EvidenceTable), "state_ru", "state_en"]
    list_filter = [StateFilter]
    search_fields = ["title_ru", "title_en", "rows__option_ru", "rows__option_en"]
    inlines = [EvidenceRowInline]
    fieldsets = [(None, {"fields": [("title_ru", "title_en"), ("note_ru", "note_en")]}), _COLLEAGUES]


@admin.register(Accounts, site=desk_site)
class AccountsAdmin(DeskAdmin):
    new_title = _("New accounts side by side")
    list_display = [named(Accounts), "experts_differ", "state_ru", "state_en"]
    list_filter = [StateFilter]
    search_fields = ["title_ru", "title_en", "note_ru", "note_en"]
    autocomplete_fields = ["sources"]
    inlines = [AccountsEntryInline]
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("note_ru", "note_en"), "sources", "experts_differ"]}),
        _COLLEAGUES,
    ]
