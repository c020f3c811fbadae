"""The curated documents: every kind of block and every state of a quote, as the site shows it."""

import json
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest

from articles.canonical.languages import Language
from articles.editions.blocks import AccountsBlock, AnyBlock, QuoteBlock
from articles.editions.document import Document
from articles.editions.kinds import kind
from articles.editions.parts import CareBox, Disclosure, EvidenceRow, EvidenceTable, Quote, Verdict
from articles.editions.upgrades import CURRENT_SCHEMA, upgraded
from articles.editions.value import plain
from articles.reader.previews import render_preview
from tests.articles.reader.markup import read

pytestmark = pytest.mark.any_database

DIRECTORY = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted((DIRECTORY / "documents").glob("*.json"))
ITEMS = sorted((DIRECTORY / "items").glob("*.json"))
OLD = sorted((DIRECTORY / "old_documents").glob("*.json"))


def document(example: Path) -> Document:
    held = json.loads(example.read_text())
    return msgspec.convert(upgraded(held), kind(held["kind"]).document)


def language(example: Path) -> Language:
    return "en" if example.suffixes[0] == ".en" else "ru"


def quotes() -> list[Quote]:
    return [quote for example in EXAMPLES for quote in document(example).quotes()]


@pytest.mark.parametrize("example", [*EXAMPLES, *ITEMS], ids=lambda path: path.stem)
def test_an_example_is_read_without_loss(example: Path) -> None:
    assert plain(document(example)) == json.loads(example.read_text())


@pytest.mark.django_db
@pytest.mark.parametrize("example", [*EXAMPLES, *OLD], ids=lambda path: path.stem)
def test_an_example_makes_a_sound_page_with_all_its_words(example: Path) -> None:
    shown = document(example)

    page = read(render_preview(shown, language=language(example)))

    words = page.text
    for quote in shown.quotes():
        assert quote.text.split("\n\n")[0].replace("\N{NO-BREAK SPACE}", " ") in words
        assert (quote.speaker.name if quote.speaker else quote.text[:10]) in words
    assert len(page.all("li", id="s1")) == bool(shown.sources)


@pytest.mark.django_db
@pytest.mark.parametrize("example", ITEMS, ids=lambda path: path.stem)
def test_an_item_makes_a_sound_page_with_its_title_and_summary(example: Path) -> None:
    shown = document(example)

    page = read(render_preview(shown, language=language(example)))

    for words in (shown.title, *shown.summary.split("\n\n")):
        assert words.replace("\N{NO-BREAK SPACE}", " ") in page.text


def test_old_documents_are_of_an_older_schema_and_are_read_as_of_today() -> None:
    assert {json.loads(example.read_text())["schema"] for example in OLD} == {1}
    assert {document(example).schema for example in OLD} == {CURRENT_SCHEMA}


def test_every_kind_of_item_has_an_example_in_both_languages() -> None:
    for code in ("ru", "en"):
        shown = {document(example).kind for example in [*EXAMPLES, *ITEMS] if language(example) == code}
        assert shown == {one.kind for one in get_args(Document)}


def test_every_level_of_care_and_every_verdict_on_evidence_has_an_example() -> None:
    shared = [part for example in EXAMPLES for part in document(example).shared_parts()]
    levels = {part.level for part in shared if isinstance(part, CareBox)}
    verdicts = {row.verdict for part in shared if isinstance(part, EvidenceTable) for row in part.rows}

    assert levels == codes(CareBox, "level")
    assert verdicts == codes(EvidenceRow, "verdict")


def codes(owner: type, field: str) -> set[str]:
    return set(get_args(get_type_hints(owner)[field]))


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
    accounts = [block.accounts for block in blocks if isinstance(block, AccountsBlock)]
    assert any(entry.withdrawn for one in accounts for entry in one.entries)
    assert any(source.withdrawn for example in EXAMPLES for source in document(example).sources)
