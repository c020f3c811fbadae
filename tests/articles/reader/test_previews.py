"""Previews are the live pages without what only publishing gives, and with a mark that they are drafts."""

import re

import msgspec
import pytest

from articles.editions import queries
from articles.editions.document import ArticleDocument
from articles.reader.previews import render_preview, render_withdrawn
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import read
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_quote,
    agreed,
    an_english_document,
    an_id,
    heading,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_care_box, a_faq, a_page, a_term, a_topic, an_expert, care_box

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def prose(html: str) -> str:
    found = re.search(r'<div class="prose flow">.*?(?=<dl class="review|</div>\n</article>)', html, re.DOTALL)
    assert found
    return found[0]


def test_a_preview_shows_the_text_exactly_as_the_live_page_will(fetch: Fetch) -> None:
    document = a_document(heading("Что это"), text("Слова.", name="t"), quoted(a_quote()))
    preview = render_preview(document, language="ru")
    shelve(document)

    assert prose(preview) == prose(fetch("/ru/articles/sudorogi-v-testah/").html)


def test_a_preview_is_marked_as_a_draft_and_closed_to_search_engines() -> None:
    page = read(render_preview(an_english_document(heading("What it is")), language="en"))

    assert page.words("p", class_="draft") == ["Draft: readers do not see this page"]
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []
    assert page.words("title")[0].startswith("Draft: ")


def test_links_of_a_preview_lead_where_they_would_lead_now() -> None:
    there = an_id("there")
    shelve(a_document(heading("x"), slug="drugaya"), item=there)
    draft = a_document(text(said(item_link("туда", there), item_link("никуда", an_id("no"))), name="t"))

    page = read(render_preview(draft, language="ru"))

    assert [one.text for one in page.all("a") if "title" in one.attributes] == ["туда"]


def test_an_unfinished_draft_is_shown_as_far_as_it_goes() -> None:
    empty = ArticleDocument(schema=2, title="", slug="", summary="", blocks=[], sources=[], missing=[], topics=[])
    sourceless = msgspec.structs.replace(a_document(quoted(a_quote())), sources=[])

    assert read(render_preview(empty, language="ru"))
    assert "[?]" in read(render_preview(sourceless, language="en")).text


def without_language_link(html: str) -> str:
    return re.sub(r'<a class="lang".*?</a>\s*', "", html, flags=re.DOTALL)


@pytest.mark.parametrize("twin_stays", [True, False])
def test_the_page_of_a_withdrawal_can_be_seen_before_it_happens(fetch: Fetch, twin_stays: bool) -> None:
    original = a_document(heading("x"))
    shelve(original)
    shelve(an_english_document(heading("x")), "en", translation_of=agreed(original))
    found = queries.by_id("article", ARTICLE)
    shelved = found.shelved("ru") if found else None
    assert shelved

    before = render_withdrawn(shelved, reason=" Мы нашли ошибку. ", reason_code="error", at=NOON, twin_stays=twin_stays)
    withdraw()
    if not twin_stays:
        withdraw(language="en")

    after = fetch("/ru/articles/sudorogi-v-testah/").html
    assert before == after if twin_stays else without_language_link(before) == without_language_link(after)
    # Until it happens the other language is live, and a page that calls it withdrawn may not lead to it.
    assert ('href="/en/' in before) is twin_stays


@pytest.mark.parametrize(("code", "stays"), [("request", True), ("error", False)])
def test_the_reason_that_is_chosen_decides_already_in_the_preview_what_stays(
    fetch: Fetch, code: str, stays: bool
) -> None:
    box = a_care_box(triggers=["каменеет всё тело"])
    shelve(a_document(heading("x"), care_box(box)))
    shelve(a_document(heading("x"), care_box(box), slug="other"), item=an_id("other"))
    found = queries.by_id("article", ARTICLE)
    shelved = found.shelved("ru") if found else None
    assert shelved

    before = render_withdrawn(shelved, reason="Мы нашли ошибку.", reason_code=code, at=NOON)
    withdraw(reason_code=code)

    assert before == fetch("/ru/articles/sudorogi-v-testah/").html
    assert ("каменеет всё тело" in before) is stays


def test_a_preview_of_every_kind_is_a_draft_of_its_own_page(fetch: Fetch) -> None:
    documents = [a_faq(), a_page(), a_topic(), a_term(), an_expert()]
    for document in documents:
        page = read(render_preview(document, language="ru"))

        assert page.words("p", class_="draft") == ["Черновик: читатели эту страницу не видят"]
        assert page.one("meta", name="robots").attributes["content"] == "noindex"
        assert document.title in page.text


def test_a_preview_of_a_topic_shows_what_belongs_to_it_now() -> None:
    topic = an_id("topic")
    shelve(a_faq(topics=[topic]), item=an_id("question"))

    assert "Это опасно?" in read(render_preview(a_topic(), language="ru", item=topic)).text
    assert "Это опасно?" not in read(render_preview(a_topic(), language="ru")).text


def test_a_preview_of_a_person_shows_the_words_that_live_texts_carry() -> None:
    shelve(a_document(quoted(a_quote(text="Живые слова."))))

    assert "Живые слова." in read(render_preview(an_expert(), language="ru")).text
