"""Rows of an object in its form: blocks of a text, options of a table, accounts. Closed to what they say, in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.forms import Media, ModelForm
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.admin.desk.choosing import already_known
from articles.admin.desk.plain_forms import PlainForm
from articles.admin.desk.steps import NO_STEPS, PartSteps
from articles.content.aggregates import AGGREGATES
from articles.content.ordered_row import OrderedRow

SHOWN = 80


class RowForm(PlainForm):
    """A new row is saved even when nothing was typed yet: its place was chosen, and publishing asks for its words."""

    def has_changed(self) -> bool:
        return self.instance._state.adding or super().has_changed()


class PlacingForm(RowForm):
    """The form of a row that places an object of its own, whose name came with the row; `places` names the field."""

    places = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(self.instance, f"{self.places}_id"):
            already_known(self, self.places, getattr(self.instance, self.places))


@dataclass(frozen=True)
class RowWords:
    """What the list of rows says to people; `moved` and `inserted` have places for a number and a total."""

    heading: Promise
    help: Promise
    insert: Promise
    remove: Promise
    moved: Promise
    inserted: Promise
    removed: Promise
    kept: Promise


@dataclass(frozen=True)
class LanguageState:
    """How a row stands in a language: a code for its looks, and words."""

    language: str
    code: str
    words: Any


@dataclass(frozen=True)
class PlacedRow:
    """One row as the form shows it; `name` is what it says, cut to some 80 characters.

    A block has `steps`, how far its languages are in step; a row of another object only says where it has words. `mark`
    stands before those.
    """

    admin_form: InlineAdminForm
    kind: str
    kind_name: str
    name: str
    is_open: bool
    states: list[LanguageState] = field(default_factory=list)
    steps: PartSteps = NO_STEPS
    mark: SafeString | str = ""
    is_blank: ClassVar[bool] = False

    @property
    def form(self) -> ModelForm:
        return self.admin_form.form

    @property
    def to_mend(self) -> int:
        """How many notes stand at the row's fields."""
        return sum(len(getattr(field, "desk_notes", ())) for field in self.form.fields.values())

    @property
    def places(self) -> str:
        """The field that chooses what the row shows; empty for a row with words of its own."""
        return placing_field(type(self.form.instance))

    @property
    def part_kind(self) -> str:
        return part_kind(type(self.form.instance))


@dataclass(frozen=True)
class BlankRow:
    """A row of each kind that can be added; its names hold `__prefix__` until the script numbers them."""

    admin_form: InlineAdminForm
    prefix: str
    kind: str
    kind_name: str
    places: str
    part_kind: str
    name: ClassVar[str] = ""
    is_open: ClassVar[bool] = True
    is_blank: ClassVar[bool] = True
    to_mend: ClassVar[int] = 0
    states: ClassVar[Sequence[LanguageState]] = ()
    steps: ClassVar[PartSteps] = NO_STEPS
    mark: ClassVar[str] = ""

    @property
    def form(self) -> ModelForm:
        return self.admin_form.form


class RowFormSet(InlineAdminFormSet):
    """The rows of a kind on one page: their forms, and an empty one, are made once, and load the same scripts."""

    @classmethod
    def of(cls, stock: InlineAdminFormSet) -> "RowFormSet":
        """Return what the admin has made for a formset."""
        made = cls.__new__(cls)
        made.__dict__ |= vars(stock)
        return made

    @cached_property
    def _shown(self) -> list[InlineAdminForm]:
        return list(super().__iter__())

    def __iter__(self) -> Iterator[InlineAdminForm]:
        return iter(self._shown)

    @property
    def media(self) -> Media:
        return self.opts.media + (self._shown[0].form if self._shown else self.formset).media


def ordered(formsets: Any) -> list[InlineAdminForm]:
    """Return the forms of all rows, without those for new ones, in the order that they say."""
    found: list[InlineAdminForm] = []
    for one in formsets:
        forms = list(one)
        found += forms[:-1] if one.has_add_permission else forms
    return sorted(found, key=_ordering)


def blanks(formsets: Iterable[Any]) -> list[BlankRow]:
    """Return an empty row of each kind that this editor may add."""
    return [
        BlankRow(
            list(one)[-1],
            one.formset.prefix,
            one.opts.model.kind,
            kind_name(one.opts.model),
            placing_field(one.opts.model),
            part_kind(one.opts.model),
        )
        for one in formsets
        if one.has_add_permission
    ]


def kind_name(model: type[OrderedRow]) -> str:
    return capfirst(str(model._meta.verbose_name))


def is_open(admin_form: InlineAdminForm) -> bool:
    """Whether the row has something to be looked at: it is new, or it was refused."""
    form = admin_form.form
    return form.instance._state.adding or (form.is_bound and bool(form.errors))


def placing_field(model: type[OrderedRow]) -> str:
    """Return the name of the foreign key to what the row shows, empty where it has none."""
    return next((key.name for key in _keys(model)), "")


def part_kind(model: type[OrderedRow]) -> str:
    """Return the kind of what the row shows, such as `care_box`."""
    kinds: Mapping[Any, str] = {model: kind for kind, model in AGGREGATES.items()}
    return next((kinds[key.related_model] for key in _keys(model)), "")


def _keys(model: type[OrderedRow]) -> list[Any]:
    return [
        one for one in model._meta.concrete_fields if one.related_model in AGGREGATES.values() and one.name != "parent"
    ]


def _ordering(admin_form: InlineAdminForm) -> int:
    value = admin_form.form["ordering"].value()
    return int(value) if str(value).isdecimal() else 0
