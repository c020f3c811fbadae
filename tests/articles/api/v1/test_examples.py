"""Every curated document is answered whole: the same examples that pages are tested on."""

import json
from pathlib import Path

import msgspec
import pytest

from articles.canonical import tree
from articles.canonical.languages import Language
from articles.editions.blocks import HeadingBlock, QuoteBlock, TextBlock
from articles.editions.document import ArticleDocument
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import ARTICLE, shelve

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "documents").glob("*.json"))


def read(example: Path) -> tuple[ArticleDocument, Language]:
    _, language = example.stem.rsplit(".", 1)
    return msgspec.json.decode(example.read_bytes(), type=ArticleDocument), language  # type: ignore[return-value]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_every_example_is_answered_with_all_its_parts(partner: Partner, example: Path) -> None:
    document, language = read(example)
    edition = shelve(document, language)
    item = partner.json(f"articles/{ARTICLE}/?lang={language}")
    assert item["content_digest"] == edition.content_digest
    assert [(block["kind"], block["id"], block["required"]) for block in item["blocks"]] == [
        (block.kind, block.id, block.required) for block in document.blocks
    ]
    assert [source["id"] for source in item["sources"]] == [source.id for source in document.sources]
    assert [block["id"] for block in item["missing"]] == [block.id for block in document.missing]
    for block, answered in zip(document.blocks, item["blocks"], strict=True):
        assert answered["html"].startswith("<")
        assert answered["text"]
        if isinstance(block, TextBlock):
            words = [node["text"].strip() for node in tree.walk(block.body) if node["type"] == "text"]
            assert [part for part in words if part not in answered["text"]] == []
        if isinstance(block, QuoteBlock) and block.quote:
            for member in (answered["html"], answered["text"]):
                assert answered["quote"]["disclosure"] is None or answered["quote"]["disclosure"]["label"] in member
                assert answered["quote"]["evidence"]["label"] in member
                assert answered["quote"]["source"]["reference"].split(".")[0] in member
        if isinstance(block, QuoteBlock) and block.withdrawn:
            assert block.withdrawn.reason in answered["text"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_the_document_of_every_example_is_sent_byte_for_byte(partner: Partner, example: Path) -> None:
    document, language = read(example)
    edition = shelve(document, language)
    sent = partner.get(f"articles/{ARTICLE}/editions/1/document/?lang={language}").content
    assert sent.decode() == edition.document_json
    assert json.loads(sent) == json.loads(example.read_bytes())


def test_there_is_an_example_of_every_kind_of_block() -> None:
    kinds = {type(block) for example in EXAMPLES for block in read(example)[0].blocks}
    assert kinds == {HeadingBlock, TextBlock, QuoteBlock}
