"""What is printed is set as a careful typesetter would, and never twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.tree import check, citations, normalise
from articles.canonical.typography import polish, polish_line
from tests.articles.canonical.strategies import bodies


def shown(text: str, language: str) -> str:
    """The polished text with `_` for each no-break space."""
    return polish_line(text, language=language).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Боль в ноге и на икре", "Боль в_ноге и_на_икре"),
        ("Может ли это быть опасно", "Может_ли это быть опасно"),
        ("Судорога — это сокращение", "Судорога_— это сокращение"),
        ("Судорога - это сокращение", "Судорога_— это сокращение"),
        ("до 10 минут и 50 %", "до_10_минут и_50_%"),
        ("звоните 103 или 112", "звоните 103 или 112"),
        ("22 ноября 2026 года", "22_ноября_2026_года"),
        ("в марте 2020 года", "в_марте 2020_года"),
        ("Бородулина И. В. пишет", "Бородулина_И._В. пишет"),
        ("то есть, т. е. иначе", "то_есть, т._е. иначе"),
        ("10 000 человек", "10_000_человек"),
        ("8 (800) 100-20-30", "8_(800)_100-20-30"),
        ("№ 5, с. 351", "№_5, с._351"),
        ("5-10 минут", "5–10_минут"),
        ("дата 2026-11-22 и код G40-G41", "дата 2026-11-22 и_код G40-G41"),
        ("из-за чего-то", "из-за чего-то"),
        ('Клиника "Смитра" и "книга "Боль""', "Клиника «Смитра» и_«книга „Боль“»"),
        ('внутри «книга "Боль"»', "внутри «книга „Боль“»"),
        ("И. И. Иванов и др., и т. п.", "И._И._Иванов и_др., и_т._п."),
        ("Это витамин С. Он полезен", "Это витамин С. Он_полезен"),
        ("5 мг в день, 5 - 10", "5_мг в_день, 5 - 10"),
        ("тел. 555-1234, счёт 3-1, часть 2-3-4", "тел. 555-1234, счёт 3-1, часть 2-3-4"),
        ("https://example.org/5-10 и a-b@example.org", "https://example.org/5-10 и_a-b@example.org"),
        ("проф. Иванов, г. Москва, 5 г соли", "проф._Иванов, г._Москва, 5_г соли"),
        ('непарная " кавычка', 'непарная " кавычка'),
        ("", ""),
    ],
)
def test_russian(typed, printed):
    assert shown(typed, "ru") == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("take 5 mg for 10 minutes", "take 5_mg for 10_minutes"),
        ("a cramp - not a seizure", "a cramp_– not a seizure"),
        ("don't stop", "don’t stop"),
        ('the "short circuit" picture', "the “short circuit” picture"),
        ("22 November 2026", "22_November_2026"),
        ("see Dr Smith, p. 351", "see Dr_Smith, p._351"),
        ("call 112 or 999", "call 112 or 999"),
        ("5-10 minutes", "5–10_minutes"),
        ("10-5 is not a range, nor 2026-11-22", "10-5 is not a range, nor 2026-11-22"),
        ("patients' rights, but 'patients' rights'", "patients' rights, but 'patients' rights'"),
        ("the patients' rights", "the patients’ rights"),
        ('he said: "take "two" drops"', "he said: “take ‘two’ drops”"),
        ("at 5 p.m. on 3 May", "at 5_p.m. on 3_May"),
        ("a 5' 10\" person", "a 5' 10\" person"),
    ],
)
def test_english(typed, printed):
    assert shown(typed, "en") == printed


def test_a_rule_reaches_over_bold_links_and_citations_and_leaves_addresses_alone():
    citation = {"type": "citation", "source": "s", "locator": "с. 5"}
    body = [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "звоните в "},
                {"type": "link", "href": "https://example.org/a - b", "content": [{"type": "text", "text": "скорую"}]},
                citation,
                {"type": "text", "text": " и "},
                {"type": "strong", "content": [{"type": "text", "text": "ждите"}]},
            ],
        }
    ]

    [paragraph] = polish(body, language="ru")

    assert paragraph["content"][0] == {"type": "text", "text": "звоните в\u00a0"}
    assert paragraph["content"][1:3] == body[0]["content"][1:3]
    assert paragraph["content"][3] == {"type": "text", "text": " и\u00a0"}


def test_words_of_another_language_are_left_as_they_are():
    foreign = {"type": "foreign", "language": "en", "content": [{"type": "text", "text": 'a "b" 5 mg'}]}
    body = [{"type": "paragraph", "content": [{"type": "text", "text": "по "}, foreign]}]

    assert polish(body, language="ru")[0]["content"] == [{"type": "text", "text": "по\u00a0"}, foreign]


def test_a_language_without_rules_is_left_as_it_was_typed():
    assert polish_line('"a" - 5 mg', language="la") == '"a" - 5 mg'


@given(bodies)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_polished_tree_is_still_a_tree_with_the_same_pointers(language, body):
    normal = normalise(body)

    polished = polish(normal, language=language)

    assert polish(polished, language=language) == polished
    assert check(polished) == []
    assert citations(polished) == citations(normal)


def test_items_of_lists_are_polished_one_by_one():
    item = [{"type": "paragraph", "content": [{"type": "text", "text": "в ноге"}]}]
    body = [{"type": "list", "ordered": False, "items": [item, item]}]

    [polished] = polish(body, language="ru")

    assert [block["content"][0]["text"] for [block] in polished["items"]] == ["в\u00a0ноге"] * 2


@given(st.text(alphabet="абвЖЕ лиже 0123456789-–—\"'«»„“”().,№%\u00a0\nabmgp", max_size=60))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_polishing_keeps_the_length_and_polishing_twice_changes_nothing(language, text):
    once = polish_line(text, language=language)

    assert len(once) == len(text)
    assert polish_line(once, language=language) == once
