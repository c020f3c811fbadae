"""Whether copies are still current."""

from typing import Annotated

import msgspec

from articles.api.v1.shapes.common import ChangeOut, Head, Id, MaxAge, Sha256, Shape, Time, Url
from articles.api.v1.shapes.problems import Part, ReasonCode
from articles.canonical.languages import Language
from articles.editions.copies import State
from articles.editions.envelope import ChangeClass


class CopiedOut(Shape):
    """The edition that the copy was made of. With a digest of the words, the newest edition that has these words."""

    edition: Annotated[int, msgspec.Meta(ge=1)]
    digest: Sha256
    content_digest: Sha256
    published_at: Time


class LiveOut(CopiedOut):
    """The edition that is live."""

    url: Url
    api_url: Url
    max_age: MaxAge
    is_overdue: Annotated[bool, msgspec.Meta(description="The review or the day that was promised has passed.")]
    under_check: Annotated[bool, msgspec.Meta(description="The text is being checked for an error right now.")]
    lacks: Annotated[
        ChangeClass | None, msgspec.Meta(description="The gravest change of the other language that it lacks.")
    ]


class SinceOut(Shape):
    """An edition that came after the copy."""

    edition: Annotated[int, msgspec.Meta(ge=1)]
    published_at: Time
    change: ChangeOut


class CopyWithdrawnOut(Shape):
    """The tombstone: of the whole text, or of the `part` that the copy still carries."""

    withdrawn_at: Time
    reason_code: ReasonCode
    reason: Annotated[str, msgspec.Meta(description="In the language of the copy.")]
    replaced_by: Id | None
    sequence: Annotated[int, msgspec.Meta(ge=1, description="The line of the journal that says so.")]
    part: Annotated[Part | None, msgspec.Meta(description="Null where the whole text was withdrawn.")]


class CopyOut(Shape):
    """What became of one copy. Only `current` may go on being shown; take the others down or put `live` in their place,
    `withdrawn` and `withdrawn_in_part` at once. `unknown`: no text of ours has this digest. `ambiguous`: several begin
    with these characters, give more of them. Of these two all other members are null or empty."""

    asked: Annotated[str, msgspec.Meta(description="The digest asked for, as it was read.")]
    state: Annotated[State, msgspec.Meta(description="What became of it.")]
    id: Id | None
    kind: str | None
    language: Language | None
    title: Annotated[str | None, msgspec.Meta(description="Empty once the text is erased.")]
    copy: Annotated[CopiedOut | None, msgspec.Meta(description="Null where it is not known which edition it was.")]
    live: Annotated[LiveOut | None, msgspec.Meta(description="Null while the text is withdrawn.")]
    has_same_words: Annotated[
        bool | None, msgspec.Meta(description="Whether the live edition says the same, word for word.")
    ]
    gravest: Annotated[ChangeClass | None, msgspec.Meta(description="Class of the gravest change since.")]
    since: Annotated[list[SinceOut], msgspec.Meta(description="Editions after the copy, oldest first.")]
    withdrawn: Annotated[
        CopyWithdrawnOut | None, msgspec.Meta(description="Null unless the text or a part of it was withdrawn.")
    ]


class VerifyOut(Shape):
    """One answer for each digest, in the order asked, each digest once."""

    results: Annotated[list[CopyOut], msgspec.Meta(max_length=50)]
    head: Annotated[Head, msgspec.Meta(description="The newest line of the journal that the answer knows of.")]
