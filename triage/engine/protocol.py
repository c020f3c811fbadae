"""A triage protocol as a value, in one language: what is asked, what an answer means, what is said in the end.

Ids and ranks are the logic, which both languages share word for word; texts are each language's own. A text may hold
`{emergency}`, which is replaced by the emergency numbers of the reader's country. References are ids of sources.
"""

from typing import Any, Literal

from articles.canonical import canonical_json
from articles.canonical.shapes import learn
from articles.editions.value import Value

# How soon, mildest first. The place in the list is the rank.
LEVELS = ("self_care", "appointment_weeks", "appointment_days", "same_day", "emergency")
LevelId = Literal["self_care", "appointment_weeks", "appointment_days", "same_day", "emergency"]
SELF_CARE = LEVELS.index("self_care")
EMERGENCY = LEVELS.index("emergency")

# The id of the answer "not sure", which every question has.
UNSURE = "unsure"

PLACEHOLDER = "{emergency}"


class Option(Value, frozen=True):
    """One answer. An exclusive option may not stand beside any other of its question."""

    id: str
    text: str
    rank: int
    exclusive: bool
    references: list[str]


class Question(Value, frozen=True):
    """`exclusive_because` says why the options of a single-choice question cannot be true together."""

    id: str
    kind: Literal["single", "multi"]
    text: str
    exclusive_because: str
    options: list[Option]


class FirstAid(Value, frozen=True):
    """What to do at once where one of the answers in `when` (`question.option`) was given."""

    when: list[str]
    text: str
    references: list[str]


class Level(Value, frozen=True):
    id: LevelId
    title: str
    text: str
    references: list[str]
    first_aid: list[FirstAid]

    @property
    def rank(self) -> int:
        return LEVELS.index(self.id)


class Rule(Value, frozen=True):
    """A combination: where every answer in `when` (`question.option`) was given, the rank is at least this."""

    id: str
    rank: int
    when: list[str]
    text: str
    references: list[str]


@learn
class Protocol(Value, frozen=True):
    """`danger` names the signs with which nobody should answer questions; `expires_on` (ISO) is the last day on which
    the protocol decides."""

    version: str
    danger: str
    expires_on: str
    levels: list[Level]
    questions: list[Question]
    rules: list[Rule]

    def level(self, rank: int) -> Level:
        """Return the level of a rank; raise LookupError if the protocol has none."""
        for level in self.levels:
            if level.rank == rank:
                return level
        raise LookupError(f"the protocol has no level of rank {rank}")


def logic(protocol: Protocol) -> dict[str, Any]:
    """Return what decides, without a word of text: ids, order, ranks, exclusive options, rules, cases of first aid."""
    return {
        "questions": [
            {"id": question.id, "kind": question.kind, "options": [_option(one) for one in question.options]}
            for question in protocol.questions
        ],
        "rules": [{"id": rule.id, "rank": rule.rank, "when": sorted(rule.when)} for rule in protocol.rules],
        "levels": [
            {"id": level.id, "first_aid": [sorted(aid.when) for aid in level.first_aid]} for level in protocol.levels
        ],
    }


def _option(option: Option) -> dict[str, Any]:
    return {"id": option.id, "rank": option.rank, "exclusive": option.exclusive}


def logic_digest(protocol: Protocol) -> str:
    """Return SHA-256 of the logic: equal in both languages, and named by whoever signs the protocol."""
    return canonical_json.digest(logic(protocol))
