"""Erasing for good what the shelf holds: the words go, numbers, digests and the chain stay. For `expunge` alone.

An erased edition keeps the digests of its parts, so that other editions can still be compared with it, and an envelope
without words and names. Journal lines about it lose their notes; they are proven by their place in the chain.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import msgspec

from articles.canonical import canonical_json
from articles.canonical.languages import LANGUAGES
from articles.editions.envelope import Envelope
from articles.editions.expunged import Expunged, sentence
from articles.editions.guards import erasing
from articles.editions.journal import Journal
from articles.editions.shelf import Address, Change, Edition, Standing, WithdrawnPart
from articles.editions.store import Part
from articles.editions.value import encoded
from articles.editions.withdrawals import change_class

# The tables of the shelf in which words are replaced; everything else there is replaced without a guard.
TABLES = (Edition, Change, WithdrawnPart)


@dataclass(frozen=True)
class Erasure:
    """What is erased, why, and the two people who stand for it (their account numbers)."""

    what: Part
    grounds: str
    asked_by: int
    confirmed_by: int


def editions_of(what: Part) -> list[Edition]:
    """Return every edition that has words left of an item, or of a part: its own and those that carry it."""
    named = Edition.objects.filter(mentions__part_kind=what.kind, mentions__part=what.id)
    own = Edition.objects.filter(kind=what.kind, item=what.id)
    rows = (own | named).distinct().order_by("item", "language", "number")
    return [edition for edition in rows if not edition.is_erased]


def erase(journal: Journal, editions: Collection[Edition], erasure: Erasure) -> list[Expunged]:
    """Replace the words of these editions, and of all that stands about the item itself; write a line for each.

    Nothing of it may be live: ask first. Returns the records in the order of the lines.
    """
    what = erasure.what
    with erasing(*TABLES) as rows:
        for edition in editions:
            forms = {"document_json": erased_document(edition), "envelope_json": _erased_envelope(edition.envelope)}
            rows(Edition).filter(pk=edition.pk).update(**forms)
            about = {"item": edition.item, "language": edition.language, "edition": edition.number}
            rows(Change).filter(**about).update(note="")
        rows(Change).filter(kind=what.kind, item=what.id).update(note="", url="")
        told = {f"reason_{language}": sentence(language) for language in LANGUAGES}
        rows(WithdrawnPart).filter(part_kind=what.kind, part=what.id).update(**told)
    for address in Address.objects.filter(kind=what.kind, item=what.id):
        address.slug = Address.erased(address.kind, address.slug)
        address.save(update_fields=["slug"])
    # Where a text of another item stands withdrawn at an erased edition, its title is one of the edition's words.
    Standing.objects.filter(edition__in=[edition.pk for edition in editions]).update(title="")
    for standing in Standing.objects.filter(kind=what.kind, item=what.id):
        _erase_standing(standing)
    records = [_record(journal, edition, erasure) for edition in editions]
    # Every edition of it may have been erased before, for the sake of a part: then no line tells yet that title and
    # address are gone too, and whoever follows the journal would keep them.
    of_lines = {(edition.item, edition.language) for edition in editions}
    for standing in Standing.objects.select_related("edition").filter(kind=what.kind, item=what.id):
        if (standing.item, standing.language) not in of_lines:
            _tell(journal, standing, standing.edition, what)
    return records


def erased_document(edition: Edition) -> str:
    """Return the canonical JSON that stands in the place of an edition's document."""
    schema = msgspec.json.decode(edition.document_json)["schema"]
    left = {"erased": True, "kind": edition.kind, "parts": edition.parts(), "schema": schema}
    return canonical_json.dumps(left).decode()


def _erased_envelope(envelope: Envelope) -> str:
    """The envelope without its words and names. What is left is the same for everybody: classes, numbers, moments."""
    left = msgspec.structs.replace(
        envelope,
        change=msgspec.structs.replace(envelope.change, note=""),
        review=msgspec.structs.replace(envelope.review, by=[], reason=""),
        credits=None,
    )
    return encoded(left).decode()


def _erase_standing(standing: Standing) -> None:
    standing.title, standing.slug = "", ""
    told = {"reason": sentence(standing.language), "reason_code": Expunged.reason_code}  # type: ignore[arg-type]
    standing.tombstone_json = json.dumps((standing.tombstone or {}) | told, ensure_ascii=False)
    standing.save(update_fields=["title", "slug", "tombstone_json"])


def _record(journal: Journal, edition: Edition, erasure: Erasure) -> Expunged:
    standing = Standing.objects.get(item=edition.item, language=edition.language)
    line = _tell(journal, standing, edition, erasure.what)
    return Expunged.objects.create(
        edition=edition,
        kind=erasure.what.kind,
        object_id=UUID(erasure.what.id),
        grounds=erasure.grounds,
        asked_by=erasure.asked_by,
        confirmed_by=erasure.confirmed_by,
        expunged_at=journal.at,
        sequence=line.sequence,
    )


def _tell(journal: Journal, standing: Standing, edition: Edition, what: Part) -> Change:
    standing.sequence = journal.sequence + 1
    standing.save(update_fields=["sequence"])
    return journal.append(
        "expunged",
        standing,
        edition=edition,
        change_class=change_class(Expunged.reason_code),
        note=sentence(standing.language),  # type: ignore[arg-type]
        tags=[f"item:{edition.item}", f"{what.kind}:{what.id}"],
    )
