"""Files of vignettes are read as they stand, or refused with the place; nothing is repaired."""

from typing import Any

import pytest

from tests.factories.vignettes import a_file, a_vignette, read, read_bytes, written
from triage.evaluation.vignettes import LARGEST_BYTES, VignettesRefusedError


def problems(*files: dict[str, Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(VignettesRefusedError) as refused:
        read(*files)
    return [(one.code, one.place, one.got) for one in refused.value.problems]


def test_answers_that_a_story_does_not_mention_come_from_the_file() -> None:
    (file,) = read(a_file(a_vignette(answers={"leg": ["veins"]}))).values()
    answers = file.answers(file.vignettes[0])
    assert (answers["leg"], answers["danger"], len(answers)) == (["veins"], ["none"], 12)


@pytest.mark.parametrize(
    ("answers", "place", "got"),
    [
        ({"leg": ["swolen"]}, "one.answers.leg[0]", "unknown-option swolen"),
        ({"legs": ["none"]}, "one.answers.legs", "unknown-question"),
        ({"leg": ["none", "veins"]}, "one.answers.leg", "not-beside-others none"),
        ({"leg": []}, "one.answers.leg", "nothing-chosen"),
        ({"impact": ["rare", "often"]}, "one.answers.impact", "one-only rare, often"),
    ],
)
def test_answers_that_are_none_are_refused(answers: dict[str, list[str]], place: str, got: str) -> None:
    assert problems(a_file(a_vignette(answers=answers))) == [("answers-refused", place, got)]


def test_answers_that_leave_the_result_open_measure_nothing() -> None:
    found = problems(a_file(a_vignette(), otherwise={"danger": ["none"]}))
    assert [(code, place) for code, place, _ in found] == [("result-open", "one.answers")]
    assert found[0][2].startswith("leg, ")


def test_an_emergency_needs_no_further_answers() -> None:
    assert read(a_file(a_vignette(expected="emergency", answers={"danger": ["breath"]}), otherwise={}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"independent": "perhaps"}, "`$.independent`"),
        ({"vignettes": []}, "`$.vignettes`"),
        ({"vignettes": [a_vignette(expected="urgent")]}, "`$.vignettes[0].expected`"),
        ({"vignettes": [a_vignette(answers={"leg": "none"})]}, "`$.vignettes[0].answers"),
        ({"vignettes": [a_vignette(result="self_care")]}, "unknown field `result`"),
        ({"vignettes": [a_vignette(id="One!")]}, "`$.vignettes[0].id`"),
        ({"format": "triage-vignettes/2"}, "`$.format`"),
        ({"label": None}, "`$.label`"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_place(changed: dict[str, Any], words: str) -> None:
    (found,) = problems(a_file() | changed)
    assert found[0] == "not-vignettes"
    assert words in found[2]


def test_a_missing_expectation_is_refused() -> None:
    vignette = a_vignette()
    del vignette["expected"]
    assert problems(a_file(vignette))[0][0] == "not-vignettes"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "not-readable"),
        (b"- a\n- b\n", "not-readable"),
        (b"format: a\nformat: b\n", "not-readable"),
        (b"a: [", "not-readable"),
        (b"{}", "not-vignettes"),
        (b"# " + b"x" * LARGEST_BYTES, "too-large"),
    ],
)
def test_what_is_no_file_of_vignettes_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(VignettesRefusedError) as refused:
        read_bytes({"given.yaml": content})
    assert [(one.code, one.file) for one in refused.value.problems] == [(code, "given.yaml")]


def test_a_story_that_stands_twice_is_refused_wherever_the_second_stands() -> None:
    same = a_vignette("one")
    under_another_name = {**same, "id": "two"}
    assert problems(a_file(same, same))[0] == ("repeated", "one", "1.yaml: one")
    assert problems(a_file(same), a_file(under_another_name)) == [("repeated", "two", "1.yaml: one")]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    first = a_file(a_vignette("one", answers={"leg": ["x"]}), a_vignette("two", sources=["NOBODY"]), protocol="other")
    second = a_file(a_vignette("three", story={"ru": " ", "en": ""}), label={"ru": "", "en": ""})
    assert [code for code, _, _ in problems(first, second)] == [
        "other-protocol", "answers-refused", "unknown-source", "blank", "blank",
    ]  # fmt: skip


def test_one_language_of_a_story_is_enough_for_whoever_has_no_other() -> None:
    assert read(a_file(a_vignette(story={"ru": "Только по-русски.", "en": ""})))


def test_a_file_says_nothing_that_is_lost() -> None:
    text = written(a_file()).decode().replace("independent: false", "independent: false\nindependant: true")
    with pytest.raises(VignettesRefusedError, match="unknown field `independant`"):
        read_bytes({"given.yaml": text.encode()})
