"""What parts of a document say, as plain text to be compared: each block with all that stands in it."""

from collections.abc import Iterable
from functools import singledispatch

from articles.canonical.plain_writing import plain_text
from articles.editions import blocks
from articles.editions.document import Document, ExpertDocument, TermDocument
from articles.editions.parts import CareService, Person, Quote
from articles.editions.wording import CARE_LEVELS, EVIDENCE_VERDICTS, EXPERTS_DIFFER, VERDICTS

# What a document says outside its blocks.
FIELDS = ("title", "slug", "summary", "synonyms", "codes", "person", "topics", "conditions")
# Of these there is nothing to translate.
_NO_WORDS = frozenset({"slug", "codes", "topics", "conditions"})


def field_text(document: Document | None, name: str) -> str:
    """Return one of FIELDS as text; empty where the document has none."""
    if isinstance(document, TermDocument) and name == "synonyms":
        return "\n".join(document.synonyms)
    if isinstance(document, ExpertDocument) and name == "person":
        return _lines(
            [_person(document.person), document.person.disclosure.state, *document.person.disclosure.interests]
        )
    value = getattr(document, name, "")
    return "\n".join(value) if isinstance(value, list) else value if isinstance(value, str) else ""


def part_texts(document: Document) -> dict[str, str]:
    """Return what each part of a translation says: `head`, the words outside the blocks, and each block by its id."""
    own = document.own_texts()
    head = [*(field_text(document, name) for name in FIELDS if name not in _NO_WORDS), own.pop("head", "")]
    return {"head": _lines(head)} | {block.id: text_of(block) for block in document.blocks} | own


@singledispatch
def text_of(block: object) -> str:
    """Return what a block says, a quote with its context and a withdrawn one with its reason."""
    raise TypeError(f"{type(block).__name__} has no text")


@text_of.register
def _heading(block: blocks.HeadingBlock) -> str:
    return block.text


@text_of.register(blocks.TextBlock)
@text_of.register(blocks.KeyPointsBlock)
def _body(block: blocks.TextBlock | blocks.KeyPointsBlock) -> str:
    return plain_text(block.body)


@text_of.register(blocks.StepsBlock)
@text_of.register(blocks.NoteBlock)
def _titled(block: blocks.StepsBlock | blocks.NoteBlock) -> str:
    return _lines([block.title, plain_text(block.body)])


@text_of.register
def _table(block: blocks.TableBlock) -> str:
    return _lines([block.caption, *(" | ".join(row) for row in block.rows), plain_text(block.body)])


@text_of.register
def _quote_block(block: blocks.QuoteBlock) -> str:
    if block.withdrawn:
        return block.withdrawn.reason
    return _quote(block.quote) if block.quote else ""


@text_of.register
def _care_box(block: blocks.CareBoxBlock) -> str:
    box = block.box
    signs = [f"• {sign}" for sign in box.triggers]
    called = [_service(service) for service in box.services]
    return _lines([str(CARE_LEVELS[box.level]), box.title, *signs, box.advice, *called])


@text_of.register
def _evidence(block: blocks.EvidenceTableBlock) -> str:
    rows = [
        " | ".join([row.option, row.finding, str(EVIDENCE_VERDICTS[row.verdict]), row.conclusion])
        for row in block.table.rows
    ]
    return _lines([block.table.title, *rows, block.table.note])


@text_of.register
def _accounts(block: blocks.AccountsBlock) -> str:
    said = [
        entry.withdrawn.reason if entry.withdrawn else _quote(entry.quote) if entry.quote else ""
        for entry in block.accounts.entries
    ]
    differ = str(EXPERTS_DIFFER) if block.accounts.they_differ() else ""
    return _lines([block.accounts.title, differ, *said, block.accounts.note])


@text_of.register
def _figure(block: blocks.FigureBlock) -> str:
    return _lines([block.picture.alt, block.picture.caption, block.picture.credit])


@text_of.register
def _related(block: blocks.RelatedBlock) -> str:
    # The questions are known by their ids here, which say nothing to anybody.
    return block.title


def _quote(quote: Quote) -> str:
    speaker = [_person(quote.speaker)] if quote.speaker else []
    verdict = [str(VERDICTS[quote.verdict.state]), quote.verdict.note]
    return _lines([quote.text, *speaker, *verdict, quote.reply.text if quote.reply else ""])


def _person(person: Person) -> str:
    place = person.organisation.name if person.organisation else ""
    return ", ".join(part for part in (person.name, person.credentials, person.specialty, person.post, place) if part)


def _service(service: CareService) -> str:
    return " ".join(part for part in (service.number, service.name, service.note) if part)


def _lines(found: Iterable[str]) -> str:
    return "\n".join(line for line in found if line)
