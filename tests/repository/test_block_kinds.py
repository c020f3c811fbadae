"""Every kind of block is whole: one name for it on every floor, from the desk to readers and partners."""

from pathlib import Path
from typing import get_args

import pytest

from articles.admin.desk.blocks import INLINES
from articles.admin.desk.insert_menu import DESCRIPTIONS, GROUPS
from articles.admin.press.words import PART_NAMES
from articles.api.v1.presenters.blocks import BLOCKS as API_PRESENTERS
from articles.api.v1.shapes.blocks import AnyBlockOut
from articles.content.blocks import BLOCKS
from articles.editions.blocks import AnyBlock, Block
from articles.editions.reading import text_of
from articles.publishing.compose_blocks import BLOCK_DOCUMENTS
from articles.reader.presenters import translation
from articles.reader.presenters.blocks import block_view
from articles.reader.templating import macros_of

KINDS = [model.kind for model in BLOCKS]
FROZEN: dict[str, type[Block]] = {str(one.__struct_config__.tag): one for one in get_args(AnyBlock)}
EXAMPLES = Path(__file__).parents[1] / "examples/documents"


def test_the_desk_and_the_shelf_know_the_same_kinds() -> None:
    assert list(FROZEN) == KINDS
    assert {str(one.__struct_config__.tag) for one in get_args(AnyBlockOut)} == set(KINDS)


@pytest.mark.parametrize("model", BLOCKS, ids=KINDS)
def test_a_kind_has_its_document_class_its_form_and_its_place_in_the_menu(model: type) -> None:
    made, _own = BLOCK_DOCUMENTS[model]
    grouped = [kind for _name, kinds in GROUPS for kind in kinds]

    assert made is FROZEN[model.kind]
    assert [inline.model for inline in INLINES].count(model) == 1
    assert grouped.count(model.kind) == 1
    assert model.kind in DESCRIPTIONS


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_shown_to_readers_to_partners_and_to_editors_who_compare(kind: str) -> None:
    frozen = FROZEN[kind]

    assert block_view.dispatch(frozen) is not block_view.dispatch(Block)
    assert hasattr(macros_of("reader/parts/blocks.html"), kind)
    assert frozen in API_PRESENTERS
    assert text_of.dispatch(frozen) is not text_of.dispatch(object)
    assert kind in PART_NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_is_told_which_kind_of_block_is_behind(kind: str) -> None:
    # A heading is named by its own words.
    assert kind in {*translation.PART_NAMES, "heading"}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_an_example_in_both_languages(kind: str, language: str) -> None:
    examples = [path for path in EXAMPLES.glob(f"*.{language}.json") if f'"kind": "{kind}"' in path.read_text("utf-8")]

    assert [path.name for path in examples if path.name.partition(".")[0].partition("-")[0] == kind]
