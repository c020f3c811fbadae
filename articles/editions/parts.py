"""Shared parts as they are frozen into documents: people, sources, quotes, care boxes, tables, pictures. Plain Python.

A part has an id that it keeps everywhere, so one change at the desk finds every text that carries it.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

from articles.canonical.languages import Language
from articles.canonical.shapes import reader
from articles.editions.value import Value, inner_values


class SharedPart(Value, frozen=True):
    """What several texts may carry. `part_kind` is its kind at the desk."""

    part_kind: ClassVar[str]

    id: str

    def sources(self) -> Iterator[str]:
        """The ids of the sources that this part refers to, in reading order."""
        return iter(())


class Organisation(SharedPart, frozen=True):
    part_kind: ClassVar[str] = "organisation"

    name: str
    url: str


class Disclosure(Value, frozen=True):
    """What the person said about conflicts of interest; `on` is an ISO date or empty."""

    state: Literal["not_asked", "asked_no_answer", "none_declared", "declared"]
    by: str
    on: str
    interests: list[str]


class Person(SharedPart, frozen=True):
    part_kind: ClassVar[str] = "expert"

    name: str
    credentials: str
    specialty: str
    post: str
    organisation: Organisation | None
    workplace_basis: Literal["as_published", "confirmed"]
    part: Literal["participates", "quoted"]
    disclosure: Disclosure


class PartWithdrawal(Value, frozen=True):
    """Stands where a withdrawn part stood, or beside a withdrawn source."""

    reason_code: str
    reason: str


class Source(SharedPart, frozen=True):
    part_kind: ClassVar[str] = "source"

    kind: str
    title: str
    language: str
    translated_title: str
    authors: list[str]
    publisher: str
    container: str
    volume: str
    issue: str
    pages: str
    issued: str
    accessed_on: str
    doi: str
    pmid: str
    url: str
    archive_url: str
    access: str
    withdrawn: PartWithdrawal | None = None


class Verdict(Value, frozen=True):
    """What independent evidence says about a statement; `sources` are ids of the document's sources."""

    state: Literal["supported", "supported_in_part", "no_good_evidence", "not_assessed", "disputed"]
    note: str
    sources: list[str]


class Reply(Value, frozen=True):
    text: str
    on: str


class Quote(SharedPart, frozen=True):
    """Words with their whole context. `source` is the id of one of the document's sources."""

    part_kind: ClassVar[str] = "quote"

    text: str
    mode: Literal["verbatim", "translation", "paraphrase"]
    original_language: Language
    attribution: Literal["quoted", "reported", "continues", "caption", "unnamed"]
    speaker: Person | None
    source: str
    locator: str
    approved_on: str
    verdict: Verdict
    reply: Reply | None

    def sources(self) -> Iterator[str]:
        return iter([self.source, *self.verdict.sources])


class CareService(SharedPart, frozen=True):
    """Whom to call. `country` is ISO 3166 or `EU`, empty if it works everywhere; `note` says where, in words."""

    part_kind: ClassVar[str] = "care_service"

    name: str
    number: str
    country: str
    purpose: Literal["emergency", "advice"]
    note: str


read_service = reader(CareService)


class CareBox(SharedPart, frozen=True):
    """When to get help. `title` and `advice` may hold `{emergency}`: the numbers of the emergency services."""

    part_kind: ClassVar[str] = "care_box"

    level: Literal["self_care", "appointment_weeks", "appointment_days", "same_day", "emergency"]
    title: str
    triggers: list[str]
    advice: str
    services: list[CareService]
    cited: list[str]

    def sources(self) -> Iterator[str]:
        return iter(self.cited)


class EvidenceRow(Value, frozen=True):
    """One option: what studies show, and what that means. `sources` are ids of the document's sources."""

    id: str
    option: str
    finding: str
    verdict: Literal["helps", "may_help", "unlikely", "unclear", "harmful"]
    conclusion: str
    sources: list[str]


class EvidenceTable(SharedPart, frozen=True):
    part_kind: ClassVar[str] = "evidence_table"

    title: str
    note: str
    rows: list[EvidenceRow]

    def sources(self) -> Iterator[str]:
        return (source for row in self.rows for source in row.sources)


class Account(Value, frozen=True):
    """One side: a quote, or, once it is withdrawn, the notice in its place. `id` is the place's own."""

    id: str
    quote: Quote | None
    withdrawn: PartWithdrawal | None = None


# Only words under a person's own name can differ from another person's.
_BY_NAME = frozenset({"quoted", "reported"})


class Accounts(SharedPart, frozen=True):
    """Accounts side by side. `experts_differ` may be said only of words under the speakers' own names."""

    part_kind: ClassVar[str] = "accounts"

    title: str
    note: str
    experts_differ: bool
    entries: list[Account]
    cited: list[str]

    def sources(self) -> Iterator[str]:
        for entry in self.entries:
            if entry.quote:
                yield from entry.quote.sources()
        yield from self.cited

    def they_differ(self) -> bool:
        """Whether it may be said that experts differ: it was found, every account that is left is under the name of
        its speaker, and the speakers are several. Whoever is left alone after a withdrawal differs from nobody."""
        left = [entry.quote for entry in self.entries if entry.quote]
        by_name = all(quote.speaker and quote.attribution in _BY_NAME for quote in left)
        return self.experts_differ and by_name and len({quote.speaker.id for quote in left if quote.speaker}) > 1


class Rendition(Value, frozen=True):
    """One file of a picture; `path` is below the address of media, and what lies there never changes."""

    path: str
    width: int
    height: int
    format: Literal["avif", "webp", "jpeg", "png"]


class Picture(SharedPart, frozen=True):
    part_kind: ClassVar[str] = "picture"

    alt: str
    caption: str
    credit: str
    licence: str
    licence_url: str
    source_url: str
    width: int
    height: int
    renditions: list[Rendition]


def shared_parts(value: Value) -> Iterator[SharedPart]:
    """Yield every shared part inside a value, itself included, outer before inner, in reading order."""
    if isinstance(value, SharedPart):
        yield value
    for inner in inner_values(value):
        yield from shared_parts(inner)
