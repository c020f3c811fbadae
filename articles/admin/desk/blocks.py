"""Blocks of a text in its form: collapsed to what they say, in the order in which readers meet them."""

from typing import Any

from content_editor.admin import ContentEditorInline
from django.contrib.admin.helpers import InlineAdminForm
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from articles.admin.desk.languages import Bilingual
from articles.admin.desk.rights import HeldRows, held
from articles.admin.desk.row_forms import SHOWN, PlacedRow, PlacingForm, RowForm, is_open, kind_name, ordered
from articles.admin.desk.steps import NO_STEPS, FormSteps, of_block
from articles.admin.press.stored import stored
from articles.canonical.text import excerpt
from articles.content.aggregates import plain_fields
from articles.content.blocks import BLOCKS, Block


class BlockInline(Bilingual, ContentEditorInline):
    form: type[ModelForm] = RowForm
    formset = HeldRows
    fieldsets = [(None, {"fields": [("text_ru", "text_en"), "essential", "region", "ordering"]})]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **kwargs)
        made.held_to = held(request).languages
        shown = stored(request, obj)
        made.at_hand = shown.blocks_of(self.model) if shown else None
        return made

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


def placed(steps: FormSteps | None, formsets: Any) -> list[PlacedRow]:
    """Return the form's blocks in order, each with the state of both languages; those with an error are open."""
    return [_placed(admin_form, steps) for admin_form in ordered(formsets)]


def _placed(admin_form: InlineAdminForm, steps: FormSteps | None) -> PlacedRow:
    block: Block = admin_form.form.instance
    has_words = not block.shared or bool(getattr(block, f"{block.shared}_id"))
    return PlacedRow(
        admin_form,
        block.kind,
        kind_name(type(block)),
        excerpt(str(block), SHOWN) if has_words else "",
        is_open(admin_form),
        steps=of_block(steps, block) if has_words else NO_STEPS,
    )
