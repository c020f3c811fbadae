"""A partner's own figures."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import Day, Id, Shape, Time
from articles.api.v1.shapes.problems import ScopeOut
from articles.api.v1.shapes.root import Head

Count = Annotated[int, msgspec.Meta(ge=0)]
Line = Annotated[int, msgspec.Meta(ge=0)]


class DayOut(Shape):
    """Requests with one key on one day (UTC)."""

    day: Day
    requests: Count
    unchanged: Annotated[int, msgspec.Meta(ge=0, description="Of them answered with `304`.")]
    refused: Annotated[int, msgspec.Meta(ge=0, description="Of them answered with `4xx`, among them `429`.")]


class KeyOut(Shape):
    """A key, told by its public beginning. Its text is nowhere kept."""

    prefix: Annotated[str, msgspec.Meta(description="How the key begins.")]
    label: str
    state: Literal["usable", "expired", "revoked"]
    is_this: Annotated[bool, msgspec.Meta(description="Whether this request shows it.")]
    scope: ScopeOut
    created_at: Time
    expires_at: Time | None
    revoked_at: Time | None
    last_used_at: Time | None
    days: Annotated[
        list[DayOut],
        msgspec.Meta(description="Of the last 30 days those with a request, the newest first."),
    ]


class WebhookUse(Shape):
    """A webhook, and how far in the journal it has been told."""

    id: Id
    url: str
    state: Literal["active", "paused"]
    paused_at: Time | None
    pause_reason: str
    scope: ScopeOut
    told_up_to: Line


class PlaceOut(Shape):
    """How far the partner has come in the journal; 0 before it has begun."""

    fetched: Annotated[int, msgspec.Meta(ge=0, description="By `changes/?after=` with a key.")]
    acknowledged: Annotated[int, msgspec.Meta(ge=0, description="By `acknowledgements/`.")]


class PartnerOut(Shape):
    id: Id
    name: str


class Usage(Shape):
    """The keys of a partner and how much they are used, its webhooks, and its place in the journal.

    Requests are written down about every half minute: the newest may be missing.
    """

    partner: PartnerOut
    keys: list[KeyOut]
    webhooks: list[WebhookUse]
    place: PlaceOut
    head: Head
