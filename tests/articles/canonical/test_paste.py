"""What a paste looks like, program by program; beside each example lies the Markdown of the tree that it must give."""

from pathlib import Path

import pytest

from articles.canonical.html_reading import read_html
from articles.canonical.markdown import from_markdown
from tests.articles.canonical.nodes import bullets, paragraph

PASTE = Path(__file__).parents[2] / "examples" / "paste"

PROBLEMS = {
    "apple-mail": [("note", "quotation-not-kept", 9), ("error", "strike-lost", 11)],
    "gmail": [
        ("note", "quotation-not-kept", 9),
        ("error", "link-scheme", 9),
        ("error", "link-relative", 9),
    ],
    "google-docs": [
        ("note", "heading-level-changed", 1),
        ("error", "strike-lost", 2),
        ("note", "list-number-changed", 6),
        ("note", "table-not-kept", 7),
        ("error", "image-lost", 8),
    ],
    "outlook": [("error", "image-lost", 8)],
    "word": [
        ("note", "heading-level-changed", 1),
        ("note", "heading-level-changed", 7),
        ("note", "table-not-kept", 11),
    ],
    "word-online": [("note", "heading-level-changed", 1)],
}


def test_every_example_is_tried():
    assert {path.stem for path in PASTE.glob("*.html")} == set(PROBLEMS)


@pytest.mark.parametrize("program", PROBLEMS)
def test_a_paste_simply_works(program):
    body, problems = read_html((PASTE / f"{program}.html").read_text())

    assert (body, []) == from_markdown((PASTE / f"{program}.md").read_text())
    assert [(found.severity, found.code, found.values["paragraph"]) for found in problems] == PROBLEMS[program]


def test_an_address_of_ours_in_a_mail_becomes_a_link_to_the_item():
    item = "7d1e0f9a-2b3c-4d5e-8f60-718293a4b5c6"

    body, problems = read_html(
        (PASTE / "gmail.html").read_text(),
        own=lambda href: ("article", item) if href == "/ru/articles/leg-cramps/" else None,
    )

    assert body[-1]["content"][-2] == {
        "type": "item_link",
        "kind": "article",
        "item": item,
        "content": [{"type": "text", "text": "our article"}],
    }
    assert "link-relative" not in [found.code for found in problems]


def office(level, marker, words):
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp;</span></span><![endif]>{words}<o:p></o:p></p>"
    )


@pytest.mark.parametrize("marker", ["1.", "a)", "IV.", "(2)", "б)", "1.2."])
def test_a_number_of_word_makes_a_numbered_list(marker):
    [block] = read_html(office(1, marker, "words"))[0]

    assert block["ordered"] is True


@pytest.mark.parametrize("marker", ["·", "o", "§", "–", "\uf0b7", ""])
def test_a_bullet_of_word_makes_a_bulleted_list(marker):
    assert read_html(office(1, marker, "words")) == ([bullets("words")], [])


def test_a_level_that_was_skipped_in_word_is_the_next_level():
    html = office(1, "·", "a") + office(3, "·", "b") + office(2, "·", "c") + office(1, "·", "d")

    assert read_html(html)[0] == [bullets([paragraph("a"), bullets("b", "c")], "d")]


def test_a_list_of_word_ends_where_another_paragraph_begins():
    html = office(1, "·", "a") + "<p class=MsoNormal>b</p>" + office(2, "·", "c") + "<p class=MsoListParagraph>d</p>"

    assert read_html(html)[0] == [bullets("a"), paragraph("b"), bullets([paragraph("c"), paragraph("d")])]


def test_a_numbered_list_of_word_that_begins_later_says_so():
    body, problems = read_html(office(1, "3.", "a") + office(1, "4.", "b"))

    assert [found.code for found in problems] == ["list-number-changed"]
    assert problems[0].values["number"] == "3"
    assert len(body[0]["items"]) == 2


@pytest.mark.parametrize(
    "edges", [("<!--[if !supportLists]-->", "<!--[endif]-->"), ("<![if !supportLists]>", "<![endif]>")]
)
def test_a_marker_between_conditional_comments_is_no_word(edges):
    before, after = edges

    body, problems = read_html(f"<p style='mso-list:l0 level1 lfo1'>{before}·&nbsp;&nbsp;{after}words</p>")

    assert (body, problems) == ([bullets("words")], [])


def test_a_marker_without_a_list_stays_a_word():
    assert read_html("<p><span style='mso-list:Ignore'>1.</span> words</p>") == ([paragraph("1. words")], [])
