"""Blocks of an article in its form: collapsed to what they say, in the order in which readers meet them."""

from typing import Any

from content_editor.admin import ContentEditorInline
from django.contrib.admin.helpers import InlineAdminForm
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.languages import Bilingual
from articles.admin.desk.row_forms import (
    SHOWN,
    LanguageState,
    PlacedRow,
    PlacingForm,
    RowForm,
    is_open,
    kind_name,
    ordered,
)
from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content.aggregates import plain_fields
from articles.content.blocks import BLOCKS, Block
from articles.content.completeness import is_withdrawn
from articles.content.texts import Text
from articles.editorial.confirmations import confirmed
from articles.publishing.compose import compose


class BlockInline(Bilingual, ContentEditorInline):
    form: type[ModelForm] = RowForm
    fieldsets = [(None, {"fields": [("text_ru", "text_en"), "essential", "region", "ordering"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Block]:
        return self.model.get_queryset()


def _inline(model: type[Block]) -> type[InlineModelAdmin]:
    """The inline of a kind of block: its pairs of columns side by side, then what both languages share."""
    names: dict[str, list[str]] = {}
    for name, columns, translated in plain_fields(model):
        if name not in ("id", "essential"):
            names[name] = [column.name for column in columns] if translated else [name]
    fields = [tuple(columns) if len(columns) > 1 else columns[0] for columns in names.values()]
    closing = [*([] if model.always_required else ["essential"]), "region", "ordering"]
    chosen = [model.shared] if model.shared else [many.name for many in model._meta.many_to_many]
    attributes = {
        "__module__": __name__,
        "model": model,
        "fieldsets": [(None, {"fields": [*fields, *closing]})],
        "autocomplete_fields": chosen,
        "form": _placing_form(model.shared) if model.shared else RowForm,
    }
    return type(f"{model.__name__}Inline", (BlockInline,), attributes)


def _placing_form(name: str) -> type[ModelForm]:
    return type("BlockForm", (PlacingForm,), {"__module__": __name__, "places": name})


INLINES: list[type[InlineModelAdmin]] = [_inline(model) for model in BLOCKS]


def placed(article: Text | None, formsets: Any) -> list[PlacedRow]:
    """Return the form's blocks in order; those with an error are open."""
    steps = _Steps(article) if article else None
    return [_placed(admin_form, steps) for admin_form in ordered(formsets)]


def _placed(admin_form: InlineAdminForm, steps: "_Steps | None") -> PlacedRow:
    block: Block = admin_form.form.instance
    has_words = not block.shared or bool(getattr(block, f"{block.shared}_id"))
    return PlacedRow(
        admin_form,
        block.kind,
        kind_name(type(block)),
        excerpt(str(block), SHOWN) if has_words else "",
        [_state(block, language, steps) for language in LANGUAGES] if has_words else [],
        is_open(admin_form),
    )


def _state(block: Block, language: Language, steps: "_Steps | None") -> LanguageState:
    if is_withdrawn(block):
        return LanguageState(language, "withdrawn", _("withdrawn"))
    if block._state.adding or not block.has_words(language):
        return LanguageState(language, "empty", _("empty"))
    if steps and steps.is_behind(block, language):
        return LanguageState(language, "behind", _("not confirmed"))
    return LanguageState(language, "filled", _("filled"))


class _Steps:
    """Which translated blocks nobody has confirmed against the original as it stands now; a fixed number of queries."""

    def __init__(self, article: Text) -> None:
        self.language = article.translation_language
        self.original = compose(article, article.original_language).document.parts()  # type: ignore[arg-type]
        self.agreed = confirmed(article.pk, self.language)

    def is_behind(self, block: Block, language: str) -> bool:
        part = str(block.pk)
        return language == self.language and part in self.original and self.agreed.get(part) != self.original[part]


def forms_of(formsets: list[BaseInlineFormSet]) -> list[ModelForm]:
    """Return the forms of blocks that this save keeps and has changed."""
    return [
        form
        for formset in formsets
        if issubclass(formset.model, Block)
        for form in formset.forms
        if form.has_changed() and form not in formset.deleted_forms
    ]
