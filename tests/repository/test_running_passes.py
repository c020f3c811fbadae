"""Passes of the suite that run at once meet in no database and in no cache."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.services.__main__ import Pass, _beside, _postgresql, _side_by_side, _sqlite
from tests.services.choosing import DESK, JOURNEYS, SITE
from tests.services.examples import PROFILES, examples

FOUND: dict[str, str | None] = {
    "TEST_DATABASE_URL": "postgres://tests:p-w@127.0.0.1:21000/postgres", "TEST_CACHE_URL": "redis://127.0.0.1:12000/0",
}  # fmt: skip


def test_journeys_have_a_database_and_a_cache_of_their_own_and_nothing_runs_in_both_passes() -> None:
    journeys, rest = _postgresql([], FOUND, is_alone=False, is_split=True)

    assert "--journeys=only" in journeys.arguments
    assert journeys.arguments[-1] == JOURNEYS
    assert "--journeys=never" in rest.arguments
    assert rest.environment == FOUND
    assert all(journeys.environment[name] != address for name, address in FOUND.items())


def test_on_sqlite_the_desk_and_the_site_are_passes_of_their_own_and_nothing_runs_in_two() -> None:
    rest, site, desk = _sqlite([], FOUND, is_alone=False, is_split=True)

    assert all(Path(place).is_dir() for place in (*DESK, *SITE))
    assert _places(rest) == []
    assert _places(site) == list(SITE)
    assert _places(desk) == list(DESK)
    assert set(_ignored(rest)) == {*DESK, *SITE}
    assert _ignored(site) == list(DESK)
    assert _ignored(desk) == []
    for one in (rest, site, desk):
        assert one.arguments[:2] == ["-m", "not postgresql and not browser and not curl and not redis"]
        assert one.environment == {}


def _places(one: Pass) -> list[str]:
    return [said for said in one.arguments if said.startswith("tests/")]


def _ignored(one: Pass) -> list[str]:
    return [said.removeprefix("--ignore=") for said in one.arguments if said.startswith("--ignore=")]


def test_without_postgresql_those_on_sqlite_take_everything_and_meet_in_no_cache() -> None:
    passes = _sqlite([], FOUND, is_alone=True, is_split=True)

    assert "-m" not in [said for one in passes for said in one.arguments]
    assert [one.environment for one in passes] == [
        {"TEST_CACHE_URL": f"redis://127.0.0.1:12000/{number}"} for number in (0, 2, 1)
    ]


def test_one_core_or_a_part_of_the_suite_is_one_pass() -> None:
    for makes in (_postgresql, _sqlite):
        assert [one.is_part for one in makes([], FOUND, is_alone=False, is_split=False)] == [False]
        assert [one.is_part for one in makes(["tests/triage"], FOUND, is_alone=False, is_split=False)] == [True]


def test_the_second_database_gets_fewer_examples_only_behind_the_first_and_as_many_as_somebody_asks_for() -> None:
    [behind] = _postgresql([], FOUND, is_alone=False, is_split=False)
    [alone] = _postgresql([], FOUND, is_alone=True, is_split=False)
    [asked] = _postgresql(["--hypothesis-profile=soak"], FOUND, is_alone=False, is_split=False)

    assert "--hypothesis-profile=second" in behind.arguments
    assert not [one for one in alone.arguments if one.startswith("--hypothesis")]
    # The last one counts.
    assert [one for one in asked.arguments if one.startswith("--hypothesis")][-1] == "--hypothesis-profile=soak"


@pytest.mark.parametrize(("profile", "many"), [("suite", 60), ("second", 15), ("soak", 1800)])
def test_a_property_has_examples_after_the_profile_of_the_run(profile: str, many: int) -> None:
    before = settings.get_current_profile_name()
    settings.load_profile(profile)
    try:
        assert (examples(60), examples(1)) == (many, max(1, PROFILES[profile] // 100))
    finally:
        settings.load_profile(before)


def test_without_a_cache_there_is_none_beside_it() -> None:
    journeys, _ = _postgresql([], FOUND | {"TEST_CACHE_URL": None}, is_alone=False, is_split=True)
    assert journeys.environment["TEST_CACHE_URL"] is None


_SAYS = """
import pathlib
import time


def test_it():
    with pathlib.Path({said!r}).open("a") as said:
        print({name!r}, "begins", file=said, flush=True)
        time.sleep(0.3)
        print({name!r}, "ends", file=said)
    assert {name!r} != "fails"
"""


def _pass(name: str, place: Path, minutes: int) -> Pass:
    """One that says when it begins and when it ends, and fails where its name says so."""
    test = place / f"test_{name}.py"
    test.write_text(_SAYS.format(said=str(place / "said"), name=name))
    arguments = ["-q", "-p", "no:django", "--noconftest", f"--rootdir={place}", "-c", "/dev/null", str(test)]
    return Pass(name, arguments, {}, False, minutes)


def test_so_many_run_at_a_time_the_longest_first_and_each_is_heard(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    passes = [_pass(name, tmp_path, minutes) for name, minutes in (("short", 1), ("fails", 2), ("long", 3))]
    codes = _side_by_side(passes, 1)
    said = (tmp_path / "said").read_text().splitlines()
    printed = capfd.readouterr().out

    assert sorted(codes) == [0, 0, 1]
    assert said == [f"{name} {what}" for name in ("long", "fails", "short") for what in ("begins", "ends")]
    assert [line for line in printed.splitlines() if line in ("long", "fails", "short")] == ["long", "fails", "short"]

    (tmp_path / "said").unlink()
    assert sorted(_side_by_side(passes, 2)) == [0, 0, 1]
    said = (tmp_path / "said").read_text().splitlines()
    running = most = 0
    for line in said:
        running += 1 if line.endswith("begins") else -1
        most = max(most, running)
    assert said.index("short begins") > min(said.index("long ends"), said.index("fails ends"))
    assert most <= 2
    assert capfd.readouterr().out.count("1 passed") == 2


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("postgres://tests:p-w@127.0.0.1:21000/postgres", "postgres://tests:p-w@127.0.0.1:21000/postgres_journeys"),
        ("postgresql://u@host/site?sslmode=disable", "postgresql://u@host/site_journeys?sslmode=disable"),
        ("redis://127.0.0.1:12000/0", "redis://127.0.0.1:12000/1"),
        ("redis://127.0.0.1:12000", "redis://127.0.0.1:12000/1"),
        ("redis://127.0.0.1:12000/15", "redis://127.0.0.1:12000/14"),
    ],
)
def test_what_lies_beside_is_on_the_same_server(address: str, other: str) -> None:
    assert _beside(address) == other
