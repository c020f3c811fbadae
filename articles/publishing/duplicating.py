"""A text once more, as a draft of its own: the same words in new blocks, to be changed into another text.

It stands with the press and not with the writers, because only composing both tells which parts were in step.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content import aggregates, loading
from articles.content.texts import Text
from articles.editorial.confirmations import Confirmation
from articles.editorial.revisions import keep
from articles.publishing.compose import compose

# In the language of the title, whoever makes the copy.
MARKS: Mapping[Language, str] = {"ru": "(копия)", "en": "(copy)"}


def duplicate(text: Text, *, by: User, at: datetime) -> Text:
    """Make a draft with the words of `text` as it is saved, keep it as its own first version, and return it.

    It and its blocks get new ids, its addresses are empty and its titles marked. What a block places is shared and
    stays the same object. A translation that was in step is in step in the copy too, for its words are the same, and
    whoever confirmed it is still the one who did; comments stay with the original.

    Raises LoadError if something that the text refers to is gone.
    """
    data = aggregates.dump(text)
    name = aggregates.ROWS[text.kind].name
    renamed = {row["id"]: str(uuid4()) for row in data[name]}
    data |= {
        "id": str(uuid4()),
        "slug": dict.fromkeys(LANGUAGES, ""),
        "title": {language: _marked(data["title"][language], language) for language in LANGUAGES},
        name: [row | {"id": renamed[row["id"]]} for row in data[name]],
    }
    with transaction.atomic():
        copy: Any = loading.load(text.kind, data)
        _carry_confirmations(text, copy, renamed)
        keep(copy, by=by, at=at, copied_from=text.pk)
    return copy


def _marked(title: str, language: Language) -> str:
    if not title:
        return ""
    mark = MARKS[language]
    longest: int = Text._meta.get_field(f"title_{language}").max_length  # type: ignore[union-attr, assignment]
    return f"{excerpt(title, longest - len(mark) - 1)} {mark}"


def _carry_confirmations(text: Text, copy: Text, renamed: Mapping[str, str]) -> None:
    """Digests of parts hold ids, so each one is that of the copy's own part, where the original's was up to date."""
    language: Language = text.original_language  # type: ignore[assignment]
    was, now = compose(text, language).document.parts(), compose(copy, language).document.parts()
    for row in Confirmation.objects.filter(item=text.pk, language=text.translation_language):
        part = renamed.get(row.part, row.part)
        if part in now and was.get(row.part) == row.source_digest:
            # The row itself once more, so that everything it says beside goes along.
            row.pk, row.item, row.part, row.source_digest = None, copy.pk, part, now[part]
            row.save(force_insert=True)
