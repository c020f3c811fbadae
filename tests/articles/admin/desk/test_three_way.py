"""Three-way merging of cells and rows: no word of either side is lost, and nothing is decided for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.desk.three_way import Saying, differing, woven

ROWS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)
WORDS = st.sampled_from(["", "one", "two", "three"])


@st.composite
def sayings(draw: st.DrawFn) -> Saying:
    rows = draw(ROWS)
    keys = ["title.ru", "title.en", *(f"blocks.{row}.text.{code}" for row in rows for code in ("ru", "en"))]
    cells = {key: text for key in keys if (text := draw(WORDS))}
    return Saying(cells, rows)


@given(sayings(), sayings(), sayings())
def test_what_only_one_side_changed_has_the_words_of_that_side(was: Saying, theirs: Saying, mine: Saying) -> None:
    found = differing(was, theirs, mine, name="blocks")
    for key in {*was.cells, *theirs.cells, *mine.cells}:
        before, their, my = (one.cells.get(key, "") for one in (was, theirs, mine))
        if their == my:
            assert key not in found
        elif before not in (their, my):
            assert found[key] == "both"
        elif found[key] != "both":
            # What is taken is never what it was before: somebody changed it, and that is what stays.
            assert {"mine": my, "theirs": their}[found[key]] != before


@given(sayings(), sayings(), sayings())
def test_a_row_that_one_deleted_and_the_other_changed_is_never_settled_by_itself(
    was: Saying, theirs: Saying, mine: Saying
) -> None:
    found = differing(was, theirs, mine, name="blocks")
    for one, other in ((theirs, mine), (mine, theirs)):
        for row in (row for row in was.rows if row not in one.rows and row in other.rows):
            keys = [f"blocks.{row}.text.{code}" for code in ("ru", "en")]
            if [was.cells.get(key, "") for key in keys] != [other.cells.get(key, "") for key in keys]:
                assert {found[key] for key in keys if key in found} <= {"both"}


@given(sayings(), sayings())
def test_without_what_both_had_before_them_nothing_is_settled(theirs: Saying, mine: Saying) -> None:
    assert set(differing(None, theirs, mine, name="blocks").values()) <= {"both"}


@given(ROWS, ROWS, ROWS)
def test_weaving_keeps_every_row_of_both_once(was: list[str], theirs: list[str], mine: list[str]) -> None:
    assert sorted(woven(was, theirs, mine)) == sorted({*theirs, *mine})


@given(sayings(), sayings(), sayings())
def test_it_does_not_matter_who_saves_first(was: Saying, one: Saying, other: Saying) -> None:
    turned = {"mine": "theirs", "theirs": "mine", "both": "both"}
    found = differing(was, one, other, name="blocks")
    assert {key: turned[changed] for key, changed in differing(was, other, one, name="blocks").items()} == found


@pytest.mark.parametrize(
    ("was", "theirs", "mine", "order"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "cab", "abc", "cab"),
        ("abc", "abc", "bca", "bca"),
        ("abc", "cab", "bca", "bca"),
        ("abc", "abxc", "ayb", "aybxc"),
        ("abc", "ab", "abcz", "abcz"),
        ("", "xa", "ay", "xay"),
        ("", "", "ab", "ab"),
    ],
)
def test_blocks_of_both_are_woven_into_one_order(was: str, theirs: str, mine: str, order: str) -> None:
    assert "".join(woven(list(was), list(theirs), list(mine))) == order


def test_fields_of_one_row_that_are_in_no_language_are_decided_together():
    """How soon and on which answers: each may be right only beside what stood beside it."""
    was = Saying({"rules.1.rank": "today", "rules.1.when": "fever", "rules.2.rank": "today"}, ["1", "2"])
    theirs = Saying(dict(was.cells) | {"rules.1.rank": "days"}, ["1", "2"])
    mine = Saying(dict(was.cells) | {"rules.1.when": "fever or ache", "rules.2.rank": "now"}, ["1", "2"])

    assert differing(was, theirs, mine, name="rules") == {
        "rules.1.rank": "both",
        "rules.1.when": "both",
        "rules.2.rank": "mine",
    }
