"""The form of a text: its head, and its blocks in order. Articles, questions and about pages share it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Case, Q, QuerySet, When
from django.forms import BaseForm, Field
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.admin.desk import blocks, chosen_filter
from articles.admin.desk.chosen_filter import ChosenFilter
from articles.admin.desk.counters import Measured
from articles.admin.desk.duplicating import Duplicating
from articles.admin.desk.insert_menu import menu
from articles.admin.desk.languages import language_of, marked
from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import COLLEAGUES, DeskAdmin
from articles.admin.desk.rich_text import RichTextArea
from articles.admin.desk.row_forms import RowWords, blanks
from articles.admin.desk.slugs import AddressedForm, proposed
from articles.admin.desk.steps import form_steps
from articles.admin.press.standing import StateFilter
from articles.admin.press.workflow import WayFilter
from articles.admin.site import desk_site
from articles.content.texts import Article, FaqEntry, Page, Text
from articles.content.word_parts import TEXTS

# An answer is read out by assistants and shown in lists: longer than this it is no answer but an article.
ANSWER_WORDS = 60

_HEAD = [("title_ru", "title_en"), ("slug_ru", "slug_en"), ("summary_ru", "summary_en")]
# People of ours: the page names them at its head, and no translation has to follow them.
_CREDITS: Any = (
    _("Who wrote and translated it, as readers see it"),
    {"fields": [("authors_ru", "authors_en"), ("translators_ru", "translators_en")], "classes": ["collapse"]},
)
_BLOCKS = RowWords(
    heading=_("Text of the article"),
    help=_("Drag a block by its name to move it, or use its arrows."),
    insert=_("Insert a block here"),
    remove=_("Delete the block"),
    moved=_("Block moved: now number %(number)s of %(total)s."),
    inserted=_("Block inserted: number %(number)s of %(total)s."),
    removed=_("The block will be deleted when you save."),
    kept=_("The block stays."),
)


class TextAdmin(Duplicating, Measured, DeskAdmin):
    form = AddressedForm
    change_form_template = "admin/articles/rows_form.html"
    list_filter = [StateFilter, WayFilter, "original_language", ("topics", ChosenFilter)]
    search_fields = TEXTS.columns
    inlines = blocks.INLINES
    autocomplete_fields = ["topics", "conditions"]
    fieldsets = [(None, {"fields": [*_HEAD, ("original_language", "topics"), "conditions"]}), _CREDITS, COLLEAGUES]
    rows_heading: ClassVar[Any] = _BLOCKS.heading

    class Media:
        css = {"all": ["articles/admin/desk/blocks.css", "articles/admin/desk/table.css"]}
        js = ["articles/admin/desk/blocks.js", "articles/admin/desk/shown.js"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"media": self.media + chosen_filter.media()} | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        formsets = context["inline_admin_formsets"]
        empty = blanks(formsets)
        context |= {
            "steps": (steps := form_steps(request, context["original"])),
            "placed_blocks": blocks.placed(steps, formsets),
            "blank_blocks": empty,
            "insert_menu": menu(empty),
            "row_words": replace(_BLOCKS, heading=self.rows_heading),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find as every list does; where one is to be chosen, those that say it in their title come first."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        if "field_name" not in request.GET or not search_term.strip():
            return found, has_duplicates
        in_title = Q()
        for word in search_term.split():
            in_title &= Q(title_ru__icontains=word) | Q(title_en__icontains=word)
        return found.order_by(Case(When(in_title, then=0), default=1), *self.model._meta.ordering), has_duplicates

    def get_prepopulated_fields(self, request: HttpRequest, obj: Text | None = None) -> dict[str, Sequence[str]]:
        return proposed(obj)

    def texts(self, form: BaseForm, inlines: Any) -> list[str]:
        return [
            str(block[name].value() or "")
            for inline in inlines
            for block in inline.formset.forms
            for name in block.fields
            if isinstance(block.fields[name].widget, RichTextArea)
        ]


@admin.register(Article, site=desk_site)
class ArticleAdmin(TextAdmin):
    new_title = _("New article")
    list_display = [named(Article), other_name, "state_ru", "state_en", "drift"]


@admin.register(FaqEntry, site=desk_site)
class FaqEntryAdmin(TextAdmin):
    new_title = _("New question")
    list_display = [named(FaqEntry), other_name, "state_ru", "state_en", "drift"]
    rows_heading = _("The answer in detail")

    class Media:
        js = [Script("articles/admin/desk/word_count.js", type="module")]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        names = {"title": _("question"), "summary": _("short answer")}
        name = names.get(db_field.name.rpartition("_")[0])
        if field is None or not name or not (language := language_of(db_field)):
            return field
        field.label = marked(capfirst(str(name)), language)
        if db_field.name.startswith("summary"):
            field.widget.attrs |= {
                "data-most-words": str(ANSWER_WORDS),
                "data-words": _("%(count)s of at most %(most)s words"),
                "data-too-many": _("%(count)s words: more than %(most)s. Move the detail into the blocks below."),
            }
            field.help_text = (
                "" if language != "ru" else _("The answer by itself, in at most 60 words, without a source.")
            )
        return field


@admin.register(Page, site=desk_site)
class PageAdmin(TextAdmin):
    new_title = _("New about page")
    list_display = [named(Page), other_name, "state_ru", "state_en", "drift"]
    list_filter = [StateFilter, WayFilter, "original_language"]
    autocomplete_fields = []
    fieldsets = [(None, {"fields": [*_HEAD, "original_language"]}), _CREDITS, COLLEAGUES]
    rows_heading = _("Text of the page")
