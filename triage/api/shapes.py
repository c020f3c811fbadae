"""What partners receive of protocols and decisions."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import (
    AttributionOut,
    Day,
    Html,
    Id,
    Item,
    ReviewOut,
    Sha256,
    Shape,
    Url,
)
from articles.api.v1.shapes.parts import CareServiceOut, CitedIds
from articles.api.v1.shapes.problems import Problem
from articles.api.v1.shapes.quotes import SourceOut
from articles.canonical.languages import Language
from triage.engine.protocol import LevelId

Rank = Annotated[int, msgspec.Meta(ge=0, le=4, description="Place of the level: 0 `self_care` to 4 `emergency`.")]
Answer = Annotated[str, msgspec.Meta(description="`question.option`.", examples=["danger.breath"])]
OwnId = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_]{0,23}$", examples=["danger"])]
Status = Annotated[
    Literal["demonstration", "interactive", "table", "expired"],
    msgspec.Meta(
        description="`interactive`: the questions may be asked. `demonstration`: they may, with `label` over every"
        " page. `table` and `expired`: nobody may be asked, show the table."
    ),
]
Label = Annotated[
    str | None,
    msgspec.Meta(description="Must stand over everything that you show of the protocol. Null if nothing must."),
]


class ProtocolLinks(Shape):
    """Where the protocol decides (`POST`), and its questions as a FHIR Questionnaire."""

    decide: Url
    fhir: Url


class OptionOut(Shape):
    """One answer. An `exclusive` one stands beside no other of its question."""

    id: OwnId
    text: str
    rank: Rank
    level: LevelId
    exclusive: bool
    sources: CitedIds


class QuestionOut(Shape):
    """A question. Of `single` exactly one option is chosen, of `multi` any number but none."""

    id: OwnId
    kind: Literal["single", "multi"]
    text: str
    exclusive_because: Annotated[
        str, msgspec.Meta(description="Why the options of a `single` question cannot be true together.")
    ]
    options: list[OptionOut]


class RuleOut(Shape):
    """A combination: where every answer in `when` was given, the level is at least this."""

    id: OwnId
    rank: Rank
    level: LevelId
    when: list[Answer]
    text: str
    sources: CitedIds


class FirstAidOut(Shape):
    """What to do at once where one of the answers in `when` was given."""

    when: list[Answer]
    text: str
    sources: CitedIds


class LevelOut(Shape):
    """How soon help is needed, and what to do."""

    id: LevelId
    rank: Rank
    title: str
    text: str
    sources: CitedIds
    first_aid: list[FirstAidOut]


class TriageProtocolShort(Item):
    """Questions about how soon somebody needs a doctor, as lists show them. `summary` says for whom they are."""

    kind: Literal["protocol"]
    summary: str
    slug: str
    version: Annotated[str, msgspec.Meta(examples=["0.2.0-draft"])]
    status: Status
    label: Label
    logic_digest: Annotated[
        Sha256, msgspec.Meta(description="Of ids, ranks and rules: what decides. The same in both languages.")
    ]
    expires_on: Annotated[Day, msgspec.Meta(description="The last day on which the protocol decides.")]
    links: ProtocolLinks


class TriageProtocol(TriageProtocolShort):
    """A protocol with everything that decides, and the table of when to get help.

    The result is the gravest rank of any answer given and of any rule met: there are no scores. Emergency numbers stand
    in the texts already; `html` and `text` are the table, complete in itself, with its label.
    """

    danger: Annotated[str, msgspec.Meta(description="With these signs nobody should answer questions: show it first.")]
    emergency: Annotated[str, msgspec.Meta(description="The emergency numbers of every country, in words.")]
    services: list[CareServiceOut]
    countries: Annotated[list[str], msgspec.Meta(description="The countries that deciding knows numbers of.")]
    questions: list[QuestionOut]
    rules: list[RuleOut]
    levels: Annotated[list[LevelOut], msgspec.Meta(description="The gravest first.")]
    sources: list[SourceOut]
    html: Html
    text: str


# deciding


class DecideIn(msgspec.Struct, forbid_unknown_fields=True):
    """Answers so far, from the beginning each time: nothing of them is kept. Members that do not exist are refused.

    `edition` and `country` may be left out or null. With `edition`, only that edition decides; without `country`, the
    numbers of all countries are named.
    """

    language: Language
    answers: Annotated[
        dict[str, Annotated[list[str], msgspec.Meta(min_length=1)]],
        msgspec.Meta(description="Id of each answered question, with the ids of the options chosen."),
    ]
    edition: Annotated[int, msgspec.Meta(ge=1)] | None = None
    country: Annotated[str, msgspec.Meta(description="ISO 3166 code or `EU`.", examples=["RU"])] | None = None


class ReasonOut(Shape):
    """An answer that was given (`question` and `option`), or a combination that was met (`rule`)."""

    question: OwnId | None
    option: OwnId | None
    rule: OwnId | None
    asked: Annotated[str, msgspec.Meta(description="Text of the question; empty for a combination.")]
    text: str
    sources: CitedIds


class WouldChangeOut(Shape):
    """The result would become this if this answer became true."""

    question: OwnId
    option: OwnId
    asked: Annotated[str, msgspec.Meta(description="Text of the question.")]
    text: str
    level: LevelId
    title: str
    because: Annotated[
        list[ReasonOut],
        msgspec.Meta(description="What would ask for that level then: the answer alone, or combinations with others."),
    ]


class AidOut(Shape):
    """What to do at once."""

    text: str
    sources: CitedIds


class EmergencyOut(Shape):
    """Whom to call: the emergency numbers of the country, of every country where none was given."""

    country: str | None
    words: str
    services: list[CareServiceOut]


class DecidingProtocol(Shape):
    """The protocol that stands behind an answer. A result means nothing without it: keep it beside the result."""

    id: Id
    slug: str
    language: Language
    edition: Annotated[int, msgspec.Meta(ge=1)]
    digest: Sha256
    logic_digest: Sha256
    version: str
    status: Status
    expires_on: Day
    url: Url
    api_url: Url


class DecisionOut(Shape):
    """How soon help is needed, once it is `final`: no answer to a question that is still open could change it.

    Until then `level`, `title`, `text` are null and there are no reasons: ask the question `next`, and never show
    anybody that they can manage at home. An emergency is final at once.
    """

    level: LevelId | None
    final: bool
    title: str | None
    text: str | None
    reasons: Annotated[list[ReasonOut], msgspec.Meta(description="What led to the level.")]
    besides: Annotated[list[ReasonOut], msgspec.Meta(description="What asked for something milder.")]
    first_aid: list[AidOut]
    would_change: Annotated[
        list[WouldChangeOut], msgspec.Meta(description="Answers that would make the result graver, the gravest first.")
    ]
    next: Annotated[OwnId | None, msgspec.Meta(description="Id of the question to ask now; null once it is final.")]
    at_most: Annotated[int, msgspec.Meta(ge=0, description="How many questions are left at most, this one included.")]
    danger: Annotated[str, msgspec.Meta(description="With these signs nobody should go on answering.")]
    emergency: EmergencyOut
    label: Label
    disclaimer: Annotated[str, msgspec.Meta(description="For whom this is and what it is not. Must be shown.")]
    review: ReviewOut
    attribution: AttributionOut
    sources: Annotated[list[SourceOut], msgspec.Meta(description="Those that this answer names by id.")]
    protocol: DecidingProtocol


# refusals


class NotDeciding(Problem, kw_only=True):
    """The protocol is there and does not decide now, or not by this edition; `protocol` is what is live."""

    protocol: DecidingProtocol
