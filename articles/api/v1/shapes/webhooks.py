"""A partner's webhooks: what is asked for, what is kept of deliveries, and what is sent."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import Id, Shape, Time, Url
from articles.api.v1.shapes.history import Line
from articles.api.v1.shapes.problems import ScopeOut
from articles.canonical.languages import Language
from articles.outgoing.addresses import FaultKind

_ADDRESS = "Absolute `https` address of a public server; port 443, or 1024 and above. No redirect is followed."


class ScopeIn(Shape):
    """Kinds of items and languages; none named means all that the key is for, those that come later too."""

    kinds: list[str] = []
    languages: list[Language] = []


class WebhookIn(Shape):
    """A webhook to be registered."""

    url: Annotated[str, msgspec.Meta(max_length=500, description=_ADDRESS)]
    scope: ScopeIn | msgspec.UnsetType = msgspec.UNSET


class PauseOut(Shape):
    """Since when nothing is sent, and why: you asked for it, we did it by hand, your server answered `410`, or a
    message had not arrived after every attempt."""

    at: Time
    reason: Literal["by_partner", "by_us", "gone", "given_up"]


class WebhookOut(Shape):
    """A webhook. Its secret is shown when it is registered and when it is rotated, and never again."""

    id: Id
    url: Annotated[str, msgspec.Meta(description=_ADDRESS)]
    scope: ScopeOut
    state: Literal["active", "paused"]
    pause: Annotated[PauseOut | None, msgspec.Meta(description="Null while it is active.")]
    told_up_to: Annotated[
        int, msgspec.Meta(ge=0, description="Line of the journal up to which messages were made. Later ones will come.")
    ]
    waiting: Annotated[int, msgspec.Meta(ge=0, description="Messages that have not arrived yet.")]
    created_at: Time
    old_secret_until: Annotated[
        Time | None, msgspec.Meta(description="Until then the secret of before the rotation signs along.")
    ]
    api_url: Url
    deliveries_url: Url


class WebhookWithSecret(WebhookOut):
    """A webhook with its secret, which is shown this once: keep it."""

    secret: Annotated[
        str,
        msgspec.Meta(
            pattern="^whsec_", description="Of Standard Webhooks 1.0: base64 behind `whsec_`, for HMAC with SHA-256."
        ),
    ]


class WebhookList(Shape):
    """Your webhooks, oldest first."""

    results: list[WebhookOut]


class AttemptOut(Shape):
    """One request: the status of the answer or, where there was none, the fault."""

    number: Annotated[int, msgspec.Meta(ge=1)]
    at: Time
    milliseconds: Annotated[int, msgspec.Meta(ge=0)]
    status: int | None
    fault: FaultKind | None


class DeliveryOut(Shape):
    """One message. `id` is its `webhook-id`, the same over all attempts. `sequence` and `item` are null of a test."""

    id: Id
    type: Annotated[str, msgspec.Meta(examples=["item.withdrawn", "test"])]
    sequence: int | None
    item: Id | None
    is_urgent: bool
    state: Annotated[
        Literal["waiting", "delivered", "failed"],
        msgspec.Meta(description="`failed`: given up after the last attempt. It can be replayed."),
    ]
    created_at: Time
    delivered_at: Annotated[Time | None, msgspec.Meta(description="When it arrived first.")]
    next_attempt_at: Time | None
    attempts: Annotated[list[AttemptOut], msgspec.Meta(description="Of the last 30 days.")]


class DeliveryList(Shape):
    """Messages of the last 30 days, newest first."""

    results: list[DeliveryOut]
    next: Url | None


class AnswerOut(Shape):
    """What your server answered to the test."""

    status: int
    excerpt: Annotated[str, msgspec.Meta(description="Beginning of the body, in one line.")]


class FaultOut(Shape):
    """Why there was no answer."""

    kind: FaultKind
    detail: str


class TestOut(Shape):
    """What came of a test. One of `answer` and `fault` is null."""

    delivery: DeliveryOut
    answer: AnswerOut | None
    fault: FaultOut | None


class ReplayIn(Shape):
    """Either one message by its id, or every line of the journal behind `after`."""

    delivery: Id | msgspec.UnsetType = msgspec.UNSET
    after: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] | msgspec.UnsetType = msgspec.UNSET


class ReplayOut(Shape):
    """How many messages will be sent again."""

    deliveries: Annotated[int, msgspec.Meta(ge=0)]


class Message(Shape):
    """What a webhook is sent of a line of the journal: thin on purpose. Fetch `api_url` (or better, follow `changes/`)
    and act on what is there; `410` means that the text must disappear."""

    type: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^item\.[a-z_]+$",
            description="`item.` and the `event` of the line. More will come: take an unknown one as a reason to fetch"
            " the item again.",
        ),
    ]
    timestamp: Annotated[str, msgspec.Meta(description="When the line was recorded. RFC 3339, UTC.")]
    data: Line


class TestData(Shape):
    webhook: Id


class TestMessage(Shape):
    """What a webhook is sent to try it out. It says nothing: answer `2xx`."""

    type: Literal["test"]
    timestamp: Time
    data: TestData
