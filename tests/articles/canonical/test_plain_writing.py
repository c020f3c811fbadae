"""The tree as plain text."""

from articles.canonical.plain_writing import plain_text


def p(*content):
    return {"type": "paragraph", "content": [{"type": "text", "text": c} if isinstance(c, str) else c for c in content]}


def test_blocks_are_parted_by_a_blank_line_and_breaks_are_kept():
    assert plain_text([p("One", {"type": "break"}, "line"), p("Two")]) == "One\nline\n\nTwo"


def test_marks_and_links_leave_their_words():
    strong = {"type": "strong", "content": [{"type": "text", "text": "call"}]}
    link = {"type": "link", "href": "tel:103", "content": [{"type": "text", "text": "103"}]}

    assert plain_text([p(strong, " ", link)]) == "call 103"


def test_citations_are_left_out_unless_somebody_says_how_they_look():
    body = [p("So.", {"type": "citation", "source": "s", "locator": "p. 3"})]

    assert plain_text(body) == "So."
    assert plain_text(body, cite=lambda source, locator: f" [{source}, {locator}]") == "So. [s, p. 3]"


def test_lists_are_marked_and_nested_ones_indented():
    inner = {"type": "list", "ordered": True, "items": [[p("a")], [p("b")]]}
    outer = {"type": "list", "ordered": False, "items": [[p("one"), inner], [p("two")]]}

    assert plain_text([outer]) == "• one\n  1. a\n  2. b\n• two"


def test_an_empty_body_is_an_empty_text():
    assert plain_text([]) == ""
