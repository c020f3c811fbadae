"""Objects of the desk as plain data."""

import pytest

from articles.content.aggregates import dump
from tests.factories.desk import an_article

pytestmark = pytest.mark.django_db


def test_rich_text_is_dumped_as_markdown():
    article = an_article()
    text = dump(article)["blocks"][1]["text"]["ru"]

    assert text.startswith("Судорога коротка.[@")
    assert "<" not in text
