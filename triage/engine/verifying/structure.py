"""Is the protocol's logic of one piece: ids, ranks, levels, what rules and first aid ask for, how each question may be
answered. Looked at without a word of text, which is the same in both languages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from triage.engine.protocol import LEVELS, SELF_CARE, UNSURE, Protocol, Question
from triage.engine.verifying.findings import Code, Finding, Part, finding

_ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
_RULE_ID = re.compile(r"[A-Z][A-Z0-9_]{0,23}")

# With any of these it is not even clear what the combinations are, so none are counted.
UNREADABLE: frozenset[Code] = frozenset(
    {
        "language-missing", "languages-differ", "id-malformed", "id-repeated", "rank-unknown", "no-questions",
        "no-options", "rule-without-answers", "answer-unknown",
    }
)  # fmt: skip


def structure(protocol: Protocol) -> Iterator[Finding]:
    """Yield what is wrong, in the order of the protocol: questions, rules, levels."""
    ranks = {
        f"{question.id}.{option.id}": option.rank for question in protocol.questions for option in question.options
    }
    yield from _questions(protocol)
    yield from _rules(protocol, ranks)
    yield from _levels(protocol, ranks)
    yield from _signs_alone(protocol)


def _questions(protocol: Protocol) -> Iterator[Finding]:
    if not protocol.questions:
        yield finding("no-questions", "protocol")
    yield from _ids("question", [question.id for question in protocol.questions], _ID)
    for question in protocol.questions:
        if not question.options:
            yield finding("no-options", "question", question.id)
        yield from _ids("option", [option.id for option in question.options], _ID, f"{question.id}.")
        for option in question.options:
            yield from _rank("option", f"{question.id}.{option.id}", option.rank)
        yield from _unsure(question)


def _unsure(question: Question) -> Iterator[Finding]:
    unsure = next((option for option in question.options if option.id == UNSURE), None)
    if unsure is None:
        yield finding("unsure-missing", "question", question.id)
        return
    place = f"{question.id}.{UNSURE}"
    if not unsure.exclusive:
        yield finding("unsure-beside-others", "option", place)
    if unsure.rank == SELF_CARE:
        yield finding("unsure-harmless", "option", place)


def _rules(protocol: Protocol, ranks: dict[str, int]) -> Iterator[Finding]:
    yield from _ids("rule", [rule.id for rule in protocol.rules], _RULE_ID)
    for rule in protocol.rules:
        yield from _rank("rule", rule.id, rule.rank)
        if not rule.when:
            yield finding("rule-without-answers", "rule", rule.id)
        yield from _answers("rule", rule.id, rule.when, ranks)


def _levels(protocol: Protocol, ranks: dict[str, int]) -> Iterator[Finding]:
    for id in LEVELS:
        times = sum(level.id == id for level in protocol.levels)
        if times == 0:
            yield finding("level-missing", "level", id)
        if times > 1:
            yield finding("level-repeated", "level", id)
    for level in protocol.levels:
        for number, aid in enumerate(level.first_aid):
            place = f"{level.id}[{number}]"
            if not aid.when:
                yield finding("first-aid-without-answers", "first_aid", place)
            yield from _answers("first_aid", place, aid.when, ranks)
            for answer in aid.when:
                if answer in ranks and LEVELS.index(level.id) != ranks[answer]:
                    yield finding("first-aid-elsewhere", "first_aid", place, answer=answer)


def _signs_alone(protocol: Protocol) -> Iterator[Finding]:
    """A sign that may not stand beside others makes readers choose between two signs that they have, and lose one."""
    asked_for = {answer for rule in protocol.rules for answer in rule.when}
    for question in protocol.questions:
        for option in question.options:
            means_something = option.rank > SELF_CARE or f"{question.id}.{option.id}" in asked_for
            if question.kind == "multi" and option.exclusive and option.id != UNSURE and means_something:
                yield finding("sign-stands-alone", "option", f"{question.id}.{option.id}")


def _ids(part: Part, ids: Sequence[str], pattern: re.Pattern[str], before: str = "") -> Iterator[Finding]:
    for number, id in enumerate(ids):
        if not pattern.fullmatch(id):
            yield finding("id-malformed", part, f"{before}{id}")
        if id in ids[:number]:
            yield finding("id-repeated", part, f"{before}{id}")


def _rank(part: Part, id: str, rank: int) -> Iterator[Finding]:
    if not SELF_CARE <= rank < len(LEVELS):
        yield finding("rank-unknown", part, id, rank=rank)


def _answers(part: Part, id: str, when: Sequence[str], known: Iterable[str]) -> Iterator[Finding]:
    for number, answer in enumerate(when):
        if answer not in known:
            yield finding("answer-unknown", part, id, answer=answer)
        if answer in when[:number]:
            yield finding("answer-repeated", part, id, answer=answer)
