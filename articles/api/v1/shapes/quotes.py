"""Quotes and sources: words never travel without who said them, where, and what the evidence says."""

from typing import Annotated, Any, Literal

import msgspec

from articles.api.v1.shapes.common import AttributionOut, Day, Html, Id, LicenceOut, MaxAge, Shape, Url, WithdrawalOut
from articles.canonical.languages import Language


class CitedSource(Shape):
    """A source. `csl` is the same as a CSL-JSON item."""

    id: Id
    kind: str
    kind_label: str
    reference: Annotated[str, msgspec.Meta(description="One line of plain text.")]
    title: Annotated[str, msgspec.Meta(description="In its own language; empty where the source has none.")]
    language: Annotated[str, msgspec.Meta(description="BCP 47 code of the source.")]
    translated_title: Annotated[
        str, msgspec.Meta(description="In the language of the text that cites it; may be empty.")
    ]
    authors: list[str]
    publisher: str
    container: Annotated[str, msgspec.Meta(description="Journal, book or site in which it stands.")]
    volume: str
    issue: str
    pages: str
    issued: Annotated[str, msgspec.Meta(description="Year, month or day; empty if unknown.")]
    accessed_on: Day | None
    doi: str
    pmid: str
    url: Annotated[str, msgspec.Meta(description="Empty if it has no address.")]
    archive_url: Annotated[str, msgspec.Meta(description="A copy that stays; empty if there is none.")]
    access: Annotated[
        str,
        msgspec.Meta(description="`publisher`, `archived`, `copy` and so on: what we had before us when we read it."),
    ]
    access_label: Annotated[str, msgspec.Meta(description="How we read it; empty for our own policy.")]
    withdrawn: Annotated[WithdrawalOut | None, msgspec.Meta(description="Null unless it was retracted or withdrawn.")]
    csl: dict[str, Any]
    api_url: Url


class SourceOut(CitedSource):
    """A source as it is cited, by its number in the text. `csl` is the same as a CSL-JSON item."""

    number: Annotated[int, msgspec.Meta(ge=1)]


class PersonOut(Shape):
    """Who said it. `part` is `quoted` for people who spoke elsewhere: never show them as experts of yours or ours."""

    id: Id
    name: str
    credentials: str
    specialty: str
    post: Annotated[str, msgspec.Meta(description="What they do where they work; may be empty.")]
    part: Annotated[Literal["participates", "quoted"], msgspec.Meta(description="`quoted`: spoke elsewhere.")]


class WorkplaceOut(Shape):
    """Where the person works, and how we know."""

    id: Id
    name: str
    url: Annotated[str, msgspec.Meta(description="Empty if it has no address.")]
    basis: Literal["as_published", "confirmed"]
    basis_label: str


class DisclosureOut(Shape):
    """What the person said about conflicts of interest, or that nobody asked."""

    state: Annotated[
        Literal["not_asked", "asked_no_answer", "none_declared", "declared"],
        msgspec.Meta(description="What is known of conflicts of interest."),
    ]
    label: Annotated[str, msgspec.Meta(description="The same in words.")]
    by: Annotated[str, msgspec.Meta(description="Who declared it, usually the person; empty where nobody did.")]
    on: Day | None
    interests: Annotated[list[str], msgspec.Meta(description="What was declared.")]


class QuoteSourceOut(Shape):
    """Where the words come from: the id and number of one of the item's sources."""

    id: Id
    number: Annotated[int, msgspec.Meta(ge=1)]
    reference: str
    url: Url | None
    locator: Annotated[str, msgspec.Meta(description="Page, minute or section; may be empty.")]
    withdrawn: Annotated[WithdrawalOut | None, msgspec.Meta(description="Null unless it was retracted or withdrawn.")]


class EvidenceOut(Shape):
    """What independent evidence says about the statement, never about the speaker."""

    state: Literal["supported", "supported_in_part", "no_good_evidence", "not_assessed", "disputed"]
    label: Annotated[str, msgspec.Meta(description="The verdict in words.")]
    note: Annotated[str, msgspec.Meta(description="Why; may be empty.")]
    sources: Annotated[list[Id], msgspec.Meta(description="Ids of the item's sources that the note rests on.")]
    checked_by: Annotated[str, msgspec.Meta(description="Who made this check, in words that must be shown.")]


class ReplyOut(Shape):
    """What the speaker answered, and when."""

    text: str
    on: Day | None


class QuoteMembers(Shape):
    """A quote with its whole context. `statement` holds the bare words: with `mode` `paraphrase` or `translation` they
    are not the speaker's own and stand without quotation marks."""

    id: Id
    statement: Annotated[str, msgspec.Meta(description="The bare words.")]
    mode: Annotated[
        Literal["verbatim", "translation", "paraphrase"],
        msgspec.Meta(description="Only `verbatim` may stand in quotation marks."),
    ]
    mode_label: Annotated[str, msgspec.Meta(description="The same in words.")]
    original_language: Language
    attribution: Annotated[
        Literal["quoted", "reported", "continues", "caption", "unnamed"],
        msgspec.Meta(description="How the source gives the words."),
    ]
    attribution_label: Annotated[str, msgspec.Meta(description="The same in words.")]
    person: Annotated[PersonOut | None, msgspec.Meta(description="Null where the speaker is not named.")]
    workplace: WorkplaceOut | None
    disclosure: DisclosureOut | None
    source: QuoteSourceOut
    evidence: EvidenceOut
    provenance: Annotated[
        list[str], msgspec.Meta(description="How we came by the words and whether the speaker has seen them.")
    ]
    approved_on: Annotated[Day | None, msgspec.Meta(description="When the speaker approved of the words.")]
    reply: Annotated[ReplyOut | None, msgspec.Meta(description="What the speaker answered.")]
    api_url: Url


class QuoteOut(QuoteMembers):
    """A quote of an item with its whole context in members; complete `html` and `text` are those of its block or, in
    accounts side by side, of its entry there. `statement` holds the bare words: with `mode` `paraphrase` or
    `translation` they are not the speaker's own and stand without quotation marks."""

    block: Annotated[Id, msgspec.Meta(description="The block in which it stands.")]


class AppearanceOut(Shape):
    """A live text that carries the quote or source."""

    id: Id
    kind: str
    language: Language
    title: str
    url: Url
    api_url: Url
    edition: Annotated[int, msgspec.Meta(ge=1)]


AppearsIn = Annotated[
    list[AppearanceOut],
    msgspec.Meta(description="Live texts of this language that carry it, newest edition first, the newest 100 of them:"
                 " its words are taken from the first one."),
]  # fmt: skip


class LiveQuote(QuoteMembers):
    """A quote as the newest live text has it. `html` and `text` are complete in themselves; `sources` are those that
    they name by number."""

    kind: Literal["quote"]
    language: Language
    html: Html
    text: str
    sources: list[SourceOut]
    origin: Annotated[
        AttributionOut,
        msgspec.Meta(description="What must stand beside it wherever it is shown: the text of ours that it is from."),
    ]
    licence: LicenceOut
    max_age: MaxAge
    appears_in: AppearsIn


class LiveSource(CitedSource):
    """A source as the newest live text cites it, and the newest live texts of the language asked for that do.
    `language` is that of the source."""

    max_age: MaxAge
    appears_in: AppearsIn
