"""Words of the other language say which language they are in."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.languages import Language
from articles.reader import foreign
from articles.reader.foreign import with_marks

pytestmark = pytest.mark.any_database


def page(words: str, language: Language) -> str:
    return f'<html lang="{language}"><head><title>{words}</title></head><body><p>{words}</p></body></html>'


def marked(words: str, language: Language) -> str:
    html = with_marks(page(words, language), language)
    assert f"<title>{words}</title>" in html
    return html.partition("<p>")[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Published by Новости Mail.ru in 2025", 'Published by <span lang="ru">Новости</span> Mail.ru in 2025'),
        ("the clinic «Смитра на Неве», Novosibirsk", 'the clinic «<span lang="ru">Смитра на Неве</span>», Novosibirsk'),
        ("Иванова-Петрова А. Б.", '<span lang="ru">Иванова-Петрова А</span>. <span lang="ru">Б</span>.'),
        ("су́дорога", '<span lang="ru">су́дорога</span>'),
        ("Nothing foreign here: café, naïve, 50 mg", "Nothing foreign here: café, naïve, 50 mg"),
    ],
)
def test_every_russian_word_on_an_english_page_is_marked(words: str, expected: str) -> None:
    assert marked(words, "en") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Royal College of Emergency Medicine, 2019",
            '<span lang="en">Royal College of Emergency Medicine</span>, 2019',
        ),
        (
            "CDC, National Institute for Safety and Health.",
            '<span lang="en">CDC, National Institute for Safety and Health</span>.',
        ),
        (
            "журнал Health &amp; Safety for All (2020)",
            'журнал <span lang="en">Health &amp; Safety for All</span> (2020)',
        ),
        (
            "так называемые cramps of the calf у бегунов",
            'так называемые <span lang="en">cramps of the calf</span> у бегунов',
        ),
    ],
)
def test_an_english_phrase_on_a_russian_page_is_marked(words: str, expected: str) -> None:
    assert marked(words, "ru") == expected


@pytest.mark.parametrize(
    "words",
    [
        "NHS, NICE CKS и DOI", "публикация NGS.RU", "препарат Qualaquin", "BMC Family Practice, 2017", "cookie",
        "claudicatio intermittens", "status epilepticus", "10 mg", "for", "news.mail.ru/of/the",
    ],
)  # fmt: skip
def test_names_abbreviations_units_latin_and_single_words_on_a_russian_page_are_not(words: str) -> None:
    assert marked(words, "ru") == words


def test_what_is_marked_already_and_what_no_element_may_stand_in_stay_as_they_are() -> None:
    html = (
        '<html lang="en"><body><a lang="ru" href="/ru/">По-русски <b>и жирно</b></a><img alt="Схема"><br>'
        '<input value="Слова"><script type="application/ld+json">{"name": "Слова"}</script>'
        "<svg><text>Ось</text></svg><textarea>Слова</textarea><p>Слова</p></body></html>"
    )

    assert with_marks(html, "en") == html.replace("<p>Слова</p>", '<p><span lang="ru">Слова</span></p>')


def test_a_mark_inside_another_language_is_the_pages_own_again() -> None:
    html = '<html lang="en"><body><p lang="ru">Слова <i lang="en">words</i> и слова</p></body></html>'
    assert with_marks(html, "en") == html


@given(st.text(alphabet="аяЁ bc-.,&;’ \u00a0\u0301of", max_size=40), st.sampled_from(["ru", "en"]))
def test_no_word_is_lost_and_going_over_it_twice_changes_nothing(words: str, language: Language) -> None:
    once = with_marks(page(words, language), language)

    assert with_marks(once, language) == once
    assert once.replace('<span lang="ru">', "").replace('<span lang="en">', "").replace("</span>", "") == page(
        words, language
    )


def marked_step_by_step(html: str, language: Language) -> str:
    """The same, tag by tag: what each of them opens and closes is followed from the beginning to the end."""
    made: list[str] = []
    open_elements: list[tuple[str, bool]] = []
    for number, piece in enumerate(re.split(r"(<[^>]*>)", html)):
        tag = re.match(r"<(/?)([a-z0-9]+)", piece)
        if number % 2 == 0 and open_elements and open_elements[-1] == (language, True):
            piece = foreign._marked(piece, language)
        elif number % 2 and tag and tag[2] not in foreign._VOID and not piece.endswith("/>"):
            if tag[1]:
                open_elements.pop()
            else:
                outside, is_free = open_elements[-1] if open_elements else ("", True)
                named = re.search(r'\slang="([a-zA-Z-]+)"', piece)
                is_closed = tag[2] in {"script", "style", "svg", "title", "textarea", "option"}
                open_elements.append((named[1] if named else outside, is_free and not is_closed))
        made.append(piece)
    return "".join(made)


@pytest.mark.parametrize("closed", [True, False])
def test_marks_within_marks_are_gone_through_once_however_deep(monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    looked_at: list[str] = []

    class Counted:
        def __init__(self, tags: re.Pattern[str]) -> None:
            self.tags = tags

        def finditer(self, html: str, start: int) -> Iterator[re.Match[str]]:
            for tag in self.tags.finditer(html, start):
                looked_at.append(tag[0])
                yield tag

    tags = foreign._tags
    monkeypatch.setattr(foreign, "_tags", lambda name: Counted(tags(name)))
    deep = 'слово <span lang="en">the word <span lang="ru">слово ' * 500
    html = (
        f'<html lang="ru"><body><p>{deep}{"</span></span>" * 500 * closed}</p><p>слово, with the word</p></body></html>'
    )

    found = with_marks(html, "ru")

    assert len(looked_at) <= len(re.findall("<", html))
    assert found == html.replace("with the word", '<span lang="en">with the word</span>')


WORDS = st.sampled_from(
    [
        "",
        "слово",
        "слова и слова",
        "the words of it",
        "Mail.ru и the",
        "a > b, &amp; with it",
        "Health &amp; for All",
        "12",
    ]
)
ATTRIBUTES = st.sampled_from(
    ["", ' lang="ru"', ' lang="en"', ' lang="la"', ' class="слова the of" lang="en" title="слово"', ' hreflang="ru"',
     ' data-lang="ru" href="/ru/"', ' lang=""', '\n  lang="ru"\n ']
)  # fmt: skip
ELEMENTS = st.recursive(
    st.one_of(
        WORDS,
        st.builds("<{}{}>".format, st.sampled_from(["br", "img", "input"]), ATTRIBUTES),
        st.just("<!-- слово -->"),
        st.just('<path lang="ru"/>'),
    ),
    lambda inside: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from(["p", "b", "span", "a", "abbr", "svg", "option", "title", "script"]),
        ATTRIBUTES,
        st.lists(inside, max_size=5).map("".join),
    ),
    max_leaves=25,
)


@given(st.lists(ELEMENTS, max_size=6).map("".join), st.sampled_from(["ru", "en"]))
def test_words_are_marked_as_if_every_tag_were_followed(inside: str, language: Language) -> None:
    for html in (f'<!doctype html>\n<html lang="{language}"><body>{inside}</body></html>', inside):
        assert with_marks(html, language) == marked_step_by_step(html, language)
