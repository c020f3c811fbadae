import copy
from unicodedata import normalize

import pytest
from hypothesis import given

from articles.canonical.text import line
from articles.canonical.tree import check, citations, is_empty, links, normalise, terms, walk, without_calls
from tests.articles.canonical.nodes import (
    bullets,
    citation,
    emphasis,
    foreign,
    heading,
    item_link,
    line_break,
    link,
    numbers,
    paragraph,
    strong,
    term,
    words,
)
from tests.articles.canonical.strategies import ITEM, SOURCE, TERM, bodies

PAGE = "https://example.org/"
OTHER = "https://example.org/other"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        pytest.param([paragraph("a", "b")], [paragraph("ab")], id="neighbours are joined"),
        pytest.param([paragraph(), paragraph(" \u200b"), paragraph(strong())], [], id="what is empty is dropped"),
        pytest.param([paragraph(" a \n b ")], [paragraph("a b")], id="spaces are single and inside"),
        pytest.param([paragraph("a ", strong(" b"))], [paragraph("a ", strong("b"))], id="across marks too"),
        pytest.param([paragraph("a", strong(" b "), "c")], [paragraph("a ", strong("b"), " c")], id="outside of marks"),
        pytest.param([paragraph(strong("a", " ", "b"))], [paragraph(strong("a b"))], id="inside a mark they stay"),
        pytest.param([paragraph(strong("a"), strong("b"))], [paragraph(strong("ab"))], id="equal marks are joined"),
        pytest.param(
            [paragraph(strong("a"), " ", strong("b"))], [paragraph(strong("a"), " ", strong("b"))], id="or stay apart"
        ),
        pytest.param([paragraph(strong(strong("a")))], [paragraph(strong("a"))], id="no mark twice"),
        pytest.param(
            [paragraph(emphasis("a", strong(link(PAGE, foreign("la", "b")))))],
            [paragraph(emphasis("a"), link(PAGE, foreign("la", strong(emphasis("b")))))],
            id="one order of nesting",
        ),
        pytest.param(
            [paragraph(link(PAGE, "a", link(OTHER, "b")))], [paragraph(link(PAGE, "ab"))], id="the outer link holds"
        ),
        pytest.param(
            [paragraph(term(TERM, item_link(ITEM, "a")))], [paragraph(term(TERM, "a"))], id="a term is a link as well"
        ),
        pytest.param(
            [paragraph(foreign("la", "a", foreign("fr", "b")))],
            [paragraph(foreign("la", "a"), foreign("fr", "b"))],
            id="the inner language holds",
        ),
        pytest.param(
            [paragraph("a", line_break, line_break, " b", line_break)],
            [paragraph("a", line_break, "b")],
            id="a break stands between words",
        ),
        pytest.param(
            [paragraph(strong("a", line_break, "b"))], [paragraph(strong("a", line_break, "b"))], id="and may be marked"
        ),
        pytest.param([paragraph("e", "\u0301")], [paragraph("é")], id="letters are composed"),
        pytest.param(
            [paragraph("e", strong("\u200b"), "\u0301")],
            [paragraph("é")],
            id="also over what has vanished between them",
        ),
        pytest.param([paragraph("a\u200d ", "b", strong("\u200d"), " c")], [paragraph("a b c")], id="joiners join"),
        pytest.param([heading(3, strong("a", line_break, "b"))], [heading(3, "a b")], id="a heading is a plain line"),
        pytest.param([heading(4, "a ", strong("b"))], [heading(4, "a ", strong("b"))], id="with a bold word it may be"),
    ],
)
def test_a_text_has_one_normal_form(written, normal):
    assert normalise(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        pytest.param(
            [paragraph("a ", citation(SOURCE), ".")], [paragraph("a", citation(SOURCE), ".")], id="no space before it"
        ),
        pytest.param(
            [paragraph("a ", citation(SOURCE), "b")], [paragraph("a", citation(SOURCE), " b")], id="it moves behind"
        ),
        pytest.param(
            [paragraph("a ", citation(SOURCE), " ", citation(SOURCE, " p.\u00a05 "), " b")],
            [paragraph("a", citation(SOURCE), citation(SOURCE, "p. 5"), " b")],
            id="nor between two",
        ),
        pytest.param(
            [paragraph(strong("a", citation(SOURCE), " b"))],
            [paragraph(strong("a"), citation(SOURCE), " ", strong("b"))],
            id="it is never bold",
        ),
        pytest.param(
            [paragraph(link(PAGE, "a", citation(SOURCE), "b"))],
            [paragraph(link(PAGE, "a"), citation(SOURCE), link(PAGE, "b"))],
            id="nor inside a link",
        ),
        pytest.param([paragraph(citation(SOURCE))], [paragraph(citation(SOURCE))], id="alone it is enough"),
    ],
)
def test_a_citation_stands_close_to_its_word_and_outside_of_marks(written, normal):
    assert normalise(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        pytest.param([bullets("a"), bullets("b")], [bullets("a", "b")], id="lists that touch are one"),
        pytest.param([bullets("a"), numbers("b")], [bullets("a"), numbers("b")], id="unless they count differently"),
        pytest.param([bullets("a"), paragraph(" "), bullets("b")], [bullets("a", "b")], id="an empty line is nothing"),
        pytest.param([bullets(" ", [paragraph()], "a")], [bullets("a")], id="empty items go"),
        pytest.param([bullets([paragraph(), bullets("a")])], [bullets("a")], id="an item needs words of its own"),
        pytest.param(
            [bullets("a", [paragraph(), bullets("b")], [paragraph("c")])],
            [bullets([paragraph("a"), bullets("b")], "c")],
            id="or its list belongs to the one before",
        ),
        pytest.param(
            [bullets([paragraph(), bullets("a"), numbers("b")])],
            [bullets([paragraph("a"), numbers("b")])],
            id="and what follows to its last item",
        ),
        pytest.param([numbers(" ")], [], id="a list of nothing is nothing"),
    ],
)
def test_a_list_has_one_normal_form(written, normal):
    assert normalise(written) == normal


