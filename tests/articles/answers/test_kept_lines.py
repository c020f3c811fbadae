"""Lines that were made before: given while nothing has moved, and never after what they depend on has."""

import logging
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.answers import lines_tables
from articles.answers.kept_lines import KeptLines
from articles.answers.lines_tables import Made
from articles.publishing.withdraw import withdraw as press_withdraw
from tests.factories.desk import an_article, an_editor
from tests.factories.documents import (
    ARTICLE,
    a_document,
    a_quote,
    an_id,
    check,
    heading,
    quoted,
    shelve,
    withdraw,
    withdraw_part,
)
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, later, publish_article

LINE = Made("one", b'{"one":1}\n', {"item:1", "calls:ru"})
WHY = {"ru": "Так просили.", "en": "We were asked to."}


def in_a_process(room: Path, limit: int = 1_000_000, code: str | None = "a") -> KeptLines:
    return KeptLines(limit, room / "lines", lambda: code)


@pytest.fixture
def lines(db: None, tmp_path: Path) -> KeptLines:
    return in_a_process(tmp_path)


def given(lines: KeptLines, *names: str) -> list[bytes]:
    return [body for name in names for body in lines.held([name], at=lines.follow())]


def test_what_was_kept_is_given_with_one_question_of_the_shelf(lines: KeptLines) -> None:
    lines.keep([LINE], since=lines.follow())

    with CaptureQueriesContext(connection) as made:
        place = lines.follow()
    assert len(made) == 1
    assert lines.held(["one"], at=place) == [LINE.body]
    assert lines.lacking(["two", "one", "three"]) == ["two", "three"]


def test_lines_are_given_in_order_up_to_the_first_that_is_not_there(lines: KeptLines) -> None:
    lines.keep([Made(name, name.encode(), {"x"}) for name in "acd"], since=lines.follow())

    assert lines.held(["c", "a", "b", "d"], at=lines.follow()) == [b"c", b"a"]
    assert lines.held(["b", "a"], at=lines.follow()) == []


def test_what_a_line_of_the_journal_touches_is_dropped_and_nothing_else(lines: KeptLines) -> None:
    one, other = an_id("one"), an_id("other")
    for item in (one, other):
        shelve(a_document(heading("Что это"), slug=f"s-{item[:8]}"), item=item)
    tagged = [Made(item, item.encode(), {f"item:{item}"}) for item in (one, other)]
    lines.keep(tagged, since=lines.follow())

    check(one, started="Проверяем.")
    assert given(lines, one, other) == [other.encode()]

    withdraw(other)
    assert given(lines, one, other) == []


def test_what_was_read_before_the_shelf_moved_is_not_kept(lines: KeptLines) -> None:
    since = lines.follow()
    shelve(a_document(heading("Что это")))
    lines.follow()

    lines.keep([LINE], since=since)

    assert given(lines, "one") == []


def test_nothing_is_given_before_it_was_asked_what_has_moved(lines: KeptLines) -> None:
    lines.keep([LINE], since=(before := lines.follow()))
    shelve(a_document(heading("Что это")))

    after = lines.follow()

    assert lines.held(["one"], at=before) == []
    assert lines.held(["one"], at=after) == [LINE.body]
    assert lines.held(["one"], at=None) == []


def test_what_one_process_has_made_another_gives_also_after_all_have_ended(lines: KeptLines, tmp_path: Path) -> None:
    other = in_a_process(tmp_path)
    assert given(other, "one") == []

    lines.keep([LINE], since=lines.follow())
    assert given(other, "one") == [LINE.body]

    for each in (lines, other):
        assert each.file is not None
        each.file.close()
    assert given(in_a_process(tmp_path), "one") == [LINE.body]


def test_what_one_process_has_seen_to_move_none_gives_any_more(lines: KeptLines, tmp_path: Path) -> None:
    other = in_a_process(tmp_path)
    shelve(a_document(heading("Что это")))
    lines.keep([Made("one", LINE.body, {f"item:{ARTICLE}"}), Made("two", b"2", {"item:2"})], since=lines.follow())
    before = other.follow()
    assert other.held(["one"], at=before) == [LINE.body]
    withdraw()
    lines.follow()

    # It has not looked again yet, and is given nothing as it was then.
    assert other.held(["one"], at=before) == []
    assert given(other, "one", "two") == [b"2"]


def test_what_was_withdrawn_while_no_process_ran_is_never_given(lines: KeptLines, tmp_path: Path) -> None:
    shelve(a_document(heading("Что это")))
    lines.keep([Made("one", LINE.body, {f"item:{ARTICLE}"}), Made("two", b"2", {"x"})], since=lines.follow())
    withdraw()

    assert given(in_a_process(tmp_path), "one", "two") == [b"2"]


