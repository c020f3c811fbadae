"""Every kind of block has a presenter and a template of its name."""

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from articles.editions.blocks import AnyBlock, Block, QuoteBlock
from articles.reader.presenters.blocks import Setting, block_view
from articles.reader.presenters.citing import Citing
from tests.factories.documents import a_document, a_quote, a_source, cite, heading, quoted, said, text

KINDS = AnyBlock.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_presenter_and_a_template(kind: type[Block]) -> None:
    assert block_view.dispatch(kind) is not block_view.dispatch(Block)
    assert get_template(f"articles/reader/blocks/{kind.__struct_config__.tag}.html")


@pytest.mark.parametrize("block", [heading("Что это"), text("Слова."), quoted(a_quote())])
def test_a_block_is_shown_by_the_template_of_its_kind(block: AnyBlock) -> None:
    document = a_document(block)
    with override("ru"):
        view = block_view(block, Setting(document, "ru", Citing(document)))

    assert view.template == f"articles/reader/blocks/{block.kind}.html"


def test_a_quote_block_that_holds_nothing_is_a_fault() -> None:
    block = QuoteBlock(id="b", required=True, quote=None)
    document = a_document(block)

    with pytest.raises(ValueError, match="neither a quote nor a notice"):
        block_view(block, Setting(document, "ru", Citing(document)))


def test_a_source_that_a_draft_has_lost_is_a_question_mark() -> None:
    block = text(said("Слова.", cite(a_source("lost"))), name="t")
    document = a_document(heading("x"))
    with override("ru"):
        view = block_view(block, Setting(document, "ru", Citing(document)))

    assert str(view.content) == "<p>Слова.\N{WORD JOINER}<sup>[?]</sup></p>"
