"""Figures of both languages: what is written otherwise is the same, what is another figure never is."""

import pytest

from articles.editorial.checks.numbers import differing


def found(ru: str, en: str) -> dict[str, tuple[str, str]]:
    """Code to (only in Russian, only in English)."""
    return {one.code: (dict(one.params)["lacks"], dict(one.params)["adds"]) for one in differing(ru, "ru", en, "en")}


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        ("0,5 мг", "0.5 mg"),
        ("10 000 человек", "10,000 people"),
        ("1\u202f234\u202f567,8 мл", "1,234,567.8 ml"),
        ("5–10 мг", "5 to 10 mg"),
        ("от 5 до 10 мг", "5–10 mg"),
        ("5, 10 и 15 мг", "5, 10 and 15 mg"),
        ("температура выше 38,5 °C", "a temperature above 38.5°C"),
        ("38 °С кириллицей", "38 °C in Latin"),
        ("50 %", "50%"),
        ("50 процентов", "50 per cent"),
        ("2 тыс. человек", "2 thousand people"),
        ("3–5 тыс.", "3 to 5 thousand"),
        ("за последние сутки", "in the last 24 hours"),
        ("больше суток", "for over a day"),
        ("600 МЕ витамина D3", "600 IU of vitamin D3"),
        ("в 65 лет", "at 65"),
        ("2-й день", "2nd day"),
        ("в 2020 г. нашли 5 г соли", "in 2020, 5 g of salt were found"),
        ("8 (800) 555-35-35", "+7 800 555 35 35"),
        ("Позвоните {emergency} прямо сейчас", "Call {emergency} now"),
        ("5.10.2026", "5 October 2026 (10)"),
        ("два раза в день", "twice a day"),
        ("½ таблетки", "0.5 of a tablet"),
        ("раз в неделю", "weekly"),
        ("", ""),
    ],
)
def test_the_same_figures_in_the_manner_of_each_language_agree(ru: str, en: str) -> None:
    assert found(ru, en) == {}


@pytest.mark.parametrize(
    ("ru", "en", "code", "lacks", "adds"),
    [
        ("10 мг", "100 mg", "numbers-differ", "10 mg", "100 mg"),
        ("10 мг", "10 g", "numbers-differ", "10 mg", "10 g"),
        ("10 мг", "10 mcg", "numbers-differ", "10 mg", "10 µg"),
        ("10 мг", "10", "numbers-differ", "10 mg", "10"),
        ("1,5 мг", "15 mg", "numbers-differ", "1,5 mg", "15 mg"),
        ("1,500 мг", "1,500 mg", "numbers-differ", "1,500 mg", "1,500 mg"),
        ("10 минут", "10 hours", "numbers-differ", "10 minute", "10 hour"),
        ("−20 °C", "20 °C", "numbers-differ", "-20 °C", "20 °C"),
        ("2 раза и ещё 2 раза", "2 times", "numbers-differ", "2", "—"),
        ("два раза", "2 times", "numbers-differ", "—", "2"),
        ("103", "112", "numbers-differ", "103", "112"),
        ("за последние сутки", "in the last 48 hours", "numbers-differ", "—", "48 hour"),
        ("+7 800 555 35 35", "+7 800 555 35 36", "phones-differ", "+7 800 555 35 35", "+7 800 555 35 36"),
        ("Позвоните {emergency}", "Call now", "placeholders-differ", "{emergency}", "—"),
    ],
)
def test_another_figure_unit_or_number_is_found(ru: str, en: str, code: str, lacks: str, adds: str) -> None:
    assert found(ru, en) == {code: (lacks, adds)}


def test_a_translation_into_russian_is_compared_in_the_same_way() -> None:
    assert [one.code for one in differing("0.5 mg", "en", "5 мг", "ru")] == ["numbers-differ"]
    assert list(differing("In the last 24 hours", "en", "За последние сутки", "ru")) == []
