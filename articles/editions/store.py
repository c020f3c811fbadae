"""The only door in: how the press puts editions on the shelf and takes items off it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from articles.canonical.languages import Language
from articles.editions import services
from articles.editions.document import Document
from articles.editions.envelope import Cause, ChangeNote, Credits, Envelope, Review, TranslationOf, edition_digest
from articles.editions.in_step import translation_states
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from, overdue_sentence
from articles.editions.shelf import Address, Edition, Mention, Standing, WithdrawnPart
from articles.editions.times import moment, rfc3339
from articles.editions.translations import GAP, IN_STEP, TranslationState
from articles.editions.value import encoded


@dataclass(frozen=True)
class Part:
    """A part that an edition carries, for where-used and drift."""

    kind: str
    id: str


@dataclass(frozen=True)
class Submission:
    """Everything that becomes one edition."""

    item: str
    kind: str
    language: Language
    document: Document
    content_digest: str
    change: ChangeNote
    review: Review
    translation_of: TranslationOf | None
    parts: Iterable[Part]
    caused_by: Cause | None = None
    credits: Credits | None = None
    this_language_only: bool = False


def standing_of(item: str, language: Language) -> Standing | None:
    """Return where the item stands in a language, None if it was never published in it."""
    return Standing.objects.select_related("edition").filter(item=item, language=language).first()


def stands(item: str) -> list[tuple[str, str, int]]:
    """Return language, state and live edition of an item as they are now, to learn later whether they have moved."""
    rows = Standing.objects.filter(item=item).order_by("language")
    return list(rows.values_list("language", "state", "edition"))


def has_withdrawn(parts: Iterable[Part]) -> bool:
    """Return whether any of these parts was withdrawn; behind the journal's lock the answer is final."""
    return WithdrawnPart.objects.filter(part__in=[part.id for part in parts]).exists()


def put(journal: Journal, submission: Submission, *, event: str, effective_at: datetime | None = None) -> Edition:
    """Put a new edition on the shelf, make it the live one and write its journal line.

    `effective_at` is the moment for which it was promised, where that is not the moment at which it is written.
    """
    standing = standing_of(submission.item, submission.language)
    previous = standing.edition if standing else None
    was_live = standing is not None and standing.is_live
    edition = _write_edition(journal.at, submission, previous)
    Mention.objects.bulk_create(
        Mention(edition=edition, part_kind=part.kind, part=part.id) for part in dict.fromkeys(submission.parts)
    )
    take_address(submission.kind, submission.document.slug, submission.item)
    standing = standing or Standing(
        item=submission.item, kind=submission.kind, language=submission.language, translation_json=_json(IN_STEP)
    )
    standing.edition = edition
    standing.state = Standing.State.LIVE
    standing.tombstone_json = ""
    standing.slug = submission.document.slug
    standing.title = submission.document.title
    standing.content_changed_at = moment(edition.envelope.content_changed_at)
    if standing.overdue_since != overdue_from(submission.review, submission.document.lapses_on):
        standing.overdue_since = None
    standing.sequence = journal.sequence + 1
    standing.save()
    services.follow(submission.language, submission.document, previous.document if was_live and previous else None)
    journal.append(
        event,
        standing,
        edition=edition,
        change_class=submission.change.class_,
        note=submission.change.note,
        effective_at=effective_at,
        tags=_tags(standing, submission.parts),
    )
    return edition


class AddressTakenError(ValueError):
    """Raised when a slug leads, or once led, to another item."""


def take_address(kind: str, slug: str, item: str) -> None:
    """Make a slug lead to an item for good; raise AddressTakenError if it leads to another one."""
    if not address_is_free(kind, slug, item):
        raise AddressTakenError(slug)
    Address.objects.get_or_create(kind=kind, slug=slug, defaults={"item": item})


def address_is_free(kind: str, slug: str, item: str) -> bool:
    """Return whether an item may use a slug: nobody else has it or ever had it."""
    return not Address.at(kind, slug).exclude(item=item).exists()


def withdraw(
    journal: Journal,
    standing: Standing,
    *,
    tombstone: dict[str, Any],
    change_class: str,
    effective_at: datetime | None = None,
) -> None:
    """Take an item off the shelf in one language; `tombstone` is what is answered in its place."""
    standing.state = Standing.State.WITHDRAWN
    standing.check_json = ""
    standing.overdue_since = None
    standing.gap_since = None
    standing.sequence = journal.sequence + 1
    standing.tombstone_json = json.dumps(tombstone | {"sequence": standing.sequence}, ensure_ascii=False)
    standing.save()
    services.forget_unused(standing.language)  # type: ignore[arg-type]
    journal.append(
        "withdrawn", standing, edition=standing.edition, change_class=change_class, note=tombstone["reason"],
        effective_at=effective_at, tags=_tags(standing, _parts(standing.edition)),
    )  # fmt: skip


def restore(journal: Journal, standing: Standing, *, note: str) -> None:
    """Put the edition that was withdrawn back on the shelf, unchanged."""
    standing.state = Standing.State.LIVE
    standing.tombstone_json = ""
    standing.sequence = journal.sequence + 1
    standing.save()
    # Its own numbers may be older than those of texts that were live meanwhile: they count only where none is known.
    services.follow(standing.language, standing.edition.document, standing.edition.document)  # type: ignore[arg-type]
    journal.append(
        "restored", standing, edition=standing.edition, note=note, change_class="correction",
        tags=_tags(standing, _parts(standing.edition)),
    )  # fmt: skip


