"""New editions of an item: all its languages at once, each with its address, its standing and its journal line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from articles.canonical.languages import Language
from articles.editions import services
from articles.editions.document import Document
from articles.editions.envelope import Cause, ChangeNote, Credits, Envelope, Review, TranslationOf, edition_digest
from articles.editions.in_step import states_among
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.editions.shelf import Address, Edition, Mention, Standing
from articles.editions.times import moment, rfc3339
from articles.editions.translations import GAP, IN_STEP, TranslationState
from articles.editions.value import encoded

# What a new edition may change of where an item stands.
_MOVING = [
    "edition", "state", "tombstone_json", "slug", "title", "content_changed_at", "overdue_since", "sequence",
    "translation_json", "gap_since",
]  # fmt: skip


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


def standings_of(item: str) -> dict[Language, Standing]:
    """Return where the item stands in each language in which it was ever published; one query."""
    rows = Standing.objects.select_related("edition").filter(item=item).order_by("language")
    return {row.language: row for row in rows}  # type: ignore[misc]


def put(journal: Journal, submission: Submission, *, event: str, effective_at: datetime | None = None) -> Edition:
    """Put a new edition on the shelf, make it the live one and write its journal line.

    `effective_at` is the moment for which it was promised, where that is not the moment at which it is written.
    Raises AddressTakenError.
    """
    standings = standings_of(submission.item)
    editions, _states = _put(journal, [submission], event, effective_at, standings)
    journal.write()
    return editions[submission.language]


def put_all(
    journal: Journal,
    submissions: Sequence[Submission],
    *,
    event: str,
    standings: dict[Language, Standing],
) -> tuple[dict[Language, Edition], dict[Language, TranslationState]]:
    """Put all the new editions that an item gets on the shelf, in the order given.

    `standings` are where it stands in each language, read behind the journal's lock, as is that the slugs are free;
    afterwards they are where it stands now, with how far these languages are in step. The lines are written with the
    next one, or when the journal closes. Return the editions, and how far each language is in step by now.
    """
    return _put(journal, submissions, event, None, standings, is_whole=True)


def _put(
    journal: Journal,
    submissions: Sequence[Submission],
    event: str,
    effective_at: datetime | None,
    standings: dict[Language, Standing],
    *,
    is_whole: bool = False,
) -> tuple[dict[Language, Edition], dict[Language, TranslationState]]:
    """`is_whole`: nothing else of the item goes out, so that how far its languages are in step is known by now."""
    before = {one.language: standings.get(one.language) for one in submissions}
    was_live = {language for language, one in before.items() if one and one.is_live}
    previous = {language: one.edition if one else None for language, one in before.items()}
    editions = {one.language: _edition(journal.at, one, previous[one.language]) for one in submissions}
    Edition.objects.bulk_create(editions.values())
    Mention.objects.bulk_create(
        Mention(edition=editions[one.language], part_kind=part.kind, part=part.id)
        for one in submissions
        for part in dict.fromkeys(one.parts)
    )
    _take_addresses([one for one in submissions if not _has_address(one, before[one.language])], is_whole)
    for one in submissions:
        standing = before[one.language] or Standing(
            item=one.item, kind=one.kind, language=one.language, translation_json=_json(IN_STEP)
        )
        _stand(standing, one, editions[one.language], journal)
        standings[one.language] = standing
        journal.append(
            event,
            standing,
            edition=standing.edition,
            change_class=one.change.class_,
            note=one.change.note,
            effective_at=effective_at,
            tags=tags_of(standing, one.parts),
            at_once=False,
        )
    states = states_among(standings) if is_whole else {}
    for language, state in states.items():
        if language in editions:
            take_state(standings[language], state, journal)
    _save([standings[language] for language in editions])
    last = {code: one.document for code, one in previous.items() if one and code in was_live}
    went = [(one.language, one.document, last.get(one.language)) for one in submissions]
    services.follow_all(went, is_of_now=event == "published")
    return editions, states


def _stand(standing: Standing, submission: Submission, edition: Edition, journal: Journal) -> None:
    standing.edition = edition
    standing.state = Standing.State.LIVE
    standing.tombstone_json = ""
    standing.slug = submission.document.slug
    standing.title = submission.document.title
    standing.content_changed_at = moment(edition.envelope.content_changed_at)
    if standing.overdue_since != overdue_from(submission.review, submission.document.lapses_on):
        standing.overdue_since = None
    standing.sequence = journal.sequence + 1


def _save(standings: Sequence[Standing]) -> None:
    """One statement for those that are new, one for those that were there."""
    new = [one for one in standings if one.pk is None]
    old = [one for one in standings if one.pk is not None]
    Standing.objects.bulk_create(new)
    Standing.objects.bulk_create(old, update_conflicts=True, unique_fields=["id"], update_fields=_MOVING)


class AddressTakenError(ValueError):
    """Raised when a slug leads, or once led, to another item."""


def _has_address(submission: Submission, standing: Standing | None) -> bool:
    """Whether the slug is that of the edition before, which an item never loses."""
    return standing is not None and standing.slug == submission.document.slug


def _take_addresses(submissions: Sequence[Submission], are_free: bool) -> None:
    """Make slugs lead to their items for good; raise AddressTakenError if one leads to another."""
    for one in submissions:
        if not (are_free or address_is_free(one.kind, one.document.slug, one.item)):
            raise AddressTakenError(one.document.slug)
    Address.objects.bulk_create(
        [Address(kind=one.kind, slug=one.document.slug, item=one.item) for one in submissions], ignore_conflicts=True
    )


def address_is_free(kind: str, slug: str, item: str) -> bool:
    """Return whether an item may use a slug: nobody else has it or ever had it."""
    return not Address.at(kind, slug).exclude(item=item).exists()


def take_state(standing: Standing, state: TranslationState, journal: Journal) -> bool:
    """Note how far a language is in step, not saved; return whether that is another state than before."""
    encoded_state, gap_since = _json(state), _gap_since(standing, state, journal)
    if (standing.translation_json, standing.gap_since) == (encoded_state, gap_since):
        return False
    standing.translation_json, standing.gap_since = encoded_state, gap_since
    return True


def _gap_since(standing: Standing, state: TranslationState, journal: Journal) -> datetime | None:
    """A second change for safety does not give the first one more time."""
    return (standing.gap_since or journal.at) if state.lacks == GAP else None


def tags_of(standing: Standing, parts: Iterable[Part]) -> list[str]:
    """What a stored answer may depend on: the item, the lists of its kind, and every part it carries."""
    own = [f"item:{standing.item}", f"list:{standing.kind}:{standing.language}"]
    return own + [f"{part.kind}:{part.id}" for part in parts]


def _edition(at: datetime, submission: Submission, previous: Edition | None) -> Edition:
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
    return Edition(
        item=submission.item,
        kind=submission.kind,
        language=submission.language,
        number=envelope.number,
        document_json=encoded(submission.document).decode(),
        envelope_json=encoded(envelope).decode(),
        content_digest=submission.content_digest,
        digest=edition_digest(submission.document, envelope),
    )


def _json(state: TranslationState) -> str:
    return msgspec.json.encode(state).decode()
