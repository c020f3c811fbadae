"""Blocks as partners receive them: one table, a function for each kind."""

from collections.abc import Callable, Mapping
from typing import Any

from articles.api.v1.presenters.items import link_out
from articles.api.v1.presenters.parts import accounts_out, care_box_out, evidence_table_out, picture_out
from articles.api.v1.presenters.quotes import withdrawal_out
from articles.api.v1.rendering.accounts import accounts_html, accounts_text
from articles.api.v1.rendering.care import care_html, care_text
from articles.api.v1.rendering.markup import apart, bullets, inline, lines, link, plain_bullets, title
from articles.api.v1.rendering.pictures import figure_html, figure_text
from articles.api.v1.rendering.quotes import quote_html, quote_text, withdrawal_html, withdrawal_text
from articles.api.v1.rendering.surroundings import Surroundings
from articles.api.v1.rendering.tables import evidence_html, evidence_text, table_html, table_text
from articles.api.v1.shapes import blocks as shapes
from articles.editions import blocks as frozen
from articles.editions import wording
from articles.editions.value import digest


def block_out(block: frozen.AnyBlock, around: Surroundings) -> shapes.AnyBlockOut:
    """Return the block with its own members; raise KeyError for a kind that has no presenter."""
    return BLOCKS[type(block)](block, around)


def _heading(block: frozen.HeadingBlock, around: Surroundings) -> shapes.HeadingBlockOut:
    return shapes.HeadingBlockOut(
        **_block(block, around), html=f"<h2>{inline(block.text)}</h2>", text=block.text, level=2
    )


def _text(block: frozen.TextBlock, around: Surroundings) -> shapes.TextBlockOut:
    return shapes.TextBlockOut(
        **_block(block, around), html=around.html(block.body), text=around.text(block.body), body=block.body
    )


def _key_points(block: frozen.KeyPointsBlock, around: Surroundings) -> shapes.KeyPointsBlockOut:
    return shapes.KeyPointsBlockOut(**_titled(block, str(wording.KEY_POINTS), around))


def _steps(block: frozen.StepsBlock, around: Surroundings) -> shapes.StepsBlockOut:
    return shapes.StepsBlockOut(**_titled(block, block.title, around))


def _note(block: frozen.NoteBlock, around: Surroundings) -> shapes.NoteBlockOut:
    members = _titled(block, block.title, around)
    return shapes.NoteBlockOut(**members | {"html": f"<aside>{members['html']}</aside>"})


def _table(block: frozen.TableBlock, around: Surroundings) -> shapes.TableBlockOut:
    return shapes.TableBlockOut(
        **_block(block, around),
        html=table_html(block, around),
        text=table_text(block, around),
        caption=block.caption,
        rows=block.rows,
        body=block.body,
    )


def _quote(block: frozen.QuoteBlock, around: Surroundings) -> shapes.QuoteBlockOut:
    quote, withdrawn = block.quote, block.withdrawn
    if withdrawn or quote is None:
        html, text = (withdrawal_html(withdrawn), withdrawal_text(withdrawn)) if withdrawn else ("", "")
    else:
        html, text = quote_html(quote, around), quote_text(quote, around)
    return shapes.QuoteBlockOut(
        **_block(block, around),
        html=html,
        text=text,
        quote=quote.id if quote and not withdrawn else None,
        withdrawn=withdrawal_out(withdrawn),
    )


def _care_box(block: frozen.CareBoxBlock, around: Surroundings) -> shapes.CareBoxBlockOut:
    return shapes.CareBoxBlockOut(
        **_block(block, around),
        html=care_html(block.box, around),
        text=care_text(block.box, around),
        box=care_box_out(block.box, block.id, around.language),
    )


def _evidence_table(block: frozen.EvidenceTableBlock, around: Surroundings) -> shapes.EvidenceTableBlockOut:
    return shapes.EvidenceTableBlockOut(
        **_block(block, around),
        html=evidence_html(block.table, around),
        text=evidence_text(block.table, around),
        table=evidence_table_out(block.table),
    )


def _accounts(block: frozen.AccountsBlock, around: Surroundings) -> shapes.AccountsBlockOut:
    return shapes.AccountsBlockOut(
        **_block(block, around),
        html=accounts_html(block.accounts, around),
        text=accounts_text(block.accounts, around),
        accounts=accounts_out(block.accounts, around),
    )


def _figure(block: frozen.FigureBlock, around: Surroundings) -> shapes.FigureBlockOut:
    return shapes.FigureBlockOut(
        **_block(block, around),
        html=figure_html(block.picture),
        text=figure_text(block.picture),
        picture=picture_out(block.picture),
    )


def _related(block: frozen.RelatedBlock, around: Surroundings) -> shapes.RelatedBlockOut:
    heading = block.title or str(wording.RELATED)
    live = [(item, around.targets[item]) for item in block.questions if item in around.targets]
    listed = bullets(link(target.title, target.url) for _, target in live)
    return shapes.RelatedBlockOut(
        **_block(block, around),
        html=title(heading) + listed if live else "",
        text=lines(heading, plain_bullets(f"{target.title} {target.url}" for _, target in live)) if live else "",
        title=heading,
        questions=[link_out(item, target) for item, target in live],
    )


def _block(block: frozen.AnyBlock, around: Surroundings) -> dict[str, Any]:
    return {"id": block.id, "required": block.required, "digest": around.digests.get(block.id) or digest(block)}


def _titled(block: Any, words: str, around: Surroundings) -> dict[str, Any]:
    return _block(block, around) | {
        "html": title(words) + around.html(block.body),
        "text": apart(words, around.text(block.body)),
        "title": words,
        "body": block.body,
    }


# Block class of the document to its presenter.
BLOCKS: Mapping[type[frozen.AnyBlock], Callable[[Any, Surroundings], Any]] = {
    frozen.HeadingBlock: _heading,
    frozen.TextBlock: _text,
    frozen.KeyPointsBlock: _key_points,
    frozen.StepsBlock: _steps,
    frozen.NoteBlock: _note,
    frozen.CareBoxBlock: _care_box,
    frozen.QuoteBlock: _quote,
    frozen.AccountsBlock: _accounts,
    frozen.EvidenceTableBlock: _evidence_table,
    frozen.TableBlock: _table,
    frozen.FigureBlock: _figure,
    frozen.RelatedBlock: _related,
}
