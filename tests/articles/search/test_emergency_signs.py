"""Which queries are answered with numbers to call first."""

import re

import pytest

from articles.search.emergency_signs import SIGNS, names_an_emergency


@pytest.mark.parametrize(
    "query",
    [
        "103", "112", "вызвать скорую", "не могу дышать", "Мама не может дышать!", "трудно дышать", "боль в груди",
        "болит в груди", "давит в груди", "жжёт за грудиной", "Потерял сознание", "мужчина без сознания", "обморок",
        "дёргается всё тело", "инсульт", "признаки инсульта", "перекосило лицо", "отнялась рука", "нарушилась речь",
        "нога похолодела и побелела", "холодная онемевшая нога", "моча цвета колы", "тепловой удар",
        "кашель с кровью", "сводит челюсть", "сердечный приступ", "инфаркт", "беременность мушки перед глазами",
        "не хочу жить", "передозировка", "отёк горла", "кровь не останавливается",
    ],
)  # fmt: skip
def test_a_danger_in_russian(query: str) -> None:
    assert names_an_emergency(query)


@pytest.mark.parametrize(
    "query",
    [
        "999", "911", "ambulance", "can't breathe", "I can’t breathe", "cannot breathe", "chest pain",
        "pain in my chest", "my chest hurts", "heart attack", "stroke", "stroke signs", "face drooping",
        "slurred speech", "passed out", "he is unconscious", "not breathing", "coughing up blood",
        "someone is having a seizure", "jerking all over", "leg cold and numb", "foot turned blue",
        "cola coloured urine", "heatstroke", "lockjaw", "overdose", "I want to die", "throat closing",
        "bleeding won't stop",
    ],
)  # fmt: skip
def test_a_danger_in_english(query: str) -> None:
    assert names_an_emergency(query)


@pytest.mark.parametrize(
    "query",
    [
        "", "судорога", "судорога в ноге", "магний", "эпилепсия", "беременность", "сколько длится судорога", "1030",
        "к какому врачу идти", "головная боль", "боль в ногах при ходьбе", "холодная вода", "молочная кислота", "скоро",
        "leg cramp", "magnesium", "epilepsy", "pregnancy", "headache", "leg pain when walking", "breath test",
        "breaststroke", "Cold feet", "restless legs", "which doctor", "9990", "chest freezer", "privacy", "heat",
    ],
)  # fmt: skip
def test_what_is_asked_to_read_about_it_is_no_emergency(query: str) -> None:
    assert not names_an_emergency(query)


def test_what_was_understood_counts_beside_what_was_typed() -> None:
    assert names_an_emergency("yt vjue lsifnm", "не могу дышать")


@pytest.mark.parametrize("language", SIGNS)
def test_every_sign_has_its_reason_and_words_that_a_query_can_hold(language: str) -> None:
    for sign in SIGNS[language]:
        assert sign.reason
        for expression in sign.expressions:
            assert re.fullmatch(r"[\w'*|]+(?: [\w'*|]+)*", expression), expression
            assert expression == expression.casefold().replace("ё", "е")
            assert not re.search(r"(?:^|[ |])\w{1,2}\*", expression), f"{expression} means nearly everything"
