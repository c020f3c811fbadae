"""What may happen to the file of lines while it is used: a full disk, damage, a crash, somebody who removes it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from articles.answers import lines_file
from articles.answers.kept_lines import KeptLines
from articles.answers.lines_file import LinesFile
from articles.answers.lines_tables import Made
from tests.articles.answers.test_kept_lines import LINE, given, in_a_process
from tests.factories.documents import ARTICLE, a_document, an_id, heading, shelve, withdraw

pytestmark = pytest.mark.django_db

OF_THE_ARTICLE = Made("of it", b"withdrawn soon", {f"item:{ARTICLE}"})


@pytest.fixture
def lines(tmp_path: Path) -> KeptLines:
    """With two lines, of which one is of an article."""
    shelve(a_document(heading("Что это")))
    lines = in_a_process(tmp_path)
    lines.keep([LINE, OF_THE_ARTICLE], since=lines.follow())
    return lines


@pytest.fixture
def file(lines: KeptLines) -> Path:
    assert lines.file is not None
    return lines.file.link.resolve()


def after_a_rest(lines: KeptLines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_rests_until", 0.0)


def test_where_the_disk_is_full_nothing_that_was_withdrawn_is_given(
    lines: KeptLines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = in_a_process(tmp_path)
    assert given(full, "of it") == [OF_THE_ARTICLE.body]
    assert full.file is not None
    connection = full.file.opened()
    assert connection is not None
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_UPDATE else 0)
    withdraw()

    assert given(full, "of it", "one") == []
    full.keep([Made("new", b"1", {"x"})], since=full.follow())
    assert given(full, "new") == []
    # Whoever can write goes on, and so does this one later.
    assert given(lines, "of it", "one") == [LINE.body]
    after_a_rest(full, monkeypatch)
    assert given(full, "one") == [LINE.body]


def test_more_pages_than_the_disk_has_are_not_kept(
    lines: KeptLines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_file, "_OPENED", lines_file._OPENED + "PRAGMA max_page_count = 12;")
    full = in_a_process(tmp_path, limit=10**9)
    full.keep([Made("long", os.urandom(10**6), {"x"}), Made("short", b"1", {"x"})], since=full.follow())

    assert given(full, "long", "short", "one") == []
    after_a_rest(full, monkeypatch)
    assert given(full, "long", "short", "one") == [LINE.body]


def test_while_somebody_else_writes_for_long_nothing_that_was_withdrawn_is_given(
    lines: KeptLines, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lines_file, "_PATIENCE", 0.05)
    hurried = in_a_process(tmp_path)
    assert given(hurried, "of it") == [OF_THE_ARTICLE.body]
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # Reading goes on meanwhile.
        assert given(hurried, "one") == [LINE.body]
        withdraw()
        assert given(hurried, "of it", "one") == []
        other.execute("ROLLBACK")

    assert given(hurried, "of it", "one") == [LINE.body]


KILLED = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("BEGIN IMMEDIATE")
file.execute("UPDATE place SET sequence = 99")
file.execute("UPDATE line SET body = x'00'")
file.executemany("INSERT INTO line (name, body) VALUES (?, ?)", [(str(n), os.urandom(9000)) for n in range(200)])
os.kill(os.getpid(), 9)
"""


def test_of_what_somebody_was_writing_when_killed_nothing_is_there(lines: KeptLines, file: Path) -> None:
    for closed in (False, True):
        if closed and lines.file is not None:
            lines.file.close()
        killed = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
        assert killed.returncode == -9
        assert given(lines, "one", "7", "of it") == [LINE.body, OF_THE_ARTICLE.body]


