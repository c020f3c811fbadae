"""The report of the verifier as people read it."""

import pytest
from django.utils import translation

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.small_protocols import SOURCE, small
from tests.factories.triage import bundled_file
from triage.engine.verifying.self_care import Choice, self_care_digest
from triage.engine.verifying.verification import verify
from triage.protocols.finding_words import count_in_words
from triage.protocols.self_care_words import choice_in_words, shared_choices
from triage.protocols.verification_report import report, share_in_words
from triage.protocols.verifying import verified_file

SMALL = small(
    {"a": {"x": 4, "y": 0, "z": 0, "unsure": "1!"}, "b": {"x": 1, "none": "0!", "unsure": "1!"}}, [(3, "a.y b.x")]
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_the_bundled_protocol_holds_every_count(language: Language) -> None:
    verified = verified_file(bundled_file())
    counts, rows = verified.verification.counts, verified.verification.self_care
    assert counts is not None
    with translation.override(language):
        lines = list(report(verified.verification, verified.protocols[language], language, seconds=0.25))
        for number in (counts.total, *counts.per_level.values(), *counts.asked.values(), *(row.count for row in rows)):
            assert any(count_in_words(number) in line for line in lines)
    assert any(self_care_digest(rows) in line for line in lines)
    for row in rows:
        assert sum(f"({row.key[:12]})" in line for line in lines) == 1
    for rule in verified.protocols[language].rules:
        assert sum(line.startswith(f"  {rule.id}: ") for line in lines) == 1


def test_answers_of_a_row_are_quoted_in_the_language_of_the_reader() -> None:
    verified = verified_file(bundled_file())
    with translation.override("en"):
        lines = list(report(verified.verification, verified.protocols["en"], "en", seconds=0))
    assert "    leg: “Legs look as usual”" in lines
    # What all rows share is said once.
    assert sum(line.startswith("    leg: ") for line in lines) == 1
    assert sum(line.startswith("    where: ") for line in lines) == len(verified.verification.self_care)


def test_every_finding_stands_in_the_report_with_its_place() -> None:
    verification = verify({"en": SMALL["en"], "ru": SMALL["ru"]}, set())
    with translation.override("en"):
        lines = list(report(verification, SMALL["en"], "en", seconds=0))
    assert f"Findings: {len(verification.findings)}" in lines
    assert sum(line.startswith("- ") for line in lines) == len(verification.findings) > 0
    assert f"- rule K1, in English: The source “{SOURCE}” is not there." in lines


def test_a_report_on_what_was_not_gone_through_claims_no_counts() -> None:
    broken = small({"a": {"x": 4, "unsure": "1!"}}, [(4, "a.nothing")])
    with translation.override("en"):
        lines = list(report(verify(broken, {SOURCE}), broken["en"], "en", seconds=0))
    assert lines[0] == "The combinations of answers were not checked; the findings say why."
    assert not any("Combinations of answers:" in line or "Rules:" in line for line in lines)


def test_a_share_never_claims_more_than_there_is() -> None:
    with translation.override("en"):
        assert share_in_words(10**17 - 1, 10**17) == "99.9999% of them"
        assert share_in_words(1, 10**17) == "less than 0.0001% of them"
        assert share_in_words(0, 10**17) == "0.0000% of them"
        assert share_in_words(1, 3) == "33.3333% of them"
        assert share_in_words(7, 7) == "100.0000% of them"


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("a", ("y",), (), ()), "“Words”"),
        (Choice("a", (), (), ("y",)), "“Words”"),
        (Choice("a", (), (), ("y", "z")), "one or more of: “Words”; “Words”"),
        (Choice("a", ("x",), (), ("y", "z")), "“Words” or one or more of: “Words”; “Words”"),
        (Choice("a", ("x", "unsure"), (), ()), "“Words” or “Words”"),
        (Choice("a", (), ("x", "y"), ()), "“Words”; “Words”"),
        (Choice("a", (), ("x",), ("y", "z")), "“Words”, by itself or with any of: “Words”; “Words”"),
    ],
)
def test_a_choice_says_what_was_answered(choice: Choice, words: str) -> None:
    with translation.override("en"):
        assert choice_in_words(choice, SMALL["en"].questions[0], "en") == words


def test_russian_answers_stand_in_russian_quotation_marks() -> None:
    assert choice_in_words(Choice("a", ("y",), (), ()), SMALL["ru"].questions[0], "ru") == "«Слова»"


def test_of_no_rows_nothing_is_shared() -> None:
    assert shared_choices([]) == []
