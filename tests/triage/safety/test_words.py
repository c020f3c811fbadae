"""What the words of the bundled protocol tell people, and what they must not."""

import re

import pytest

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import BENIGN, bundled, bundled_file
from triage.engine.deciding import Engine
from triage.engine.explaining import explain
from triage.engine.protocol import EMERGENCY, LEVELS, PLACEHOLDER, Level

STOP_A_MEDICINE = re.compile(
    r"\b(stop(ped)? (taking|using)|come off|discontinue|skip (a|your) dose|"
    r"прекратите|перестаньте (принимать|пить)|отмените|бросьте|пропустите)\b",
    re.IGNORECASE,
)
# Names of conditions, by their beginnings. A combination may say what has to be ruled out; a level never concludes.
CONDITIONS = re.compile(
    r"\b(epilep|thrombo|clot|tetan|diabet|stroke|ischaem|neuropath|rhabdo|pre-?eclamp|parkinson|"
    r"эпилеп|тромб|столбн|диабет|инсульт|ишеми|нейропат|рабдо|преэкламп|паркинсон)",
    re.IGNORECASE,
)
# «1–7 дней» is a time and not a chance.
CHANCES_AND_DOSES = re.compile(r"%|\b\d+ ?(mg|mcg|g|ml|мг|мкг|г|мл)\b|\bprobab|\brisk\b|вероятн|\bриск", re.IGNORECASE)
PROMISES = re.compile(
    r"\b(diagnos|nothing to worry|harmless|you are fine|диагноз\w* у вас|вы здоровы|безопасн)", re.IGNORECASE
)


def levels(language: Language) -> list[Level]:
    return bundled(language).levels


def said_of(level: Level) -> str:
    return "\n".join([level.title, level.text, *(aid.text for aid in level.first_aid)])


def everything_said(language: Language) -> list[str]:
    protocol = bundled(language)
    options = [option.text for question in protocol.questions for option in question.options]
    return [*map(said_of, protocol.levels), *(rule.text for rule in protocol.rules), *options, protocol.danger]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_tells_anybody_to_stop_a_medicine(language: Language) -> None:
    assert [text for text in everything_said(language) if STOP_A_MEDICINE.search(text)] == []


def test_whoever_is_sent_to_a_doctor_within_days_is_told_not_to_stop_a_medicine() -> None:
    """It is the mildest result of anybody who marks a medicine."""
    medicines = [one for question in bundled().questions if question.id == "meds" for one in question.options]
    assert min(one.rank for one in medicines if one.id not in ("none", "unsure")) == LEVELS.index("appointment_days")
    assert "Не отменяйте назначенные лекарства сами" in bundled("ru").level(2).text.replace("\u00a0", " ")
    assert "Do not stop prescribed medicines on your own" in bundled("en").level(2).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_level_concludes_a_condition_a_chance_or_a_dose(language: Language) -> None:
    faults = {
        level.id: found.group()
        for level in levels(language)
        for pattern in (CONDITIONS, CHANCES_AND_DOSES, PROMISES)
        if (found := pattern.search(said_of(level)))
    }
    assert faults == {}


def test_what_is_searched_for_would_be_found() -> None:
    for pattern, text in (
        (STOP_A_MEDICINE, "Stop taking the statin."), (STOP_A_MEDICINE, "Перестаньте принимать статин."),
        (CONDITIONS, "У вас тромбоз."), (CHANCES_AND_DOSES, "300 мг на ночь"), (CHANCES_AND_DOSES, "a risk of 3%"),
        (PROMISES, "It is harmless."),
    ):  # fmt: skip
        assert pattern.search(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_self_care_says_when_it_stops_being_enough_and_whom_to_call(language: Language) -> None:
    text = bundled(language).level(0).text.replace("\u00a0", " ")
    assert PLACEHOLDER in text
    again = {"ru": "пройдите вопросы заново", "en": "answer again"}
    swollen = {"ru": "Если одна нога отекла", "en": "If one leg is swollen"}
    assert again[language] in text
    assert swollen[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_self_care_speaks_of_what_was_marked_and_not_of_the_person(language: Language) -> None:
    began = {"ru": "Опасных признаков вы не отметили", "en": "You marked no warning signs"}
    assert bundled(language).level(0).title.replace("\u00a0", " ").startswith(began[language])


def test_every_result_short_of_an_emergency_is_followed_by_every_sign_that_would_make_it_one() -> None:
    engine = Engine(bundled("en"))
    signs = {
        f"{question.id}.{one.id}"
        for question in bundled().questions
        for one in question.options
        if one.rank == EMERGENCY
    }
    assert len(signs) >= 15
    for milder in (BENIGN, {**BENIGN, "leg": ["veins"]}, {**BENIGN, "leg": ["sore"]}, {**BENIGN, "leg": ["swollen"]}):
        told = {
            f"{change.question.id}.{change.option.id}"
            for change in explain(engine, milder).would_change
            if change.rank == EMERGENCY
        }
        assert signs - told == set()


def test_what_to_do_in_a_seizure_is_told_for_a_seizure_and_for_nothing_else() -> None:
    engine = Engine(bundled("en"))

    def aid(**answers: list[str]) -> str:
        return " ".join(one.text for one in explain(engine, {**BENIGN, **answers}).first_aid)

    assert "put nothing in the mouth" in aid(danger=["jerks"])
    assert "massage" not in aid(danger=["jerks"])
    assert "Do not massage or heat the leg" in aid(leg=["cold"])
    assert "mouth" not in aid(leg=["cold"])
    assert aid(general=["urine"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_swollen_leg_is_never_to_be_massaged(language: Language) -> None:
    """Self-care names massage, so it says for which leg not; the level of a swollen leg forbids it."""
    forbids = {"ru": "не массируйте", "en": "Do not massage"}
    assert forbids[language] in bundled(language).level(3).text.replace("\u00a0", " ")
    assert forbids[language].lower() in bundled(language).level(0).text.replace("\u00a0", " ").lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_words_say_for_whom_the_questions_are_and_what_they_are_not(language: Language) -> None:
    scope = bundled_file().scope.of(language).replace("\u00a0", " ")
    for words in {
        "ru": ("Для взрослых", "Ребёнка покажите врачу", "не диагноз"),
        "en": ("For adults", "Take a child to a doctor", "not a diagnosis"),
    }[language]:
        assert words in scope
