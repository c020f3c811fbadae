"""Every field of the desk is public or internal: what is public is in what would be published, the rest is nowhere."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from pytest_django import DjangoDbBlocker

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, ROWS, kind_of, plain_fields
from articles.content.blocks import BLOCKS
from articles.content.desk_object import DeskObject
from articles.content.fields import RichTextField, TableField
from articles.content.texts import TEXTS, FaqEntry
from articles.editions.envelope import Credits
from articles.editions.kinds import kinds
from articles.editions.shelf import Address, Change, Edition, KnownService, Mention, Standing
from articles.publishing.credits import credits_of
from articles.publishing.desks import ITEMS, desk
from tests.factories.desk import DISCLOSED, NOON, a_quote, a_source, an_expert, an_organisation
from tests.factories.desk_kinds import (
    a_care_box,
    a_care_service,
    a_page,
    a_picture,
    a_question,
    a_term,
    an_article_with_everything,
    an_evidence_table,
    some_accounts,
)
from tests.factories.press import publish_item
from tests.factories.triage_desk import a_protocol
from tests.services.scenes import scene
from triage.protocols.tables import FirstAid, Level, Protocol

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MODELS: dict[str, type[models.Model]] = {
    **AGGREGATES,
    **{f"{rows.name}/{row.kind}": row for rows in ROWS.values() for row in rows.models},
}

# Public, and not in the document of what they belong to.
BESIDE = {
    # Which language is the translation: the envelope says it.
    *((kind, "original_language") for kind in ITEMS),
    # When, the journal says; in the document a notice stands in its place.
    ("quote", "withdrawn_at"),
    ("source", "withdrawn_at"),
    # Shown where this language is the translation alone: tests of credits look at it.
    *((kind, "translators") for kind in TEXTS),
    # Pages about the site belong to no topic and are about no condition, and their form asks for none.
    ("page", "topics"),
    ("page", "conditions"),
    # An order is seen only among others: a rank for each answer stands whatever comes first.
    ("triage_question", "position"),
    # Required whatever is ticked, so nothing is offered to tick.
    *((f"blocks/{model.kind}", "essential") for model in BLOCKS if model.always_required),
}

# Letters that the rest of the data has none of, so that finding them means a leak.
SECRET = "ѪѬѨѩѮѯ"


def an_item_of_every_kind() -> dict[str, DeskObject]:
    """With every field of all that it shows filled, and others to be shown in their place."""
    article = an_article_with_everything()
    speaker = an_expert(
        organisation=an_organisation(url="https://clinic.invalid/"),
        slug_ru="anna", slug_en="anna-testova", credentials_ru="к. м. н.", credentials_en="PhD",
        interests_ru="Ничего.", interests_en="Nothing.", **DISCLOSED,
    )  # fmt: skip
    quote = article.quoteblock_set.get().quote
    quote.expert, quote.reply_ru, quote.reply_en = speaker, "Согласна.", "I agree."
    quote.replied_on = quote.approved_on = datetime.date(2026, 11, 2)
    quote.save()
    box = article.careboxblock_set.get().care_box
    box.services.add(a_care_service("112", country="EU"))
    for make in (a_quote, a_care_box, an_evidence_table, some_accounts, a_picture):
        make()
    question: Any = FaqEntry.objects.get()
    question.topics.set(article.topics.all())
    question.conditions.set(article.conditions.all())
    a_question("another-question")
    topic: Any = article.topics.get()
    # What is moved away from a protocol goes where nothing is yet.
    Protocol.objects.create()
    return {
        "article": article, "faq": question, "page": a_page(), "term": a_term(icd10="R25.2"), "topic": topic,
        "expert": speaker, "protocol": a_protocol(),
    }  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, tuple[Any, Any]]]:
    with scene(django_db_blocker):
        yield {kind: (type(item), item.pk) for kind, item in an_item_of_every_kind().items()}


@pytest.fixture
def items(made: dict[str, tuple[Any, Any]]) -> dict[str, DeskObject]:
    return {kind: model._default_manager.get(pk=pk) for kind, (model, pk) in made.items()}


def rows_shown(items: dict[str, DeskObject]) -> dict[str, models.Model]:
    """A row of each kind that the article, or an item by itself, shows."""
    article: Any = items["article"]
    placed = {model.kind: model._default_manager.filter(parent=article.pk).first() for model in BLOCKS}
    shown = {model.shared: getattr(placed[model.kind], model.shared) for model in BLOCKS if model.shared}
    return {
        **items,
        **shown,
        **{f"blocks/{kind}": block for kind, block in placed.items()},
        "rows/evidence_row": shown["evidence_table"].rows.first(),
        "entries/account": shown["accounts"].entries.first(),
        "organisation": shown["quote"].expert.organisation,
        "source": shown["quote"].source,
        "care_service": shown["care_box"].services.first(),
        **rows_of_protocol(items["protocol"]),
    }


def rows_of_protocol(protocol: Any) -> dict[str, models.Model]:
    question = protocol.questions.get(code="danger")
    return {
        "triage_level": protocol.levels.get(level="emergency"),
        "triage_question": question,
        "rules/rule": protocol.rules.first(),
        "first_aid/first_aid": FirstAid.objects.get(),
        "options/option": question.options.first(),
    }


def documents(item: DeskObject) -> list[tuple[str, Credits | None]]:
    """What readers would see: the words, and who is named beside them."""
    fresh = type(item)._default_manager.get(pk=item.pk)
    return [
        (desk(kind_of(fresh)).compose(fresh, language).content_digest, credits_of(fresh, language))
        for language in LANGUAGES
    ]


def another(column: models.Field, row: models.Model) -> Any:
    """Return another value of the column than the row has."""
    value = getattr(row, column.attname)
    if column.choices:
        return next(code for code, _name in column.flatchoices if code != value)
    if isinstance(column, models.ForeignKey):
        others = column.related_model._default_manager.exclude(pk=value)  # type: ignore[union-attr]
        beside = type(row)._default_manager.values(column.name)
        return (others.exclude(pk__in=beside) if others.exclude(pk__in=beside).exists() else others)[:1].get().pk
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.DateField):
        return datetime.date(2026, 10, 31)
    if isinstance(column, models.IntegerField):
        return value + 1
    if isinstance(column, models.JSONField):
        return value[:-1]
    if isinstance(column, RichTextField):
        return f"{value}<p>Ещё.</p>"
    if isinstance(column, TableField):
        return f"{value}\nЕщё | раз"
    return f"{value}9"[-(column.max_length or 0) :]


def changes(row: models.Model, name: str) -> Iterator[str]:
    """Give the row another value in each column of a field, and yield the column."""
    columns = next(columns for one, columns, _translated in plain_fields(type(row)) if one == name)
    for column in columns:
        if isinstance(column, models.ManyToManyField):
            held = getattr(row, name)
            others = column.related_model._default_manager.exclude(pk__in=held.values("pk"))  # type: ignore[union-attr]
            # One more rather than none: a list of questions without a question is not shown at all.
            if (one_more := others.first()) is not None:
                held.add(one_more)
            else:
                held.clear() if held.exists() else held.add(a_source())
        else:
            values = {column.attname: another(column, row)}
            type(row)._default_manager.filter(pk=row.pk).update(**values)
        yield column.name


@pytest.mark.parametrize("kind", MODELS)
def test_what_is_not_called_internal_is_in_what_would_be_published(kind: str, items: dict[str, DeskObject]) -> None:
    row = rows_shown(items)[kind]
    item = items.get(kind, items["protocol" if row._meta.app_label == "triage" else "article"])
    # A protocol has each level once, so another one has to be free.
    Level.objects.filter(level="same_day").delete()
    public = [
        name
        for name, _columns, _translated in plain_fields(type(row))
        if name not in {"id", *type(row).internal} and (kind, name) not in BESIDE  # type: ignore[attr-defined]
    ]
    unseen = []
    # From the last field: what a licence is decides whether its address is asked for.
    for name in reversed(public):
        was = documents(item)
        for column in changes(row, name):
            now = documents(item)
            if now == was:
                unseen.append(column)
            was = now
    assert unseen == []


def fill(model: type[models.Model]) -> None:
    """Put the secret into every internal column of every row, past forms and saves."""
    internal: frozenset[str] = model.internal  # type: ignore[attr-defined]
    columns = [
        column
        for column in model._meta.concrete_fields
        if column.name in internal or column.name.rpartition("_")[0] in internal
    ]
    words = {column.attname: SECRET for column in columns if isinstance(column, models.CharField | models.TextField)}
    for name in ("region", "text_kind"):
        # A code that the program reads, and no words.
        words.pop(name, None)
    if words:
        model._default_manager.update(**words)


def test_what_is_called_internal_is_in_no_edition_page_or_answer(client: Client, items: dict[str, DeskObject]) -> None:
    editor = User.objects.get()
    for model in MODELS.values():
        fill(model)
    for item in items.values():
        publish_item(type(item)._default_manager.get(pk=item.pk), by=editor, at=NOON)

    assert {row.kind for row in Standing.objects.all()} == set(ITEMS)
    kept = [
        str(row)
        for model in (Edition, Mention, Change, Standing, Address, KnownService)
        for row in model._default_manager.values()
    ]
    lists = ["articles", "faq", "topics", "terms", "experts", "pages", "quotes", "sources", "changes"]
    sections = ["articles", "faq", "people", "glossary", "sources", "about"]
    addresses = [row.page_path.partition("#")[0] for row in Standing.objects.all()]
    addresses += [f"/{language}/{section}/" for language in LANGUAGES for section in sections]
    for language in LANGUAGES:
        addresses += [f"/api/v1/{one}/?lang={language}" for one in lists]
        addresses += [
            f"{kind.api.format(item=items[kind.name].pk)}?lang={language}" for kind in kinds() if kind.name in items
        ]
    sent = {address: client.get(address) for address in addresses}

    assert {address: answer.status_code for address, answer in sent.items() if answer.status_code != 200} == {}
    assert [text for text in [*kept, *(answer.content.decode() for answer in sent.values())] if SECRET in text] == []
