"""Deleting: only what nobody uses and no reader ever saw."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from articles.content.aggregates import AGGREGATES
from articles.content.blocks import EvidenceTableBlock, TextBlock
from articles.content.evidence import EvidenceRow
from articles.content.organisations import Organisation
from articles.content.sources import Source
from articles.content.texts import Article
from articles.publishing.uses import uses
from articles.publishing.withdraw import withdraw
from tests.factories.desk import NOON, a_quote, a_source, an_article, an_organisation, place
from tests.factories.desk_kinds import a_page, a_term, an_article_with_everything, an_evidence_table
from tests.factories.press import publish_item
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def page_of(obj: models.Model) -> str:
    return reverse(f"admin:articles_{obj._meta.model_name}_delete", args=[obj.pk])


def delete(desk: Client, obj: models.Model) -> None:
    desk.post(page_of(obj), {"post": "yes"})


def exists(obj: models.Model) -> bool:
    return type(obj)._default_manager.filter(pk=obj.pk).exists()


def test_a_draft_is_deleted_with_its_blocks(desk: Client) -> None:
    article = an_article()

    assert "No reader has seen it" in desk.get(page_of(article)).content.decode()
    delete(desk, article)

    assert not exists(article)
    assert TextBlock.objects.count() == 0


def test_what_is_live_is_refused(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)

    assert "Readers have seen it" in desk.get(page_of(article)).content.decode()
    delete(desk, article)

    assert exists(article)


def test_what_was_published_once_is_refused(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    withdraw(
        "article", article.pk, ["ru", "en"], reason_code="error", reasons={"ru": "Ой.", "en": "Oh."}, by=editor, at=NOON
    )

    delete(desk, article)

    assert exists(article)


def test_a_quote_that_a_draft_places_is_refused_with_the_name_of_the_draft(desk: Client) -> None:
    quote = a_quote()
    article = an_article(title_en="Places the quote")
    place(article, quote)

    html = desk.get(page_of(quote)).content.decode()
    delete(desk, quote)

    assert reverse("admin:articles_article_change", args=[article.pk]) in html
    assert "Places the quote" in html
    assert exists(quote)


def test_a_source_that_a_text_cites_is_refused_although_no_key_leads_to_it(desk: Client) -> None:
    an_article(title_en="Cites the source")
    cited = Source.objects.get(title="Source of the text")

    html = desk.get(page_of(cited)).content.decode()
    delete(desk, cited)

    assert "Cites the source" in html
    assert exists(cited)


def test_a_source_whose_citing_text_was_published_and_then_cut_is_refused(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    cited = Source.objects.get(title="Source of the text")
    TextBlock.objects.all().delete()

    delete(desk, cited)

    assert exists(cited)


def test_a_workplace_is_refused_while_somebody_works_there(desk: Client) -> None:
    a_quote()
    workplace = Organisation.objects.get()

    delete(desk, workplace)

    assert exists(workplace)


@pytest.mark.parametrize("make", [a_source, an_organisation])
def test_what_nobody_uses_is_deleted(desk: Client, make) -> None:
    obj = make()

    delete(desk, obj)

    assert not exists(obj)


def test_an_article_that_another_draft_links_to_is_refused(desk: Client) -> None:
    target = an_article("target")
    other = an_article("other", title_en="Links there")
    link = f'<a data-kind="article" data-item="{target.pk}">there</a>'
    TextBlock.objects.filter(parent=other).update(text_en=f"<p>{link}</p>")

    html = desk.get(page_of(target)).content.decode()
    delete(desk, target)

    assert "Links there" in html
    assert Article.objects.count() == 2


OF_ARTICLES = [kind for kind, model in AGGREGATES.items() if model._meta.app_label == "articles"]


@pytest.mark.parametrize("kind", [kind for kind in OF_ARTICLES if kind not in ("term", "page")])
def test_what_is_live_or_used_is_refused_with_the_list_whatever_its_kind(desk: Client, editor: User, kind: str) -> None:
    publish_item(an_article_with_everything(), by=editor)
    obj = AGGREGATES[kind]._default_manager.first()
    named = {
        "organisation": "Anna Testova",
        "expert": "the neurologist",
        "faq": "Cramps in tests",
        "article": "Live text: Cramps in tests (EN)",
    }

    html = desk.get(page_of(obj)).content.decode()
    delete(desk, obj)

    assert "It cannot be deleted while it is used" in html
    assert named.get(kind, "Cramps in tests") in html
    assert exists(obj)


@pytest.mark.parametrize("make", [a_term, a_page])
def test_what_only_has_a_page_of_its_own_is_refused_with_that_page(
    desk: Client, editor: User, make: Callable[[], Any]
) -> None:
    obj = make()
    publish_item(obj, by=editor)

    html = desk.get(page_of(obj)).content.decode()
    delete(desk, obj)

    assert f"Live text: {obj.title_en} (EN)" in html
    assert exists(obj)


def test_a_row_is_deleted_with_its_parent_and_by_nobody_else(desk: Client, editor: User) -> None:
    article, table = an_article(), an_evidence_table()
    EvidenceTableBlock.objects.create(parent=article, evidence_table=table, ordering=30)
    publish_item(article, by=editor)

    assert uses(EvidenceRow.objects.first()) == uses(table)
    delete(desk, table)

    assert EvidenceRow.objects.filter(parent=table).count() == 2
