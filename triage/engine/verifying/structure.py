"""What can be seen of a protocol's logic without going through its combinations; not a word of text is looked at."""

import re
from collections.abc import Iterator

from triage.engine.faults import faults
from triage.engine.protocol import SELF_CARE, UNSURE, Protocol, Question
from triage.engine.verifying.findings import Finding, Part, finding

_PLACE = re.compile(r"(questions|rules|levels)\[(\d+)\](?:\.(options|first_aid)\[(\d+)\])?")


def form(protocol: Protocol) -> list[Finding]:
    """Return the faults with which the engine refuses a protocol, so that nothing can be counted either."""
    return [finding(fault.code, *_part(protocol, fault.place), got=fault.got) for fault in faults(protocol)]


def signs(protocol: Protocol) -> Iterator[Finding]:
    """Yield what is wrong with how questions may be answered and with first aid. The form must be sound."""
    for question in protocol.questions:
        yield from _unsure(question)
    yield from _standing_alone(protocol)
    yield from _first_aid(protocol)


def _part(protocol: Protocol, place: str) -> tuple[Part, str]:
    """The part to which a place such as `questions[3].options[0].rank` leads."""
    found = _PLACE.match(place)
    if not found:
        return "protocol", ""
    outer, number, inner, at = found[1], int(found[2]), found[3], found[4]
    if outer == "rules":
        return "rule", protocol.rules[number].id
    if outer == "levels":
        id = protocol.levels[number].id
        return ("first_aid", f"{id}[{at}]") if inner else ("level", id)
    question = protocol.questions[number]
    return ("option", f"{question.id}.{question.options[int(at)].id}") if inner else ("question", question.id)


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


def _standing_alone(protocol: Protocol) -> Iterator[Finding]:
    """A sign that may not stand beside others makes readers choose between two signs that they have, and lose one."""
    asked_for = {answer for rule in protocol.rules for answer in rule.when}
    for question in protocol.questions:
        for option in question.options:
            place = f"{question.id}.{option.id}"
            is_sign = option.id != UNSURE and (option.rank > SELF_CARE or place in asked_for)
            if question.kind == "multi" and option.exclusive and is_sign:
                yield finding("sign-stands-alone", "option", place)


def _first_aid(protocol: Protocol) -> Iterator[Finding]:
    ranks = {
        f"{question.id}.{option.id}": option.rank for question in protocol.questions for option in question.options
    }
    for level in protocol.levels:
        for number, aid in enumerate(level.first_aid):
            for answer in aid.when:
                if ranks[answer] != level.rank:
                    yield finding("first-aid-elsewhere", "first_aid", f"{level.id}[{number}]", answer=answer)
