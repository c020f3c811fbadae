"""Where an object is used, drafts and live pages apart; a row belongs to its parent."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.accounts import AccountsEntry
from articles.content.aggregates import AGGREGATES
from articles.content.blocks import CareBoxBlock
from articles.content.evidence import EvidenceRow
from tests.factories.desk import an_article
from tests.factories.desk_kinds import (
    a_care_box,
    a_care_service,
    a_page,
    a_term,
    an_article_with_everything,
    an_evidence_table,
    some_accounts,
)
from tests.factories.press import publish_item
from tests.factories.triage_desk import a_protocol

pytestmark = pytest.mark.django_db


def page_of(kind: str, obj: object) -> str:
    return reverse("admin:used", args=[kind, obj.pk])  # type: ignore[attr-defined]


def test_a_number_is_found_through_the_box_that_names_it(desk: Client, editor: User) -> None:
    service = a_care_service()
    box = a_care_box(services=[service], title_en="Call {emergency} now if")
    article = an_article(title_en="Carries the box")
    CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)

    html = desk.get(page_of("care_service", service)).content.decode()

    assert html.index("now if") < html.index("Carries the box")
    assert "press-depth-1" in html
    assert "No reader has seen it." in html

    publish_item(article, by=editor)
    html = desk.get(page_of("care_service", service)).content.decode()
    assert "/en/articles/test-cramps/" in html.split("On live pages")[1]


def test_every_kind_of_object_has_such_a_page(desk: Client, editor: User) -> None:
    publish_item(an_article_with_everything(), by=editor)
    a_page(), a_term(), a_protocol()

    for kind, model in AGGREGATES.items():
        obj = model._default_manager.first()
        answer = desk.get(page_of(kind, obj))
        assert answer.status_code == 200, kind


def test_a_row_belongs_to_its_parent(desk: Client) -> None:
    table, accounts = an_evidence_table(), some_accounts()

    row = desk.get(page_of("evidence_row", EvidenceRow.objects.first()))
    entry = desk.get(page_of("account", AccountsEntry.objects.first()))

    assert row["Location"] == page_of("evidence_table", table)
    assert entry["Location"] == page_of("accounts", accounts)


def test_what_is_used_nowhere_says_so(desk: Client) -> None:
    html = desk.get(page_of("term", a_term())).content.decode()

    assert "Nothing at the desk uses it." in html
    assert "No reader has seen it." in html


def test_its_own_page_is_not_a_use(desk: Client, editor: User) -> None:
    term = a_term()
    publish_item(term, by=editor)

    html = desk.get(page_of("term", term)).content.decode()

    assert "Its own page:" in html
    assert "/en/glossary/#cramp" in html
    assert "Pages that show it" not in html


def test_nobody_without_the_right_to_look_gets_in(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    assert client.get(page_of("term", a_term())).status_code == 403


def test_an_unknown_kind_is_not_found(desk: Client) -> None:
    assert desk.get(page_of("nothing", a_term())).status_code == 404
