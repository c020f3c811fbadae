"""Lines that were made before: given while nothing has moved, and never after what they depend on has."""

import sqlite3
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.answers import kept_lines
from articles.answers.kept_lines import KeptLines, Made
from tests.factories.documents import ARTICLE, a_document, an_id, check, heading, shelve, withdraw

LINE = Made("one", b'{"one":1}\n', {"item:1", "calls:ru"})


@pytest.fixture
def lines(db: None) -> KeptLines:
    return KeptLines(100_000)


def test_what_was_kept_is_given_with_one_question_of_the_shelf(lines: KeptLines) -> None:
    lines.keep([LINE], since=lines.follow())

    with CaptureQueriesContext(connection) as made:
        lines.follow()
    assert len(made) == 1
    assert lines.held(["two", "one"]) == {"one": LINE.body}
    assert not lines.is_empty


def test_what_a_line_of_the_journal_touches_is_dropped_and_nothing_else(lines: KeptLines) -> None:
    one, other = an_id("one"), an_id("other")
    for item in (one, other):
        shelve(a_document(heading("Что это"), slug=f"s-{item[:8]}"), item=item)
    tagged = [Made(item, item.encode(), {f"item:{item}"}) for item in (one, other)]
    lines.keep(tagged, since=lines.follow())

    check(one, started="Проверяем.")
    lines.follow()
    assert lines.held([one, other]) == {other: other.encode()}

    withdraw(other)
    lines.follow()
    assert lines.held([one, other]) == {}
    assert lines.is_empty


def test_what_was_read_before_the_shelf_moved_is_not_kept(lines: KeptLines) -> None:
    since = lines.follow()
    shelve(a_document(heading("Что это")))
    lines.follow()

    lines.keep([LINE], since=since)

    assert lines.held(["one"]) == {}


def test_what_was_erased_does_not_wait_for_somebody_to_ask(lines: KeptLines) -> None:
    shelve(a_document(heading("Что это")))
    lines.keep([Made("one", LINE.body, {f"item:{ARTICLE}"})], since=lines.follow())
    withdraw()

    lines.tidy()

    assert lines.is_empty


def test_whoever_tidies_waits_for_nobody_who_is_at_the_lines(lines: KeptLines) -> None:
    """He may be waiting for the database, and whoever tidies follows the shelf for all readers."""
    shelve(a_document(heading("Что это")))
    lines.keep([Made("one", LINE.body, {f"item:{ARTICLE}"})], since=lines.follow())
    withdraw()

    with lines._lock:
        ran = Thread(target=lines.tidy, daemon=True)
        ran.start()
        ran.join(30)
        assert not ran.is_alive()
    lines.tidy()

    assert lines.is_empty


def test_very_many_lines_are_thrown_away_at_once(lines: KeptLines, monkeypatch: pytest.MonkeyPatch) -> None:
    """To drop them one by one takes seconds, in which the follower would see nothing that is withdrawn."""
    monkeypatch.setattr(kept_lines, "_FEW", 2)
    shelve(a_document(heading("Что это")))
    tagged = [Made(f"{one}", LINE.body, {f"item:{ARTICLE}"}) for one in range(3)]
    other = Made("other", LINE.body, {"item:1"})
    for of_these, left in ((tagged[:2], {"other": LINE.body}), (tagged, {})):
        lines.keep([*of_these, other], since=lines.follow())
        check(ARTICLE, started="Проверяем.")
        lines.follow()
        assert lines.held(["0", "1", "2", "other"]) == left

    lines.keep([other], since=lines.follow())
    assert lines.held(["other"]) == {"other": LINE.body}


def test_a_journal_that_is_another_one_leaves_nothing(lines: KeptLines) -> None:
    shelve(a_document(heading("Что это")))
    lines.keep([LINE], since=lines.follow())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_journalhead SET hash = %s, sequence = 7", ["f" * 64])

    lines.follow()

    assert lines.held(["one"]) == {}


def test_no_more_is_kept_than_the_limit(db: None) -> None:
    lines = KeptLines(1000)
    lines.keep([Made(f"{one}", b"x" * 200, {"a", "b"}) for one in range(9)], since=lines.follow())
    assert len(lines.held([f"{one}" for one in range(9)])) == 2

    nothing = KeptLines(0)
    nothing.keep([LINE], since=nothing.follow())
    assert nothing.held(["one"]) == {}


def test_what_cannot_be_written_is_not_kept_and_nobody_hears_of_it(
    lines: KeptLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(lines, "_keep", full)
    lines.keep([LINE], since=lines.follow())
    monkeypatch.undo()

    lines.keep([LINE], since=lines.follow())
    assert lines.held(["one"]) == {}
