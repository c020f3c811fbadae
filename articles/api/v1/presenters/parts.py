"""Care boxes, evidence, accounts and pictures as partners receive them."""

from articles.api.v1.presenters.quotes import withdrawal_out
from articles.api.v1.rendering.accounts import account_html, account_text, heading
from articles.api.v1.rendering.pictures import file_url, licence_label
from articles.api.v1.rendering.surroundings import Surroundings
from articles.api.v1.shapes import parts as shapes
from articles.canonical.languages import Language
from articles.editions import wording
from articles.editions.care import services_in_order, spoken
from articles.editions.parts import Account, Accounts, CareBox, EvidenceRow, EvidenceTable, Picture
from articles.editions.value import plain


def care_box_out(box: CareBox, block: str, language: Language) -> shapes.CareBoxOut:
    """Return the box with its numbers in its words; `block` is where it stands."""
    return shapes.CareBoxOut(
        id=box.id,
        block=block,
        level=box.level,
        level_label=str(wording.CARE_LEVELS[box.level]),
        title=spoken(box.title, box, language),
        triggers=[spoken(trigger, box, language) for trigger in box.triggers],
        advice=spoken(box.advice, box, language),
        services=[shapes.CareServiceOut(**plain(service)) for service in services_in_order(box.services, language)],
        sources=box.cited,
    )


def evidence_table_out(table: EvidenceTable) -> shapes.EvidenceTableOut:
    """Return the table with its verdicts in words."""
    return shapes.EvidenceTableOut(
        id=table.id, title=table.title, note=table.note, rows=[_evidence_row(row) for row in table.rows]
    )


def accounts_out(accounts: Accounts, around: Surroundings) -> shapes.AccountsOut:
    """Return the accounts; whole quotes are in the item's `quotes`, by id."""
    return shapes.AccountsOut(
        id=accounts.id,
        title=heading(accounts),
        note=accounts.note,
        experts_differ=accounts.they_differ(),
        sources=accounts.cited,
        entries=[_account(entry, around) for entry in accounts.entries],
    )


def picture_out(picture: Picture) -> shapes.PictureOut:
    """Return the picture with the addresses of its files."""
    return shapes.PictureOut(
        id=picture.id,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        licence=picture.licence,
        licence_label=licence_label(picture),
        licence_url=picture.licence_url,
        source_url=picture.source_url,
        width=picture.width,
        height=picture.height,
        files=[
            shapes.PictureFileOut(url=file_url(file), width=file.width, height=file.height, format=file.format)
            for file in picture.renditions
        ],
    )


def _evidence_row(row: EvidenceRow) -> shapes.EvidenceRowOut:
    return shapes.EvidenceRowOut(**plain(row), verdict_label=str(wording.EVIDENCE_VERDICTS[row.verdict]))


def _account(entry: Account, around: Surroundings) -> shapes.AccountOut:
    return shapes.AccountOut(
        id=entry.id,
        quote=entry.quote.id if entry.quote else None,
        withdrawn=withdrawal_out(entry.withdrawn),
        html=account_html(entry, around),
        text=account_text(entry, around),
    )