def start_check(journal: Journal, standing: Standing, *, note: str) -> None:
    """Tell readers of a live text that it is being checked; its edition stays, and new ones stay under the check."""
    standing.check_json = json.dumps({"note": note, "started_at": rfc3339(journal.at)}, ensure_ascii=False)
    _note_check(journal, standing, "check_started", note)


def end_check(journal: Journal, standing: Standing, *, note: str) -> None:
    """Tell readers no longer that a text is being checked."""
    standing.check_json = ""
    _note_check(journal, standing, "check_ended", note)


def _note_check(journal: Journal, standing: Standing, event: str, note: str) -> None:
    standing.sequence = journal.sequence + 1
    standing.save(update_fields=["check_json", "sequence"])
    # With a class, or partners would not be given the note; the text itself has not changed, so it is `review`.
    journal.append(
        event, standing, edition=standing.edition, note=note, change_class="review",
        tags=_tags(standing, _parts(standing.edition)),
    )  # fmt: skip


def fall_due(journal: Journal, standing: Standing) -> None:
    """Tell readers of a live text that its promised review is lacking; the text and its edition stay as they are."""
    review, lapses_on = standing.edition.envelope.review, standing.edition.document.lapses_on
    standing.overdue_since = overdue_from(review, lapses_on)
    standing.sequence = journal.sequence + 1
    standing.save(update_fields=["overdue_since", "sequence"])
    # With a class, as every line about a text has one: partners who follow only some classes know where it belongs.
    journal.append(
        "fell_due", standing, edition=standing.edition, note=overdue_sentence(review, standing.language, lapses_on),  # type: ignore[arg-type]
        change_class="review", effective_at=standing.overdue_since, tags=_tags(standing, _parts(standing.edition)),
    )  # fmt: skip


def note_withdrawn_part(journal: Journal, part: Part, *, reason_code: str, reasons: Mapping[Language, str]) -> None:
    """Remember for good that a quote or source was withdrawn; the first reason stands."""
    WithdrawnPart.objects.get_or_create(
        part=part.id,
        defaults={
            "part_kind": part.kind,
            "reason_code": reason_code,
            "reason_ru": reasons["ru"],
            "reason_en": reasons["en"],
            "withdrawn_at": journal.at,
            "sequence": journal.sequence,
        },
    )


def settle_translations(journal: Journal, item: str, touched: Iterable[Language]) -> None:
    """Compute anew how far the item's languages are in step; one that moved untouched gets a journal line."""
    touched = set(touched)
    for language, state in translation_states(item).items():
        standing = standing_of(item, language)
        if standing is None:
            continue
        encoded_state, gap_since = _json(state), _gap_since(standing, state, journal)
        if (standing.translation_json, standing.gap_since) == (encoded_state, gap_since):
            continue
        standing.translation_json, standing.gap_since = encoded_state, gap_since
        if language in touched:
            standing.save(update_fields=["translation_json", "gap_since"])
            continue
        standing.sequence = journal.sequence + 1
        standing.save(update_fields=["translation_json", "gap_since", "sequence"])
        journal.append(
            "language_state", standing, edition=standing.edition, change_class=state.lacks, tags=_tags(standing, ())
        )


def _gap_since(standing: Standing, state: TranslationState, journal: Journal) -> datetime | None:
    """A second change for safety does not give the first one more time."""
    return (standing.gap_since or journal.at) if state.lacks == GAP else None


def parts_of(document: Document) -> list[Part]:
    """Return the shared parts that a document carries and, as `link:<kind>`, the items that it leads to, each once."""
    carried = [Part(part.part_kind, part.id) for part in document.shared_parts()]
    linked = [Part(f"link:{kind}", item) for kind, item in document.links()]
    return list(dict.fromkeys([*carried, *linked]))


def _write_edition(at: datetime, submission: Submission, previous: Edition | None) -> Edition:
    before = previous.envelope if previous else None
    now = rfc3339(at)
    changed = previous is None or previous.content_digest != submission.content_digest
    envelope = Envelope(
        item=submission.item,
        kind=submission.kind,
        language=submission.language,
        number=previous.number + 1 if previous else 1,
        content_digest=submission.content_digest,
        change=submission.change,
        review=submission.review,
        translation_of=submission.translation_of,
        caused_by=submission.caused_by,
        credits=submission.credits,
        this_language_only=submission.this_language_only,
        published_at=now,
        first_published_at=before.first_published_at if before else now,
        content_changed_at=now if changed or before is None else before.content_changed_at,
    )
    edition = Edition(
        item=submission.item,
        kind=submission.kind,
        language=submission.language,
        number=envelope.number,
        document_json=encoded(submission.document).decode(),
        envelope_json=encoded(envelope).decode(),
        content_digest=submission.content_digest,
        digest=edition_digest(submission.document, envelope),
    )
    edition.save()
    return edition


def _parts(edition: Edition) -> list[Part]:
    return [Part(mention.part_kind, str(mention.part)) for mention in edition.mentions.all()]


def _tags(standing: Standing, parts: Iterable[Part]) -> list[str]:
    """What a stored answer may depend on: the item, the lists of its kind, and every part it carries."""
    own = [f"item:{standing.item}", f"list:{standing.kind}:{standing.language}"]
    return own + [f"{part.kind}:{part.id}" for part in parts]


def _json(state: TranslationState) -> str:
    return msgspec.json.encode(state).decode()
