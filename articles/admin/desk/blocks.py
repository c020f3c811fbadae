"""Blocks of an article in its form: collapsed to what they say, in the order in which readers meet them."""

from dataclasses import dataclass
from typing import Any

from content_editor.admin import ContentEditorInline
from django.contrib.admin.helpers import InlineAdminForm
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.forms import BaseForm, ModelForm
from django.http import HttpRequest
from django.utils.text import capfirst

from articles.admin.desk.choosing import already_known
from articles.admin.desk.languages import Bilingual
from articles.admin.desk.steps import NO_STEPS, FormSteps, PartSteps, of_block
from articles.canonical.text import excerpt
from articles.content.aggregates import plain_fields
from articles.content.blocks import BLOCKS, Block

_SHOWN = 80


class BlockForm(ModelForm):
    """A new block is saved even when nothing was typed yet: its place was chosen, and publishing asks for its words."""

    def has_changed(self) -> bool:
        return self.instance._state.adding or super().has_changed()


class PlacingForm(BlockForm):
    """The form of a block that places a shared object, whose name came with the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.instance.shared
        if getattr(self.instance, f"{name}_id"):
            already_known(self, name, getattr(self.instance, name))


class BlockInline(Bilingual, ContentEditorInline):
    form: type[ModelForm] = BlockForm
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
        "form": PlacingForm if model.shared else BlockForm,
    }
    return type(f"{model.__name__}Inline", (BlockInline,), attributes)


INLINES: list[type[InlineModelAdmin]] = [_inline(model) for model in BLOCKS]


@dataclass(frozen=True)
class PlacedBlock:
    """One block as the form shows it; `name` is what it says, cut to some 80 characters."""

    admin_form: InlineAdminForm
    kind: str
    kind_name: str
    name: str
    steps: PartSteps
    is_open: bool

    @property
    def form(self) -> BaseForm:
        return self.admin_form.form


@dataclass(frozen=True)
class BlankBlock:
    """A block of each kind that can be added; its names hold `__prefix__` until the script numbers them."""

    admin_form: InlineAdminForm
    prefix: str
    kind: str
    kind_name: str


def blanks(formsets: Any) -> list[BlankBlock]:
    """Return an empty block of each kind that this editor may add."""
    return [
        BlankBlock(list(one)[-1], one.formset.prefix, one.opts.model.kind, _kind_name(one.opts.model))
        for one in formsets
        if one.has_add_permission
    ]


def placed(steps: FormSteps | None, formsets: Any) -> list[PlacedBlock]:
    """Return the form's blocks in order, each with the state of both languages; those with an error are open."""
    found: list[InlineAdminForm] = []
    for one in formsets:
        forms = list(one)
        found += forms[:-1] if one.has_add_permission else forms
    return [_placed(admin_form, steps) for admin_form in sorted(found, key=_ordering)]


def _placed(admin_form: InlineAdminForm, steps: FormSteps | None) -> PlacedBlock:
    block: Block = admin_form.form.instance
    has_errors = admin_form.form.is_bound and bool(admin_form.form.errors)
    is_new = block._state.adding
    has_words = not block.shared or bool(getattr(block, f"{block.shared}_id"))
    return PlacedBlock(
        admin_form,
        block.kind,
        _kind_name(type(block)),
        excerpt(str(block), _SHOWN) if has_words else "",
        of_block(steps, block) if has_words else NO_STEPS,
        has_errors or is_new,
    )


def _ordering(admin_form: InlineAdminForm) -> int:
    value = admin_form.form["ordering"].value()
    return int(value) if str(value).isdecimal() else 0


def _kind_name(model: type[Block]) -> str:
    return capfirst(str(model._meta.verbose_name))
