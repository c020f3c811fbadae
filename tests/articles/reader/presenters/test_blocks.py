"""Every kind of block has a presenter and a macro of its name."""

import pytest
from django.utils.translation import override

from articles.editions.blocks import AnyBlock, Block, QuoteBlock
from articles.editions.queries import Target
from articles.reader.presenters.blocks import BlockView, block_view, block_views
from articles.reader.presenters.setting import Setting
from articles.reader.templating import macros_of
from tests.factories.documents import a_quote, a_source, an_id, cite, heading, quoted, said, text
from tests.factories.documents_of_kinds import a_picture, care_box, figure, key_points, note, related, steps

KINDS = AnyBlock.__args__  # type: ignore[attr-defined]


def shown(block: AnyBlock, **targets: Target) -> BlockView | None:
    with override("ru"):
        return block_view(block, Setting([], "ru", targets))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_presenter_and_a_macro(kind: type[Block]) -> None:
    assert block_view.dispatch(kind) is not block_view.dispatch(Block)
    assert hasattr(macros_of("reader/parts/blocks.html"), str(kind.__struct_config__.tag))


@pytest.mark.parametrize("block", [heading("Что это"), text("Слова."), quoted(a_quote()), care_box()])
def test_a_block_goes_to_the_page_as_what_it_is(block: AnyBlock) -> None:
    view = shown(block)

    assert view
    assert view.kind == block.kind


def test_a_quote_block_that_holds_nothing_is_a_fault() -> None:
    with pytest.raises(ValueError, match="neither a quote nor a notice"):
        shown(QuoteBlock(id="b", required=True, quote=None))


def test_a_source_that_a_draft_has_lost_is_a_question_mark() -> None:
    view = shown(text(said("Слова.", cite(a_source("lost"))), name="t"))

    assert view
    assert str(view.content) == "<p>Слова.\N{WORD JOINER}<sup>[?]</sup></p>"


def test_headings_inside_blocks_stand_below_the_section_they_are_in() -> None:
    blocks = [care_box(), heading("Раздел"), note("Слова.", title="Важно")]
    with override("ru"):
        views = block_views(blocks, Setting([], "ru"))

    assert [view.level for view in views] == [2, 2, 3]


def test_only_the_outer_list_of_steps_is_numbered_large() -> None:
    inner = {"type": "list", "ordered": True, "items": [[said("внутри")]]}
    block = steps("раз", title="Порядок")
    block.body[0]["items"][0].append(inner)
    view = shown(block)

    assert view
    assert str(view.content).count('class="steps"') == 1
    assert str(view.content).startswith('<ol class="steps">')


def test_related_questions_are_those_that_are_live_and_without_any_nothing_is_shown() -> None:
    live, draft = an_id("live"), an_id("draft")
    target = Target("Это опасно?", "/ru/faq/opasno/", "https://site.invalid/ru/faq/opasno/")
    view = shown(related(draft, live), **{live: target})

    assert view
    assert [(link.words, link.address) for link in view.content] == [("Это опасно?", "/ru/faq/opasno/")]
    assert shown(related(draft)) is None


def test_a_picture_without_a_file_that_every_browser_shows_is_left_out() -> None:
    modern = [one for one in a_picture().renditions if one.format == "avif"]
    with override("ru"):
        views = block_views([figure(a_picture(renditions=modern)), key_points("Раз.")], Setting([], "ru"))

    assert [view.kind for view in views] == ["key_points"]
