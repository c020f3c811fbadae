"""The team's own stories: what they say of themselves, and that no grave answer is without one."""

import pytest

from articles.canonical.languages import LANGUAGES
from tests.factories.triage import bundled
from tests.factories.vignettes import read_bytes
from triage.engine.deciding import chosen_in
from triage.engine.protocol import LEVELS
from triage.evaluation.vignettes import VignetteFile
from triage.management.commands.triage_report import own

LABEL = {"ru": "Написано командой сайта, врачи не проверяли.", "en": "Written by the team, not clinically validated."}

# Where no source that the protocol names speaks of what the story is about, and the expectation says so.
WITHOUT_A_SOURCE = {"ankles-and-pillows"}


@pytest.fixture(scope="module")
def files() -> dict[str, VignetteFile]:
    return read_bytes(own())


def test_every_file_says_that_no_clinician_has_validated_it(files: dict[str, VignetteFile]) -> None:
    assert {name: (file.label.ru, file.label.en) for name, file in files.items()} == dict.fromkeys(
        files, (LABEL["ru"], LABEL["en"])
    )
    assert {file.independent for file in files.values()} == {False}
    assert [name for name, content in own().items() if b"not clinically validated" not in content.split(b"\n")[0]] == []


def test_there_are_forty_stories_and_some_for_every_level(files: dict[str, VignetteFile]) -> None:
    expected = [vignette.expected for file in files.values() for vignette in file.vignettes]
    assert len(expected) >= 40
    assert {level: expected.count(level) >= 8 for level in LEVELS} == dict.fromkeys(LEVELS, True)


def test_every_story_is_told_and_reasoned_in_both_languages(files: dict[str, VignetteFile]) -> None:
    missing = [
        (vignette.id, language)
        for file in files.values()
        for vignette in file.vignettes
        for language in LANGUAGES
        if not (vignette.story.of(language) and vignette.because.of(language))
    ]
    assert missing == []


def test_every_expectation_names_a_source_or_says_that_there_is_none(files: dict[str, VignetteFile]) -> None:
    bare = {v.id: v.because.en for file in files.values() for v in file.vignettes if not v.sources}
    assert bare.keys() == WITHOUT_A_SOURCE
    assert [id for id, because in bare.items() if not because.startswith("No source in our list")] == []


def test_every_answer_that_needs_a_doctor_today_is_in_a_story(files: dict[str, VignetteFile]) -> None:
    told = {one for file in files.values() for v in file.vignettes for one in chosen_in(file.answers(v))}
    grave = {f"{question.id}.{one.id}" for question in bundled().questions for one in question.options if one.rank >= 3}
    assert len(grave) > 25
    assert sorted(grave - told) == []


def test_every_rule_is_met_by_a_story(files: dict[str, VignetteFile]) -> None:
    told = [chosen_in(file.answers(v)) for file in files.values() for v in file.vignettes]
    unmet = [rule.id for rule in bundled().rules if not any(chosen.issuperset(rule.when) for chosen in told)]
    assert unmet == []


def test_not_being_sure_of_any_question_is_in_a_story(files: dict[str, VignetteFile]) -> None:
    told = {one for file in files.values() for v in file.vignettes for one in chosen_in(file.answers(v))}
    assert [question.id for question in bundled().questions if f"{question.id}.unsure" not in told] == []
