"""Lines of the snapshot are made by one process of a machine before anybody asks, and drop what has moved."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import DatabaseError

from articles.answers.kept_lines import KeptLines
from articles.api.v1.views import snapshot
from articles.editions.shelf import Standing
from cramps_site import keeping_lines, warming
from cramps_site.keeping_lines import look_after
from tests.articles.api.v1.test_snapshot import some_items
from tests.factories.documents import withdraw
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where lines lie that are looked after all the time."""
    monkeypatch.setattr(keeping_lines, "EVERY", 0.02)
    monkeypatch.setattr(keeping_lines, "FILLED_EVERY", 0.02)
    monkeypatch.setattr(keeping_lines, "BEGINS_AFTER", 0.0)
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path))
    return tmp_path


def in_a_process(room: Path) -> KeptLines:
    return KeptLines(10_000_000, room / "lines", lambda: "a")


@contextmanager
def looked_after(kept: KeptLines) -> Iterator[None]:
    stopped = Event()
    thread = Thread(target=look_after, args=[kept, stopped])
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def lacking(kept: KeptLines) -> int:
    rows = Standing.objects.filter(state="live").values_list("item", "language", "edition_id", "sequence")
    return len(kept.lacking([snapshot._name(snapshot.Stand(*row)) for row in rows]))


def lines_in(kept: KeptLines) -> int:
    return kept._within("BEGIN", lambda file: int(file.execute("SELECT count(*) FROM line").fetchone()[0])) or 0


def test_lines_are_made_before_anybody_asks_and_drop_what_is_withdrawn(room: Path) -> None:
    items = some_items(4)
    with looked_after(snapshot.kept):
        until(lambda: lacking(snapshot.kept) == 0 < lines_in(snapshot.kept))
        withdraw(items[1])
        until(lambda: lines_in(snapshot.kept) == 3)
        some_items(5)
        until(lambda: lacking(snapshot.kept) == 0 and lines_in(snapshot.kept) == 5)


def test_lines_of_a_version_that_nobody_runs_any_more_are_removed(room: Path) -> None:
    """Also where its last process ends after this one has started, as when they are exchanged one by one."""
    older = KeptLines(10_000_000, room / "lines", lambda: "older")
    some_items(1)
    older.follow()
    assert older.file is not None
    with ExitStack() as after, older.file.in_use():
        after.enter_context(looked_after(snapshot.kept))
        until(lambda: lacking(snapshot.kept) == 0)
        assert older.file.link.exists()
        end = after.pop_all()
    with end:
        until(lambda: not older.file.link.exists())  # type: ignore[union-attr]


def test_one_process_is_enough_and_another_goes_on_when_it_ends(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_items(2)
    runs: list[str] = []
    run = keeping_lines._Keeper.run

    def noted(self: keeping_lines._Keeper) -> None:
        runs.append("one" if self._kept is snapshot.kept else "other")
        run(self)

    monkeypatch.setattr(keeping_lines._Keeper, "run", noted)
    other = in_a_process(room)
    with looked_after(other):
        until(lambda: runs == ["other"])
        with looked_after(snapshot.kept):
            until(lambda: lacking(snapshot.kept) == 0)
            assert runs == ["other"]
    with looked_after(snapshot.kept):
        until(lambda: runs == ["other", "one"])


def test_no_fault_ends_it_and_the_message_of_none_is_told(
    room: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    some_items(2)
    fill, faults = snapshot.fill, [DatabaseError("host=secret"), RuntimeError("words"), DatabaseError("host=secret")]

    def broken(goes_on: Callable[[], bool]) -> bool:
        if faults:
            raise faults.pop()
        return fill(goes_on)

    monkeypatch.setattr(snapshot, "fill", broken)
    with caplog.at_level(logging.INFO), looked_after(snapshot.kept):
        until(lambda: lacking(snapshot.kept) == 0)
    assert "DatabaseError" in caplog.text
    assert "secret" not in caplog.text


def test_where_there_is_no_place_for_a_file_it_is_told_once_and_tried_again(
    room: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_items(2)
    (room / "beneath").write_text("a file")
    kept = in_a_process(room / "beneath")
    monkeypatch.setattr(snapshot, "kept", kept)
    with caplog.at_level(logging.WARNING), looked_after(kept):
        until(lambda: caplog.records)
        time.sleep(0.2)
        assert [record.message[:36] for record in caplog.records] == ["lines of the snapshot are not kept: "]
        (room / "beneath").unlink()
        until(lambda: lacking(kept) == 0)


def test_it_makes_nothing_while_a_reader_waits_but_for_so_long(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_items(3)
    busy = [True]
    monkeypatch.setattr(snapshot, "PAGE", 1)
    monkeypatch.setattr(keeping_lines, "PATIENCE", PATIENCE)
    monkeypatch.setattr(warming, "is_busy", lambda: busy[0])
    with looked_after(snapshot.kept):
        until(lambda: lines_in(snapshot.kept) == 1)
        time.sleep(0.2)
        assert lines_in(snapshot.kept) == 1
        busy[0] = False
        until(lambda: lacking(snapshot.kept) == 0)

    busy[0] = True
    some_items(6)
    monkeypatch.setattr(keeping_lines, "PATIENCE", 0.01)
    with looked_after(snapshot.kept):
        until(lambda: lacking(snapshot.kept) == 0)


def test_it_is_asked_to_stop_in_the_middle(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some_items(3)
    monkeypatch.setattr(snapshot, "PAGE", 1)
    monkeypatch.setattr(keeping_lines, "SHARE", 1e-9)
    with looked_after(snapshot.kept):
        until(lambda: lines_in(snapshot.kept) == 1)
    assert lines_in(snapshot.kept) == 1


@pytest.mark.parametrize("kept", [(0, "a"), (10**6, None)])
def test_where_no_lines_are_kept_those_of_before_are_removed_when_nobody_uses_them(
    room: Path, monkeypatch: pytest.MonkeyPatch, kept: tuple[int, str | None]
) -> None:
    older = in_a_process(room)
    assert older.follow()
    assert older.file is not None
    monkeypatch.setattr(snapshot, "kept", KeptLines(kept[0], room / "lines", lambda: kept[1]))
    with older.file.in_use():
        stopped = keeping_lines.start()
        time.sleep(0.1)
        assert older.file.link.exists()
    try:
        until(lambda: list(room.iterdir()) == [])
    finally:
        stopped.set()
