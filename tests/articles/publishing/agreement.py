"""Saves of forms and looks at what they say of translations, for tests of every kind of block and object."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.content.blocks import BLOCKS
from articles.content.desk_object import DeskObject
from articles.content.texts import Article
from articles.publishing.agreeing import before, note
from articles.publishing.steps import item_steps
from articles.publishing.vouching import vouch
from tests.factories.desk import NOON
from tests.factories.shelf import later

# Kind of block to a column with words of its own.
OWN = {
    "heading": "text",
    "text": "text",
    "key_points": "text",
    "steps": "title",
    "note": "title",
    "table": "cells",
    "related": "title",
}
# Where the words of a shared object stand: a name for the test, the way from the article, a column, the block.
SHARED: dict[str, tuple[Callable[[Article], models.Model], str, str]] = {
    "quote": (lambda article: article.quoteblock_set.get().quote, "text", "quote"),
    "note on the evidence": (lambda article: article.quoteblock_set.get().quote, "verdict_note", "quote"),
    "speaker": (lambda article: article.quoteblock_set.get().quote.expert, "post", "quote"),
    "workplace": (lambda article: article.quoteblock_set.get().quote.expert.organisation, "name", "quote"),
    "care box": (lambda article: article.careboxblock_set.get().care_box, "triggers", "care_box"),
    "care service": (lambda article: article.careboxblock_set.get().care_box.services.first(), "note", "care_box"),
    "evidence table": (lambda article: article.evidencetableblock_set.get().evidence_table, "title", "evidence_table"),
    "evidence row": (
        lambda article: article.evidencetableblock_set.get().evidence_table.rows.first(),
        "finding",
        "evidence_table",
    ),
    "accounts": (lambda article: article.accountsblock_set.get().accounts, "note", "accounts"),
    "quote in accounts": (
        lambda article: article.accountsblock_set.get().accounts.entries.first().quote,
        "text",
        "accounts",
    ),
    "picture": (lambda article: article.figureblock_set.get().picture, "caption", "figure"),
}


def save(obj: DeskObject, vera: User, *changed: models.Model, only: bool = False) -> None:
    """Save these rows as one save of the object's form."""
    stored = type(obj)._default_manager.get(pk=obj.pk)
    with transaction.atomic():
        was = before(stored)
        for row in changed or (obj,):
            row.save()
        note(type(obj)._default_manager.get(pk=obj.pk), was, this_language_only=only, by=vera, at=later(1))


def reword(row: models.Model, name: str, *languages: str) -> models.Model:
    for language in languages:
        setattr(row, f"{name}_{language}", f"Иначе {language}" if name != "cells" else f"Иначе | {language}\nда | нет")
    return row


def agree(item: Any, vera: User) -> None:
    found = item_steps(item)
    vouch(item, found.language, found.original, list(found.steps), by=vera, at=NOON)


def state(item: Any, part: object) -> str:
    return item_steps(type(item)._default_manager.get(pk=item.pk)).steps[str(part)].state.value


def behind(item: Any) -> set[str]:
    found = item_steps(type(item)._default_manager.get(pk=item.pk)).steps.values()
    return {step.part if step.part == "head" else step.kind for step in found if step.state == "behind"}


def block_of(article: Article, kind: str) -> Any:
    model = next(model for model in BLOCKS if model.kind == kind)
    return model._default_manager.filter(parent=article).first()


def holder(row: Any) -> DeskObject:
    return row if isinstance(row, DeskObject) else row.parent
