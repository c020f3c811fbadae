"""What colleagues say to each other stays at the desk: no file, edition, page or answer has a word of it."""

from pathlib import Path

import pytest
from django.test import Client

from articles.content.blocks import blocks
from articles.editions.shelf import Address, Change, Edition, Mention, Standing
from articles.editorial.comments import HEAD, comment
from articles.editorial.revisions import Revision, keep
from articles.publishing.transfer import dump_content
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

SECRET = "ѪѬѨѩ"
PAGES = ["/ru/articles/", "/ru/articles/test-cramps-ru/", "/en/articles/test-cramps/"]
ANSWERS = [
    "/api/v1/articles/",
    "/api/v1/articles/{id}/",
    "/api/v1/articles/{id}/editions/?lang=ru",
    "/api/v1/changes/",
]


def test_a_comment_leaves_the_desk_in_no_way(client: Client, tmp_path: Path) -> None:
    by = an_editor()
    article, quote = an_article(), a_quote()
    place(article, quote)
    for part in (HEAD, *(str(block.pk) for block in blocks(article))):
        comment("article", article.pk, part, SECRET, by=by, at=NOON)
    comment("quote", quote.pk, HEAD, SECRET, by=by, at=NOON)

    publish_article(article, by=by)
    keep(article, by=by, at=NOON)
    files = dump_content(tmp_path)

    kept = [
        str(row) for model in (Edition, Mention, Change, Standing, Address, Revision) for row in model.objects.values()
    ]
    sent = [client.get(address.format(id=article.pk)) for address in (*PAGES, *ANSWERS)]
    assert {answer.status_code for answer in sent} == {200}
    assert len(files) > 4
    everything = [*kept, *(answer.content.decode() for answer in sent), *(path.read_text("utf-8") for path in files)]
    assert "Судорога коротка." in "".join(everything)
    assert [text for text in everything if SECRET in text] == []
