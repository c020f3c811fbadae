"""What an edition says of itself."""

import json

import pytest

from articles.editions.shelf import Edition
from tests.factories.documents import a_document, a_news_source, a_quote, an_id, heading, quoted, shelve, text
from tests.factories.documents_of_kinds import one_of_each

pytestmark = pytest.mark.django_db


def test_digests_of_blocks_come_from_the_stored_bytes_and_are_those_of_its_parts() -> None:
    quote = a_quote()
    edition = shelve(
        a_document(
            *one_of_each(), heading("Ещё «одно» 😀\u2028"), quoted(quote, name="more"), sources=[a_news_source()]
        )
    )

    found = Edition.objects.get(pk=edition.pk)

    assert dict(found.block_digests) == {part: one for part, one in found.parts().items() if part != "head"}


@pytest.mark.parametrize(
    ("change", "told"), [("an older schema", 2), ("what was not written then", 1), ("other bytes", 0)]
)
def test_of_a_block_whose_bytes_say_something_else_nothing_is_told(change: str, told: int) -> None:
    edition = shelve(a_document(text("Слова"), quoted(a_quote()), sources=[a_news_source()]))
    stored = json.loads(edition.document_json)
    if change == "an older schema":
        stored["schema"] = 1
        del stored["topics"]
    elif change == "what was not written then":
        for block in stored["blocks"]:
            block.pop("withdrawn", None)
    spaces = ", " if change == "other bytes" else ","
    written = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(spaces, ":"))

    found = Edition(item=an_id("x"), kind="article", language="ru", number=1, document_json=written)

    assert len(found.block_digests) == told
    assert found.block_digests.items() <= found.parts().items()
    assert len(found.parts()) == 3
