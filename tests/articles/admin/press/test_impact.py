"""The impact page: what readers will see differently and where, and one button that sends it out."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.blocks import AccountsBlock, CareBoxBlock, EvidenceTableBlock
from articles.content.care import CareService
from articles.content.evidence import EvidenceRow
from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.texts import Article
from articles.editions import queries
from tests.factories.desk import a_quote, a_source, an_article, place
from tests.factories.desk_kinds import a_care_box, a_care_service, an_evidence_table, some_accounts
from tests.factories.press import publish_item

pytestmark = pytest.mark.django_db

TERMS = {"class": "safety", "note_ru": "Изменён номер.", "note_en": "Another number."}


@pytest.fixture
def service(editor: User) -> CareService:
    """103 on the live pages of two articles, and 113 at the desk."""
    service = a_care_service("103")
    box = a_care_box(services=[service])
    for number in ("first", "second"):
        article = an_article(number, title_en=f"The {number} article")
        CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
        publish_item(article, by=editor)
    CareService.objects.update(number="113")
    return service


def page_of(obj: CareService | Quote | Expert, kind: str = "care_service") -> str:
    return reverse("admin:impact", args=[kind, obj.pk])


def seen(html: str) -> list[str]:
    return re.findall(r'name="seen" value="([0-9a-f]{64})"', html)


def numbers() -> set[str]:
    texts = [queries.by_item(item) for item in Article.objects.values_list("pk", flat=True)]
    parts = [part for text in texts for code in ("ru", "en") for part in text.shelved(code).document.shared_parts()]
    return {part.number for part in parts if part.part_kind == "care_service"}


def test_it_shows_the_word_difference_once_for_all_pages_that_change_alike(desk: Client, service: CareService) -> None:
    html = desk.get(page_of(service)).content.decode()

    assert html.count("<del>103</del><ins>113</ins>") == 2
    assert html.count("On 2 live pages") == 2
    assert "The first article" in html
    assert "/en/articles/second/" in html
    assert "4 live pages still show the old text" in html
    assert "Send out to all 4 pages" in html


def test_one_button_changes_every_page(desk: Client, service: CareService) -> None:
    html = desk.get(page_of(service)).content.decode()

    answer = desk.post(page_of(service), TERMS | {"seen": seen(html)}, follow=True)

    assert "Sent out to 4 live pages. Drafts were not touched." in answer.content.decode()
    assert "Nothing: every live page shows it as the desk has it." in answer.content.decode()
    assert numbers() == {"113"}


def test_what_is_refused_leaves_everything_typed_and_names_the_fields(desk: Client, service: CareService) -> None:
    html = desk.get(page_of(service)).content.decode()

    answer = desk.post(page_of(service), {"seen": seen(html), "class": "safety", "note_ru": "Изменён номер."})

    assert answer.status_code == 422
    assert 'href="#note_en"' in answer.content.decode()
    assert "Изменён номер." in answer.content.decode()
    assert 'value="safety" checked' in answer.content.decode()
    assert numbers() == {"103"}


def test_everything_that_lacks_is_named_at_once_each_at_its_field(desk: Client, service: CareService) -> None:
    html = desk.get(page_of(service)).content.decode()

    answer = desk.post(page_of(service), {"seen": seen(html), "note_ru": "a\0b"})

    refused = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'href="#{field}"' in refused for field in ("class", "note_ru", "note_en"))
    assert numbers() == {"103"}


def test_what_moved_after_it_was_looked_at_is_looked_at_again(desk: Client, service: CareService) -> None:
    html = desk.get(page_of(service)).content.decode()
    CareService.objects.update(number="911")

    answer = desk.post(page_of(service), TERMS | {"seen": seen(html)})

    assert answer.status_code == 422
    assert "Something was changed after you looked at it." in answer.content.decode()
    assert numbers() == {"103"}


def test_what_keeps_it_from_going_out_is_said_before_anything_is_typed(desk: Client, service: CareService) -> None:
    CareService.objects.update(name_en="")

    html = desk.get(page_of(service)).content.decode()

    assert "To be mended first" in html
    assert "focus=careservice" in html


def test_parts_inside_it_are_named_and_go_out_by_themselves(desk: Client, editor: User) -> None:
    quote, article = a_quote(), an_article()
    place(article, quote)
    publish_item(article, by=editor)
    Quote.objects.update(text_en="Otherwise.")
    Expert.objects.update(post_en="head physician")

    html = desk.get(page_of(quote, "quote")).content.decode()

    assert "What stands inside it and differs too goes out by itself:" in html
    assert page_of(quote.expert, "expert") in html
    assert "head physician" not in html


def test_rows_and_sources_are_shown_in_words(desk: Client, editor: User) -> None:
    table, accounts, article = an_evidence_table(), some_accounts(), an_article()
    EvidenceTableBlock.objects.create(parent=article, evidence_table=table, ordering=30)
    AccountsBlock.objects.create(parent=article, accounts=accounts, ordering=40)
    publish_item(article, by=editor)
    EvidenceRow.objects.filter(option_en="Magnesium").update(verdict="unlikely")
    EvidenceRow.objects.get(option_en="Stretching").sources.add(a_source(authors="Newcomer, N.", issued="2025"))
    accounts.entries.first().delete()
    third = a_quote(text_en="A third voice.", text_ru="Третий голос.")
    accounts.entries.create(quote=third, ordering=90)

    html = desk.get(reverse("admin:impact", args=["evidence_table", table.pk])).content.decode()
    assert "unlikely" in html
    assert "may_help" not in html
    assert "Newcomer" in html
    html = desk.get(reverse("admin:impact", args=["accounts", accounts.pk])).content.decode()
    assert "A third voice." in html
    assert "&#x27;quote&#x27;" not in html


def test_pages_that_show_it_as_it_is_are_named_apart(desk: Client, service: CareService) -> None:
    CareService.objects.update(number="103")

    html = desk.get(page_of(service)).content.decode()

    assert "Live pages that show it as the desk has it" in html
    assert "Send out" not in html


def test_who_may_not_publish_does_not_get_in(client: Client, service: CareService) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    assert client.get(page_of(service)).status_code == 403


def test_what_is_no_shared_part_or_is_gone_is_not_found(desk: Client) -> None:
    article = an_article()

    assert desk.get(reverse("admin:impact", args=["article", article.pk])).status_code == 404
    assert desk.get(reverse("admin:impact", args=["quote", article.pk])).status_code == 404
