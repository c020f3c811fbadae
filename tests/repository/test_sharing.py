"""What passes share is made once, and a pass that failed to make it leaves nothing half made to the others."""

import threading
from pathlib import Path

import pytest

from tests.services.sharing import SHARED, once


@pytest.fixture(autouse=True)
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SHARED, str(tmp_path))
    return tmp_path


def test_the_second_pass_gets_what_the_first_has_made(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    made = []

    def make(place: Path) -> Path:
        (place / "site").write_text(f"made {len(made)}")
        made.append(place)
        return place / "site"

    found = [once(tmp_path_factory.mktemp("alone"), make) for _ in range(2)]

    assert len(made) == 1
    assert {one.read_text() for one in found} == {"made 0"}
    assert shared in made[0].parents


def test_a_pass_waits_for_another_that_is_making_it(shared: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()
    found: list[str] = []

    def slow(place: Path) -> str:
        begun.set()
        assert may_end.wait(60)
        return "of the first"

    first = threading.Thread(target=lambda: found.append(once(shared, slow)))
    first.start()
    assert begun.wait(60)
    second = threading.Thread(target=lambda: found.append(once(shared, lambda place: "of the second")))
    second.start()
    second.join(0.2)
    assert found == []

    may_end.set()
    first.join()
    second.join()
    assert found == ["of the first", "of the first"]


def test_what_failed_is_made_anew_in_another_place(shared: Path) -> None:
    places: list[Path] = []

    def broken(place: Path) -> str:
        places.append(place)
        raise OSError("the site did not start")

    with pytest.raises(OSError, match="did not start"):
        once(shared, broken)
    assert once(shared, str) != str(places[0])


def test_a_pass_alone_makes_it_in_its_own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SHARED)
    own = tmp_path / "own"
    own.mkdir()

    assert own in once(own, lambda place: place).parents
