"""Files that the processes of a machine share: exchanged in one step, locked, removed with the last who uses them."""

import fcntl
from pathlib import Path
from typing import IO

import pytest

from articles.editions import machine_files
from articles.editions.machine_files import alone, next_file, point, remove_unused, together, uri, users


def test_a_link_leads_to_the_file_that_was_pointed_to_last(tmp_path: Path) -> None:
    link = tmp_path / "copy-a.sqlite3"
    for words in ("one", "two"):
        file = next_file(link)
        file.write_text(words)
        point(link, file)
        assert link.read_text() == words
    assert sorted(one.suffix for one in tmp_path.iterdir()) == [".sqlite3"] * 3


def test_what_a_broken_off_exchange_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    link, file = tmp_path / "copy-a.sqlite3", tmp_path / "copy-a.1.sqlite3"
    (tmp_path / "copy-a.next").symlink_to("nowhere")
    file.write_text("whole")
    point(link, file)
    assert link.read_text() == "whole"


def test_a_name_with_signs_that_mean_something_to_sqlite_is_written_out() -> None:
    assert uri(Path("/a b/100%?.sqlite3")) == "file:/a%20b/100%25%3F.sqlite3?mode=rw"


def test_a_lock_is_held_by_one_alone_and_free_after_it(tmp_path: Path) -> None:
    lock = tmp_path / "not" / "there yet" / "copy.lock"
    with alone(lock) as first, alone(lock) as second:
        assert (first, second) == (True, False)
    with alone(lock) as third:
        assert third


def test_what_somebody_uses_stays_and_goes_when_the_last_has_gone(tmp_path: Path) -> None:
    link = tmp_path / "copy-a.sqlite3"
    (tmp_path / "copy-b.sqlite3").write_text("another form")
    with together(users(link)), together(users(link)):
        link.write_text("words")
        remove_unused(users(link))
        assert link.read_text() == "words"
    remove_unused(users(link))
    assert [one.name for one in tmp_path.iterdir()] == ["copy-b.sqlite3"]


def test_who_locks_a_file_that_was_just_removed_locks_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used, lock, seen = users(tmp_path / "copy-a.sqlite3"), fcntl.flock, []

    def removed_before(held: IO[str], how: int) -> None:
        if how == fcntl.LOCK_SH and not seen:
            seen.append(how)
            remove_unused(used)
        lock(held, how)

    monkeypatch.setattr(machine_files.fcntl, "flock", removed_before)
    with together(used):
        assert seen
        remove_unused(used)
        assert used.exists()
