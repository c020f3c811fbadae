"""Tables: plain ones, and those that say what studies show."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.editions.blocks import TableBlock
from articles.editions.parts import EvidenceRow, EvidenceTable
from articles.editions.wording import EVIDENCE_VERDICTS
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.setting import Setting


@dataclass(frozen=True)
class RowView:
    """`name` is the cell that names the row."""

    name: str
    cells: list[str]


@dataclass(frozen=True)
class TableView:
    caption: str
    head: list[str]
    rows: list[RowView]
    note: SafeString


@dataclass(frozen=True)
class EvidenceRowView:
    """`verdict` is the code, `verdict_words` what a reader sees of it."""

    option: str
    finding: list[str]
    marks: list[SafeString]
    verdict: str
    verdict_words: str
    conclusion: str


@dataclass(frozen=True)
class EvidenceView:
    title: str
    rows: list[EvidenceRowView]
    note: list[str]


def table_view(block: TableBlock, setting: Setting) -> TableView:
    """Return the table; a wide one is scrolled by keyboard too, so it always has a name."""
    head, *rows = block.rows or [[]]
    return TableView(
        caption=block.caption or gettext("Table"),
        head=head,
        rows=[RowView(row[0], row[1:]) for row in rows if row],
        note=setting.html(block.body),
    )


def evidence_view(table: EvidenceTable, setting: Setting) -> EvidenceView:
    """Return the table with its verdicts in words."""
    return EvidenceView(table.title, [_evidence_row(row, setting) for row in table.rows], paragraphs(table.note))


def _evidence_row(row: EvidenceRow, setting: Setting) -> EvidenceRowView:
    return EvidenceRowView(
        option=row.option,
        finding=paragraphs(row.finding),
        marks=setting.citing.marks(row.sources),
        verdict=row.verdict,
        verdict_words=str(EVIDENCE_VERDICTS[row.verdict]),
        conclusion=row.conclusion,
    )
