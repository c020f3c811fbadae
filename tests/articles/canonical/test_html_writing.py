from html import escape

import pytest
from hypothesis import given, settings

from articles.canonical.html_reading import read_html
from articles.canonical.html_tokens import Start, tokens
from articles.canonical.html_writing import editor_html, reader_html
from articles.canonical.tree import normalise
from tests.articles.canonical.nodes import (
    bullets,
    citation,
    foreign,
    heading,
    item_link,
    line_break,
    link,
    numbers,
    paragraph,
    strong,
    term,
)
from tests.articles.canonical.strategies import ITEM, SOURCE, TERM, bodies


def for_readers(body, *, published=True):
    return reader_html(
        body,
        cite=lambda source, locator: f'<a href="#s-1">[1, {escape(locator, quote=False)}]</a>',
        link=lambda kind, item: (f"/ru/{kind}/?a=1&b", 'Икры "и" стопы') if published else None,
        term=lambda found: f"/ru/glossary/#{found}" if published else None,
    )


def test_the_editor_gets_every_pointer_as_an_attribute():
    body = [
        paragraph("a", citation(SOURCE, "p. 5"), " ", item_link(ITEM, "b"), " ", term(TERM, "c")),
        paragraph(foreign("la", "d"), line_break, link("https://example.org/?a=1&b=2", strong("e"))),
    ]

    assert editor_html(body, label=lambda source, locator: f"Allen <2012>, {locator}") == (
        f'<p>a<cite data-source="{SOURCE}" data-locator="p. 5">Allen &lt;2012&gt;, p. 5</cite> '
        f'<a data-kind="article" data-item="{ITEM}">b</a> <span data-term="{TERM}">c</span></p>'
        '<p><i lang="la">d</i><br><a href="https://example.org/?a=1&amp;b=2"><strong>e</strong></a></p>'
    )


def test_lists_and_headings_are_written_as_the_editor_writes_them():
    body = [heading(3, "a"), bullets([paragraph("b"), numbers("c")])]

    assert editor_html(body) == "<h3>a</h3><ul><li><p>b</p><ol><li><p>c</p></li></ol></li></ul>"


@given(bodies)
def test_the_label_of_a_citation_is_not_read(body):
    normal = normalise(body)

    assert read_html(editor_html(normal, label=lambda source, locator: "Allen & Kirby <b>")) == (normal, [])


def test_a_reader_gets_resolved_pointers():
    body = [paragraph("a", citation(SOURCE, "p. 5"), " ", item_link(ITEM, "b"), " ", term(TERM, "c"))]

    assert for_readers(body) == (
        '<p>a<a href="#s-1">[1, p. 5]</a> '
        '<a href="/ru/article/?a=1&amp;b" title="Икры &quot;и&quot; стопы">b</a> '
        f'<a href="/ru/glossary/#{TERM}">c</a></p>'
    )


def test_a_link_to_what_is_not_published_is_only_its_words():
    body = [paragraph(item_link(ITEM, strong("a")), " ", term(TERM, "b"))]

    assert for_readers(body, published=False) == "<p><strong>a</strong> b</p>"


def test_words_are_words_whatever_they_look_like():
    assert for_readers([paragraph("<script>alert('1')</script> & \"a\"")]) == (
        "<p>&lt;script&gt;alert('1')&lt;/script&gt; &amp; \"a\"</p>"
    )


@pytest.mark.parametrize("published", [True, False])
@given(body=bodies)
@settings(max_examples=50)
def test_a_page_holds_no_element_and_no_attribute_but_ours(published, body):
    elements = [
        token for token in tokens(for_readers(normalise(body), published=published)) if isinstance(token, Start)
    ]

    assert {element.name for element in elements} <= {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "i", "a", "br"}
    assert {name for element in elements for name in element.attributes} <= {"href", "title", "lang"}
    assert all(
        element.attributes["href"].startswith(("http://", "https://", "mailto:", "tel:", "/ru/", "#"))
        for element in elements
        if element.name == "a"
    )
