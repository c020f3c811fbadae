import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.html_tokens import Comment, CutOff, End, Start, Text, tokens, unescaped


def cut(source):
    return list(tokens(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("a &amp; b", [Text("a & b")]),
        ("<P>a</P >", [Start("p", {}), Text("a"), End("p")]),
        (
            "<a HREF='x y' b=1 c data-d=\"&quot;>\" b=2>",
            [Start("a", {"href": "x y", "b": "1", "c": "", "data-d": '">'})],
        ),
        ("<br/><br / ><o:p/>", [Start("br", {}), Start("br", {}), Start("o:p", {})]),
        ("<a href=x/y>", [Start("a", {"href": "x/y"})]),
        ("<!-- a > b -->c", [Comment("a > b"), Text("c")]),
        ("<!--[if mso]><p>x</p><![endif]-->c", [Comment("[if mso]><p>x</p><![endif]"), Text("c")]),
        ("<![if !supportLists]>1.<![endif]>", [Comment("[if !supportLists]"), Text("1."), Comment("[endif]")]),
        (
            "<!DOCTYPE html><?xml version='1.0'?>a</>b",
            [Comment("DOCTYPE html"), Comment("xml version='1.0'?"), Text("a"), Comment(""), Text("b")],
        ),
        ("<!-->a<!--->b", [Comment(""), Text("a"), Comment(""), Text("b")]),
        ("<style>p > a {}</STYLE\n>b", [Start("style", {}), End("style"), Text("b")]),
        ("1 < 2 <3 a<", [Text("1 < 2 <3 a<")]),
    ],
)
def test_html_is_cut_into_tokens(source, expected):
    assert cut(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a <b c='>", [Text("a "), Text("<b c='>"), CutOff("b")]),
        ("a <b", [Text("a "), Text("<b"), CutOff("b")]),
        ("a <b c=>d <!-- e", [Text("a "), Start("b", {"c": ""}), Text("d <!-- e")]),
        ("a <script> b", [Text("a "), Start("script", {}), CutOff("script")]),
        ("<title> b", [Start("title", {}), Text(" b")]),
    ],
)
def test_words_after_a_broken_tag_stay_words_and_a_program_never_becomes_words(source, expected):
    assert cut(source) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&lt;b&gt;&amp;amp;", "<b>&amp;"),
        ("&#1078;&#x436;", "жж"),
        ("&nbsp;", "\u00a0"),
        ("&#0;&#xD800;", "\ufffd\ufffd"),
        (f"&#{'9' * 100_000};", "\ufffd"),
        (f"&#{'0' * 100_000}65;", "A"),
        (f"&#x{'f' * 100_000};", "\ufffd"),
        ("&unknown; & a&b", "&unknown; & a&b"),
    ],
)
def test_character_references_are_read_whatever_their_length(written, meant):
    assert unescaped(written) == meant


@given(st.text(alphabet="<>!-/ab='\" &#;x0", max_size=40))
def test_no_text_stops_the_cutting(source):
    assert all(isinstance(token, (Text, Start, End, Comment, CutOff)) for token in tokens(source))
