"""The engine on the bundled protocol, beside a plain reading of the protocol and beside writing the answers as JSON."""

import json
from pathlib import Path

from tests.bench.measuring import microseconds, table
from triage.engine.answers import read
from triage.engine.deciding import Engine
from triage.engine.exchange import read_file
from triage.engine.explaining import explain
from triage.engine.protocol import EMERGENCY, Protocol

_FILE = Path(__file__).resolve().parents[2] / "triage" / "protocols" / "starter" / "leg-cramp-triage.json"


def report() -> str:
    """Return the table of ratios; raise AssertionError if the two ways to decide do not agree."""
    content = _FILE.read_bytes()
    protocol = read_file(content).protocol("ru")
    engine = Engine(protocol)
    nothing_wrong = {question.id: [question.options[_harmless(question)].id] for question in protocol.questions}
    red_flag = {"danger": ["stroke"]}
    for answers in (nothing_wrong, red_flag, {}):
        decision = engine.decide(answers)
        assert (decision.rank, set(decision.needed)) == plainly(protocol, answers)
    writing = "write the answers as JSON"
    jobs = {
        writing: lambda: json.dumps(nothing_wrong),
        "decide, all 12 questions answered": lambda: engine.decide(nothing_wrong),
        "decide, a red flag first": lambda: engine.decide(red_flag),
        "decide, nothing answered yet": lambda: engine.decide({}),
        "decide by reading the whole protocol anew": lambda: plainly(protocol, nothing_wrong),
        "explain self-care, with all that would change it": lambda: explain(engine, nothing_wrong),
        "make the engine from a protocol": lambda: Engine(protocol),
        "read and check the file": lambda: read_file(content),
    }
    return table("Triage (aim: decide in less than 100 µs)", microseconds(jobs), beside=writing)


def plainly(protocol: Protocol, given: object) -> tuple[int, set[str]]:
    """The rank and the open questions, with nothing made ready beforehand."""
    answers = read(given, {question.id: question for question in protocol.questions})
    chosen = [f"{id}.{option}" for id, options in answers.items() for option in options]
    found = [
        option.rank
        for question in protocol.questions
        for option in question.options
        if f"{question.id}.{option.id}" in chosen
    ]
    found += [rule.rank for rule in protocol.rules if all(answer in chosen for answer in rule.when)]
    rank = max(found, default=0)
    if rank == EMERGENCY:
        return rank, set()
    unanswered = [question for question in protocol.questions if question.id not in answers]
    needed = {question.id for question in unanswered if any(option.rank > rank for option in question.options)}
    for rule in protocol.rules:
        missing = {answer.split(".")[0] for answer in rule.when if answer not in chosen}
        if rule.rank > rank and missing <= {question.id for question in unanswered}:
            needed |= missing
    return rank, needed


def _harmless(question) -> int:
    return next(number for number, option in enumerate(question.options) if option.rank == 0)
