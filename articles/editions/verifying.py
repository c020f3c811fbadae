"""Proving that nothing on the shelf was altered or lost."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from articles.canonical import canonical_json
from articles.editions.erasing import erased_document
from articles.editions.expunged import Expunged
from articles.editions.guards import missing_guards
from articles.editions.journal import GENESIS, line_hash
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
    """How items stand by the journal alone: live or withdrawn, and which of them are being checked."""

    states: dict[tuple[str, str], str]
    checked: set[tuple[str, str]]


def verify_editions() -> Iterator[str]:
    """Yield a sentence for everything that is wrong: digests, numbering, the chain, its head, standings, guards.

    Yields nothing when all is well. Reads the shelf in one pass with constant memory per item.
    """
    yield from _guards()
    digests: dict[tuple[str, str, int], str] = {}
    erased: set[tuple[str, str, int]] = set()
    newest: dict[tuple[str, str], int] = defaultdict(int)
    for edition in Edition.objects.order_by("item", "language", "number").iterator(chunk_size=500):
        name = f"Edition {edition.number} of {edition.kind} {edition.item} ({edition.language})"
        digests[str(edition.item), edition.language, edition.number] = edition.digest
        key = (str(edition.item), edition.language)
        if edition.number != newest[key] + 1:
            yield f"{name} follows number {newest[key]}: an edition is missing."
        newest[key] = edition.number
        if edition.is_erased:
            erased.add((*key, edition.number))
        for problem in _edition(edition):
            yield f"{name}: {problem}"
    stood = Stood({}, set())
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
        if line.event in _STATES:
            stood.states[about[:2]] = _STATES[line.event]
        if line.event == "check_started":
            stood.checked.add(about[:2])
        elif line.event in ("check_ended", "withdrawn"):
            stood.checked.discard(about[:2])
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
    for item, language in newest.keys() - stands:
        yield f"{item} ({language}) has editions and stands nowhere."
