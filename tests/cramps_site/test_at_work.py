"""Whoever waits for a shared database that has fallen silent leaves threads for readers."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from unittest import mock

import pytest
from django.db import DatabaseError, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from articles.editions import mirror_place, mirroring, shared_database
from articles.editions.mirror_place import ALIAS
from cramps_site import at_work, reading_locally
from cramps_site.at_work import AT_WORK, FEW, AtWork, look_after
from cramps_site.reading_locally import ReadsLocally
from tests.factories.documents import a_document, heading, said, shelve, text
from tests.factories.local_copy import a_local_copy
from tests.factories.partners import bearing, make_key
from tests.services.clocks import tells
from tests.services.patience import PATIENCE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[None]:
    """There is a copy, and the shared database has said nothing for a while: it may be away, or only slow."""
    shelve(a_document(heading("Что это")))
    with a_local_copy(tmp_path):
        mirroring.catch_up()
        shared_database.watch()
        mirroring.catch_up()
        # A machine that is busy is silent too; only what a test says counts.
        with (
            mock.patch.object(shared_database, "HUSH", -1.0),
            mock.patch.object(shared_database, "SILENCE", float("inf")),
        ):
            yield


def many_wait(stack: ExitStack) -> None:
    for _ in range(FEW):
        stack.enter_context(AT_WORK.asking(takes_place=True))


def test_where_many_wait_for_it_others_are_refused_and_readers_are_not(silent: None, client: Client) -> None:
    page, key = "/ru/articles/sudorogi-v-testah/", make_key()[1]
    assert client.get("/ru/search/?q=x").status_code == 200
    with ExitStack() as stack:
        many_wait(stack)
        for path in ("/ru/search/?q=x", "/api/v1/changes/", "/admin/"):
            assert client.get(path).status_code == 503
        assert client.get(page).status_code == 200
        # The key cannot be looked up without waiting.
        client.raise_request_exception = False
        answer = client.get("/api/v1/articles/?lang=ru", **bearing(key))
        assert (answer.status_code, "112" in json.loads(answer.content)["emergency"]) == (503, True)
    assert client.get("/ru/search/?q=x").status_code == 200


def test_many_at_once_are_nothing_while_it_answers(silent: None, client: Client) -> None:
    with mock.patch.object(shared_database, "HUSH", float("inf")), ExitStack() as stack:
        many_wait(stack)
        assert client.get("/ru/search/?q=x").status_code == 200


def test_readiness_does_not_wait_for_it(silent: None, client: Client) -> None:
    ready = client.get("/health/ready")

    assert (ready.status_code, ready.json()["status"]) == (200, "adrift")
    with mock.patch.object(shared_database, "HUSH", float("inf")):
        assert client.get("/health/ready").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("is_away", "many", "ended"),
    [(False, 0, 0), (False, FEW, 1), (True, 0, 2)],
)
def test_what_may_be_asked_again_is_broken_off_first(
    silent: None, is_away: bool, many: int, ended: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    here = AtWork()
    monkeypatch.setattr(at_work, "_hang_up", told.append)
    with here.asking(is_safe=True), here.asking(), ExitStack() as stack:
        for _ in range(many):
            stack.enter_context(here.asking(takes_place=True))
        if is_away:
            shared_database.lost()
        look_after(here)

    assert len(told) == ended


def test_whoever_looks_has_time_for_a_first_answer_from_a_database_that_is_far_away(
    silent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off four times a second, a copy would never learn that the database is back."""
    told: list[object] = []
    here = AtWork()
    own = mock.Mock(connection=object())
    monkeypatch.setattr(at_work, "_hang_up", told.append)
    monkeypatch.setattr(at_work, "connections", {"default": own})
    shared_database.lost()
    with here.asking(is_looking=True):
        look_after(here)
        look_after(here)
        assert told == []
        # What has been there for so long is one that will never answer.
        monkeypatch.setattr(at_work, "FIRST_ANSWER", 0.0)
        look_after(here)
        assert told == [own]


