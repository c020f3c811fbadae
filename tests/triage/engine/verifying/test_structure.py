"""Faults of form are those of the engine, at the part where somebody can mend them."""

import pytest
from msgspec.structs import replace

from tests.factories.small_protocols import SOURCE, changed, small
from triage.engine.protocol import FirstAid, Protocol
from triage.engine.verifying.structure import form
from triage.engine.verifying.verification import verify

SMALL = small({"a": {"x": 4, "y": 0, "unsure": "1!"}, "b": {"x": 1, "unsure": "1!"}}, [(3, "a.y b.x")])
PROTOCOL = SMALL["en"]
FIRST = PROTOCOL.questions[0]


def with_question(**parts: object) -> Protocol:
    return replace(PROTOCOL, questions=[replace(FIRST, **parts), *PROTOCOL.questions[1:]])


def with_rule(**parts: object) -> Protocol:
    return replace(PROTOCOL, rules=[replace(PROTOCOL.rules[0], **parts)])


def with_level(number: int, **parts: object) -> Protocol:
    levels = list(PROTOCOL.levels)
    levels[number] = replace(levels[number], **parts)
    return replace(PROTOCOL, levels=levels)


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        (replace(PROTOCOL, questions=[], rules=[]), ("no-questions", "protocol", "")),
        (with_question(options=[]), ("no-options", "question", "a")),
        (with_question(options=[*FIRST.options, FIRST.options[0]]), ("repeated-id", "option", "a.x")),
        (
            with_question(options=[*FIRST.options, replace(FIRST.options[0], id="a.z")]),
            ("not-an-id", "option", "a.a.z"),
        ),
        (
            with_question(options=[replace(FIRST.options[0], rank=5), *FIRST.options[1:]]),
            ("not-a-rank", "option", "a.x"),
        ),
        (replace(PROTOCOL, questions=[*PROTOCOL.questions, FIRST]), ("repeated-id", "question", "a")),
        (with_rule(rank=-1), ("not-a-rank", "rule", "K1")),
        (with_rule(when=[]), ("no-answers", "rule", "K1")),
        (with_rule(when=["a.y", "a.y"]), ("repeated-answer", "rule", "K1")),
        (with_rule(when=["a.y", "c.x"]), ("unknown-answer", "rule", "K1")),
        (with_rule(when=["a.y", "K1"]), ("names-a-rule", "rule", "K1")),
        (with_rule(id="k1"), ("not-an-id", "rule", "k1")),
        (replace(PROTOCOL, levels=PROTOCOL.levels[1:]), ("level-missing", "protocol", "")),
        (with_level(1, id="self_care"), ("repeated-id", "level", "self_care")),
        (
            with_level(4, first_aid=[FirstAid(["a.nothing"], "Words", [SOURCE])]),
            ("unknown-answer", "first_aid", "emergency[0]"),
        ),
        (
            with_level(0, first_aid=[FirstAid(["a.y"], "Words", [SOURCE])]),
            ("first-aid-not-for-emergencies", "first_aid", "self_care[0]"),
        ),
        (replace(PROTOCOL, questions=[replace(FIRST, id=f"q{at}") for at in range(41)], rules=[]),
         ("too-many", "protocol", "")),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_found_at_its_part(protocol: Protocol, expected: tuple[str, str, str]) -> None:
    assert expected in [(one.code, one.part, one.id) for one in form(protocol)]
    both = {"ru": protocol, "en": protocol}
    assert verify(both, {SOURCE}).counts is None  # type: ignore[arg-type]


def test_a_fault_that_both_languages_share_is_named_once() -> None:
    both = changed(SMALL, rules=[replace(PROTOCOL.rules[0], when=["a.z"])])
    assert [one.code for one in verify(both, {SOURCE}).findings if one.part == "rule"].count("unknown-answer") == 1


def test_nothing_is_wrong_with_the_form_of_a_sound_protocol() -> None:
    assert form(PROTOCOL) == []
