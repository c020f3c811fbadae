"""Whoever reads the local copy of the shelf reads one that is in step, or none:
none that is behind, of another journal, or cannot be written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connections

from articles.editions import mirror_copying, mirror_place, mirroring, shared_database
from articles.editions.mirroring import catch_up, keep_up
from tests.factories.documents import (
    a_document,
    heading,
    shelve,
)
from tests.factories.local_copy import differences
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db


def test_while_somebody_else_writes_nobody_waits(copy: Path) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()
    shelve(a_document(heading("Два")), change="update", note="Яснее.")

    with mirror_place.writing() as is_ours:
        assert is_ours
        assert catch_up() == 1
    assert catch_up() == 2


def test_a_copy_that_stays_behind_is_not_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()
    shared_database.watch()
    shelve(a_document(heading("Два")), change="update", note="Яснее.")
    monkeypatch.setattr(shared_database, "PATIENCE", -1.0)

    with mirror_place.writing():
        catch_up()
        with mirror_place.reading() as is_here:
            assert not is_here
        # Only the shared database would know better, so without it the copy is what there is.
        shared_database.lost()
        with mirror_place.reading() as is_here:
            assert is_here

    catch_up()
    with mirror_place.reading() as is_here:
        assert is_here


def another_journal_in_the_copy(sequence: int) -> None:
    """As after a restored backup of the shared database."""
    with mirror_place.opened(mirror_place.current()) as wrapper, wrapper.cursor() as cursor:  # type: ignore[arg-type]
        cursor.execute("UPDATE articles_journalhead SET hash = 'another', sequence = %s", [sequence])
        cursor.execute("UPDATE articles_change SET hash = 'another', sequence = %s", [sequence])


@pytest.mark.parametrize("sequence", [1, 2, 9])
def test_a_copy_of_another_journal_is_behind_however_long_it_is_and_read_by_nobody(copy: Path, sequence: int) -> None:
    """While somebody else makes it anew; a moment's patience is for lines that are on their way."""
    shelve(a_document(heading("Раз")))
    catch_up()
    another_journal_in_the_copy(sequence)
    shelve(a_document(heading("Два")), change="update", note="Яснее.")

    with mirror_place.writing():
        assert catch_up() == -1
        with mirror_place.reading() as is_here:
            assert not is_here
    assert catch_up() == 2
    assert differences() == []
    with mirror_place.reading() as is_here:
        assert is_here


def test_a_copy_that_appears_is_not_read_before_it_was_compared(copy: Path) -> None:
    """Whoever made it began at a moment of which nobody else knows; and one that lies here at the start may be old."""
    shelve(a_document(heading("Раз")))
    with mirror_place.writing():
        assert catch_up() is None
    with mirror_place.made_anew():
        mirror_copying.copy_everything()
    with mirror_place.reading() as is_here:
        assert not is_here
    assert catch_up() == 1
    with mirror_place.reading() as is_here:
        assert is_here

    shared_database.watch()
    with mirror_place.reading() as is_here:
        assert not is_here
    shared_database.lost()
    with mirror_place.reading() as is_here:
        assert is_here


def test_while_much_is_copied_it_is_known_to_be_behind(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts from when it was last in step, not from when somebody noticed, nor from when the copying is done."""
    monkeypatch.setattr(shared_database, "PATIENCE", -1.0)
    shelve(a_document(heading("Раз")))
    catch_up()
    shelve(a_document(heading("Два")), change="update", note="Яснее.")
    seen: list[bool] = []
    behind = mirroring.copy_behind

    def seeing(sequence: int, hash: str) -> None:
        seen.append(shared_database.is_ahead())
        behind(sequence, hash)

    monkeypatch.setattr(mirroring, "copy_behind", seeing)
    catch_up()

    assert (seen, shared_database.is_ahead()) == ([True], False)


def test_a_place_that_cannot_be_written_ends_nobody_and_what_lies_there_is_not_read(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()
    ahead: list[bool] = []
    real, stopped = mirror_place.in_use, Event()

    @contextmanager
    def in_use() -> Iterator[None]:
        ahead.append(shared_database.is_ahead())
        if len(ahead) < 3:
            raise PermissionError
        with real():
            yield

    monkeypatch.setattr(mirror_place, "in_use", in_use)
    monkeypatch.setattr(mirroring, "catch_up", lambda: None)
    thread = Thread(target=mirroring.serve, args=[stopped, stopped.set])
    thread.start()
    thread.join(PATIENCE)

    assert stopped.is_set()
    assert ahead == [True, True, True]


def test_while_much_is_carried_out_that_has_fallen_due_the_database_is_heard(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand reviews may lapse in one night: nobody is broken off meanwhile as if the database had hung up."""
    away: list[bool] = []
    stopped = Event()

    def long_work() -> None:
        shared_database._sight.seen_at -= 1000.0
        away.append(shared_database.is_away())
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        away.append(shared_database.is_away())
        stopped.set()

    monkeypatch.setattr(shared_database, "SILENCE", 500.0)
    monkeypatch.setattr(mirroring, "catch_up", lambda: None)
    thread = Thread(target=mirroring.serve, args=[stopped, long_work])
    thread.start()
    thread.join(PATIENCE)

    assert away == [True, False]


def test_who_knew_less_than_the_copy_holds_does_not_make_it_anew(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else may publish and copy between two looks."""
    shelve(a_document(heading("Раз")))
    catch_up()
    file, real, times = mirror_place.current(), mirroring._here, [0]

    def somebody_else_first():  # type: ignore[no-untyped-def]
        times[0] += 1
        if times[0] == 1:
            shelve(a_document(heading("Два")), change="update", note="Яснее.")
            catch_up()
        return real()

    monkeypatch.setattr(mirroring, "_here", somebody_else_first)

    assert catch_up() == 2
    assert times[0] > 2
    assert mirror_place.current() == file


def test_whoever_has_no_time_copies_a_few_lines_and_leaves_the_rest(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keep_up() is None
    shelve(a_document(heading("Раз")))
    assert keep_up() is None
    catch_up()
    shelve(a_document(heading("Два")), change="update", note="Яснее.")
    assert keep_up() == 2
    shelve(a_document(heading("Три")), change="update", note="Яснее.")
    monkeypatch.setattr(mirroring, "_FEW_LINES", 0)
    assert keep_up() == 2
    assert catch_up() == 3
    assert differences() == []


def test_a_copy_that_does_not_let_itself_be_read_is_not_read_by_the_next_answer_of_this_thread(copy: Path) -> None:
    """Which may be one of the desk, that must know what is published."""
    shelve(a_document(heading("Раз")))
    catch_up()
    with mirror_place.reading():
        pass
    connections[mirror_place.ALIAS].connection.execute("BEGIN")

    with pytest.raises(sqlite3.OperationalError), mirror_place.reading():
        pass
    assert not mirror_place.reads_here()
    connections[mirror_place.ALIAS].close()
