"""Certainty, negations, relative risks, headings: found in both languages, and not where nothing is claimed."""

import pytest

from articles.editorial.checks.certainty import overstated
from articles.editorial.checks.findings import sentences
from articles.editorial.checks.headings import is_worded, lacks
from articles.editorial.checks.negations import negated_alone
from articles.editorial.checks.risks import relative_alone


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("ru", "Доказано, что магний помогает.", "Доказано"),
        ("ru", "Растяжка всегда помогает.", "всегда"),
        ("ru", "Средство полностью безопасно.", "полностью безопасно"),
        ("ru", "Первое. Крем гарантирует сон.", "гарантирует"),
        ("en", "It is proven that magnesium helps.", "proven"),
        ("en", "Magnesium never fails.", "never"),
        ("en", "This cures cramps.", "cures"),
        ("en", "It is completely safe.", "completely safe"),
    ],
)
def test_words_surer_than_evidence_are_marked_where_they_stand(language: str, text: str, marked: str) -> None:
    (one,) = overstated(text, language)  # type: ignore[arg-type]
    assert one.phrase == marked == text[one.start : one.end]
    assert marked in one.sentence


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Не доказано, что магний помогает."),
        ("ru", "Что доказано, а что нет"),
        ("ru", "Никогда не садитесь за руль."),
        ("ru", "Всегда ли это опасно?"),
        ("ru", "Сводит всегда одну и ту же ногу."),
        ("ru", "Не всегда."),
        ("en", "It has not been proven."),
        ("en", "What is proved, what is not"),
        ("en", "Never drive yourself."),
        ("en", "Is it always dangerous?"),
        ("en", "The same leg always cramps."),
        ("en", "It isn’t always so."),
    ],
)
def test_what_is_denied_asked_or_ordered_is_no_claim(language: str, text: str) -> None:
    assert list(overstated(text, language)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("Не принимайте магний без врача.", "Take magnesium."),
        ("Массируйте ногу сами.", "Do not massage the leg yourself."),
        ("Не массируйте сами.", "Massage it yourself."),
        ("Звоните. Не садитесь за руль.", "Call. Drive."),
    ],
)
def test_a_not_that_only_one_language_has_is_found(ru: str, en: str) -> None:
    (one,) = negated_alone(ru, "ru", en, "en")
    assert one.code == "negation-differs"
    assert en[one.start : one.end] == one.phrase


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("Не принимайте магний.", "Do not take magnesium."),
        ("Это невозможно.", "It cannot be done."),
        ("Причина неизвестна.", "The cause is unknown."),
        ("Обычно не опасно.", "It is usually harmless."),
        ("Спросит, нет ли беременности.", "The doctor asks whether you are pregnant."),
        ("Держите ногу прямо.", "Keep the leg straight."),
    ],
)
def test_a_sentence_that_was_turned_round_is_left_alone(ru: str, en: str) -> None:
    assert list(negated_alone(ru, "ru", en, "en")) == []


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("ru", "Риск тромбоза выше в 3 раза.", 0),
        ("ru", "Судороги бывают в 3 раза чаще.", 1),
        ("ru", "Приём снижает риск падений на 30 %.", 1),
        ("ru", "Судороги бывают вдвое чаще: у 20 из 100 вместо 10 из 100.", 0),
        ("ru", "Относительный риск 1,2.", 1),
        ("ru", "Принимайте 2 раза в день.", 0),
        ("en", "Cramps are twice as likely.", 1),
        ("en", "It halves the risk.", 1),
        ("en", "It lowers the risk of falls by 30%.", 1),
        ("en", "A 30% reduction in cramps.", 1),
        ("en", "Twice as likely: 20 in 100 instead of 10 in 100.", 0),
        ("en", "Take it twice a day.", 0),
    ],
)
def test_a_relative_risk_is_found_where_no_absolute_one_stands_beside_it(language: str, text: str, count: int) -> None:
    expected = 1 if text.startswith("Риск тромбоза") else count
    assert len(list(relative_alone(text, language))) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "title", "is_right"),
    [
        ("ru", "Позвоните {emergency} прямо сейчас, если", True),
        ("ru", "Запишитесь к врачу, если:", True),
        ("ru", "Если", False),
        ("ru", "Позвоните сейчас", False),
        ("ru", "Опасные признаки", False),
        ("en", "Call {emergency} now if", True),
        ("en", "See a doctor today if:", True),
        ("en", "If", False),
        ("en", "Emergency signs", False),
    ],
)
def test_the_heading_of_a_care_box_is_an_action_and_if(language: str, title: str, is_right: bool) -> None:
    assert is_worded(title, language) is is_right  # type: ignore[arg-type]


def test_in_an_emergency_the_heading_says_whom_to_call() -> None:
    assert lacks("Call now if", "emergency") == "{emergency}"
    assert lacks("See a doctor within days if", "appointment_days") == ""


def test_a_point_in_a_figure_ends_no_sentence_and_a_line_always_does() -> None:
    text = "Take 0.5 mg. Then rest.\nCall\n\n  Now"
    assert [one.text for one in sentences(text)] == ["Take 0.5 mg.", "Then rest.", "Call", "Now"]
    assert all(text[one.start : one.end] == one.text for one in sentences(text))
