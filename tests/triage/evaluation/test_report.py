"""The report says where the numbers come from, shows every disagreement, and claims no more than it counted."""

import re
from typing import Any

import pytest
from django.utils import translation

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import bundled, bundled_file
from tests.factories.vignettes import a_file, a_vignette, read, read_bytes
from triage.engine.deciding import Engine
from triage.engine.protocol import logic_digest
from triage.evaluation.report import report
from triage.management.commands.triage_report import own

# Words with which numbers are made to say more than they do.
BOASTS = re.compile(
    r"\b(proves?|proven|guarantee\w*|validated (?!by nobody)|clinically (safe|proven)|better than|accurate|"
    r"доказ\w+, что|гарант\w+|безопасен|точн(ый|ая|ость))\b",
    re.IGNORECASE,
)


def said(*files: dict[str, Any], language: Language = "en") -> str:
    with translation.override(language):
        return "\n".join(report(read(*files), bundled_file(), Engine(bundled(language)), language))


def of_own(language: Language) -> str:
    with translation.override(language):
        return "\n".join(report(read_bytes(own()), bundled_file(), Engine(bundled(language)), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_on_our_own_stories_says_that_nobody_has_validated_them_and_that_agreement_is_circular(
    language: Language,
) -> None:
    text = of_own(language)
    label, circular = {
        "ru": ("Написано командой сайта, врачи не проверяли.", "замкнутый круг"),
        "en": ("Written by the team, not clinically validated.", "circular"),
    }[language]
    assert text.count(label) == len(own())
    assert circular in text
    # Before the first number.
    assert text.index(circular) < text.index("%")
    assert logic_digest(bundled(language)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_it_claims_more_than_it_counted(language: Language) -> None:
    own_words = [line for line in of_own(language).replace(str(own()), "").split("\n") if not line.startswith("  - ")]
    # What the label and the warning deny is no claim.
    claims = [line for line in own_words if BOASTS.search(line) and "not " not in line and "не " not in line]
    assert claims == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_has_no_word_of_the_other_language(language: Language) -> None:
    text = re.sub(r"`[^`]*`|\*\*[^*]*\*\*|\[[A-Z0-9, -]+\]|\b[a-z_]+\.[a-z_]+\b", "", of_own(language))
    if language == "en":
        assert re.findall("[а-яё]+", text, re.IGNORECASE) == []
    else:
        words = set(re.findall(r"\b[a-z]{3,}\b", text.split("\n\n", 2)[2], re.IGNORECASE))
        assert words <= {"leg", "cramp", "triage", "draft", "NHS", "yaml", "Wilson"}


def test_independent_stories_are_not_called_circular() -> None:
    text = said(a_file(independent=True))
    assert "circular" not in text
    assert "Stories are no patients" in text


def test_one_file_that_is_not_independent_makes_the_whole_circular() -> None:
    text = said(a_file(a_vignette("one"), independent=True), a_file(a_vignette("two"), independent=False))
    assert "circular" in text


def test_a_disagreement_shows_story_expectation_and_what_led_where() -> None:
    vignette = a_vignette(
        "missed", "emergency", answers={"leg": ["veins"]}, because={"ru": "Р", "en": "A reason."}, sources=["NHS-DVT"]
    )
    text = said(a_file(vignette))
    assert "**missed**, later than expected: expected emergency, result within weeks" in text
    assert "The story “missed”." in text
    assert "Expected because: A reason. [NHS-DVT]" in text
    assert "Led there: leg.veins “Bulging veins; both ankles swell by evening”" in text
    assert "Emergencies that were recognised (sensitivity): 0 of 1 = 0% (0–79%)" in text


def test_full_agreement_is_no_proof() -> None:
    text = said(a_file())
    assert "None. That is no proof of safety" in text
    assert "1 of 1 = 100% (21–100%)" in text


def test_a_level_without_stories_has_no_percentage() -> None:
    text = said(a_file())
    assert re.search(r"\| today +\| 0 +\| – ", text)
    assert "Emergencies that were recognised (sensitivity): no story of this kind" in text


def test_raters_are_shown_beside_each_other_and_beside_the_protocol() -> None:
    ratings = {"anna": "self_care", "boris": "same_day"}
    text = said(a_file(a_vignette(ratings=ratings), independent=True))
    assert re.search(r"\| anna +\| boris +\| 1 +\| 0 of 1", text)
    assert re.search(r"\| anna +\| the protocol +\| 1 +\| 1 of 1", text)


def test_a_story_in_one_language_is_told_in_that_one() -> None:
    vignette = a_vignette("here", "emergency", story={"ru": "Только здесь.", "en": ""})
    assert "Только здесь." in said(a_file(vignette))
