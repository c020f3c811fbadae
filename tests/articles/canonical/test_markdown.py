import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.canonical.markdown import from_markdown, to_markdown
from articles.canonical.tree import check, normalise
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
)
from tests.articles.canonical.strategies import ITEM, SOURCE, TERM, bodies

HREF = "https://example.org/"


def codes(problems):
    return [found.code for found in problems]


@given(bodies)
@example([paragraph(foreign("la", "@"))])
@example([heading(3, "# - #")])
@example([paragraph("!", link(HREF, "a"))])
@example([paragraph(strong("a"), emphasis("b"), strong(emphasis("c")), emphasis("d"), "e")])
@example([paragraph(citation(SOURCE, "p. 5]"), "(a)")])
@example([paragraph("1.", line_break, "- a", line_break, "2) b", line_break, "> c", line_break, "| d |")])
@example([numbers(*"abcdefghij", [paragraph("k"), bullets([paragraph("l"), paragraph("m"), numbers("n")])])])
def test_every_normal_tree_survives_markdown(body):
    normal = normalise(body)

    assert from_markdown(to_markdown(normal)) == (normal, [])


def test_the_markdown_of_a_text_can_be_read():
    body = [
        heading(3, "During a cramp"),
        paragraph("Stretch ", strong("slowly"), citation(SOURCE, "p. 351"), ", ", emphasis("do not jerk"), "."),
        bullets(
            [paragraph("calf"), numbers("straighten the leg", "pull the toes")],
            [paragraph("foot"), paragraph("Stand up.")],
        ),
        paragraph(
            "See ",
            item_link(ITEM, "the article"),
            line_break,
            "or ",
            term(TERM, "crus"),
            " (",
            foreign("la", "crus"),
            ").",
        ),
    ]

    assert to_markdown(body) == (
        "### During a cramp\n"
        "\n"
        f"Stretch **slowly**[@{SOURCE}, p. 351], *do not jerk*.\n"
        "\n"
        "- calf\n"
        "  1. straighten the leg\n"
        "  2. pull the toes\n"
        "- foot\n"
        "\n"
        "  Stand up.\n"
        "\n"
        f"See [the article](item:article/{ITEM})\\\n"
        f"or [crus](term:{TERM}) ([crus]{{lang=la}}).\n"
    )


def test_words_that_look_like_markup_are_escaped_and_others_are_not():
    body = [
        paragraph("2 * 3 [sic] a_b <b> x < y & AT&T #1! (5-10) 3. ~ `c` \\"),
        paragraph("- a"),
        paragraph("2026. b"),
    ]

    assert to_markdown(body) == (
        "2 \\* 3 \\[sic\\] a\\_b \\<b> x < y & AT\\&T #1! (5-10) 3. \\~ \\`c\\` \\\\\n\n\\- a\n\n2026\\. b\n"
    )


def test_nothing_is_an_empty_file():
    assert to_markdown([]) == ""
    assert from_markdown(" \n\n\t\n") == ([], [])


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("one\ntwo\r\n\r\nthree", [paragraph("one two"), paragraph("three")]),
        ("one  \ntwo\\\nthree", [paragraph("one", line_break, "two", line_break, "three")]),
        ("### a ###\nb", [heading(3, "a"), paragraph("b")]),
        ("a\n- b\n- c\nlazy\n\nd", [paragraph("a"), bullets("b", "c lazy"), paragraph("d")]),
        ("- a\n\n\n- b", [bullets("a", "b")]),
        (
            "* a\n    + b\n\n      c\n\n    d",
            [bullets([paragraph("a"), bullets([paragraph("b"), paragraph("c")]), paragraph("d")])],
        ),
        ("- a\n1. b\n2) c", [bullets("a"), numbers("b", "c")]),
        ("In the year\n1999. Then", [paragraph("In the year 1999. Then")]),
        ("- - a", [bullets("a")]),
        ("***a*** **b *c***", [paragraph(strong(emphasis("a")), " ", strong("b ", emphasis("c")))]),
        ("*a **b** c*", [paragraph(emphasis("a "), strong(emphasis("b")), emphasis(" c"))]),
        ("2 * 3 ** 4 **** 5", [paragraph("2 * 3 ** 4 **** 5")]),
        ("[sic] [a] (b) ]c[", [paragraph("[sic] [a] (b) ]c[")]),
        (f"[a]({HREF}(b)?c=\\&d&amp;e) <{HREF}>", [paragraph(link(f"{HREF}(b)?c=&d&e", "a"), " ", link(HREF, HREF))]),
        (f"[[a]{{lang=la}} *b*](<{HREF}>)", [paragraph(link(HREF, foreign("la", "a"), " ", emphasis("b")))]),
        ("a &lt;b&gt; &#233; \\&amp; \\a", [paragraph("a <b> é &amp; \\a")]),
        (f"a [@{SOURCE}, p. 5\\]; [\n6].", [paragraph("a", citation(SOURCE, "p. 5]; [ 6"), ".")]),
        ("\ufeffa", [paragraph("a")]),
        ("a_b_c 5_000", [paragraph("a_b_c 5_000")]),
    ],
)
def test_what_a_person_writes_is_understood(text, body):
    assert from_markdown(text) == (normalise(body), [])


