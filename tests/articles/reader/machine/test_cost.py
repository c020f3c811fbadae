"""What the data for programs costs a reader at night with a weak signal."""

import re

import brotli
import pytest
from django.test import Client

from tests.factories.documents import (
    REVIEWED,
    a_document,
    a_source,
    agreed,
    an_english_document,
    cite,
    said,
    shelve,
    text,
)

pytestmark = pytest.mark.any_database

MOST = 1300


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ru/articles/sudorogi-v-testah/", "/en/articles/cramps-in-tests/"])
def test_an_article_with_forty_sources_says_what_it_is_in_little_more_than_a_kilobyte(
    client: Client, path: str
) -> None:
    sources = [a_source(f"s{number}", title=f"Review number {number}", doi=f"10.1/{number}") for number in range(40)]
    words = [said(f"Слово {number}.", cite(source)) for number, source in enumerate(sources)]
    russian = a_document(text(*words, name="t"), sources=sources)
    shelve(russian, review=REVIEWED)
    english = an_english_document(text(*words, name="t"), sources=sources)
    shelve(english, "en", translation_of=agreed(russian), review=REVIEWED)

    page = client.get(path).content.decode()
    bare = re.sub(
        r'<script type="application/ld\+json">.*?</script>|<meta property="og:[^>]*>\n', "", page, flags=re.DOTALL
    )

    assert len(bare) < len(page) - 4000
    assert sent(page) - sent(bare) <= MOST


def sent(page: str) -> int:
    return len(brotli.compress(page.encode(), quality=11))
