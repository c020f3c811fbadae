"""How heavy a page is: for a reader at night with a weak signal."""

import zlib
from pathlib import Path

import pytest
from django.test import Client

from cramps_site.static_files import smaller
from tests.factories.documents import (
    a_document,
    a_quote,
    a_source,
    a_verdict,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
)

pytestmark = pytest.mark.any_database

STYLE = "articles/static/articles/site.css"


def test_the_style_sheet_is_small(repository: Path) -> None:
    """As it is sent, before it is compressed: 14 KB of plain text are less than 4 KB on their way."""
    assert len(smaller((repository / STYLE).read_text()).encode()) <= 14 * 1024


@pytest.mark.django_db
def test_a_long_article_with_style_stays_below_twenty_kilobytes(client: Client, repository: Path) -> None:
    """30 passages of different words, 15 quotes and 30 sources; deflate is a little larger than brotli."""
    sources = [a_source(f"s{number}", title=f"Review number {number}", doi=f"10.1/{number}") for number in range(30)]
    blocks = []
    for number, source in enumerate(sources):
        words = " ".join(f"слово{number * 7 + place * 31}" for place in range(40))
        blocks += [heading(f"Раздел {number}"), text(said(words, cite(source)), name=words)]
        if number % 2:
            quote = a_quote(f"q{number}", text=words[:150], verdict=a_verdict("supported", words[:90], [source.id]))
            blocks.append(quoted(quote))
    shelve(a_document(*blocks, sources=sources))

    page = client.get("/ru/articles/sudorogi-v-testah/").content

    sent = len(zlib.compress(page, 9)) + len(zlib.compress((repository / STYLE).read_bytes(), 9))
    assert sent <= 20 * 1024
