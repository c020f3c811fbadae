"""The forms of topics and of terms of the glossary."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.addressed import Addressed
from articles.content.terms import Term
from articles.content.topics import Topic

_COLLEAGUES = (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]})


class AddressedAdmin(DeskAdmin):
    list_filter = [StateFilter]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Addressed | None = None) -> dict[str, Sequence[str]]:
        """Propose addresses while the first title is typed; later a title may change and its address should not."""
        return {"slug_ru": ["title_ru"], "slug_en": ["title_en"]} if obj is None else {}


@admin.register(Topic, site=desk_site)
class TopicAdmin(AddressedAdmin):
    new_title = _("New topic")
    list_display = [named(Topic), "state_ru", "state_en"]
    search_fields = ["title_ru", "title_en", "slug_ru", "slug_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("slug_ru", "slug_en"),
                    ("summary_ru", "summary_en"),
                    "original_language",
                ]
            },
        ),
        _COLLEAGUES,
    ]


@admin.register(Term, site=desk_site)
class TermAdmin(AddressedAdmin):
    new_title = _("New term")
    list_display = [named(Term), "state_ru", "state_en"]
    search_fields = ["title_ru", "title_en", "synonyms_ru", "synonyms_en", "definition_ru", "definition_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("slug_ru", "slug_en"),
                    ("definition_ru", "definition_en"),
                    ("synonyms_ru", "synonyms_en"),
                    "original_language",
                ]
            },
        ),
        (_("For colleagues"), {"fields": [("forms_to_avoid_ru", "forms_to_avoid_en"), "internal_note"]}),
    ]
