"""The fast way to the words of stored rich text says what the parser says."""

from hypothesis import given

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.stored_words import stored_words, typed_in_attributes
from articles.canonical.tree import Body, normalise, walk
from tests.articles.canonical.strategies import SOURCE, bodies


def read(body: Body) -> str:
    return "".join("".join(node["text"] for node in walk(body) if node["type"] == "text").split())


@given(bodies.map(normalise))
def test_every_word_of_the_tree_is_there_in_order_and_nothing_else(body: Body) -> None:
    html = editor_html(body)
    assert "".join(stored_words(html).split()) == read(body)


@given(bodies.map(normalise))
def test_names_that_the_editor_shows_for_citations_are_no_words(body: Body) -> None:
    html = editor_html(body, label=lambda source, locator: "Allen & <2012>")
    assert "".join(stored_words(html).split()) == read(body)


def test_a_word_that_markup_breaks_is_whole_and_paragraphs_part_words() -> None:
    html = "<p>су<strong>доро</strong>га</p><ul><li><p>раз</p></li><li><p>два<br>три</p></li></ul>"
    assert stored_words(html).split() == ["судорога", "раз", "два", "три"]


def test_signs_that_html_writes_otherwise_are_the_signs() -> None:
    assert stored_words("<p>a &lt; b &amp;amp; c</p>").strip() == "a < b &amp; c"


def test_what_was_typed_into_attributes_is_told_and_ids_are_not() -> None:
    html = (
        f'<p><a href="https://example.org/?a=1&amp;b=2">да</a><cite data-source="{SOURCE}" data-locator="p. 351">'
        f'</cite><a data-kind="article" data-item="{SOURCE}">сюда</a></p>'
    )
    assert read_html(html)[1] == []
    assert typed_in_attributes(html) == "https://example.org/?a=1&b=2\np. 351"
    assert SOURCE not in typed_in_attributes(html) + stored_words(html)
