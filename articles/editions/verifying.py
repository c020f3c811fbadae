"""Proving that nothing on the shelf was altered or lost."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from articles.canonical import canonical_json
from articles.editions.erasing import erased_document
from articles.editions.expunged import Expunged
from articles.editions.guards import missing_guards
from articles.editions.journal import GENESIS, line_hash
from articles.editions.overdue import overdue_from
from articles.editions.shelf import Change, Edition, JournalHead, Standing
from articles.editions.store import parts_of

# How an item stands in a language after a line of the journal; other lines leave it as it was.
_STATES = {
    "published": Standing.State.LIVE,
    "amended": Standing.State.LIVE,
    "restored": Standing.State.LIVE,
    "withdrawn": Standing.State.WITHDRAWN,
}


@dataclass(frozen=True)
class Stood:
    """How items stand by the journal alone: live or withdrawn, being checked, and since when overdue for a review.

    `promised` is the moment from which the review that an edition promises is lacking.
    """

    promised: dict[tuple[str, str, int], datetime]
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    checked: set[tuple[str, str]] = field(default_factory=set)
    overdue: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def follow(self, line: Change) -> None:
        """Note what a line says of its text."""
        about = (str(line.item), line.language)
        if line.event in _STATES:
            self.states[about] = _STATES[line.event]
        if line.event == "check_started":
            self.checked.add(about)
        elif line.event in ("check_ended", "withdrawn"):
            self.checked.discard(about)
        if line.event == "fell_due":
            self.overdue[about] = line.effective_at
        elif line.event in _STATES and self.overdue.get(about) != self.promised_by(line):
            self.overdue.pop(about, None)

    def promised_by(self, line: Change) -> datetime | None:
        """Return from when the review that the line's edition promises is lacking; a withdrawn text promises none."""
        if line.event == "withdrawn" or line.edition is None:
            return None
        return self.promised.get((str(line.item), line.language, line.edition))


def verify_editions() -> Iterator[str]:
    """Yield a sentence for everything that is wrong: digests, numbering, the chain, its head, standings, guards.

    Yields nothing when all is well. Reads the shelf in one pass with constant memory per item.
    """
    yield from _guards()
    digests: dict[tuple[str, str, int], str] = {}
    erased: set[tuple[str, str, int]] = set()
    newest: dict[tuple[str, str], int] = defaultdict(int)
    stood = Stood({})
    for edition in Edition.objects.order_by("item", "language", "number").iterator(chunk_size=500):
        name = f"Edition {edition.number} of {edition.kind} {edition.item} ({edition.language})"
        digests[str(edition.item), edition.language, edition.number] = edition.digest
        key = (str(edition.item), edition.language)
        if edition.number != newest[key] + 1:
            yield f"{name} follows number {newest[key]}: an edition is missing."
        newest[key] = edition.number
        if promised := _promised(edition):
            stood.promised[*key, edition.number] = promised
        if edition.is_erased:
            erased.add((*key, edition.number))
        for problem in _edition(edition):
            yield f"{name}: {problem}"
    yield from _erasures(erased)
    yield from _chain(digests, erased, stood)
    yield from _standings(newest, stood)


def _guards() -> Iterator[str]:
    for name in missing_guards():
        yield f"The database guard {name} is missing."


def _edition(edition: Edition) -> Iterator[str]:
    if edition.is_erased:
        # Its digests are of words that are gone. They are in the journal's chain, and must be the same there.
        if edition.envelope.content_digest != edition.content_digest:
            yield "its envelope does not match its digest."
        if erased_document(edition) != edition.document_json:
            yield "it was erased and has something left."
        return
    document, envelope = canonical_json.loads(edition.document_json), canonical_json.loads(edition.envelope_json)
    if canonical_json.dumps(document).decode() != edition.document_json:
        yield "its document is not in canonical form."
    if (
        canonical_json.digest(document) != edition.content_digest
        or envelope["content_digest"] != edition.content_digest
    ):
        yield "its words do not match their digest."
    if canonical_json.digest({"document": document, "envelope": envelope}) != edition.digest:
        yield "document and envelope do not match the digest."
    named = (envelope["item"], envelope["kind"], envelope["language"], envelope["number"])
    if named != (str(edition.item), edition.kind, edition.language, edition.number):
        yield "its envelope names another text."
    carried = {(part.kind, part.id) for part in parts_of(edition.document)}
    mentioned = {(mention.part_kind, str(mention.part)) for mention in edition.mentions.all()}
    # Links are noted for the desk alone, and what counts as one has grown; parts are what recalls rest on.
    if {part for part in carried ^ mentioned if not part[0].startswith("link:")}:
        yield "its mentions do not match what it carries."


