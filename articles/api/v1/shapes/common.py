"""What every item carries, whatever its kind."""

from typing import Annotated, Any, Literal

import msgspec

from articles.canonical.languages import Language
from articles.editions.envelope import ChangeClass
from articles.editions.translations import StateName

Id = Annotated[str, msgspec.Meta(description="UUID; never changes.")]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="SHA-256, lowercase hex.")]
Time = Annotated[str, msgspec.Meta(description="RFC 3339, UTC.", examples=["2026-11-22T12:00:00.000000Z"])]
Day = Annotated[str, msgspec.Meta(description="ISO date.", examples=["2026-11-22"])]
Url = Annotated[str, msgspec.Meta(description="Absolute address.")]
Html = Annotated[
    str, msgspec.Meta(description="Safe HTML: no scripts, styles or classes that matter; an image in `figure` alone.")
]

Codes = Annotated[
    list[Annotated[str, msgspec.Meta(pattern=r"^[A-Z][0-9]{2}(\.[0-9]{1,2})?$", examples=["R25.2"])]],
    msgspec.Meta(description="ICD-10 of the World Health Organization."),
]

MaxAge = Annotated[
    Literal[3600, 86400],
    msgspec.Meta(description="Seconds after which a copy that could not be confirmed must be hidden."),
]
Next = Annotated[Url | None, msgspec.Meta(description="Address of the next page; null on the last one.")]
Head = Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """Part of an answer."""


class ChangeOut(Shape, rename={"class_": "class"}):
    """Why this edition differs from the one before, and a note for readers in the language of the text."""

    class_: Annotated[
        ChangeClass,
        msgspec.Meta(description="How grave the change is, `safety` the gravest."),
    ]
    note: Annotated[str, msgspec.Meta(description="For readers; may be empty.")]


class SignatoryOut(Shape):
    """Who reviewed the text, or who decided to publish it without a review."""

    name: str
    role: str


class ReviewOut(Shape):
    """Whether a clinician has checked the text. With `not_reviewed`, `by`, `on` and `reason` tell the named decision to
    publish without; with `overdue`, the review promised by `next_on` is lacking; `statement` says it in words that must
    be shown."""

    state: Literal["not_reviewed", "reviewed", "overdue"]
    by: list[SignatoryOut]
    on: Annotated[Day | None, msgspec.Meta(description="Day of the review, or of the decision to publish without one.")]
    next_on: Annotated[Day | None, msgspec.Meta(description="By when it is to be reviewed again.")]
    reason: str
    statement: Annotated[str, msgspec.Meta(description="Must be shown.")]


class CreditsOut(Shape):
    """Who wrote the text and, where it is a translation, who translated it, each with what they are; empty where nobody
    is named."""

    written: list[str]
    translated: list[str]


class TranslationOut(Shape):
    """How one language of the item stands towards the other: `lacks` is the gravest change that it has not followed."""

    language: Language
    state: Annotated[StateName, msgspec.Meta(description="Of this language, seen from the other one.")]
    lacks: ChangeClass | None
    api_url: Annotated[Url | None, msgspec.Meta(description="Null where there is nothing to fetch.")]


class AttributionOut(Shape):
    """What must stand beside the text wherever it is shown: origin, edition, date, and whether it was reviewed."""

    html: Html
    text: str


class LicenceOut(Shape):
    """What may be done with the text. `spdx` is null while no public licence is given; then `name` says so."""

    spdx: Annotated[str | None, msgspec.Meta(description="Name of a public licence after SPDX.")]
    name: Annotated[str, msgspec.Meta(description="In words, in the language of the text.")]
    url: Annotated[Url | None, msgspec.Meta(description="Page on what may be done with the texts.")]
    covers: Annotated[str, msgspec.Meta(description="What it is about and what it is not.")]


class WithdrawalOut(Shape):
    """Why a part was withdrawn."""

    reason_code: str
    reason: str


class LinkOut(Shape):
    """A live item that this one leads to."""

    id: Id
    title: str
    url: Url
    api_url: Url


class ConditionOut(LinkOut):
    """A condition that the text is about: a live term of the glossary, and its codes of ICD-10."""

    codes: Codes


class SafetyGapOut(Shape):
    """The other language has a change that matters for safety, and this text does not have it yet. If it does not catch
    up in time, it is withdrawn."""

    since: Time
    language: Annotated[Language, msgspec.Meta(description="The language that has the change.")]
    api_url: Annotated[Url | None, msgspec.Meta(description="The text that has it.")]
    statement: Annotated[str, msgspec.Meta(description="Must be shown above the text.")]


class CheckOut(Shape):
    """The text is being checked for an error right now. `note` says what about, `statement` must be shown."""

    note: Annotated[str, msgspec.Meta(description="What is being checked.")]
    started_at: Time
    statement: Annotated[str, msgspec.Meta(description="Must be shown.")]


class Item(Shape):
    """What every item carries. `id`, `language` and `edition` together name one text."""

    id: Id
    kind: str
    language: Language
    edition: Annotated[int, msgspec.Meta(ge=1, description="Counted per item and language.")]
    digest: Annotated[Sha256, msgspec.Meta(description="Of the whole edition: compare copies by it.")]
    content_digest: Annotated[Sha256, msgspec.Meta(description="Of the document alone, see `document/`.")]
    url: Annotated[Url, msgspec.Meta(description="The page for readers.")]
    api_url: Url
    title: Annotated[str, msgspec.Meta(description="In the language of the text.")]
    published_at: Annotated[Time, msgspec.Meta(description="Of this edition.")]
    first_published_at: Time
    content_changed_at: Annotated[Time, msgspec.Meta(description="When the words last changed.")]
    review: ReviewOut
    credits: CreditsOut
    change: ChangeOut
    translations: Annotated[list[TranslationOut], msgspec.Meta(description="Every language of the item, this one too.")]
    attribution: AttributionOut
    licence: LicenceOut
    max_age: MaxAge
    under_check: Annotated[bool, msgspec.Meta(description="Whether the text is being checked for an error right now.")]
    check: Annotated[CheckOut | None, msgspec.Meta(description="Null unless the text is under check.")]
    safety_gap: Annotated[
        SafetyGapOut | None, msgspec.Meta(description="Null unless it lacks a change for safety of the other language.")
    ]


def list_of(shape: type[Shape], about: str) -> type[msgspec.Struct]:
    """Return the shape of a list of these, called `<shape>List`; `about` is its description."""
    members: list[tuple[str, Any]] = [("results", list[shape]), ("next", Next), ("head", Head)]  # type: ignore[valid-type]
    listed = msgspec.defstruct(f"{shape.__name__}List", members, bases=(Shape,))
    listed.__doc__ = about
    return listed
