"""Translating one part of a text by itself: its own small form, saved like the large one.

The guard is the part: whoever changed another part, or this part's words in no language, meets nobody here. Only when
the very words were changed meanwhile is the translation shown again beside them, with nothing lost and nothing saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import models
from django.forms.models import modelform_factory
from django.http import HttpRequest, QueryDict

from articles.admin.desk import blocks as block_forms
from articles.admin.site import desk_site
from articles.canonical.canonical_json import digest
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import plain_fields
from articles.content.blocks import Block, blocks
from articles.content.desk_object import DeskObject
from articles.content.showing import HEAD
from articles.content.texts import Text
from articles.editorial.revisions import claim_version, keep
from articles.publishing.agreeing import before, note

# People are named at the head of a text: nothing of the original has to be followed there.
_CREDITS = frozenset({"authors", "translators"})


@dataclass(frozen=True)
class PartForm:
    """The form of one part in one language; `seen` stands for its words in both, as they were when it was opened."""

    row: models.Model
    form: forms.BaseForm
    seen: str


def row_of(item: DeskObject, part: str) -> models.Model | None:
    """Return the row whose columns a part's words stand in; None for a part that is not there."""
    if part == HEAD:
        return item
    placed = blocks(item) if isinstance(item, Text) else []
    return next((block for block in placed if str(block.pk) == part), None)


def columns(row: models.Model, language: Language) -> list[str]:
    """Return the columns in which a row's own words stand in a language; none where another object has the words."""
    return [
        column.name
        for name, found, translated in plain_fields(type(row))
        if translated and name not in _CREDITS and name not in row.internal  # type: ignore[attr-defined]
        for column in found
        if getattr(column, "language", "") == language
    ]


def part_form(
    request: HttpRequest, row: models.Model, language: Language, data: QueryDict | None = None
) -> PartForm | None:
    """Return the form of a part; None for one without words of its own."""
    names = columns(row, language)
    if not names:
        return None
    model = type(row)
    admin = _admin(row)
    form_class = modelform_factory(
        model, form=admin.form, fields=names, formfield_callback=partial(admin.formfield_for_dbfield, request=request)
    )
    return PartForm(row, form_class(data, instance=row), seen_of(row))


def seen_of(row: models.Model) -> str:
    """Stands for what a part says in both languages."""
    return digest([[row.__dict__.get(name) or "" for name in columns(row, language)] for language in LANGUAGES])


def save_part(item: DeskObject, form: PartForm, *, this_language_only: bool, by: User, at: datetime) -> bool:
    """Save what was typed, under the text's next version, and note what it says of the translation.

    Returns whether anything differed. To be called behind the item's lock, with a form that is valid.
    Raises NotAllowedError for a language in which the person does not write.
    """
    changed = list(form.form.changed_data)
    if not changed:
        return False
    stored = type(item)._default_manager.get(pk=item.pk)
    was = before(stored)
    claim_version(stored, stored.version)
    form.row.save(update_fields=changed)
    saved = type(item)._default_manager.get(pk=item.pk)
    keep(saved, by=by, at=at, before=was.data)
    note(saved, was, this_language_only=this_language_only, by=by, at=at)
    return True


def _admin(row: models.Model) -> Any:
    if not isinstance(row, Block):
        return desk_site._registry[type(row)]
    inlines: Mapping[Any, Any] = {inline.model: inline for inline in block_forms.INLINES}
    return inlines[type(row)](type(row.parent), desk_site)
