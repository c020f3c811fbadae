"""Withdrawing an item from the desk: look first, then act; and the way back."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.admin.press.ready_reasons import ready_sentence
from articles.content.texts import Article
from articles.editions import queries
from tests.factories.desk import a_text, an_article
from tests.factories.desk_kinds import an_article_with_everything
from tests.factories.recalls import a_partner
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

REASONS = {"reason_code": "outdated", "reason_ru": "Текст устарел.", "reason_en": "It is out of date."}
BOTH = {"languages": ["ru", "en"]}


def page_of(article: Article) -> str:
    return reverse("admin:withdraw_article", args=[article.pk])


def states(article: Article) -> dict[str, str]:
    found = queries.by_id("article", article.pk)
    return {code: standing.state for code, standing in found.by_language.items()}


@pytest.fixture
def live(editor: User) -> Article:
    article = an_article()
    publish_article(article, by=editor)
    return article


def test_first_comes_the_page_that_readers_will_see_and_nothing_is_withdrawn(desk: Client, live: Article) -> None:
    answer = desk.post(page_of(live), REASONS | BOTH | {"_look": "1"})

    html = answer.content.decode()
    assert answer.status_code == 200
    frames = [unescape(address) for address in re.findall(r'<iframe src="([^"]+)"', html)]
    assert all("reason_code=outdated" in address for address in frames)
    pages = [desk.get(address) for address in frames]
    assert ["Текст устарел." in pages[0].content.decode(), "It is out of date." in pages[1].content.decode()] == [
        True
    ] * 2
    assert {page["X-Frame-Options"] for page in pages} == {"SAMEORIGIN"}
    assert 'name="_withdraw"' in html
    assert states(live) == {"ru": "live", "en": "live"}


def test_a_reason_is_chosen_before_anything_is_typed_and_nothing_happens_yet(desk: Client, live: Article) -> None:
    html = desk.get(page_of(live)).content.decode()

    assert re.findall(r'<button[^>]*name="reason_code" value="(\w+)"', html) == [
        "safety", "error", "outdated", "source", "request", "legal", "duplicate",
    ]  # fmt: skip
    assert "_withdraw" not in html
    assert "<textarea" not in html


@pytest.mark.parametrize("code", ["safety", "error", "outdated", "source", "request", "legal", "duplicate"])
def test_every_reason_has_a_ready_sentence_in_both_languages(desk: Client, live: Article, code: str) -> None:
    html = desk.post(page_of(live), BOTH | {"reason_code": code}).content.decode()

    sentences = [unescape(text) for text in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", html)]
    assert len(sentences) == 2
    assert re.search("[а-яё]", sentences[0])
    assert not re.search("[а-яё]", sentences[1])
    assert all(len(sentence) > 20 for sentence in sentences)
    assert 'name="_withdraw"' in html
    assert states(live) == {"ru": "live", "en": "live"}


def test_another_reason_brings_its_own_sentence_and_leaves_what_was_typed(desk: Client, live: Article) -> None:
    typed = BOTH | {"reason_ru": ready_sentence("safety", "ru"), "reason_en": "It names a dose that is too high."}

    back = desk.post(page_of(live), typed | {"reason_code": "safety", "_change": "1"}).content.decode()
    html = desk.post(page_of(live), typed | {"reason_code": "outdated"}).content.decode()

    assert "press-choice" in back
    assert "It names a dose that is too high." in back
    assert ready_sentence("outdated", "ru") in html
    assert ready_sentence("safety", "ru") not in html
    assert "It names a dose that is too high." in html


def test_what_will_happen_is_said_before_the_act(desk: Client, live: Article) -> None:
    grave = desk.post(page_of(live), BOTH | {"reason_code": "safety"}).content.decode()
    mild = desk.post(page_of(live), BOTH | {"reason_code": "duplicate"}).content.decode()

    assert "must be gone within the hour" in grave
    assert "must be gone within the hour" not in mild
    assert "Partners are told to take it down at once." in mild


def test_what_the_text_says_to_do_in_an_emergency_is_asked_after(desk: Client, editor: User) -> None:
    article = an_article_with_everything()
    publish_article(article, by=editor)

    gone = desk.post(page_of(article), BOTH | {"reason_code": "error"}).content.decode()
    kept = desk.post(page_of(article), BOTH | {"reason_code": "legal"}).content.decode()

    assert "goes too, for it may be what was wrong" in gone
    assert "in an emergency stays on that page" in kept


def test_after_the_act_the_way_leads_to_whom_it_has_reached(desk: Client, live: Article) -> None:
    a_partner("One"), a_partner("Other")
    answer = desk.post(page_of(live), REASONS | BOTH | {"_withdraw": "1"}, follow=True)

    html = answer.content.decode()
    assert "2 partners may show this text and are being told." in html
    assert '<a href="/admin/recalls/3/">' in html


def test_without_partners_nobody_is_told_of_any(desk: Client, live: Article) -> None:
    html = desk.post(page_of(live), REASONS | BOTH | {"_withdraw": "1"}, follow=True).content.decode()
    assert "/admin/recalls/3/" not in html


def test_then_it_is_withdrawn_in_the_languages_that_were_ticked(desk: Client, live: Article) -> None:
    desk.post(page_of(live), REASONS | {"languages": ["en"], "_withdraw": "1"})

    assert states(live) == {"ru": "live", "en": "withdrawn"}
    tombstone = queries.by_id("article", live.pk).by_language["en"].tombstone
    assert (tombstone["reason_code"], tombstone["reason"]) == ("outdated", "It is out of date.")


@pytest.mark.parametrize(
    ("lacking", "field"), [("reason_ru", "reason_ru"), ("reason_code", "reason_"), ("languages", "reason_")]
)
def test_what_is_lacking_is_named_and_the_rest_stays(desk: Client, live: Article, lacking: str, field: str) -> None:
    typed = {key: value for key, value in (REASONS | BOTH).items() if key != lacking}

    answer = desk.post(page_of(live), typed | {"_withdraw": "1"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}' in html
    assert "It is out of date." in html
    assert states(live) == {"ru": "live", "en": "live"}


def test_a_page_that_takes_its_place_is_found_by_its_address(desk: Client, live: Article, editor: User) -> None:
    other = an_article("better")
    publish_article(other, by=editor)
    typed = REASONS | BOTH | {"replacement": "http://testserver/en/articles/better/"}

    desk.post(page_of(live), typed | {"_withdraw": "1"})

    assert queries.by_id("article", live.pk).by_language["ru"].tombstone["replaced_by"] == str(other.pk)


@pytest.mark.parametrize("address", ["https://example.org/elsewhere/", "nonsense", "/", "  %00 "])
def test_an_address_that_is_not_ours_is_refused(desk: Client, live: Article, address: str) -> None:
    answer = desk.post(page_of(live), REASONS | BOTH | {"replacement": address, "_withdraw": "1"})

    assert answer.status_code == 422
    assert 'href="#replacement"' in answer.content.decode()
    assert states(live) == {"ru": "live", "en": "live"}


def test_texts_that_link_to_it_are_named(desk: Client, live: Article, editor: User) -> None:
    other = an_article("linking", title_en="The one that links")
    a_text(other, ordering=50, ru="Смотрите.", en="See.")
    block = other.textblock_set.last()
    link = f'<a data-kind="article" data-item="{live.pk}">там</a>'
    block.text_ru, block.text_en = f"<p>Смотрите {link}.</p>", f"<p>See {link}.</p>"
    block.save()
    publish_article(other, by=editor)

    html = desk.get(page_of(live)).content.decode()

    assert "The one that links" in html


def test_a_withdrawn_text_is_put_back_with_a_note(desk: Client, live: Article) -> None:
    desk.post(page_of(live), REASONS | {"languages": ["en"], "_withdraw": "1"})

    refused = desk.post(page_of(live), {"_restore": "en", "note_en": " "})
    desk.post(page_of(live), {"_restore": "en", "note_en": "It was right after all."})

    assert refused.status_code == 422
    assert states(live) == {"ru": "live", "en": "live"}


def test_a_language_that_does_not_exist_is_not_found(desk: Client, live: Article) -> None:
    assert desk.post(page_of(live), {"_restore": "de"}).status_code == 404


def test_the_shown_page_writes_what_was_typed_as_plain_words(desk: Client, live: Article) -> None:
    address = reverse("admin:withdrawn_page", args=["article", live.pk, "en"])

    html = desk.get(address, {"reason": "<script>alert(1)</script>"}).content.decode()

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_draft_cannot_be_withdrawn(desk: Client) -> None:
    assert desk.get(page_of(an_article())).status_code == 404


def test_without_the_role_the_page_is_closed(client: Client, live: Article) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    assert client.post(page_of(live), REASONS | BOTH | {"_withdraw": "1"}).status_code == 403
    assert states(live) == {"ru": "live", "en": "live"}
