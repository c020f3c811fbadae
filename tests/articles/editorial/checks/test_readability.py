"""Readability: each language has its own formula, and neither asks anything of the network."""

from articles.editorial.checks.readability import FEWEST_WORDS, hard, long_sentences, measured

EASY = {
    "ru": "Нога болит. Сядь и тяни её к себе. Потом встань. ",
    "en": "The leg hurts. Sit and pull the toes. Then get up. ",
}
HARD = {
    "ru": "Электрофизиологическое исследование периферической нервной системы рекомендуется пациентам с "
    "прогрессирующими нейромышечными расстройствами неустановленной этиологии. ",
    "en": "Electrophysiological investigation of peripheral neuromuscular transmission is recommended for individuals "
    "presenting progressive neuromuscular deterioration of undetermined aetiology. ",
}


def test_plain_words_pass_and_learned_ones_do_not() -> None:
    for language in ("ru", "en"):
        easy, difficult = measured([EASY[language] * 20], language), measured([HARD[language] * 20], language)
        assert (easy and easy.is_hard, difficult and difficult.is_hard) == (False, True), language


def test_nothing_is_said_of_a_few_words_and_none() -> None:
    assert measured(["word " * (FEWEST_WORDS - 1)], "en") is None
    assert measured([], "ru") is None


def test_a_list_without_points_is_no_endless_sentence() -> None:
    items = "\n".join(["• боль в ноге ночью"] * 60)
    found = measured([items], "ru")
    assert found
    assert not found.is_hard


def test_a_hard_text_is_shown_by_its_longest_sentence() -> None:
    score = measured([HARD["en"] * 20], "en")
    assert score
    found = hard(["Short.", HARD["en"]], score, "en")
    assert found.phrase == HARD["en"].strip()


def test_long_sentences_are_marked_one_by_one() -> None:
    long = " ".join(["слово"] * 40) + "."
    (one,) = long_sentences(f"Коротко. С{long}")
    assert one.params == (("words", "40"),)
