"""The one-factor expectations from the medical source, and what a protocol breaks of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from triage.engine.answers import AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.protocol import LEVELS, Protocol

TABLE = Path(__file__).parents[3] / "examples" / "triage" / "one_factor.yaml"

# Rows of the table as `answer danger.jaw` or `rule K01`, with what is not as it should be.
Broken = Iterator[str]


@cache
def table() -> Mapping[str, Any]:
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def broken(protocol: Protocol, sources: Mapping[str, str]) -> Broken:
    """Yield every expectation that a protocol breaks; `sources` are ids by the keys of the table."""
    yield from _covered(protocol)
    yield from _sources(protocol, sources)
    yield from _first_aid(protocol)
    engine = Engine(protocol)
    for question, answers in table()["answers"].items():
        for option, row in answers.items():
            yield from _level(engine, f"answer {question}.{option}", [f"{question}.{option}"], row["rank"])
    for rule, row in table()["rules"].items():
        yield from _level(engine, f"rule {rule}", row["when"], row["rank"])
    yield from _rules(protocol)
    yield from _beside(engine)


def _covered(protocol: Protocol) -> Broken:
    """Whatever the table does not have, nobody has checked."""
    expected = {f"{question}.{option}" for question, answers in table()["answers"].items() for option in answers}
    held = {f"{question.id}.{option.id}" for question in protocol.questions for option in question.options}
    yield from (f"answer {answer}: in one alone" for answer in sorted(expected ^ held))
    yield from (f"rule {rule}: in one alone" for rule in sorted(set(table()["rules"]) ^ {r.id for r in protocol.rules}))
    yield from (
        f"level {one}: in one alone" for one in sorted(set(table()["levels"]) ^ {x.id for x in protocol.levels})
    )


def _level(engine: Engine, row: str, answers: list[str], rank: int) -> Broken:
    """These answers lead to this level, everything else being benign."""
    named: dict[str, list[str]] = {}
    for answer in answers:
        question, _, option = answer.partition(".")
        named.setdefault(question, []).append(option)
    benign = {question: [option] for question, option in table()["benign"].items()}
    try:
        level = engine.decide(benign | named).level
    except AnswersRefusedError as refused:
        yield f"{row}: {refused}"
        return
    if level != LEVELS[rank]:
        yield f"{row}: {level} instead of {LEVELS[rank]}"


def _rules(protocol: Protocol) -> Broken:
    for rule in protocol.rules:
        row = table()["rules"].get(rule.id)
        if row and (rule.rank, sorted(rule.when)) != (row["rank"], sorted(row["when"])):
            yield f"rule {rule.id}: {rule.rank} when {rule.when}"


def _beside(engine: Engine) -> Broken:
    """Which answers may be given together: of most questions all that do not stand alone."""
    for question, answers in table()["answers"].items():
        single = question in table()["one_answer"]
        for option, row in answers.items():
            for other in answers:
                if other == option:
                    continue
                allowed = not (single or row.get("alone") or answers[other].get("alone"))
                if allowed != _accepted(engine, question, option, other):
                    yield f"answer {question}.{option}: beside {other} {'refused' if allowed else 'accepted'}"


def _accepted(engine: Engine, question: str, *options: str) -> bool:
    try:
        engine.decide({question: list(options)})
    except AnswersRefusedError:
        return False
    return True


def _sources(protocol: Protocol, sources: Mapping[str, str]) -> Broken:
    def ids(row: Mapping[str, Any]) -> list[str]:
        return sorted(sources[key] for key in row.get("sources", []))

    for question in protocol.questions:
        for option in question.options:
            row = table()["answers"].get(question.id, {}).get(option.id)
            if row and sorted(option.references) != ids(row):
                yield f"answer {question.id}.{option.id}: other sources"
    for rule in protocol.rules:
        row = table()["rules"].get(rule.id)
        if row and sorted(rule.references) != ids(row):
            yield f"rule {rule.id}: other sources"
    for level in protocol.levels:
        if sorted(level.references) != ids({"sources": table()["levels"][level.id]}):
            yield f"level {level.id}: other sources"


def _first_aid(protocol: Protocol) -> Broken:
    held = [aid.when for level in protocol.levels for aid in level.first_aid]
    if held != [row["when"] for row in table()["first_aid"]]:
        yield "first aid: for other answers"
