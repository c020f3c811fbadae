import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.problems import problem
from articles.canonical.tree import check
from tests.articles.canonical.nodes import bullets, citation, foreign, heading, link, paragraph, strong, words
from tests.articles.canonical.strategies import SOURCE, bodies

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "content", "items", "text", "level", "href", "x"]), inner, max_size=4
        )
    ),
    max_leaves=15,
)


@given(bodies)
def test_every_tree_of_the_right_shape_passes(body):
    assert [found.code for found in check(body)] == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, [problem("not-a-list", "body")]),
        ({"type": "paragraph", "content": []}, [problem("not-a-list", "body")]),
        (["text", {"content": []}, {"type": 5}], [problem("not-a-node", f"body[{index}]") for index in range(3)]),
        ([words("a")], [problem("unknown-node", "body[0]", type="text")]),
        ([paragraph(paragraph())], [problem("unknown-node", "body[0].content[0]", type="paragraph")]),
        ([{"type": "table"}], [problem("unknown-node", "body[0]", type="table")]),
        ([{"type": "paragraph"}], [problem("missing-key", "body[0]", key="content")]),
        ([{**paragraph(), "id": 1}], [problem("unknown-key", "body[0]", key="id")]),
        ([paragraph(words(5))], [problem("wrong-type", "body[0].content[0]", key="text", value="int")]),
        ([heading(2, "a")], [problem("bad-level", "body[0]", key="level", value="int")]),
        ([heading(True, "a")], [problem("bad-level", "body[0]", key="level", value="bool")]),
        ([{**bullets("a"), "ordered": 1}], [problem("wrong-type", "body[0]", key="ordered", value="int")]),
        ([bullets([])], [problem("item-without-paragraph", "body[0].items[0]")]),
        ([bullets([bullets("a")])], [problem("item-without-paragraph", "body[0].items[0]")]),
        (
            [bullets([paragraph("a"), heading(3, "b")])],
            [problem("unknown-node", "body[0].items[0][1]", type="heading")],
        ),
        ([{"type": "list", "ordered": True, "items": "a"}], [problem("not-a-list", "body[0].items")]),
        (
            [paragraph(foreign("Latin", "a"))],
            [problem("bad-language", "body[0].content[0]", key="language", value="Latin")],
        ),
        (
            [paragraph(strong(link("javascript:x", "a")))],
            [problem("bad-href", "body[0].content[0].content[0]", key="href", value="javascript:x")],
        ),
        (
            [paragraph(citation("12", "p. 3"))],
            [problem("bad-id", "body[0].content[0]", key="source", value="12")],
        ),
        (
            [paragraph({"type": "item_link", "kind": "A B", "item": SOURCE, "content": []})],
            [problem("bad-kind", "body[0].content[0]", key="kind", value="A B")],
        ),
        (
            [paragraph("a\u202eb")],
            [problem("bidi-control", "body[0].content[0].text", character="U+202E", near="ab")],
        ),
        (
            [paragraph(citation(SOURCE, "p.\x00"))],
            [problem("control-character", "body[0].content[0].locator", character="U+0000", near="p.")],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(body, expected):
    assert check(body) == expected


def test_everything_is_told_at_once_below_the_place_of_the_body():
    found = check([heading(7, words(None)), {"type": "marquee"}], "steps[2].text")

    assert [(each.code, each.place) for each in found] == [
        ("bad-level", "steps[2].text[0]"),
        ("wrong-type", "steps[2].text[0].content[0]"),
        ("unknown-node", "steps[2].text[1]"),
    ]


def test_four_levels_of_lists_are_enough():
    body = [bullets("a")]
    for _ in range(3):
        body = [bullets([paragraph("a"), *body])]
    assert check(body) == []

    assert [found.code for found in check([bullets([paragraph("a"), *body])])] == ["too-deep"]


def test_a_bottomless_tree_is_refused_and_not_followed():
    deep = paragraph("a")
    marks = deep["content"]
    for _ in range(100_000):
        marks = [{"type": "strong", "content": marks}]

    assert [found.code for found in check([{"type": "paragraph", "content": marks}])] == ["too-deep"]


@given(_json)
def test_any_json_value_is_checked_without_raising(value):
    found = check(value)

    assert all(each.severity == "error" and str(each) for each in found)
    assert found or isinstance(value, list)
