"""What surrounds a document: which text it is, when and why it was published, and who stands for it."""

from typing import Literal

import msgspec

from articles.canonical import canonical_json
from articles.canonical.languages import Language
from articles.canonical.shapes import reader
from articles.editions.document import Document
from articles.editions.value import Value, plain

ChangeClass = Literal["first", "safety", "advice", "correction", "update", "wording", "review"]

# Worst first: when a translation lacks several changes, the worst one is named.
CHANGE_CLASSES: tuple[ChangeClass, ...] = ("safety", "advice", "correction", "update", "first", "wording", "review")


def worst(classes: list[ChangeClass]) -> ChangeClass:
    """Return the gravest of the change classes; raise ValueError when there is none."""
    return min(classes, key=CHANGE_CLASSES.index)


class ChangeNote(Value, frozen=True):
    """Why this edition differs from the one before, in words for the reader."""

    class_: ChangeClass = msgspec.field(name="class")
    note: str


class Signatory(Value, frozen=True):
    name: str
    role: str


class Review(Value, frozen=True):
    """Who checked the text, or who decided to publish it unchecked (`not_reviewed`) and why. Dates are ISO."""

    state: Literal["not_reviewed", "reviewed"]
    by: list[Signatory]
    on: str
    next_on: str
    reason: str


class TranslationOf(Value, frozen=True):
    """Against which wording of the original each part of this translation was last confirmed (part id to digest)."""

    language: Language
    parts: dict[str, str]


class Credits(Value, frozen=True):
    """People of ours as readers of this language see them, each with what they are; `translated` on a translation."""

    written: list[str]
    translated: list[str]


class Cause(Value, frozen=True):
    """What made an amendment necessary: the event and the part that it touched."""

    event: str
    kind: str
    id: str


class Envelope(Value, frozen=True, omit_defaults=True):
    """`credits` is not there at all where nobody is named, as in envelopes from before it was known.

    `this_language_only` is there where the publisher said so: what this language has changed up to here concerned it
    alone, and the other is right as it stands.
    """

    item: str
    kind: str
    language: Language
    number: int
    content_digest: str
    change: ChangeNote
    review: Review
    translation_of: TranslationOf | None
    caused_by: Cause | None
    published_at: str
    first_published_at: str
    content_changed_at: str
    credits: Credits | None = None
    this_language_only: bool = False


read_envelope = reader(Envelope)


def edition_digest(document: Document, envelope: Envelope) -> str:
    """Return SHA-256 of document and envelope together: what a partner compares and the journal chains."""
    return canonical_json.digest({"document": plain(document), "envelope": plain(envelope)})
