"""Plain tables, and tables of what studies show."""

from collections.abc import Iterable

from articles.api.v1.rendering.markup import apart, inline, lines, paragraphs
from articles.api.v1.rendering.surroundings import Surroundings
from articles.canonical.table_text import table_text as rows_text
from articles.editions import wording
from articles.editions.blocks import TableBlock
from articles.editions.parts import EvidenceRow, EvidenceTable


def table_html(block: TableBlock, around: Surroundings) -> str:
    """Return a plain table with its caption, and the note under it."""
    heading, *rows = block.rows or [[]]
    body = "".join(_row(inline(row[0]), (inline(cell) for cell in row[1:])) for row in rows if row)
    return _table(block.caption, (inline(cell) for cell in heading), body) + around.html(block.body)


def table_text(block: TableBlock, around: Surroundings) -> str:
    """Return the same as plain text, a row on each line."""
    return apart(lines(block.caption, rows_text(block.rows)), around.text(block.body))


def evidence_html(table: EvidenceTable, around: Surroundings) -> str:
    """Return the options as rows: what studies show with its sources, the verdict and what it means."""
    body = "".join(_evidence_row(row, around) for row in table.rows)
    columns = (inline(str(column)) for column in wording.EVIDENCE_COLUMNS.values())
    return _table(table.title, columns, body) + paragraphs(table.note)


def evidence_text(table: EvidenceTable, around: Surroundings) -> str:
    """Return the same as plain text, a paragraph for each option."""
    return apart(table.title, *(_evidence_lines(row, around) for row in table.rows), table.note)


def _evidence_row(row: EvidenceRow, around: Surroundings) -> str:
    finding = paragraphs(row.finding, around.marks_html(row.sources))
    verdict = f"<strong>{inline(str(wording.EVIDENCE_VERDICTS[row.verdict]))}</strong>"
    return _row(inline(row.option), (finding, verdict + paragraphs(row.conclusion)))


def _evidence_lines(row: EvidenceRow, around: Surroundings) -> str:
    said = f"{row.option}: {wording.EVIDENCE_VERDICTS[row.verdict]}."
    return lines(said, row.finding + around.marks_text(row.sources), row.conclusion)


def _table(caption: str, heading: Iterable[str], body: str) -> str:
    named = f"<caption>{inline(caption)}</caption>" if caption else ""
    columns = "".join(f'<th scope="col">{cell}</th>' for cell in heading)
    return f"<table>{named}<thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table>"


def _row(first: str, cells: Iterable[str]) -> str:
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