@pytest.mark.parametrize("spoilt", ["all of it", "its beginning", "everything but its beginning", "nothing is left"])
def test_a_damaged_file_is_thrown_away_and_another_made(
    lines: KeptLines, file: Path, tmp_path: Path, spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines.file is not None
    lines.file.close()
    held = file.read_bytes()
    noise = b"\x13" * len(held)
    file.write_bytes(
        {
            "all of it": noise,
            "its beginning": noise[:20_000] + held[20_000:],
            "everything but its beginning": held[:16_384] + noise[16_384:],
            "nothing is left": b"",
        }[spoilt]
    )

    assert given(lines, "one", "of it") == []
    after_a_rest(lines, monkeypatch)
    lines.keep([LINE], since=lines.follow())
    assert given(lines, "one") == given(in_a_process(tmp_path), "one") == [LINE.body]
    assert not file.exists()


def test_bytes_that_are_no_line_are_never_given(
    lines: KeptLines, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE line SET body = x'789c4b4c' || substr(body, 5) WHERE name = 'one'")
        other.commit()

    assert given(lines, "one") == []
    after_a_rest(lines, monkeypatch)
    lines.follow()
    assert given(in_a_process(tmp_path), "one", "of it") == []


@pytest.mark.parametrize(
    "spoil",
    [
        "DELETE FROM place",
        "UPDATE place SET calls = '{\"ru\"'",
        "UPDATE place SET calls = '{}'",
        "UPDATE place SET calls = '[]'",
        "UPDATE place SET calls = x'ff'",
        "UPDATE place SET sequence = 'x'",
        "UPDATE place SET sequence = x'ff'",
        "UPDATE place SET withdrawn = 'x'",
        "UPDATE line SET body = 'words'",
        "UPDATE line SET body = 7",
        "UPDATE line SET name = x'ff' WHERE name = 'one'",
        "UPDATE line SET body = x''",
    ],
)
def test_what_a_damaged_file_says_ends_no_answer_and_stays_in_nobodys_way(
    lines: KeptLines, file: Path, tmp_path: Path, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute(spoil)
        other.commit()
    shelve(a_document(heading("Что это"), slug="other"), item=an_id("other"))

    assert given(lines, "of it") in ([], [OF_THE_ARTICLE.body])
    after_a_rest(lines, monkeypatch)
    lines.keep([LINE, Made("new", b"new", {"x"})], since=lines.follow())
    after_a_rest(lines, monkeypatch)
    lines.keep([LINE, Made("new", b"new", {"x"})], since=lines.follow())
    assert given(in_a_process(tmp_path), "one", "new") == [LINE.body, b"new"]


@pytest.mark.parametrize("how", ["the file", "the link", "all files"])
def test_a_file_that_somebody_removes_is_made_anew_and_none_is_confused_with_it(
    lines: KeptLines, file: Path, tmp_path: Path, how: str
) -> None:
    other = in_a_process(tmp_path)
    assert given(other, "one") == [LINE.body]
    assert lines.file is not None
    gone = {"the file": [file], "the link": [lines.file.link], "all files": list(tmp_path.iterdir())}[how]
    for one in gone:
        one.unlink()
    withdraw()

    lines.keep([Made("new", b"new", {"x"})], since=lines.follow())

    assert given(other, "one", "of it", "new") == [b"new"]
    # Whoever still had the old one open takes nothing with it that belongs to the new one.
    assert lines.file.link.resolve() != file
    other.file.close()  # type: ignore[union-attr]
    assert given(in_a_process(tmp_path), "one", "new") == [b"new"]


def test_a_file_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_file, "_MADE", "CREATE TABLE place (id); SELECT no_such_function();")
    lines = in_a_process(tmp_path)

    assert lines.follow() is None
    assert [one.name for one in tmp_path.iterdir() if "sqlite3" in one.name] == []


def test_what_was_erased_is_removed_also_where_no_other_file_can_be_made(
    lines: KeptLines, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_file, "_MADE", lines_file._MADE + "PRAGMA max_page_count = 1; CREATE TABLE full (id);")
    assert lines.file is not None
    with pytest.raises(sqlite3.OperationalError, match="full"):
        lines.file.exchange(lambda made: None)

    assert [one.name for one in tmp_path.iterdir() if "sqlite3" in one.name] == []
    monkeypatch.undo()
    assert lines.follow()
    assert given(lines, "one") == []


def test_only_one_makes_another_file_at_a_time(lines: KeptLines, file: Path, tmp_path: Path) -> None:
    slow, quick = LinesFile(tmp_path / "lines", "a"), LinesFile(tmp_path / "lines", "a")
    assert slow.opened()
    assert quick.opened()

    def meanwhile(made: sqlite3.Connection) -> None:
        assert not quick.exchange(lambda made: None)

    assert slow.exchange(meanwhile)
    # It has been exchanged since this one looked.
    assert not quick.exchange(lambda made: None)
    assert quick.opened()
    assert quick.exchange(lambda made: None)
    assert len([one for one in tmp_path.iterdir() if one.suffix == ".sqlite3"]) == 2


def test_files_of_versions_that_nobody_runs_any_more_are_removed(lines: KeptLines, file: Path, tmp_path: Path) -> None:
    older, newer = LinesFile(tmp_path / "lines", "a"), LinesFile(tmp_path / "lines", "b")
    with newer.in_use():
        with older.in_use():
            newer.sweep()
            older.sweep()
            assert given(lines, "one") == [LINE.body]
        newer.sweep()
        assert not file.exists()
        assert lines.file is not None
        assert not lines.file.link.is_symlink()
    assert [one.name for one in tmp_path.iterdir()] == ["lines-b.users"]


def test_a_file_whose_lock_somebody_has_removed_is_removed_too(lines: KeptLines, file: Path, tmp_path: Path) -> None:
    (tmp_path / "lines-a.lock").unlink()
    (tmp_path / "lines-elsewhere").mkdir()
    LinesFile(tmp_path / "lines", "b").sweep()

    assert [one.name for one in tmp_path.iterdir()] == ["lines-elsewhere"]


def test_one_process_of_a_machine_looks_after_the_file_and_another_when_that_has_ended(tmp_path: Path) -> None:
    one, other = LinesFile(tmp_path / "lines", "a"), LinesFile(tmp_path / "lines", "a")
    with one.alone() as first, other.alone() as second:
        assert (first, second) == (True, False)
    with other.alone() as second:
        assert second