def test_a_process_that_stood_still_breaks_nobody_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was paused for an hour, and the database is well; one that stays silent from then on is away."""
    now, away = [1000.0], []
    waits = iter([0.25, 3600.0, 0.25, *[1.0] * 6])

    class Stopped(Event):
        def wait(self, timeout: float | None = None) -> bool:
            passed = next(waits, None)
            now[0] += passed or 0.0
            return passed is None

    monkeypatch.setattr(reading_locally, "look_after", lambda _: away.append(shared_database.is_away()))
    for module in (reading_locally, shared_database):
        tells(monkeypatch, module, monotonic=lambda: now[0])
    shared_database.watch()
    try:
        reading_locally.let_go(Stopped())
    finally:
        shared_database.unwatch()

    assert away == [False] * 3 + [False] * 4 + [True] * 2


def test_an_answer_that_is_made_while_it_is_sent_is_waited_for_to_its_end(silent: None) -> None:
    closed: list[bool] = []

    class Parts:
        def __iter__(self) -> Iterator[bytes]:
            yield b"one"
            yield b"two"

        def close(self) -> None:
            closed.append(True)

    def view(request: object) -> HttpResponse:
        return StreamingHttpResponse(Parts())  # type: ignore[return-value]

    answer = ReadsLocally(view)(RequestFactory().get("/api/v1/snapshot/"))
    before = len(AT_WORK._asking)
    parts = iter(answer)
    assert (next(parts), len(AT_WORK._asking)) == (b"one", before + 1)
    assert (list(parts), len(AT_WORK._asking)) == ([b"two"], before)
    answer.close()
    assert closed == [True]


def test_an_answer_may_be_thrown_away_unread_in_the_middle_of_letting_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the collector of what is in circles does, in whichever thread it runs: that one would wait for itself."""
    here = AtWork()

    def let_go() -> None:
        unread = here.through([b"one", b"two"])
        next(unread)
        monkeypatch.setattr(at_work, "_hang_up", lambda _own: unread.close())
        here.let_go()

    thread = Thread(target=let_go, daemon=True)
    thread.start()
    thread.join(PATIENCE)

    assert not thread.is_alive()
    assert here._asking == set()


def test_a_copy_that_an_answer_finds_to_be_damaged_costs_nobody_an_answer(client: Client, tmp_path: Path) -> None:
    shelve(a_document(heading("Что это")))
    with a_local_copy(tmp_path):
        mirroring.catch_up()
        connections[ALIAS].close()
        file = mirror_place.current()
        assert file is not None
        with file.open("r+b") as opened:
            # The tables' names stand on the first page.
            opened.seek(4096)
            opened.write(b"\xff" * (file.stat().st_size - 4096))

        client.raise_request_exception = False
        answer = client.get("/ru/articles/sudorogi-v-testah/")

        assert (answer.status_code, "Что это" in answer.content.decode()) == (200, True)
        assert mirror_place.current() is None


@pytest.mark.postgresql
def test_a_disk_that_is_full_is_told_and_readers_are_answered_by_the_database(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the copy is made, and when it is brought up; beside a SQLite database both would be full."""
    full = "PRAGMA max_page_count=2;"
    page = "/ru/articles/sudorogi-v-testah/"
    monkeypatch.setattr(shared_database, "PATIENCE", -1.0)
    monkeypatch.setattr(shared_database, "SILENCE", float("inf"))
    shelve(a_document(heading("Что это")))
    with a_local_copy(tmp_path):
        shared_database.watch()
        with monkeypatch.context() as patch:
            patch.setattr(mirror_place, "_MAKER", full)
            with pytest.raises(DatabaseError, match="full"):
                mirroring.catch_up()
        assert list(tmp_path.glob("*.sqlite3*")) == []
        assert "Что это" in client.get(page).content.decode()
        mirroring.catch_up()
        # More than there is room for in the file.
        shelve(a_document(heading("Уже другое"), text(said("слово " * 50_000))), change="update", note="Яснее.")
        with monkeypatch.context() as patch:
            patch.setattr(mirror_place, "_WRITER", mirror_place._WRITER + full)
            with pytest.raises(DatabaseError, match="full"):
                mirroring.catch_up()
        assert "Уже другое" in client.get(page).content.decode()
        monkeypatch.setattr(shared_database, "HUSH", float("inf"))
        ready = client.get("/health/ready").json()
        assert ready == {"status": "adrift", "faults": ["the local copy of the shelf is behind"]}
        assert mirroring.catch_up() == 2
        assert client.get("/health/ready").json()["status"] == "ready"