def test_a_part_that_is_withdrawn_drops_what_shows_withdrawn_parts(lines: KeptLines) -> None:
    quote = a_quote()
    shelve(a_document(quoted(quote)))
    lines.keep([Made("one", b"1", {f"item:{ARTICLE}"}), Made("two", b"2", {"withdrawn-parts"})], since=lines.follow())
    withdraw_part(quote, ARTICLE)

    assert given(lines, "one", "two") == []


def test_another_version_of_the_code_gives_nothing_of_this_one(lines: KeptLines, tmp_path: Path) -> None:
    lines.keep([LINE], since=lines.follow())

    assert given(in_a_process(tmp_path, code="b"), "one") == []
    assert given(in_a_process(tmp_path, code=None), "one") == []
    assert given(lines, "one") == [LINE.body]


def test_very_many_lines_are_thrown_away_at_once(lines: KeptLines, monkeypatch: pytest.MonkeyPatch) -> None:
    """To drop them one by one takes seconds, in which nobody else can write."""
    monkeypatch.setattr(lines_tables, "_FEW", 2)
    shelve(a_document(heading("Что это")))
    tagged = [Made(f"{one}", LINE.body, {f"item:{ARTICLE}"}) for one in range(3)]
    other = Made("other", LINE.body, {"item:1"})
    for of_these, left in ((tagged[:2], [LINE.body]), (tagged, [])):
        lines.keep([*of_these, other], since=lines.follow())
        check(ARTICLE, started="Проверяем.")
        assert given(lines, "0", "1", "2", "other") == left

    lines.keep([other], since=lines.follow())
    assert given(lines, "other") == [LINE.body]


def test_a_journal_that_is_another_one_leaves_nothing(lines: KeptLines, tmp_path: Path) -> None:
    shelve(a_document(heading("Что это")))
    lines.keep([LINE], since=lines.follow())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_journalhead SET hash = %s, sequence = 7", ["f" * 64])

    assert given(lines, "one") == []
    assert given(in_a_process(tmp_path), "one") == []


def test_no_more_is_kept_than_the_limit_and_what_is_dropped_makes_room(db: None, tmp_path: Path) -> None:
    lines = in_a_process(tmp_path, limit=1000)
    shelve(a_document(heading("Что это")))
    names = [f"{one}" for one in range(9)]
    many = [Made(name, name.encode(), {f"item:{ARTICLE}", "b"}) for name in names]

    lines.keep(many, since=lines.follow())
    assert len(lines.lacking(names)) == 6
    assert lines.is_full

    withdraw()
    lines.keep(many[:2], since=lines.follow())
    assert lines.lacking(names) == names[2:]
    assert not lines.is_full


def test_with_no_room_at_all_nothing_is_kept_and_nothing_asked(db: None, tmp_path: Path) -> None:
    nothing = in_a_process(tmp_path, limit=0)
    with CaptureQueriesContext(connection) as made:
        nothing.keep([LINE], since=nothing.follow())
        assert given(nothing, "one") == []
    assert (len(made), list(tmp_path.iterdir())) == (0, [])


@pytest.mark.django_db
def test_nothing_is_left_on_the_disk_of_words_that_were_erased(tmp_path: Path, administrator: User) -> None:
    lines, other = in_a_process(tmp_path), in_a_process(tmp_path)
    vera, article = an_editor(), an_article("of-a-person")
    publish_article(article, by=vera)
    press_withdraw("article", article.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(5))
    # Nothing that could be packed, so that it would be found.
    words = os.urandom(3000)
    lines.keep([Made("one", words, {"x"}), Made("two", words, {"x"})], since=lines.follow())
    assert given(other, "one") == [words]
    assert words[-100:] in bytes_of(tmp_path)

    erase(article, "article", vera, administrator)

    assert given(lines, "one", "two") == []
    assert words[-100:] not in bytes_of(tmp_path)
    # Whoever has not asked since lets go of the file that is gone, or it would be on the disk as long as they are.
    other.let_go()
    assert other.file is not None
    assert other.file._connection is None


def bytes_of(room: Path) -> bytes:
    return b"".join(file.read_bytes() for file in room.iterdir() if file.is_file())


def test_what_cannot_be_kept_is_said_once_in_the_log_and_costs_nobody_an_answer(
    db: None, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no directory")
    lines = KeptLines(1000, tmp_path / "file" / "lines", lambda: "a")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            lines.keep([LINE], since=lines.follow())
            assert given(lines, "one") == []
    assert len(caplog.records) == 1

    (tmp_path / "file").unlink()
    monkeypatch.setattr(lines, "_rests_until", 0.0)
    lines.keep([LINE], since=lines.follow())
    assert given(lines, "one") == [LINE.body]