def _promised(edition: Edition) -> datetime | None:
    try:
        return overdue_from(edition.envelope.review, "" if edition.is_erased else edition.document.lapses_on)
    except (ValueError, msgspec.DecodeError):
        return None  # an envelope that cannot be read was altered, and its digest tells


def _erasures(erased: set[tuple[str, str, int]]) -> Iterator[str]:
    """Every erased edition has its record and its line, and every record an edition without words."""
    recorded: set[tuple[str, str, int]] = set()
    for record in Expunged.objects.select_related("edition").order_by("sequence").iterator(chunk_size=500):
        edition = record.edition
        key = (str(edition.item), edition.language, edition.number)
        recorded.add(key)
        told = {"event": "expunged", "item": edition.item, "language": edition.language, "edition": edition.number}
        if not Change.objects.filter(sequence=record.sequence, **told).exists():
            yield f"The erasure of edition {key[2]} of {key[0]} ({key[1]}) has no journal line."
    for item, language, number in sorted(recorded - erased):
        yield f"Edition {number} of {item} ({language}) was to be erased and has its words still."
    for item, language, number in sorted(erased - recorded):
        yield f"Edition {number} of {item} ({language}) was erased, and nobody stands for it."


def _chain(digests: dict[tuple[str, str, int], str], erased: set[tuple[str, str, int]], stood: Stood) -> Iterator[str]:
    """Also notes in `stood` how each item stands by the journal."""
    sequence, previous = 0, GENESIS
    journalled: set[tuple[str, str, int]] = set()
    for line in Change.objects.order_by("sequence").iterator(chunk_size=1000):
        if line.sequence != sequence + 1:
            yield f"Journal line {line.sequence} follows {sequence}: a line is missing."
        if line.previous_hash != previous:
            yield f"Journal line {line.sequence} is not chained to the one before it."
        about = (str(line.item), line.language, line.edition)
        if line_hash(line) != line.hash and not (about in erased and line.note == ""):
            yield f"Journal line {line.sequence} does not match its hash."
        sequence, previous = line.sequence, line.hash
        stood.follow(line)
        if line.event == "fell_due" and line.effective_at != stood.promised_by(line):
            yield f"Journal line {line.sequence} tells of a review that was not promised for then."
        if line.edition is not None:
            journalled.add((*about[:2], line.edition))
            if digests.get(about) != line.digest:
                yield f"Journal line {line.sequence} names an edition that is not on the shelf."
    for item, language, number in digests.keys() - journalled:
        yield f"Edition {number} of {item} ({language}) has no journal line."
    head = JournalHead.objects.filter(id=1).first()
    if (head.sequence, head.hash) != (sequence, previous) if head else sequence:
        yield "The journal's head does not match its last line."


def _standings(newest: dict[tuple[str, str], int], stood: Stood) -> Iterator[str]:
    stands: set[tuple[str, str]] = set()
    for standing in Standing.objects.select_related("edition").iterator(chunk_size=500):
        key = (str(standing.item), standing.language)
        stands.add(key)
        stood_on = standing.edition
        if (str(stood_on.item), stood_on.language, stood_on.number) != (*key, newest.get(key)):
            yield f"{standing.kind} {key[0]} ({key[1]}) does not stand at its newest edition."
        by_journal = stood.states.get(key, standing.state)
        if standing.state != by_journal:
            yield f"{standing.kind} {key[0]} ({key[1]}) is {standing.state}, and {by_journal} by the journal."
        if bool(standing.check_json) != (key in stood.checked):
            yield f"{standing.kind} {key[0]} ({key[1]}) is not under check as the journal has it."
        if standing.overdue_since != stood.overdue.get(key):
            yield f"{standing.kind} {key[0]} ({key[1]}) is not overdue for a review as the journal has it."
    for item, language in newest.keys() - stands:
        yield f"{item} ({language}) has editions and stands nowhere."
