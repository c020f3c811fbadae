"""What is stored is read in the schema of now, whichever it was written in."""

import json

import msgspec
import pytest

from articles.editions.document import ArticleDocument
from articles.editions.upgrades import CURRENT_SCHEMA, read
from articles.editions.value import encoded
from tests.factories.documents import a_document, text


def stored(**changed: object) -> str:
    held = json.loads(encoded(a_document(text("Слова")))) | changed
    return json.dumps({name: value for name, value in held.items() if value is not None})


def test_a_document_of_now_is_read_as_it_was_written() -> None:
    document = a_document(text("Слова"))

    assert read(encoded(document).decode(), ArticleDocument) == document


@pytest.mark.parametrize("topics", [None, ["left over"]])
def test_an_older_one_is_brought_up_whatever_it_holds_already(topics: object) -> None:
    found = read(stored(schema=1, topics=topics), ArticleDocument)

    assert (found.schema, found.about()) == (CURRENT_SCHEMA, [])


def test_one_of_newer_code_is_refused_by_its_schema_and_an_unknown_member_by_its_name() -> None:
    with pytest.raises(ValueError, match="newer than this code"):
        read(stored(schema=CURRENT_SCHEMA + 1), ArticleDocument)
    with pytest.raises(ValueError, match="newer than this code"):
        read(stored(schema=CURRENT_SCHEMA + 1, moods=["good"]), ArticleDocument)
    with pytest.raises(msgspec.ValidationError, match="moods"):
        read(stored(moods=["good"]), ArticleDocument)