@given(bodies)
def test_the_normal_form_is_its_own_and_passes_the_check(body):
    before = copy.deepcopy(body)

    normal = normalise(body)

    assert normalise(normal) == normal
    assert check(normal) == []
    assert body == before


@given(bodies)
def test_no_letter_and_no_citation_is_lost(body):
    def letters(blocks):
        text = "".join(node["text"] for node in walk(blocks) if node["type"] == "text")
        return sorted(character for character in normalize("NFD", text) if character.isalnum())

    normal = normalise(body)

    assert letters(normal) == letters(body)
    assert sorted(citations(normal)) == sorted((source, line(locator)) for source, locator in citations(body))


def test_pointers_are_listed_in_the_order_of_reading():
    body = [
        paragraph("a", citation(SOURCE, "p. 1"), strong(item_link(ITEM, "b"))),
        bullets([paragraph(term(TERM, "c")), numbers([paragraph("d", citation(ITEM))])]),
        paragraph(item_link(TERM, "e", kind="faq"), citation(SOURCE)),
    ]

    assert citations(body) == [(SOURCE, "p. 1"), (ITEM, ""), (SOURCE, "")]
    assert links(body) == [("article", ITEM), ("faq", TERM)]
    assert terms(body) == [TERM]
    assert [node["text"] for node in walk(body) if node["type"] == "text"] == ["a", "b", "c", "d", "e"]


def test_walking_meets_every_node_once():
    inner = words("a")
    mark = strong(inner)
    block = {"type": "paragraph", "content": [mark]}
    outer = {"type": "list", "ordered": True, "items": [[block]]}

    assert list(walk([outer])) == [outer, block, mark, inner]


def test_a_body_is_empty_when_a_reader_would_see_nothing():
    assert is_empty([])
    assert is_empty([paragraph("\u00a0\u200b"), bullets(" ", [paragraph(line_break)])])
    assert not is_empty([paragraph(citation(SOURCE))])
    assert not is_empty([bullets([paragraph(), bullets("a")])])


def test_telephone_links_leave_their_words_and_other_links_stay():
    call, page = link("tel:104", strong("104")), link(PAGE, "page")
    body = [paragraph("Call ", call, " or see ", page), bullets([paragraph(emphasis(link("tel:104", "104")))])]
    before = copy.deepcopy(body)

    assert without_calls(body) == [
        {"type": "paragraph", "content": [words("Call "), strong("104"), words(" or see "), page]},
        bullets([paragraph(emphasis("104"))]),
    ]
    assert body == before
