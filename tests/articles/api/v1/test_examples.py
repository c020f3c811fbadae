"""Every curated document is answered whole: the same examples that pages are tested on."""

import json
from pathlib import Path

import msgspec
import pytest

from articles.api.v1.offers import OFFERS
from articles.api.v1.presenters.blocks import BLOCKS
from articles.canonical import tree
from articles.canonical.languages import Language
from articles.editions.blocks import QuoteBlock, RelatedBlock
from articles.editions.document import Document
from articles.editions.kinds import kind as kind_named
from articles.editions.parts import Quote, shared_parts
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import ARTICLE, shelve

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "documents").glob("*.json"))


def read(example: Path) -> tuple[Document, Language]:
    _, language = example.stem.rsplit(".", 1)
    kind = json.loads(example.read_bytes())["kind"]
    return msgspec.json.decode(example.read_bytes(), type=kind_named(kind).document), language  # type: ignore[return-value]


def home(document: Document) -> str:
    return f"{OFFERS[document.kind].collection}/{ARTICLE}/"


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_every_example_is_answered_with_all_its_parts(partner: Partner, example: Path) -> None:
    document, language = read(example)
    edition = shelve(document, language)
    item = partner.json(f"{home(document)}?lang={language}")
    assert item["content_digest"] == edition.content_digest
    assert [(block["kind"], block["id"], block["required"]) for block in item.get("blocks", [])] == [
        (block.kind, block.id, block.required) for block in document.blocks
    ]
    assert [source["id"] for source in item.get("sources", [])] == [source.id for source in document.sources]
    assert [block["id"] for block in item.get("missing", [])] == [block.id for block in document.missing]
    assert [quote["id"] for quote in item.get("quotes", [])] == [quote.id for quote in document.quotes()]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_every_block_of_an_example_says_all_its_words_in_html_and_text(partner: Partner, example: Path) -> None:
    document, language = read(example)
    shelve(document, language)
    item = partner.json(f"{home(document)}?lang={language}")
    members = {quote["id"]: quote for quote in item.get("quotes", [])}
    for block, answered in zip(document.blocks, item.get("blocks", []), strict=True):
        if isinstance(block, RelatedBlock):
            continue  # nothing else is live here
        assert answered["html"].startswith("<")
        assert answered["text"]
        words = [node["text"].strip() for body in block.bodies() for node in tree.walk(body) if node["type"] == "text"]
        assert [part for part in words if part not in answered["text"]] == []
        for quote in (part for part in shared_parts(block) if isinstance(part, Quote)):
            own = members[quote.id]
            for member in (answered["html"], answered["text"]):
                assert own["disclosure"] is None or own["disclosure"]["label"] in member
                assert own["evidence"]["label"] in member
                assert own["source"]["reference"].split(".")[0] in member
        if isinstance(block, QuoteBlock) and block.withdrawn:
            assert block.withdrawn.reason in answered["text"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_the_document_of_every_example_is_sent_byte_for_byte(partner: Partner, example: Path) -> None:
    document, language = read(example)
    edition = shelve(document, language)
    sent = partner.get(f"{home(document)}editions/1/document/?lang={language}").content
    assert sent.decode() == edition.document_json
    assert json.loads(sent) == json.loads(example.read_bytes())


def test_there_is_an_example_of_every_kind_of_block() -> None:
    assert {type(block) for example in EXAMPLES for block in read(example)[0].blocks} == set(BLOCKS)
