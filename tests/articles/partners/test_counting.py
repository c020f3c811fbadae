"""Requests of partners are counted in memory, written down now and then, and never lost on the way."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from articles.partners import counting
from articles.partners.counting import Tally
from articles.partners.keys import Key
from articles.partners.usage import UsageDay, days_of
from tests.factories.partners import make_key, make_partner
from tests.services.clocks import tells

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tally]:
    """A tally of its own, as a process has it; what the test leaves in it is not written at the end of the suite."""
    monkeypatch.setattr(counting.util, "Finalize", lambda *args, **kwargs: None)
    made = Tally()
    yield made
    made.forget()


def written() -> dict[tuple[str, date], tuple[int, int, int]]:
    rows = UsageDay.objects.select_related("key")
    return {(row.key.prefix, row.day): (row.requests, row.unchanged, row.refused) for row in rows}


@pytest.mark.django_db
class TestCounting:
    def test_answers_are_counted_by_key_day_and_what_became_of_them(self, tally: Tally) -> None:
        partner = make_partner()
        (first, _), (second, _) = make_key(partner), make_key(partner)
        for status in (200, 200, 304, 404, 429, 401, 503):
            tally.count(first.pk, status, at=NOON)
        tally.count(first.pk, 200, at=NOON + DAY)
        tally.count(second.pk, 304, at=NOON)
        assert tally.write()
        assert written() == {
            (first.prefix, NOON.date()): (7, 1, 3),
            (first.prefix, (NOON + DAY).date()): (1, 0, 0),
            (second.prefix, NOON.date()): (1, 1, 0),
        }

    def test_the_day_is_that_of_utc(self, tally: Tally) -> None:
        key, _ = make_key()
        tally.count(key.pk, 200, at=datetime.fromisoformat("2026-11-21T01:00:00+03:00"))
        tally.write()
        assert UsageDay.objects.get().day == date(2026, 11, 20)

    def test_what_is_written_is_added_to_what_others_wrote(self, tally: Tally) -> None:
        key, _ = make_key()
        for one in (tally, Tally(), Tally()):
            one.count(key.pk, 304, at=NOON)
            one.count(key.pk, 404, at=NOON)
            assert one.write()
        assert written() == {(key.prefix, NOON.date()): (6, 3, 3)}

    def test_counting_asks_the_database_nothing(self, tally: Tally, django_assert_num_queries: Any) -> None:
        key, _ = make_key()
        with django_assert_num_queries(0):
            for _ in range(100):
                tally.count(key.pk, 200, at=NOON)
                tally.is_due()

    def test_writing_costs_the_same_for_many_keys_and_days(self, tally: Tally) -> None:
        keys = [make_key(make_partner(f"Partner {number} of the tests"))[0] for number in range(12)]
        for number, key in enumerate(keys):
            tally.count(key.pk, 200, at=NOON + number % 2 * DAY)
        with CaptureQueriesContext(connection) as queries:
            tally.write()
        statements = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
        assert len(statements) == 4
        assert len(written()) == 12

    def test_with_nothing_seen_nothing_is_asked(self, tally: Tally, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert tally.write()

    def test_what_was_counted_for_a_key_that_is_gone_holds_up_nothing(self, tally: Tally) -> None:
        key, _ = make_key()
        gone, _ = make_key(key.partner)
        for one in (key, gone):
            tally.count(one.pk, 200, at=NOON)
        Key.objects.filter(pk=gone.pk).delete()
        assert tally.write()
        assert list(written()) == [(key.prefix, NOON.date())]


@pytest.mark.django_db
class TestLastUse:
    def test_it_is_the_newest_moment_at_which_the_key_opened(self, tally: Tally) -> None:
        key, _ = make_key()
        for hours in (1, 3, 2):
            tally.count(key.pk, 200, at=NOON + timedelta(hours=hours))
        tally.count(key.pk, 401, at=NOON + timedelta(hours=9), has_opened=False)
        tally.write()
        assert Key.objects.get().last_used_at == NOON + timedelta(hours=3)

    def test_a_process_that_writes_late_does_not_set_it_back(self, tally: Tally) -> None:
        key, _ = make_key()
        late = Tally()
        late.count(key.pk, 200, at=NOON)
        tally.count(key.pk, 200, at=NOON + DAY)
        tally.write()
        late.write()
        assert Key.objects.get().last_used_at == NOON + DAY

    def test_a_key_that_only_knocked_was_never_used(self, tally: Tally) -> None:
        key, _ = make_key()
        tally.count(key.pk, 401, at=NOON, has_opened=False)
        tally.write()
        assert Key.objects.get().last_used_at is None
        assert written() == {(key.prefix, NOON.date()): (1, 0, 1)}


@pytest.mark.django_db
class TestWhen:
    def test_it_is_due_half_a_minute_after_the_first_that_waits(
        self, tally: Tally, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = [1000.0]
        tells(monkeypatch, counting, monotonic=lambda: clock[0])
        key, _ = make_key()
        assert not tally.is_due()
        tally.count(key.pk, 200, at=NOON)
        clock[0] += 29
        tally.count(key.pk, 200, at=NOON)
        assert not tally.is_due()
        clock[0] += 1
        assert tally.is_due()
        tally.write()
        assert not tally.is_due()

    def test_what_could_not_be_written_waits_another_half_minute(
        self, tally: Tally, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        clock = [1000.0]
        tells(monkeypatch, counting, monotonic=lambda: clock[0])
        key, _ = make_key()
        tally.count(key.pk, 200, at=NOON)
        clock[0] += 30
        with monkeypatch.context() as locked:
            locked.setattr(counting, "_add", away)
            assert not tally.write()
        assert "OperationalError" in caplog.text
        assert "secret of the database" not in caplog.text
        assert not tally.is_due()
        clock[0] += 30
        assert tally.is_due()


def away(*args: Any) -> None:
    raise OperationalError("secret of the database")


@pytest.mark.django_db
class TestFaults:
    @pytest.mark.parametrize("place", ["figures", "opened"])
    @pytest.mark.parametrize("fault", [OperationalError, RuntimeError])
    def test_a_fault_in_the_middle_writes_nothing_and_loses_nothing(
        self, tally: Tally, monkeypatch: pytest.MonkeyPatch, place: str, fault: type[Exception]
    ) -> None:
        key, _ = make_key()
        tally.count(key.pk, 304, at=NOON)

        def broken(*args: Any) -> None:
            tally.count(key.pk, 404, at=NOON)
            raise fault

        with monkeypatch.context() as breaking:
            breaking.setattr(counting, {"figures": "_more", "opened": "_later"}[place], broken)
            assert not tally.write()
        assert written() == {}
        assert Key.objects.get().last_used_at is None
        assert tally.write()
        assert written() == {(key.prefix, NOON.date()): (2, 1, 1)}
        assert Key.objects.get().last_used_at == NOON

    def test_what_ends_the_process_in_the_middle_loses_nothing_either(
        self, tally: Tally, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key, _ = make_key()
        tally.count(key.pk, 200, at=NOON)

        def stopped(*args: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as breaking:
            breaking.setattr(counting, "_more", stopped)
            with pytest.raises(KeyboardInterrupt):
                tally.write()
        assert tally.write(wait=True)
        assert written() == {(key.prefix, NOON.date()): (1, 0, 0)}


@pytest.mark.django_db(transaction=True)
def test_many_threads_that_count_and_write_lose_nothing(tally: Tally) -> None:
    partner = make_partner()
    (first, _), (second, _) = make_key(partner), make_key(partner)
    others = [Tally(), Tally()]
    start = threading.Barrier(6)

    def work(number: int) -> None:
        # Threads of one process share a tally; each of the others stands for a process.
        own = tally if number < 4 else others[number - 4]
        try:
            start.wait(60)
            for step in range(100):
                own.count((first if step % 2 else second).pk, 304 if step % 5 == 0 else 200, at=NOON)
                if step % 20 == 19:
                    own.write()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in (tally, *others):
        assert one.write(wait=True)
    assert written() == {(key.prefix, NOON.date()): (300, 60, 0) for key in (first, second)}


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_holds_the_database_the_counts_are_kept(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = make_key()
    tally.count(key.pk, 200, at=NOON)
    outcome: list[bool] = []

    def write() -> None:
        # This one gives up at once where it would wait for its turn.
        patience = {"sqlite": "PRAGMA busy_timeout = 1", "postgresql": "SET lock_timeout = '1ms'"}
        with connection.cursor() as cursor:
            cursor.execute(patience[connection.vendor])
        outcome.append(tally.write())
        connections.close_all()

    thread = threading.Thread(target=write)
    with transaction.atomic():
        Key.objects.select_for_update().get()
        thread.start()
        thread.join()
    assert outcome == [False]
    assert written() == {}
    assert tally.write()
    assert written() == {(key.prefix, NOON.date()): (1, 0, 0)}


@pytest.mark.django_db
def test_while_one_thread_writes_another_does_not_wait(tally: Tally) -> None:
    key, _ = make_key()
    tally.count(key.pk, 200, at=NOON)
    with tally._writing:
        assert not tally.write()
    assert written() == {}


ENDING = """
import sys, uuid, multiprocessing
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "articles"],
                   DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
