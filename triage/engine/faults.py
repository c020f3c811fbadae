"""What makes a protocol unfit for deciding, found before anybody is asked.

These are faults of form: with one of them, answers could be taken for others, or a rule never or always be met, without
a word. Whether a protocol of good form is also sound, the verifier finds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from re import match
from typing import Literal

import msgspec

from articles.canonical.text import shown
from triage.engine.protocol import EMERGENCY, LEVELS, Level, Option, Protocol, Question, Rule

Code = Literal[
    "wrong-type", "too-many", "no-questions", "no-options", "not-an-id", "repeated-id", "not-a-rank", "level-missing",
    "no-answers", "repeated-answer", "names-a-rule", "unknown-answer", "first-aid-not-for-emergencies",
]  # fmt: skip

# Ids travel to partners and stand in answers as `question.option`, so none may hold a full stop.
ID = r"\A[a-z][a-z0-9_]{0,23}\Z"
RULE_ID = r"\A[A-Z][A-Z0-9_]{0,23}\Z"

# Far beyond what anybody would answer, and few enough to decide in no time.
MOST_QUESTIONS = 40
MOST_OPTIONS = 40
MOST_RULES = 100
MOST_IN_A_RULE = 10

_SHOWN = 60


@dataclass(frozen=True)
class ProtocolFault:
    """One fault. `place` leads to it, such as `questions[3].options[0].rank`; `got` is what stands there."""

    code: Code
    place: str
    got: str


class ProtocolFaultyError(ValueError):
    """Raised for a protocol that nobody may be asked by; `faults` is everything that is wrong with it."""

    def __init__(self, faults: list[ProtocolFault]) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.code} {fault.got}" for fault in faults))
        self.faults = faults


def faults(protocol: Protocol) -> list[ProtocolFault]:
    """Return everything that makes the protocol unfit for deciding, in its order; the first wrong type alone."""
    return _wrong_type(protocol) or [*_questions(protocol), *_rules(protocol), *_levels(protocol)]


def can_be_met(rule: Rule, questions: Mapping[str, Question]) -> bool:
    """Return whether anybody can give all of the answers: two to one question may exclude each other."""
    named = [answer.partition(".")[::2] for answer in rule.when]
    return all(
        len(options := [option for id, option in named if id == question.id]) < 2
        or (question.kind == "multi" and not any(one.exclusive and one.id in options for one in question.options))
        for question in questions.values()
    )


def _wrong_type(protocol: Protocol) -> list[ProtocolFault]:
    """A value made in Python is checked by nobody, and True counts as 1."""
    try:
        msgspec.convert(msgspec.to_builtins(protocol), Protocol)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError) as fault:
        words, _, place = str(fault).partition(" - at `$")
        return [ProtocolFault("wrong-type", place.strip(".`"), words[:_SHOWN])]
    return []


def _questions(protocol: Protocol) -> Iterator[ProtocolFault]:
    if not protocol.questions:
        yield ProtocolFault("no-questions", "questions", "")
    yield from _ids(protocol.questions, "questions", ID, MOST_QUESTIONS)
    for number, question in enumerate(protocol.questions):
        place = f"questions[{number}].options"
        if not question.options:
            yield ProtocolFault("no-options", place, question.id)
        yield from _ids(question.options, place, ID, MOST_OPTIONS)
        for at, option in enumerate(question.options):
            yield from _rank(option.rank, f"{place}[{at}]")


def _rules(protocol: Protocol) -> Iterator[ProtocolFault]:
    yield from _ids(protocol.rules, "rules", RULE_ID, MOST_RULES)
    known, rules = _answers(protocol), {rule.id for rule in protocol.rules}
    for number, rule in enumerate(protocol.rules):
        yield from _rank(rule.rank, f"rules[{number}]")
        yield from _when(rule.when, f"rules[{number}].when", MOST_IN_A_RULE, known, rules)


def _levels(protocol: Protocol) -> Iterator[ProtocolFault]:
    # There are five ids, so with more levels than that one of them is repeated.
    yield from _ids(protocol.levels, "levels", "", MOST_RULES)
    held = {level.id for level in protocol.levels}
    yield from (ProtocolFault("level-missing", "levels", level) for level in LEVELS if level not in held)
    known, rules = _answers(protocol), {rule.id for rule in protocol.rules}
    for number, level in enumerate(protocol.levels):
        for at, aid in enumerate(level.first_aid):
            place = f"levels[{number}].first_aid[{at}]"
            if level.rank != EMERGENCY:
                yield ProtocolFault("first-aid-not-for-emergencies", place, level.id)
            yield from _when(aid.when, f"{place}.when", MOST_OPTIONS, known, rules)


def _answers(protocol: Protocol) -> set[str]:
    return {f"{question.id}.{option.id}" for question in protocol.questions for option in question.options}


def _ids(held: Iterable[Question | Option | Rule | Level], place: str, form: str,
         most: int) -> Iterator[ProtocolFault]:  # fmt: skip
    ids = [one.id for one in held]
    if len(ids) > most:
        yield ProtocolFault("too-many", place, str(len(ids)))
        return
    seen: set[str] = set()
    for number, id in enumerate(ids):
        if not match(form, id):
            yield ProtocolFault("not-an-id", f"{place}[{number}].id", shown(id, _SHOWN))
        elif id in seen:
            yield ProtocolFault("repeated-id", f"{place}[{number}].id", id)
        seen.add(id)


def _rank(rank: int, place: str) -> Iterator[ProtocolFault]:
    if not 0 <= rank < len(LEVELS):
        yield ProtocolFault("not-a-rank", f"{place}.rank", str(rank)[:_SHOWN])


def _when(when: list[str], place: str, most: int, known: set[str], rules: set[str]) -> Iterator[ProtocolFault]:
    if not when:
        # All of no answers are always given: such a rule would be met by everybody.
        yield ProtocolFault("no-answers", place, "")
    if len(when) > most:
        yield ProtocolFault("too-many", place, str(len(when)))
        return
    for number, answer in enumerate(when):
        code: Code = "names-a-rule" if answer in rules else "unknown-answer"
        if answer in when[:number]:
            code = "repeated-answer"
        elif answer in known:
            continue
        yield ProtocolFault(code, f"{place}[{number}]", shown(answer, _SHOWN))
