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
Head = Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """Part of an answer."""


class ChangeOut(Shape, rename={"class_": "class"}):
    """Why this edition differs from the one before, and a note for readers in the language of the text."""

    class_: ChangeClass
    note: str


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
    on: Day | None
    next_on: Day | None
    reason: str
    statement: str


class CreditsOut(Shape):
    """Who wrote the text and, where it is a translation, who translated it, each with what they are; empty where nobody
    is named."""

    written: list[str]
    translated: list[str]


class TranslationOut(Shape):
    """How one language of the item stands towards the other: `lacks` is the gravest change that it has not followed."""

    language: Language
    state: StateName
    lacks: ChangeClass | None
    api_url: Url | None


class AttributionOut(Shape):
    """What must stand beside the text wherever it is shown: origin, edition, date, and whether it was reviewed."""

    html: Html
    text: str


class LicenceOut(Shape):
    """What may be done with the text. `spdx` is null while no public licence is given; then `name` says so."""

    spdx: str | None
    name: str
    url: Url | None
    covers: str


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


class CheckOut(Shape):
    """The text is being checked for an error right now. `note` says what about, `statement` must be shown."""

    note: str
    started_at: Time
    statement: str


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
    title: str
    published_at: Annotated[Time, msgspec.Meta(description="Of this edition.")]
    first_published_at: Time
    content_changed_at: Annotated[Time, msgspec.Meta(description="When the words last changed.")]
    review: ReviewOut
    credits: CreditsOut
    change: ChangeOut
    translations: list[TranslationOut]
    attribution: AttributionOut
    licence: LicenceOut
    max_age: MaxAge
    under_check: Annotated[bool, msgspec.Meta(description="Whether the text is being checked for an error right now.")]
    check: CheckOut | None


def list_of(shape: type[Shape], about: str) -> type[msgspec.Struct]:
    """Return the shape of a list of these, called `<shape>List`; `about` is its description."""
    members: list[tuple[str, Any]] = [("results", list[shape]), ("next", Url | None), ("head", Head)]  # type: ignore[valid-type]
    listed = msgspec.defstruct(f"{shape.__name__}List", members, bases=(Shape,))
    listed.__doc__ = about
    return listed
