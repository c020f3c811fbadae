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
    translated_title: str
    authors: list[str]
    publisher: str
    container: str
    volume: str
    issue: str
    pages: str
    issued: Annotated[str, msgspec.Meta(description="Year, month or day; empty if unknown.")]
    accessed_on: Day | None
    doi: str
    pmid: str
    url: Annotated[str, msgspec.Meta(description="Empty if it has no address.")]
    archive_url: str
    access: str
    access_label: Annotated[str, msgspec.Meta(description="How we read it; empty for our own policy.")]
    withdrawn: WithdrawalOut | None
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
    post: str
    part: Literal["participates", "quoted"]


class WorkplaceOut(Shape):
    id: Id
    name: str
    url: Annotated[str, msgspec.Meta(description="Empty if it has no address.")]
    basis: Literal["as_published", "confirmed"]
    basis_label: str


class DisclosureOut(Shape):
    """What the person said about conflicts of interest, or that nobody asked."""

    state: Literal["not_asked", "asked_no_answer", "none_declared", "declared"]
    label: str
    by: str
    on: Day | None
    interests: list[str]


class QuoteSourceOut(Shape):
    """Where the words come from: the id and number of one of the item's sources."""

    id: Id
    number: Annotated[int, msgspec.Meta(ge=1)]
    reference: str
    url: Url | None
    locator: str
    withdrawn: WithdrawalOut | None


class EvidenceOut(Shape):
    """What independent evidence says about the statement, never about the speaker."""

    state: Literal["supported", "supported_in_part", "no_good_evidence", "not_assessed", "disputed"]
    label: str
    note: str
    sources: Annotated[list[Id], msgspec.Meta(description="Ids of the item's sources that the note rests on.")]
    checked_by: Annotated[str, msgspec.Meta(description="Who made this check, in words that must be shown.")]


class ReplyOut(Shape):
    text: str
    on: Day | None


class QuoteMembers(Shape):
    """A quote with its whole context. `statement` holds the bare words: with `mode` `paraphrase` or `translation` they
    are not the speaker's own and stand without quotation marks."""

    id: Id
    statement: str
    mode: Literal["verbatim", "translation", "paraphrase"]
    mode_label: str
    original_language: Language
    attribution: Literal["quoted", "reported", "continues", "caption", "unnamed"]
    attribution_label: str
    person: PersonOut | None
    workplace: WorkplaceOut | None
    disclosure: DisclosureOut | None
    source: QuoteSourceOut
    evidence: EvidenceOut
    provenance: Annotated[
        list[str], msgspec.Meta(description="How we came by the words and whether the speaker has seen them.")
    ]
    approved_on: Day | None
    reply: ReplyOut | None
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
    msgspec.Meta(description="Live texts of this language that carry it, newest edition first: its words are taken from"
                 " the first one."),
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
    """A source as the newest live text cites it, and every live text of the language asked for that does. `language` is
    that of the source."""

    max_age: MaxAge
    appears_in: AppearsIn
