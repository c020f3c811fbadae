"""Whatever somebody sends instead of a text: it comes back as a normal tree, and it comes back at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.tree import check, normalise

# Tags and characters by line; ugliest beside each other.
_PIECES = """
<p> </p> <div> <b> </b> <i> <ul> <ol> <li> </li> </ul> <table> <tr> <td> </td> </table> <h1> </h1> <pre> </pre> <br>
<a·href=x> <a·href='https://example.org'> </a> <cite·data-source=x> </cite> <q> </q> <!-- --> <script> </script> <svg>
<span·style='font-weight:bold'> </span> <span·lang=la> <p·style='mso-list:l0·level2·lfo1'> <p·class=MsoListParagraph>
<span·style=mso-list:Ignore> <![if·!supportLists]> <![endif]> <li·data-aria-level=3> <hr> <img> <s> <sup> <title> <td
& &#0; &#xD800; &#x202E; &#99999999999; < > " '
"""


def _fragment(pieces):
    return "".join(pieces).replace("·", " ")


@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.characters()).map(lambda text: f"<p>{text}"),
        st.lists(st.sampled_from(_PIECES.split()) | st.text(max_size=5)).map(_fragment),
    )
)
@settings(max_examples=200)
def test_whatever_is_pasted_gives_a_normal_tree_and_problems_that_can_be_shown(html):
    body, problems = read_html(html)

    assert check(body) == []
    assert normalise(body) == body
    assert all(str(found) for found in problems)
    assert read_html(editor_html(body)) == (body, [])


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "a",
        "<ul><li>" * 100_000 + "a",
        "<b>" * 100_000 + "a" + "</i>" * 100_000,
        "<span>" * 100_000 + "a" + "</p>" * 100_000,
        "a<zzz>" * 100_000,
        "a<a " * 100_000,
        "a<a b='>' " * 100_000,
        "a<!--" * 100_000,
        "a<svg>" * 100_000,
        "a" + "&" * 1_000_000,
        "a<a href='https://example.org'>" * 50_000,
        "<table><tr><td>a" * 20_000,
        "<p style='mso-list:l0 level9 lfo1'>a" * 20_000,
        "a" * 1_000_000,
        "a " * 500_000,
    ],
    ids=lambda html: html[:12],
)
def test_endless_input_comes_back(html):
    # Anything quadratic would take hours here, and anything recursive would not come back at all.
    body, problems = read_html(html)

    assert "a" in editor_html(body)
    assert len(problems) <= 20_000
