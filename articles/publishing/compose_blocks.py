"""Blocks of the desk, kind by kind, as blocks of a document."""

from collections.abc import Callable, Mapping
from typing import Any

from articles.canonical.languages import Language
from articles.canonical.table_text import read_table
from articles.canonical.typography import polish, polish_line
from articles.content import blocks as desk
from articles.editions import blocks as frozen
from articles.editions.value import Body
from articles.publishing import parts


def block_document(block: desk.Block, language: Language) -> frozen.AnyBlock:
    """Return the block in one language; raise KeyError for a kind that has no document class."""
    make, own = BLOCK_DOCUMENTS[type(block)]
    return make(id=str(block.id), required=block.is_required, **own(block, language))


def _heading(block: desk.HeadingBlock, language: Language) -> dict[str, Any]:
    return {"text": _line(block, "text", language)}


def _text(block: desk.Block, language: Language) -> dict[str, Any]:
    return {"body": _body(block, "text", language)}


def _titled(block: desk.Block, language: Language) -> dict[str, Any]:
    return {"title": _line(block, "title", language), "body": _body(block, "text", language)}


def _table(block: desk.TableBlock, language: Language) -> dict[str, Any]:
    cells: str = getattr(block, f"cells_{language}")
    return {
        "caption": _line(block, "caption", language),
        "rows": [[polish_line(cell, language=language) for cell in row] for row in read_table(cells)],
        "body": _body(block, "note", language),
    }


def _related(block: desk.RelatedBlock, language: Language) -> dict[str, Any]:
    # In the order of their titles in this language; those that are not live are left out by whoever shows them.
    asked = [one for one in block.questions.all() if getattr(one, f"title_{language}")]
    asked.sort(key=lambda one: (getattr(one, f"title_{language}").casefold(), str(one.pk)))
    return {"title": _line(block, "title", language), "questions": [str(one.pk) for one in asked]}


def _placing(field: str, part: Callable[[Any, Language], Any]) -> Callable[[desk.Block, Language], dict[str, Any]]:
    return lambda block, language: {field: part(getattr(block, block.shared), language)}


# Block at the desk to its document class and what that holds beside id and `required`.
BLOCK_DOCUMENTS: Mapping[
    type[desk.Block], tuple[Callable[..., frozen.AnyBlock], Callable[[Any, Language], dict[str, Any]]]
] = {
    desk.HeadingBlock: (frozen.HeadingBlock, _heading),
    desk.TextBlock: (frozen.TextBlock, _text),
    desk.KeyPointsBlock: (frozen.KeyPointsBlock, _text),
    desk.StepsBlock: (frozen.StepsBlock, _titled),
    desk.NoteBlock: (frozen.NoteBlock, _titled),
    desk.TableBlock: (frozen.TableBlock, _table),
    desk.RelatedBlock: (frozen.RelatedBlock, _related),
    desk.QuoteBlock: (frozen.QuoteBlock, _placing("quote", parts.quote_part)),
    desk.CareBoxBlock: (frozen.CareBoxBlock, _placing("box", parts.care_box_part)),
    desk.EvidenceTableBlock: (frozen.EvidenceTableBlock, _placing("table", parts.evidence_table_part)),
    desk.AccountsBlock: (frozen.AccountsBlock, _placing("accounts", parts.accounts_part)),
    desk.FigureBlock: (frozen.FigureBlock, _placing("picture", parts.picture_part)),
}


def _line(block: desk.Block, field: str, language: Language) -> str:
    return polish_line(getattr(block, f"{field}_{language}") or "", language=language)


def _body(block: desk.Block, column: str, language: Language) -> Body:
    return polish(block.body(column, language), language=language)
