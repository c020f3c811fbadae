"""Refusals: problem documents (RFC 9457) and their further members."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import Id, Shape, Time, TranslationOut, Url
from articles.canonical.languages import Language

ReasonCode = Annotated[
    Literal["safety", "error", "outdated", "source", "request", "legal", "duplicate", "follows", "expired"],
    msgspec.Meta(description="Why it was withdrawn. Take it down at once whatever the reason."),
]


class Fault(Shape):
    """One thing that is wrong with the request."""

    parameter: Annotated[str, msgspec.Meta(description="Its name as it was given.")]
    type: Url
    detail: Annotated[str, msgspec.Meta(description="What is wrong.")]
    hint: Annotated[str, msgspec.Meta(description="What would be right.")]


class Problem(Shape, kw_only=True):
    """Why the request was refused. `type` identifies the problem and its address explains the fix."""

    type: Url
    title: Annotated[str, msgspec.Meta(description="The type in words.")]
    status: Annotated[int, msgspec.Meta(description="The same as that of the answer.")]
    fix: Annotated[str, msgspec.Meta(description="What to do about it.")]
    detail: Annotated[str | msgspec.UnsetType, msgspec.Meta(description="What is wrong in this request.")] = (
        msgspec.UNSET
    )
    errors: Annotated[
        list[Fault] | msgspec.UnsetType, msgspec.Meta(description="Everything that is wrong with the parameters.")
    ] = msgspec.UNSET
    emergency: Annotated[
        str | msgspec.UnsetType,
        msgspec.Meta(description="The emergency numbers in words, where somebody may be waiting for a decision."),
    ] = msgspec.UNSET


class BodyFault(Shape):
    """One thing that is wrong with what was sent; `pointer` leads to it (RFC 6901, as a fragment)."""

    pointer: Annotated[str, msgspec.Meta(examples=["#/url"])]
    type: Url
    code: Annotated[str, msgspec.Meta(examples=["unknown-member"])]
    detail: Annotated[str, msgspec.Meta(description="What is wrong.")]
    hint: Annotated[str, msgspec.Meta(description="What would be right.")]


class BodyRefused(Problem, kw_only=True):
    """What was sent cannot be taken; `errors` says where and why."""

    errors: list[BodyFault]  # type: ignore[assignment]


class NotInThisLanguage(Problem, kw_only=True):
    """The item exists, but was never published in this language."""

    id: Id
    language: Language
    translations: list[TranslationOut]


class ScopeOut(Shape):
    """What a key is about; an empty list stands for everything."""

    kinds: list[str]
    languages: list[Language]


class OutOfScope(Problem, kw_only=True):
    """The key opens, but is not about this kind or language; `scope` is what it is about."""

    scope: ScopeOut


class JournalReset(Problem, kw_only=True):
    """`after` lies beyond the journal's head."""

    after: Annotated[int, msgspec.Meta(description="As it was given.")]
    head: Annotated[int, msgspec.Meta(description="Number of the newest line.")]


class Tombstone(Problem, kw_only=True):
    """Stands where something was withdrawn. Of a part, `part` names what it was."""

    id: Id
    kind: str
    language: Language
    withdrawn_at: Time
    reason_code: ReasonCode
    reason: Annotated[str, msgspec.Meta(description="For readers, in the language of the text.")]
    replaced_by: Annotated[Id | None, msgspec.Meta(description="The item to show in its place.")]
    sequence: Annotated[int, msgspec.Meta(ge=1, description="The line of the journal that says so.")]
    part: "Part | msgspec.UnsetType" = msgspec.UNSET
    translations: Annotated[
        list[TranslationOut] | msgspec.UnsetType,
        msgspec.Meta(description="Of a whole text: the languages in which it is there still."),
    ] = msgspec.UNSET


class Part(Shape):
    """What was withdrawn or, by law, erased."""

    kind: Annotated[str, msgspec.Meta(examples=["quote", "source"])]
    id: Id
