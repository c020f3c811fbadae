"""Counts of agreement, of people sent later and of people sent sooner."""

import pytest

from tests.factories.vignettes import a_file, a_vignette, engine, read
from triage.engine.protocol import LEVELS
from triage.evaluation.measuring import PROTOCOL, Measured, measure

SWOLLEN = {"leg": ["swollen"]}
BREATHLESS = {"danger": ["breath"]}
VEINS = {"leg": ["veins"]}


@pytest.fixture(scope="module")
def measured() -> Measured:
    """One story for each thing that can happen: as expected, later and sooner, by one level and by more."""
    stories = [
        a_vignette("as-expected", "self_care"),
        a_vignette("emergency-found", "emergency", answers=BREATHLESS),
        a_vignette("emergency-missed", "emergency", answers=SWOLLEN),
        a_vignette("emergency-missed-by-far", "emergency", answers=VEINS),
        a_vignette("sooner", "appointment_days", answers=SWOLLEN),
        a_vignette("sooner-by-far", "self_care", answers=BREATHLESS),
    ]
    return measure(read(a_file(*stories[:3]), a_file(*stories[3:])), engine())


def test_each_story_is_counted_once_and_on_its_side(measured: Measured) -> None:
    counts = measured.counts
    assert (counts.of, counts.exact.hits) == (6, 2)
    assert (counts.under_by_one, counts.under_by_more) == (1, 1)
    assert (counts.over_by_one, counts.over_by_more) == (1, 1)
    assert (counts.under.hits, counts.far_under.hits, counts.over.hits) == (2, 1, 2)


def test_emergencies_are_counted_by_themselves(measured: Measured) -> None:
    assert (measured.emergencies_found.hits, measured.emergencies_found.of) == (1, 3)
    assert (measured.others_spared.hits, measured.others_spared.of) == (2, 3)


def test_the_table_has_what_was_expected_in_rows_and_what_was_got_in_columns(measured: Measured) -> None:
    table = measured.confusion()
    of = {name: number for number, name in enumerate(LEVELS)}
    assert sum(map(sum, table)) == 6
    assert table[of["emergency"]][of["same_day"]] == 1
    assert table[of["emergency"]][of["appointment_weeks"]] == 1
    assert table[of["self_care"]][of["emergency"]] == 1
    assert table[of["same_day"]] == [0, 0, 0, 0, 0]


def test_those_who_would_wait_too_long_come_first_and_the_worst_of_them_before_all(measured: Measured) -> None:
    assert [one.vignette.id for one in measured.disagreements] == [
        "emergency-missed-by-far", "emergency-missed", "sooner-by-far", "sooner",
    ]  # fmt: skip


def test_a_level_without_stories_claims_nothing(measured: Measured) -> None:
    assert measured.of_level(LEVELS.index("same_day")).exact.value is None


def test_without_raters_no_agreement_is_claimed(measured: Measured) -> None:
    assert measured.agreements == []


def test_each_pair_of_raters_is_compared_over_what_both_labelled_and_each_with_the_protocol() -> None:
    stories = [
        a_vignette("one", "self_care", ratings={"anna": "self_care", "boris": "self_care"}),
        a_vignette("two", "same_day", answers=SWOLLEN, ratings={"anna": "same_day", "boris": "emergency"}),
        a_vignette("three", "emergency", answers=BREATHLESS, ratings={"anna": "emergency"}),
    ]
    found = measure(read(a_file(*stories, independent=True)), engine()).agreements
    assert [(one.one, one.other, one.exact.hits, one.exact.of) for one in found] == [
        ("anna", "boris", 1, 2), ("anna", PROTOCOL, 3, 3), ("boris", PROTOCOL, 1, 2),
    ]  # fmt: skip
    assert found[1].kappa == 1
    assert found[0].kappa == pytest.approx(1 / 3)
