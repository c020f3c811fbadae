"""The forms of topics and of terms of the glossary."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import COLLEAGUES, DeskAdmin
from articles.admin.desk.slugs import AddressedForm, proposed
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.canonical.text import excerpt
from articles.content.addressed import Addressed
from articles.content.terms import Term
from articles.content.topics import Topic


class AddressedAdmin(DeskAdmin):
    form = AddressedForm
    list_filter = [StateFilter, "original_language"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Addressed | None = None) -> dict[str, Sequence[str]]:
        return proposed(obj)


@admin.register(Topic, site=desk_site)
class TopicAdmin(AddressedAdmin):
    new_title = _("New topic")
    list_display = [named(Topic), other_name, "text_count", "state_ru", "state_en"]
    search_fields = ["title_ru", "title_en", "slug_ru", "slug_en", "summary_ru", "summary_en"]
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
        COLLEAGUES,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(number_of_texts=Count("texts"))

    @admin.display(description=_("Texts"), ordering="number_of_texts")
    def text_count(self, topic: Topic) -> int:
        return topic.number_of_texts  # type: ignore[attr-defined]


@admin.register(Term, site=desk_site)
class TermAdmin(AddressedAdmin):
    new_title = _("New term")
    list_display = [named(Term), other_name, "also", "state_ru", "state_en"]
    search_fields = [
        "title_ru", "title_en", "synonyms_ru", "synonyms_en", "definition_ru", "definition_en", "forms_to_avoid_ru",
        "forms_to_avoid_en", "icd10",
    ]  # fmt: skip
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("slug_ru", "slug_en"),
                    ("definition_ru", "definition_en"),
                    ("synonyms_ru", "synonyms_en"),
                    ("original_language", "icd10"),
                ]
            },
        ),
        (_("For colleagues"), {"fields": [("forms_to_avoid_ru", "forms_to_avoid_en"), "internal_note"]}),
    ]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find as every list does; where a text names its conditions, only terms that have a code."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        if request.GET.get("field_name") == "conditions":
            found = found.exclude(icd10="")
        return found, has_duplicates

    @admin.display(description=_("Other words for it"))
    def also(self, term: Term) -> str:
        words = [*term.lines("synonyms", "ru"), *term.lines("synonyms", "en")]
        return excerpt(", ".join(words), 80)