import django; django.setup()
from datetime import datetime, UTC
from articles.partners import counting

def wrote(seen):
    print("wrote", sum(row[0] for row in seen.figures.values()), flush=True)
counting._add = wrote

def child():
    counting.TALLY.count(uuid.uuid4(), 200, at=datetime.now(UTC))

if __name__ == "__main__":
    counting.TALLY.count(uuid.uuid4(), 200, at=datetime.now(UTC))
    counting.TALLY.count(uuid.uuid4(), 200, at=datetime.now(UTC))
    if sys.argv[1] == "children":
        forked = multiprocessing.get_context("fork").Process(target=child)
        forked.start(); forked.join()
    if sys.argv[1] == "fault":
        raise SystemExit(3)
"""


@pytest.mark.any_database
@pytest.mark.parametrize(("how", "told"), [("plain", [2]), ("fault", [2]), ("children", [1, 2])])
def test_at_the_end_each_process_writes_what_it_has_counted_itself(
    tmp_path: Path, repository: Path, how: str, told: list[int]
) -> None:
    script = tmp_path / "ending.py"
    script.write_text(ENDING)
    environment = os.environ | {"PYTHONPATH": str(repository)}
    ended = subprocess.run(
        [sys.executable, script, how], capture_output=True, text=True, env=environment, cwd=repository, check=False
    )
    assert [line for line in ended.stdout.splitlines() if line.startswith("wrote")] == [f"wrote {n}" for n in told], (
        ended.stderr
    )


@pytest.mark.django_db
def test_the_days_of_a_partner_are_told_by_key_the_newest_first(tally: Tally) -> None:
    partner = make_partner()
    (first, _), (second, _), (other, _) = make_key(partner), make_key(partner), make_key(make_partner("Other"))
    for key, days in ((first, (0, 2, 40)), (second, (1,)), (other, (0,))):
        for back in days:
            tally.count(key.pk, 200, at=NOON - back * DAY)
    tally.write()
    found = days_of(partner, (NOON - 29 * DAY).date())
    assert {key: [row.day.day for row in rows] for key, rows in found.items()} == {first.pk: [20, 18], second.pk: [19]}
