"""What is kept of a text until its moment comes: the very bytes that were approved, and back."""

import msgspec

from articles.canonical import canonical_json
from articles.canonical.shapes import reader
from articles.editions import store
from articles.editions.document import Document
from articles.editions.envelope import ChangeNote, Credits, Review, TranslationOf
from articles.editions.kinds import kind as kind_named
from articles.editions.value import Value, encoded
from articles.publishing.releases import ReleaseEntry


class Kept(Value, frozen=True):
    """On what terms a document goes out: everything of its envelope that somebody has decided."""

    change: ChangeNote
    review: Review
    translation_of: TranslationOf | None
    credits: Credits | None
    this_language_only: bool = False


_read_terms = reader(Kept)


class AlteredError(ValueError):
    """Raised when what was kept is no longer what was approved, or what this version of the program would publish."""


def freeze(entry: ReleaseEntry, submission: store.Submission) -> None:
    """Write everything that a submission holds into a row, which is not saved."""
    kept = Kept(
        change=submission.change,
        review=submission.review,
        translation_of=submission.translation_of,
        credits=submission.credits,
        this_language_only=submission.this_language_only,
    )
    entry.kind, entry.item, entry.language = submission.kind, submission.item, submission.language
    entry.title = submission.document.title
    entry.document_json = encoded(submission.document).decode()
    entry.content_digest = submission.content_digest
    entry.terms_json = encoded(kept).decode()


def document_of(entry: ReleaseEntry) -> Document:
    """Return the document of an entry; raise AlteredError unless its bytes are, to the last, those that were kept."""
    written = entry.document_json.encode()
    if canonical_json.digest_of_bytes(written) != entry.content_digest:
        raise AlteredError(str(entry))
    try:
        document = msgspec.json.decode(written, type=kind_named(entry.kind).document)
    except msgspec.MsgspecError as fault:
        raise AlteredError(str(entry)) from fault
    if encoded(document) != written:
        raise AlteredError(str(entry))
    return document


def terms_of(entry: ReleaseEntry) -> Kept:
    """Return on what terms an entry goes out; raise AlteredError where they cannot be read any more."""
    try:
        return _read_terms(entry.terms_json)
    except msgspec.MsgspecError as fault:
        raise AlteredError(str(entry)) from fault


def thaw(entry: ReleaseEntry) -> store.Submission:
    """Return what goes on the shelf; raise AlteredError unless it is what was kept."""
    document, kept = document_of(entry), terms_of(entry)
    return store.Submission(
        item=str(entry.item),
        kind=entry.kind,
        language=entry.language,  # type: ignore[arg-type]
        document=document,
        content_digest=entry.content_digest,
        change=kept.change,
        review=kept.review,
        translation_of=kept.translation_of,
        parts=store.parts_of(document),
        credits=kept.credits,
        this_language_only=kept.this_language_only,
    )