@pytest.mark.parametrize(
    ("text", "code", "values", "kept"),
    [
        ("![a](https://example.org/p.png)", "image-lost", {}, "a"),
        ("```\na\n```", "markup-not-known", {"markup": "```"}, "a"),
        ("a `b`", "markup-not-known", {"markup": "`"}, "a b"),
        ("a ~~b~~", "markup-not-known", {"markup": "~~"}, "a b"),
        ("a _b_", "markup-not-known", {"markup": "_"}, "a b_"),
        ("a <b>b</b>", "markup-not-known", {"markup": "<b>"}, "a b"),
        ("<!-- a -->", "markup-not-known", {"markup": "<!-- a -->"}, None),
        ("> a", "markup-not-known", {"markup": ">"}, "a"),
        ("| a |", "markup-not-known", {"markup": "|"}, "a |"),
        ("a\n---", "markup-not-known", {"markup": "---"}, "a"),
        ("a\n\n* * *", "markup-not-known", {"markup": "* * *"}, "a"),
        (
            "[a]: https://example.org",
            "markup-not-known",
            {"markup": "[a]: https://example.org"},
            "[a]: https://example.org",
        ),
        ("    a", "markup-not-known", {"markup": "    "}, "a"),
        (f'[a]({HREF} "b")', "markup-not-known", {"markup": '"b"'}, None),
        ("**a", "markup-not-closed", {"markup": "**"}, "**a"),
        ("a *b **c*", "markup-not-closed", {"markup": "**"}, None),
        ("[a](javascript:b)", "link-scheme", {"href": "javascript:b"}, "a"),
        ("[a](b)", "link-relative", {"href": "b"}, "a"),
        ("[a]()", "link-empty", {}, "a"),
        ("[a](item:article/5)", "item-link-broken", {}, "a"),
        ("[a](term:b)", "term-broken", {}, "a"),
        ("a[@b]", "citation-broken", {}, "a[@b]"),
        (f"a[@{SOURCE}, b", "citation-broken", {}, f"a[@{SOURCE}, b"),
        (f"[a [b]({HREF})](term:{TERM})", "link-in-link", {}, None),
        ("[a]{lang=latin}", "language-not-known", {"language": "latin"}, "a"),
        ("# a", "heading-level-changed", {"old": 1, "new": 3}, None),
        ("- # a", "heading-in-list", {}, None),
        ("3. a", "list-number-changed", {"number": "3"}, None),
        ("- - - - - a", "list-too-deep", {"limit": 4}, None),
    ],
)
def test_what_is_not_known_is_told_with_its_line_and_its_words_stay(text, code, values, kept):
    body, problems = from_markdown(f"Before.\n\n{text}", "cramps.en.md")

    assert code in codes(problems)
    found = problems[codes(problems).index(code)]
    assert found.place in ("cramps.en.md:3", "cramps.en.md:4", "cramps.en.md:5")
    assert found.values.items() >= values.items()
    assert kept is None or body == [paragraph("Before."), paragraph(kept)]


def test_the_line_of_a_problem_is_counted_inside_a_paragraph_too():
    text = "- one\n  two `\\\n  three <b>\n\n[@x]"

    assert [found.place for found in from_markdown(text)[1]] == ["2", "3", "5"]


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "a\n\u202eb", "a\n&#x202e;b", f"a\n[@{SOURCE}, &rlm;]"])
def test_dangerous_characters_refuse_the_whole_text(text):
    body, problems = from_markdown(text, "a.md")

    assert body == []
    assert [found.severity for found in problems] == ["error"]


def test_an_address_of_our_own_site_becomes_a_link_to_the_item():
    text = "[a](/ru/a/)"

    assert from_markdown(text, own=lambda href: ("article", ITEM) if href == "/ru/a/" else None) == (
        [paragraph(item_link(ITEM, "a"))],
        [],
    )


_PIECES = f"""
·· ···· -· 1.· 3)· #· ###· ** * *** [ ](https://example.org) ]( ]{{lang=la}} ![ [@{SOURCE} ,·p.·3] ] <b> <https://a.example>
&amp; &#x202E; ` ``` --- >· |·a·|·b·| \\ \\¶ _x_ ~~ [r]:·x ··¶ ¶ ¶¶ · a
"""


def _fragment(pieces):
    return "".join(pieces).replace("·", " ").replace("¶", "\n")


@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES.split()) | st.text(max_size=4)).map(_fragment)))
@settings(max_examples=200)
def test_whatever_is_in_a_file_gives_a_normal_tree_and_problems_that_can_be_shown(text):
    body, problems = from_markdown(text, "a.md")

    assert check(body) == []
    assert normalise(body) == body
    assert all(str(found) for found in problems)
    assert from_markdown(to_markdown(body)) == (body, [])


@pytest.mark.parametrize(
    "text",
    [
        "[a" * 100_000,
        "**a* " * 50_000,
        f"a[@{SOURCE}, " * 20_000,
        "[a](b" * 100_000,
        "[a](x" + "(y)" * 100_000,
        "- " * 100_000 + "a",
        "a" + " " * 1_000_000 + "b",
        "### a" + " #" * 100_000,
        "a<b " * 100_000,
        "a`" * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_endless_input_comes_back(text):
    body, problems = from_markdown(text)

    assert "a" in to_markdown(body)
    assert len(problems) <= 3
