"""The past of an item in one language, and the journal of everything."""

from typing import Annotated

import msgspec

from articles.api.v1.shapes.common import ChangeOut, Id, ReviewOut, Sha256, Shape, Time, Url
from articles.canonical.languages import Language
from articles.editions.envelope import ChangeClass, Envelope


class CauseOut(Shape):
    """What made an amendment necessary: the event and the part that it touched."""

    event: str
    kind: str
    id: Id


class EditionOut(Shape):
    """One edition. Its words are at `document_url`, for as long as nothing in them was withdrawn."""

    id: Id
    kind: str
    language: Language
    edition: Annotated[int, msgspec.Meta(ge=1)]
    is_current: Annotated[bool, msgspec.Meta(description="Whether it is the live one.")]
    digest: Sha256
    content_digest: Sha256
    published_at: Time
    content_changed_at: Time
    review: ReviewOut
    change: ChangeOut
    caused_by: Annotated[CauseOut | None, msgspec.Meta(description="Null unless a shared part made it necessary.")]
    api_url: Url
    document_url: Url


class EditionDetail(EditionOut):
    """One edition with its envelope: `digest` is SHA-256 of the canonical JSON (RFC 8785) of
    `{"document": …, "envelope": …}`."""

    envelope: Envelope


class EditionList(Shape):
    """The editions of one text, newest first."""

    results: list[EditionOut]
    next: Url | None
    head: Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]


class LineChange(Shape, rename={"class_": "class"}):
    """Class of the change and a note for readers."""

    class_: Annotated[
        ChangeClass,
        msgspec.Meta(description="How grave the change is. With the event it says what is urgent: see `docs/sync/`."),
    ]
    note: Annotated[str, msgspec.Meta(description="For readers; may be empty.")]


class Line(Shape):
    """A line of the journal. `hash` is SHA-256 of the canonical JSON (RFC 8785) of the line without `hash`."""

    sequence: Annotated[int, msgspec.Meta(ge=1)]
    recorded_at: Time
    effective_at: Annotated[Time, msgspec.Meta(description="The promised moment, where there was one.")]
    event: Annotated[
        str,
        msgspec.Meta(
            description="`published`, `amended`, `withdrawn`, `restored`, `language_state`, `check_started`,"
            " `check_ended`, `fell_due`, `expunged`; more will come: take an unknown one as a reason to fetch the item"
            " again."
        ),
    ]
    id: Id
    kind: Annotated[str, msgspec.Meta(description="Kind of the item.")]
    language: Language
    edition: Annotated[
        int | None, msgspec.Meta(description="Number of the edition, null where the line is about none.")
    ]
    digest: Annotated[Sha256 | None, msgspec.Meta(description="Of that edition.")]
    change: Annotated[LineChange | None, msgspec.Meta(description="Null where nothing changed in the words.")]
    url: Annotated[str, msgspec.Meta(description="The page for readers; empty once the text is erased.")]
    api_url: Annotated[str, msgspec.Meta(description="Fetch the item here.")]
    previous_hash: Annotated[Sha256, msgspec.Meta(description="Of the line before; 64 zeros in the first.")]
    hash: Annotated[Sha256, msgspec.Meta(description="Of this line without this member.")]


class Changes(Shape):
    """Lines of the journal behind `after`, oldest first."""

    results: Annotated[list[Line], msgspec.Meta(max_length=1000)]
    next: Annotated[Url | None, msgspec.Meta(description="Null once you have everything up to `head`.")]
    head: Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]
    head_hash: Annotated[
        Sha256,
        msgspec.Meta(description="Hash of that line. If you hold a line of this number with another hash, start anew."),
    ]
