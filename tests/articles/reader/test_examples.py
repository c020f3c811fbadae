"""The curated documents: every kind of block and every state of a quote, as the site shows it."""

import json
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from articles.canonical.languages import Language
from articles.editions.blocks import AnyBlock, QuoteBlock
from articles.editions.document import ArticleDocument
from articles.editions.parts import Disclosure, Quote, Verdict
from articles.editions.value import plain
from articles.reader.previews import render_preview
from tests.articles.reader.markup import read

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "documents").glob("*.json"))


def document(example: Path) -> ArticleDocument:
    return msgspec.json.decode(example.read_bytes(), type=ArticleDocument)


def language(example: Path) -> Language:
    return "en" if example.suffixes[0] == ".en" else "ru"


def quotes() -> list[Quote]:
    return [quote for example in EXAMPLES for quote in document(example).quotes()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_without_loss(example: Path) -> None:
    assert plain(document(example)) == json.loads(example.read_text())


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_makes_a_sound_page_with_all_its_words(example: Path) -> None:
    shown = document(example)

    page = read(render_preview(shown, language=language(example)))

    words = page.text
    for quote in shown.quotes():
        assert quote.text.split("\n\n")[0].replace("\N{NO-BREAK SPACE}", " ") in words
        assert (quote.speaker.name if quote.speaker else quote.text[:10]) in words
    assert len(page.all("li", id="s1")) == bool(shown.sources)


def test_every_kind_of_block_has_an_example_in_both_languages() -> None:
    for code in ("ru", "en"):
        shown = {type(block) for example in EXAMPLES if language(example) == code for block in document(example).blocks}
        assert shown == set(get_args(AnyBlock))


@pytest.mark.parametrize(
    ("owner", "field"), [(Verdict, "state"), (Disclosure, "state"), (Quote, "mode"), (Quote, "attribution")]
)
def test_every_state_of_a_quote_has_an_example(owner: type, field: str) -> None:
    declared = set(get_args(owner.__annotations__[field]))
    holders = {
        Verdict: [quote.verdict for quote in quotes()],
        Disclosure: [quote.speaker.disclosure for quote in quotes() if quote.speaker],
        Quote: quotes(),
    }[owner]

    assert {getattr(holder, field) for holder in holders} == declared


def test_withdrawn_parts_have_examples() -> None:
    blocks = [block for example in EXAMPLES for block in document(example).blocks]

    assert any(isinstance(block, QuoteBlock) and block.withdrawn for block in blocks)
    assert any(source.withdrawn for example in EXAMPLES for source in document(example).sources)
