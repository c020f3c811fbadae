"""The worker keeps search up to date beside what falls due; the index can be made anew at any time."""

import signal
from collections.abc import Callable
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from articles.management.commands import run_jobs
from articles.search.following import follow, is_behind
from articles.search.tables import IndexedText, IndexedWord, IndexState
from tests.factories.documents import an_id, withdraw
from tests.factories.searching import shelve_text, titles

pytestmark = pytest.mark.django_db


class Stopped:
    """The worker's event, which ends it after so many rounds."""

    def __init__(self, rounds: int) -> None:
        self.left = rounds

    def is_set(self) -> bool:
        return self.left <= 0

    def set(self) -> None:
        self.left = 0

    def wait(self, seconds: float) -> None:
        self.left -= 1


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the worker go so many rounds, in this thread and on this test's connection."""

    def working(rounds: int) -> None:
        monkeypatch.setattr(run_jobs, "Event", lambda: Stopped(rounds))
        call_command("run_jobs", stdout=StringIO())

    monkeypatch.setattr(run_jobs, "close_old_connections", lambda: None)
    monkeypatch.setattr(run_jobs, "beside", lambda *given: nullcontext())
    monkeypatch.setattr(signal, "signal", lambda *given: None)
    return working


def test_the_worker_brings_search_up_to_date(work: Callable[[int], None]) -> None:
    shelve_text("Магний")
    work(1)
    assert IndexedText.objects.count() == 1
    withdraw(an_id("Магний"))
    work(1)
    assert IndexedText.objects.count() == 0


def test_one_round_does_it_too() -> None:
    shelve_text("Магний")
    call_command("run_jobs", "--once", stdout=StringIO())
    assert not is_behind()


@pytest.mark.parametrize("fault", [DatabaseError("away"), ValueError("a text that cannot be read")])
def test_search_that_fails_stops_nothing_and_is_tried_again(
    fault: Exception, work: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settled, tried = [], []

    def fails(**how: object) -> int:
        tried.append(how)
        raise fault

    monkeypatch.setattr(run_jobs, "settle", settled.append)
    monkeypatch.setattr(run_jobs, "follow", fails)
    work(3)
    assert (len(settled), len(tried)) == (3, 3)
    assert "search could not follow the journal" in caplog.text


def test_what_is_due_does_not_wait_until_search_has_caught_up(
    work: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    answers = [run_jobs.FOLLOWED, run_jobs.FOLLOWED, 3]
    monkeypatch.setattr(run_jobs, "settle", lambda at: done.append("settle"))
    monkeypatch.setattr(run_jobs, "follow", lambda **how: done.append("follow") or answers[done.count("follow") - 1])
    work(1)
    assert done == ["settle", "follow", "settle", "follow", "settle", "follow"]


def reindexed() -> str:
    out = StringIO()
    call_command("reindex_search", stdout=out)
    return out.getvalue()


def test_the_index_is_made_anew_with_a_line_for_each_line_of_the_journal() -> None:
    shelve_text("Магний")
    follow()
    IndexedText.objects.update(postings="", forms="чужое")
    said = reindexed()
    assert said == f"1: article {an_id('Магний')} (ru)\n1 texts are found.\n"
    assert titles("магний") == ["Магний"]
    assert not IndexedWord.objects.filter(form="чужое").exists()
    assert reindexed() == said


def test_an_empty_shelf_makes_an_empty_index() -> None:
    assert reindexed() == "0 texts are found.\n"


def test_broken_off_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Магний", "Кальций", "Хинин"):
        shelve_text(name)
    monkeypatch.setattr("articles.search.following.BATCH", 1)
    seen: list[str] = []

    def interrupted(self: object, line: str) -> None:
        seen.append(line)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("articles.management.progress.Progress.step", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reindexed()
    assert IndexState.objects.get().sequence == 2
    assert follow() == 1
    assert sorted(titles("магний кальций хинин")) == ["Кальций", "Магний", "Хинин"]
