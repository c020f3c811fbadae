"""The form of an article: its head, and its blocks in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import BaseForm, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import blocks
from articles.admin.desk.agreement import note_article
from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.articles import Article


@admin.register(Article, site=desk_site)
class ArticleAdmin(DeskAdmin):
    new_title = _("New article")
    change_form_template = "admin/articles/article_form.html"
    list_display = [named(Article), "state_ru", "state_en", "drift"]
    list_filter = [StateFilter]
    search_fields = ["title_ru", "title_en", "slug_ru", "slug_en"]
    inlines = blocks.INLINES
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
        (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]

    class Media:
        js = ["articles/admin/desk/blocks.js"]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        formsets = context["inline_admin_formsets"]
        context |= {
            "placed_blocks": blocks.placed(context["original"], formsets),
            "blank_blocks": blocks.blanks(formsets),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Article | None = None) -> dict[str, Sequence[str]]:
        """Propose addresses while the first title is typed; later a title may change and its address should not."""
        return {"slug_ru": ["title_ru"], "slug_en": ["title_en"]} if obj is None else {}

    def texts(self, form: BaseForm, inlines: Any) -> list[str]:
        return [
            str(block[name].value() or "")
            for inline in inlines
            for block in inline.formset.forms
            for name in ("text_ru", "text_en")
            if name in block.fields
        ]

    def note_translations(self, request: HttpRequest, form: ModelForm, formsets: Any, at: datetime) -> None:
        note_article(form.instance, form, blocks.forms_of(formsets), by=request.user, at=at)  # type: ignore[arg-type]
