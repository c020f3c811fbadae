"""Arbitrary rich-text trees: every node type, ugly characters, every nesting that ``check`` lets through."""

from hypothesis import strategies as st

from articles.canonical.text import dangers

SOURCE = "3f2b8c1e-9a47-4d65-8b0f-1c2d3e4f5a6b"
ITEM = "7d1e0f9a-2b3c-4d5e-8f60-718293a4b5c6"
TERM = "0a1b2c3d-4e5f-4061-8273-8495a6b7c8d9"

_IDS = st.sampled_from([SOURCE, ITEM, TERM])
_HREFS = st.sampled_from(
    ["https://example.org/(a)?b=1&c=2#d", "http://пример.рф/", "mailto:desk@example.org", "tel:8(800)100-20-30"]
)
_LANGUAGES = st.sampled_from(["la", "en-GB", "sr-Latn"])

# Half of the characters are those that HTML, Markdown, spacing and composing rules care about.
_CHARACTERS = st.one_of(
    st.sampled_from(
        list(" ab1-*_[](){}<>&\"'\\.,:;#+=`!|~^@/éёй«»—\n\t\u00a0\u00ad\u0301\u0338\u200b\u200d\u2028\u3000")
    ),
    st.characters(exclude_categories=["Cs", "Cc"]),
)
texts = st.text(_CHARACTERS, max_size=8).filter(lambda text: not dangers(text))

_leaves = st.one_of(
    st.builds(lambda text: {"type": "text", "text": text}, texts),
    st.just({"type": "break"}),
    st.builds(lambda source, locator: {"type": "citation", "source": source, "locator": locator}, _IDS, texts),
)


def _marked(inner):
    content = st.lists(inner, max_size=3)
    return st.one_of(
        st.builds(
            lambda kind, content: {"type": kind, "content": content}, st.sampled_from(["strong", "emphasis"]), content
        ),
        st.builds(lambda tag, content: {"type": "foreign", "language": tag, "content": content}, _LANGUAGES, content),
        st.builds(lambda href, content: {"type": "link", "href": href, "content": content}, _HREFS, content),
        st.builds(
            lambda item, content: {"type": "item_link", "kind": "article", "item": item, "content": content},
            _IDS,
            content,
        ),
        st.builds(lambda term, content: {"type": "term", "term": term, "content": content}, _IDS, content),
    )


_inline = st.lists(st.recursive(_leaves, _marked, max_leaves=6), max_size=5)
_paragraphs = st.builds(lambda content: {"type": "paragraph", "content": content}, _inline)
_headings = st.builds(
    lambda level, content: {"type": "heading", "level": level, "content": content}, st.sampled_from([3, 4]), _inline
)


def _lists(depth):
    inner = _paragraphs if depth == 4 else st.one_of(_paragraphs, _lists(depth + 1))
    items = st.builds(lambda first, rest: [first, *rest], _paragraphs, st.lists(inner, max_size=2))
    return st.builds(
        lambda ordered, items: {"type": "list", "ordered": ordered, "items": items},
        st.booleans(),
        st.lists(items, max_size=3),
    )


bodies = st.lists(st.one_of(_paragraphs, _headings, _lists(1)), max_size=4)
