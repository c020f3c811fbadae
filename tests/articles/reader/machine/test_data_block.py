"""The block of data in a page: no word can end it, and pages that nobody may keep have none."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.reader.machine.data_block import in_html
from articles.reader.previews import render_preview
from tests.articles.reader.machine.conftest import Get
from tests.articles.reader.markup import read
from tests.factories.documents import NOON, a_document, heading, shelve, withdraw

pytestmark = pytest.mark.any_database

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HEAD, TAIL = '<script type="application/ld+json">', "</script>"
PAGES = ["/ru/articles/sudorogi-v-testah/", "/ru/faq/eto-opasno/", "/ru/glossary/", "/ru/sources/", "/ru/articles/"]
CLOSED = ["/ru/people/", "/ru/people/anna-proverochnaya/", "/ru/articles/nothing/", "/en/faq/not-here/"]


@given(words=WORDS)
def test_whatever_the_words_the_block_holds_them_and_ends_where_it_should(words: str) -> None:
    block = in_html({"name": words})

    inside = block.removeprefix(HEAD).removesuffix(TAIL)
    assert json.loads(inside) == {"name": words}
    assert set(inside) & set("<>&\u2028\u2029") == set()


@pytest.mark.parametrize("nasty", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;"])
def test_a_title_cannot_break_out_of_the_block(get: Get, nasty: str) -> None:
    shelve(a_document(heading("Что это"), title=nasty))

    page = get("/ru/articles/sudorogi-v-testah/")

    assert page.data()[0]["name"] == nasty
    assert page.scripts() == []


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_block_at_the_end_of_its_body(get: Get, path: str) -> None:
    page = get(path)

    assert len(page.data()) == len(page.all("script")) == 1
    assert page.html.endswith(f"{TAIL}</body>\n</html>\n")
    assert page.data()[0]["@context"] == "https://schema.org"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("path", CLOSED)
def test_a_page_that_nobody_may_keep_has_none(client: Client, path: str) -> None:
    page = read(client.get(path).content.decode())

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("script") == []


@pytest.mark.django_db
def test_neither_a_draft_nor_a_withdrawn_text_has_one(client: Client) -> None:
    draft = a_document(heading("Что это"))
    shelve(draft)
    withdraw(at=NOON + timedelta(days=1))

    assert "<script" not in render_preview(draft, language="ru")
    assert b"<script" not in client.get("/ru/articles/sudorogi-v-testah/").content
