"""The form of a text: its head, and its blocks in order. Articles, questions and about pages share it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import blocks
from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.desk.rich_text import RichTextArea
from articles.admin.desk.steps import form_steps
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.texts import Article, FaqEntry, Page, Text

_COLLEAGUES = (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]})
_HEAD = [("title_ru", "title_en"), ("slug_ru", "slug_en"), ("summary_ru", "summary_en")]


class TextAdmin(DeskAdmin):
    change_form_template = "admin/articles/article_form.html"
    list_filter = [StateFilter, "topics"]
    search_fields = ["title_ru", "title_en", "slug_ru", "slug_en"]
    inlines = blocks.INLINES
    autocomplete_fields = ["topics"]
    fieldsets = [(None, {"fields": [*_HEAD, ("original_language", "topics")]}), _COLLEAGUES]

    class Media:
        js = ["articles/admin/desk/blocks.js"]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        formsets = context["inline_admin_formsets"]
        context |= {
            "steps": (steps := form_steps(request, context["original"])),
            "placed_blocks": blocks.placed(steps, formsets),
            "blank_blocks": blocks.blanks(formsets),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Text | None = None) -> dict[str, Sequence[str]]:
        """Propose addresses while the first title is typed; later a title may change and its address should not."""
        return {"slug_ru": ["title_ru"], "slug_en": ["title_en"]} if obj is None else {}

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
    list_display = [named(Article), "state_ru", "state_en", "drift"]


@admin.register(FaqEntry, site=desk_site)
class FaqEntryAdmin(TextAdmin):
    new_title = _("New question")
    list_display = [named(FaqEntry), "state_ru", "state_en", "drift"]


@admin.register(Page, site=desk_site)
class PageAdmin(TextAdmin):
    new_title = _("New about page")
    list_display = [named(Page), "state_ru", "state_en", "drift"]
    list_filter = [StateFilter]
    autocomplete_fields: Sequence[str] = []
    fieldsets = [(None, {"fields": [*_HEAD, "original_language"]}), _COLLEAGUES]
