"""Each refusal is of the bundled file with one change to its words."""

import pytest

from tests.triage.engine.test_exchange import changed, problems
from triage.engine.exchange import read_file

ANSWER = "$.questions[0].options[0].text"


def answer(words: str, language: str = "ru") -> bytes:
    return changed(lambda plain: plain["questions"][0]["options"][0]["text"].update({language: words}))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "blank"),
        ("   ", "blank"),
        ("\u00a0", "blank"),
        ("\u200b", "blank"),
        ("—", "blank"),
        ("<b>Потеря</b> сознания", "not-plain-text"),
        ("Потеря сознания <", "not-plain-text"),
        ("<script>alert(1)</script>", "not-plain-text"),
        ("Потеря&nbsp;сознания", "not-plain-text"),
        ("Потеря &#60;b&#x3e; сознания", "not-plain-text"),
        ("Потеря\x00 сознания", "forbidden-character"),
        ("Потеря\x07 сознания", "forbidden-character"),
        ("Потеря \x1b[31mсознания", "forbidden-character"),
        ("Потеря \u202eсознания", "forbidden-character"),
        ("Потеря \u2066сознания", "forbidden-character"),
        ("Потеря \ufffeсознания", "forbidden-character"),
        ("Потеря\u200b сознания", "untidy-text"),
        ("Потеря\u00a0сознания", "untidy-text"),
        ("Потеря  сознания", "untidy-text"),
        (" Потеря сознания", "untidy-text"),
        ("Потеря\nсознания", "untidy-text"),
        ("Потеря\tсознания", "untidy-text"),
        ("Судорога и\u0306", "untidy-text"),
        ("Звоните {emergency}", "placeholder-not-filled-in"),
        ("Звоните {number}", "unknown-placeholder"),
        ("Звоните {Emergency}", "unknown-placeholder"),
        ("Звоните {emergency", "unknown-placeholder"),
        ("Звоните {}", "unknown-placeholder"),
        ("а" * 301, "too-long"),
    ],
)
def test_a_label_is_plain_words_on_one_line(words, code):
    found = problems(answer(words))

    assert found[0] == (code, f"{ANSWER}.ru")
    assert {place for _, place in found} <= {f"{ANSWER}.ru", ANSWER}


def test_half_a_character_is_refused():
    content = answer("half").replace(b'"half"', b'"half \\ud800"')

    assert problems(content) == [("forbidden-character", f"{ANSWER}.ru")]


@pytest.mark.parametrize(
    "words", ["Боль > 10 минут? Нет: больше 10", "Боль & онемение", "Боль; 5 % случаев", "«Ё» — да…"]
)
def test_signs_that_are_no_markup_are_words(words):
    plain = words.replace(">", "—")

    assert read_file(answer(plain)).questions[0].options[0].text.ru == plain


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda one, language: one["title"].update({language: ""}), "title"),
        (lambda one, language: one["scope"].update({language: ""}), "scope"),
        (lambda one, language: one["danger"].update({language: ""}), "danger"),
        (lambda one, language: one["levels"][4]["title"].update({language: ""}), "levels[4].title"),
        (lambda one, language: one["levels"][4]["text"].update({language: ""}), "levels[4].text"),
        (lambda one, language: one["levels"][0]["first_aid"][0]["text"].update({language: ""}),
         "levels[0].first_aid[0].text"),
        (lambda one, language: one["questions"][3]["text"].update({language: ""}), "questions[3].text"),
        (lambda one, language: one["questions"][3]["options"][8]["text"].update({language: ""}),
         "questions[3].options[8].text"),
        (lambda one, language: one["rules"][16]["text"].update({language: ""}), "rules[16].text"),
    ],
)  # fmt: skip
def test_every_text_is_there_in_both_languages(change, place, language):
    assert problems(changed(lambda plain: change(plain, language))) == [("blank", f"$.{place}.{language}")]


def test_why_only_one_answer_can_be_true_is_said_in_both_languages_or_in_none():
    def say(**words: str) -> bytes:
        return changed(lambda plain: plain["questions"][11].update(exclusive_because={"ru": "", "en": ""} | words))

    assert read_file(say()).questions[11].exclusive_because.ru == ""
    assert problems(say(ru="Одно исключает другое")) == [("one-language-only", "$.questions[11].exclusive_because.en")]
    assert problems(say(en="One rules out the other")) == [
        ("one-language-only", "$.questions[11].exclusive_because.ru")
    ]


def test_numbers_are_filled_in_where_they_are_said():
    file = read_file(
        changed(lambda plain: plain["levels"][0]["first_aid"][0].update(
            text={"ru": "Звоните {emergency}.", "en": "Call {emergency}."}
        ))
    )  # fmt: skip
    assert file.levels[0].first_aid[0].text.en == "Call {emergency}."


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda one: one["danger"].update(en=one["danger"]["en"].replace("{emergency}", "999")), "danger"),
        (lambda one: one["levels"][0]["title"].update(ru="Позвоните 103 прямо сейчас"), "levels[0].title"),
        (lambda one: one["levels"][1]["text"].update(en=one["levels"][1]["text"]["en"] + " Or call {emergency}."),
         "levels[1].text"),
    ],
)  # fmt: skip
def test_both_languages_name_the_numbers_equally_often(change, place):
    assert problems(changed(change)) == [("unequal-placeholders", f"$.{place}")]


def test_advice_may_have_paragraphs():
    words = {"ru": "Позвоните {emergency}.\n\nНе оставайтесь одни.", "en": "Call {emergency}.\n\nDo not stay alone."}

    assert read_file(changed(lambda plain: plain["levels"][0].update(text=words))).levels[0].text.en == words["en"]


def test_the_title_of_a_source_may_compare_numbers_but_holds_no_tag():
    def title(words: str) -> bytes:
        return changed(lambda plain: plain["references"]["NHS-LC"].update(title=words))

    assert read_file(title("Cramps with potassium < 3.0 {mmol}")).references["NHS-LC"].title.startswith("Cramps")
    assert problems(title("<i>Cramps</i>")) == [("not-plain-text", "$.references[NHS-LC].title")]
    assert problems(title("Cramps \u202e")) == [("forbidden-character", "$.references[NHS-LC].title")]


def test_notes_for_colleagues_are_plain_too():
    assert problems(changed(lambda plain: plain.update(note="<img src=x>"))) == [("not-plain-text", "$.note")]
    assert problems(changed(lambda plain: plain["questions"][2].update(note="a\x00b"))) == [
        ("forbidden-character", "$.questions[2].note")
    ]
    assert problems(changed(lambda plain: plain["questions"][0]["options"][0].update(points_to="stroke &lt;"))) == [
        ("not-plain-text", "$.questions[0].options[0].points_to")
    ]
