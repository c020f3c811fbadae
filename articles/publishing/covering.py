"""Which signatures hold for a text: the one answer that the press, the desk and every list ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.kinds import kind as kind_named
from articles.editions.shelf import Edition
from articles.editions.store import Part
from articles.editions.upgrades import upgraded
from articles.editorial import signoffs
from articles.editorial.part_confirmations import PartConfirmation, confirmed_differences
from articles.editorial.signed_texts import signed_text
from articles.editorial.signoffs import SignOff
from articles.publishing.substance import Move, Substance, holds, substance, waiting

Place = tuple[UUID, Language]


@dataclass
class Kept:
    """A text as a row that stands for it would keep it."""

    content_digest: str
    frame: str
    parts: dict[str, str]


def signatures_holding(
    item: UUID | str,
    language: Language,
    document: Document,
    live: Edition | None = None,
    rows: Iterable[SignOff] | None = None,
) -> list[SignOff]:
    """Return the signatures that hold for a text, the newest of each reviewer, oldest first.

    `live` is the edition that readers see: where the text is the one that it carries, what was signed before notices
    of withdrawal or confirmed parts were put into it holds too. `rows` are all that stand on texts of the item.
    """
    return signoffs.newest_of_each(_holding(item, language, document, live, rows)[0])


def covering_signatures(
    item: UUID | str, language: Language, document: Document, live: Edition | None = None
) -> list[SignOff]:
    """Return every signature that holds for a text, of each reviewer all of them, oldest first."""
    return _holding(item, language, document, live)[0]


def held_digests(item: UUID | str, language: Language, document: Document, live: Edition | None = None) -> set[str]:
    """Return the digest of a text, and of every text whose approval holds for it."""
    rows, digests = _holding(item, language, document, live)
    return digests | {row.content_digest for row in rows}


def covering(texts: Mapping[Place, Substance], standing: Iterable[SignOff] | None = None) -> dict[Place, list[SignOff]]:
    """Return the signatures that hold for each of these texts, oldest first; two queries for any number.

    `standing` are all that stand on texts of these items, oldest first, where they are at hand already.
    """
    rows: dict[tuple[UUID, str], list[SignOff]] = {}
    for row in signoffs.standing({item for item, _language in texts}) if standing is None else standing:
        rows.setdefault((row.item, row.language), []).append(row)
    known = moves(_parts_in_question((row, text) for place, text in texts.items() for row in rows.get(place, ())))
    return {
        place: [row for row in rows.get(place, ()) if holds(row, text, known.get(place[1], ()))]
        for place, text in texts.items()
    }


def digests_held(texts: Mapping[Place, Substance], standing: Iterable[SignOff] | None = None) -> dict[Place, set[str]]:
    """Return the digest of each text, and of every text whose signature holds for it; as `covering` asks."""
    found = covering(texts, standing)
    return {
        place: {text.content_digest, *(row.content_digest for row in found[place])} for place, text in texts.items()
    }


def moves(parts: Iterable[Part]) -> dict[Language, list[Move]]:
    """Return what reviewers who had no hand in a change confirmed of these parts, by language; at most one query."""
    ids = {part.id for part in parts}
    found: dict[Language, list[Move]] = {}
    for row in confirmed_differences(ids) if ids else []:
        if not row.is_own:
            found.setdefault(row.language, []).append(move_of(row))  # type: ignore[arg-type]
    return found


def move_of(row: PartConfirmation) -> Move:
    """Return a confirmation as the step that it allows."""
    return Part(row.kind, str(row.part)), row.before, row.after


def signed_document(item: UUID | str, kind: str, language: Language, content_digest: str) -> Document | None:
    """Return the text that was signed under a digest; None where it was not kept, or was erased since."""
    kept = signed_text(item, language, content_digest)
    if kept:
        return msgspec.convert(upgraded(msgspec.json.decode(kept)), kind_named(kind).document)
    edition = Edition.objects.filter(item=item, language=language, content_digest=content_digest).first()
    return edition.document if edition and not edition.is_erased else None


def unconfirmed_between(live: Edition, document: Document) -> bool:
    """Return whether a live text would become this document by a difference that no reviewer has confirmed."""
    return not _led(substance(live.document), substance(document), live.language)  # type: ignore[arg-type]


def as_signed(text: Substance) -> Kept:
    """Return a text as if somebody had signed it."""
    return Kept(text.content_digest, text.frame, text.parts_by_name)


def _holding(
    item: UUID | str,
    language: Language,
    document: Document,
    live: Edition | None,
    standing: Iterable[SignOff] | None = None,
) -> tuple[list[SignOff], set[str]]:
    text = substance(document)
    forms = [text, *_carried(live, text, language)]
    standing = signoffs.standing([item]) if standing is None else standing
    rows = [row for row in standing if row.language == language]
    known = moves(_parts_in_question((row, form) for row in rows for form in forms)).get(language, [])
    found = [row for row in rows if any(holds(row, form, known) for form in forms)]
    return found, {form.content_digest for form in forms}


def _carried(live: Edition | None, text: Substance, language: Language) -> list[Substance]:
    """The earlier forms of the live text that it still carries: before notices of withdrawal, and before parts were
    exchanged whose difference is confirmed."""
    if live is None or live.content_digest != text.content_digest:
        return []
    found: list[Substance] = []
    later, now = live, text
    earlier = Edition.objects.filter(item=live.item, language=live.language, number__lt=live.number)
    for edition in earlier.order_by("-number").iterator(chunk_size=10):
        cause = later.envelope.caused_by
        if cause is None and later.content_digest != edition.content_digest:
            break
        if edition.is_erased:
            break
        was = substance(edition.document)
        if cause is not None and cause.event != "withdrawn" and not _led(was, now, language):
            break
        found.append(was)
        later, now = edition, was
    return found


def _led(was: Substance, now: Substance, language: Language) -> bool:
    known = moves(_parts_in_question([(as_signed(was), now)])).get(language, [])
    return holds(as_signed(was), now, known)


def _parts_in_question(pairs: Iterable[tuple[SignOff | Kept, Substance]]) -> set[Part]:
    """The parts that differ between what was signed and what is asked about: of the rest nobody need be asked."""
    found: set[Part] = set()
    for row, text in pairs:
        if row.frame and row.frame == text.frame and row.content_digest != text.content_digest:
            found |= {part for part, _before, _after in waiting(row, text, ())}
    return found
