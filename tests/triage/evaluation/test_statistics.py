"""Shares and agreement against values that others have published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.evaluation.statistics import kappa, share


# Newcombe RG, Stat Med 1998;17:857-872, the score method without correction for continuity.
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(hits: int, of: int, low: float, high: float) -> None:
    one = share(hits, of)
    assert (round(one.low, 4), round(one.high, 4)) == (low, high)


def test_forty_of_forty_is_no_certainty() -> None:
    one = share(40, 40)
    assert (one.value, round(one.low, 2), one.high) == (1.0, 0.91, 1.0)


def test_nothing_counted_is_compatible_with_everything() -> None:
    one = share(0, 0)
    assert (one.value, one.low, one.high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("hits", "of"), [(-1, 3), (4, 3), (0, -1)])
def test_what_is_no_share_is_refused(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(hits, of)


@given(of=st.integers(1, 5000), data=st.data())
def test_the_interval_holds_its_share_and_is_mirrored_by_the_opposite_one(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    one, opposite = share(hits, of), share(of - hits, of)
    assert 0 <= one.low <= hits / of <= one.high <= 1
    assert one.low == pytest.approx(1 - opposite.high, abs=1e-12)


def test_more_stories_with_the_same_share_make_a_narrower_interval() -> None:
    few, many = share(9, 10), share(900, 1000)
    assert few.low < many.low < many.high < few.high


def test_agreement_beyond_chance_is_cohens() -> None:
    """The textbook table of two raters: 20 times both yes, 15 both no, 5 and 10 in disagreement."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_full_agreement_is_one_and_chance_is_none() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0


def test_one_label_for_everything_says_nothing_of_agreement() -> None:
    assert kappa([("a", "a")] * 30) is None
    assert kappa([]) is None
