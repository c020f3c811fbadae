"""What of a form somebody may change: their languages, and what belongs to no language. The rest is there to be read.

A field that somebody may not change is disabled: whatever is posted for it, the form goes on holding what is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseForm, CharField, Field, HiddenInput, Textarea
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.admin.desk.posting import posted
from articles.admin.desk.text_fields import sanitised
from articles.admin.desk.typed import BRINGS_BACK, places
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import ROWS, kind_of, uuid_of
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.content.unsaved_rows import unsaved_row
from articles.editorial.revisions import row_last_saved
from articles.editorial.rights import languages_of, may_compose

_EVERYBODYS = frozenset({"internal_note"})


@dataclass(frozen=True)
class Held:
    """The languages in which somebody writes, and whether they may change what belongs to none."""

    languages: frozenset[Language]
    composes: bool

    @property
    def everything(self) -> bool:
        return self.composes and len(self.languages) == len(LANGUAGES)

    def may_change(self, column: models.Field) -> bool:
        """Return whether a column of an object or of one of its rows is theirs to change."""
        language = getattr(column, "language", "") or ""
        if language:
            return language in self.languages
        return self.composes or column.name in _EVERYBODYS


def held(request: HttpRequest) -> Held:
    """Return what the person at the form may change; asked for once in each request."""
    known: Held | None = getattr(request, "desk_held", None)
    if known is None:
        known = Held(languages_of(request.user), may_compose(request.user))
        request.desk_held = known  # type: ignore[attr-defined]
    return known


class ReadWords(Textarea):
    """Words that somebody may only read, as words and not as a field that cannot be typed into."""

    def __init__(self, *, language: str, is_rich: bool) -> None:
        super().__init__({"lang": language})
        self.is_rich = is_rich

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """Return nothing: a label belongs to a field."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        words = self.format_value(value) or ""
        shown = mark_safe(sanitised(words)) if self.is_rich else conditional_escape(words)
        kind = "desk-read desk-read-rich" if self.is_rich else "desk-read"
        empty = format_html('<span class="desk-read-empty">{}</span>', _("nothing yet"))
        return format_html('<div class="{}" lang="{}">{}</div>', kind, self.attrs["lang"], shown if words else empty)


def locked(field: Field, column: models.Field) -> Field:
    """Return the field so that it can only be read."""
    field.disabled = True
    field.required = False
    if language := getattr(column, "language", ""):
        field.widget = ReadWords(language=language, is_rich="data-rich-text" in field.widget.attrs)
        field.help_text = ""
    return field


def with_stored(
    obj: DeskObject | None, post: QueryDict, form: BaseForm, rows: Mapping[OrderedRow, BaseForm]
) -> QueryDict:
    """Return what was posted, with what is stored in every field that is only there to be read.

    So the page of a conflict compares no words that nobody could have typed.
    """
    result = post.copy()
    _fill(result, "", form)
    kinds = ROWS.get(kind_of(obj)) if obj else None
    by_id = {str(row.pk): one for row, one in rows.items()}
    for place in (place for model in (kinds.models if kinds else ()) for place in places(post, model)):
        if stored := by_id.get(post.get(f"{place}id", "")):
            _fill(result, place, stored)
    return result


def _fill(result: QueryDict, prefix: str, form: BaseForm) -> None:
    for name, field in form.fields.items():
        if field.disabled:
            result.setlist(prefix + name, posted(form[name]))


class HeldRows(BaseInlineFormSet):
    """Rows of somebody who writes in one language: a row with words in the other one is not theirs to delete.

    A row that a colleague deleted and that they keep comes back with all that it said when it was saved last.
    `at_hand` are the rows, in their order, where they were read already.
    """

    held_to: frozenset[Language] = frozenset(LANGUAGES)
    at_hand: Sequence[models.Model] | None = None

    def get_queryset(self) -> Any:
        return super().get_queryset() if self.at_hand is None else self.at_hand

    @property
    def brought_back(self) -> list[BaseForm]:
        """The forms of rows that come back."""
        return [form for form in self.forms if BRINGS_BACK in form.fields]

    def _construct_form(self, i: int, **kwargs: Any) -> BaseForm:
        again = self._again(i) if self.is_bound and i >= self.initial_form_count() else None
        form: BaseForm = super()._construct_form(i, **(kwargs | ({"instance": again} if again else {})))  # type: ignore[misc]
        if again:
            form.fields[BRINGS_BACK] = CharField(initial=str(again.pk), required=False, widget=HiddenInput)
        return form

    def _again(self, i: int) -> OrderedRow | None:
        """The row that a new form stands for, as it was saved last; None if it never was, or is there."""
        id = uuid_of(self.data.get(f"{self.add_prefix(i)}-{BRINGS_BACK}"))
        if id is None or self.model._base_manager.filter(pk=id).exists():
            return None
        saved = row_last_saved(self.instance, id)
        return unsaved_row(self.model, saved) if saved and saved["kind"] == self.model.kind else None

    def clean(self) -> None:
        super().clean()
        others = [language for language in LANGUAGES if language not in self.held_to]
        for form in self.deleted_forms if others else ():
            if any(_says(form.instance, language) for language in others):
                raise ValidationError(
                    _("“%(name)s” has words in a language in which you do not write. It cannot be deleted here.")
                    % {"name": form.instance},
                    code="other-language",
                )


def _says(row: models.Model, language: Language) -> bool:
    return any(
        getattr(column, "language", "") == language and row.__dict__.get(column.attname)
        for column in row._meta.concrete_fields
    )
