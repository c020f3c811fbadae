"""Shared parts of texts that are neither quotes nor sources: care boxes, evidence, accounts, pictures."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import Html, Id, Shape, Url, WithdrawalOut

CitedIds = Annotated[list[Id], msgspec.Meta(description="Ids of the item's sources that it rests on.")]


class CareServiceOut(Shape):
    """Whom to call. `note` says in words where it works."""

    id: Id
    name: str
    number: str
    country: Annotated[str, msgspec.Meta(description="ISO 3166 code or `EU`; empty if it works everywhere.")]
    purpose: Literal["emergency", "advice"]
    note: str


class CareBoxOut(Shape):
    """When to get which help. Any one of the triggers is enough. Numbers of the emergency services stand in the words
    already."""

    id: Id
    block: Annotated[Id, msgspec.Meta(description="The block in which it stands.")]
    level: Annotated[
        Literal["emergency", "same_day", "appointment_days", "appointment_weeks", "self_care"],
        msgspec.Meta(description="How soon help is needed."),
    ]
    level_label: Annotated[str, msgspec.Meta(description="The same in words.")]
    title: str
    triggers: list[str]
    advice: Annotated[str, msgspec.Meta(description="What to do meanwhile; may be empty.")]
    services: list[CareServiceOut]
    sources: CitedIds


class EvidenceRowOut(Shape):
    """One option: what studies show, the verdict on that, and what it means for the reader."""

    id: Id
    option: str
    finding: Annotated[str, msgspec.Meta(description="What studies show.")]
    verdict: Annotated[
        Literal["helps", "may_help", "unlikely", "unclear", "harmful"],
        msgspec.Meta(description="What studies come to."),
    ]
    verdict_label: Annotated[str, msgspec.Meta(description="The same in words.")]
    conclusion: Annotated[str, msgspec.Meta(description="What that means for the reader.")]
    sources: CitedIds


class EvidenceTableOut(Shape):
    """What is known about several options."""

    id: Id
    title: str
    note: str
    rows: list[EvidenceRowOut]


class AccountOut(Shape):
    """One account. `quote` is the id of one of the item's `quotes`; once it is withdrawn, the notice stands here.
    `html` and `text` are complete in themselves."""

    id: Id
    quote: Id | None
    withdrawn: WithdrawalOut | None
    html: Html
    text: str


class AccountsOut(Shape):
    """Accounts side by side. Say that experts differ only where `experts_differ` says so, and show all of them."""

    id: Id
    title: str
    note: Annotated[str, msgspec.Meta(description="What each says and what the evidence says; takes no side.")]
    experts_differ: bool
    sources: CitedIds
    entries: list[AccountOut]


class PictureFileOut(Shape):
    """A file of the picture. What lies at its address never changes."""

    url: Url
    width: int
    height: int
    format: Literal["avif", "webp", "jpeg", "png"]


class PictureOut(Shape):
    """A picture. Show credit and licence with it."""

    id: Id
    alt: str
    caption: str
    credit: str
    licence: Annotated[str, msgspec.Meta(description="A code, such as `own` or `cc_by_4`.")]
    licence_label: str
    licence_url: Annotated[str, msgspec.Meta(description="Empty if the licence has no address.")]
    source_url: Annotated[str, msgspec.Meta(description="Where the picture was found; empty for our own.")]
    width: int
    height: int
    files: list[PictureFileOut]
