"""Somebody answers, by form and by the API, and is refused in every way: then everything that is left is searched."""

import io
import logging
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone

from articles.content.word_parts import TRIGRAMS
from tests.factories.triage import BENIGN, SLUG, shelve_protocol
from tests.journeys.triage import traces as look
from tests.journeys.triage.traces import ANSWERS, SECRET, Journey, Reply, traces
from tests.services.patience import PATIENCE
from tests.services.running import FirstRun, Run, files_written, running_on_a_copy
from triage.engine.deciding import Engine

Places = list[tuple[str, bytes]]


# On the site as `make run` serves it


@pytest.fixture(scope="module")
def real(filled: FirstRun, tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Run]:
    place = tmp_path_factory.mktemp("traceless") / "site.sqlite3"
    with running_on_a_copy(filled, place, repository) as run:
        yield run


def asking(run: Run) -> look.Ask:
    def ask(method: str, path: str, body: bytes, type: str) -> Reply:
        headers = {"Content-Type": type} if type else {}
        address = f"http://127.0.0.1:{run.port}{path}"
        request = urllib.request.Request(address, data=body or None, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Reply(answer.status, answer.read().decode())
        except urllib.error.HTTPError as fault:
            with fault:
                return Reply(fault.code, fault.read().decode())

    return ask


def left_by(run: Run, repository: Path, since: float) -> Places:
    """What the server said, the database with its journal files, and every file that was written meanwhile."""
    return list(files_written([run.database.parent, repository / "var"], since).items())


def test_a_journey_by_form_and_by_api_leaves_no_trace_on_the_server(real: Run, repository: Path) -> None:
    before = list(files_written([real.database.parent], 0).items())
    began, journey = time.time(), Journey(asking(real))
    look.through_the_questions(journey)
    look.by_the_api(journey)
    look.refusals(journey)
    real.rows("ALTER TABLE articles_standing RENAME TO lost")
    look.while_the_shelf_is_lost(journey)
    real.rows("ALTER TABLE lost RENAME TO articles_standing")
    real.until("no such table")

    # The journey was one: outcomes by form and by the API, refusals of all kinds, faults of ours.
    assert journey.outcomes >= 3
    assert len(set(journey.tokens)) > 10
    assert {200, 400, 404, 405, 413, 415, 500} <= set(journey.replies)
    after = dict(left_by(real, repository, began))
    assert b"Traceback" in after[real.log.name]
    # Rows that were just written may still lie in the journal of the database.
    assert any(SLUG.encode() in left for name, left in before if name.startswith(real.database.name))

    assert traces(before, journey.tokens) == []
    assert traces(after.items(), journey.tokens) == []


# In one process, on each database and with each cache


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Whatever any logger says, at any level, with its traces."""
    words, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(words), root.level
    own = [logger for logger in map(logging.getLogger, list(root.manager.loggerDict)) if logger.level]
    levels = {logger: logger.level for logger in own}
    root.addHandler(handler)
    for logger in (root, *own):
        logger.setLevel(1)
    yield words
    root.removeHandler(handler)
    root.setLevel(level)
    for logger, before in levels.items():
        logger.setLevel(before)


@pytest.fixture
def journey(db: None, settings: Any) -> Iterator[Journey]:
    cache.clear()
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol()
    client = Client(raise_request_exception=False)

    def ask(method: str, path: str, body: bytes, type: str) -> Reply:
        response = client.generic(method, path, body, content_type=type or "text/plain")
        assert response.cookies == {}
        return Reply(response.status_code, response.content.decode())

    yield Journey(ask)
    cache.clear()


def rows() -> Places:
    """Every row of every table."""
    found = []
    with connection.cursor() as cursor:
        # A table of FTS5 without texts cannot be read: what it has are its terms and the tables beside it.
        for table in sorted(set(connection.introspection.table_names(cursor)) - {TRIGRAMS}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.append((f"table {table}", repr(cursor.fetchall()).encode()))
    return found


def cached() -> Places:
    """Every key and value of the cache, as it lies there."""
    if isinstance(cache._connections[cache._alias], LocMemCache):
        return [("cache", f"{key} {value!r}".encode()) for key, value in cache._cache.items()]
    held = cache._cache.get_client()
    return [("cache", key + b" " + (held.get(key) or b"")) for key in held.keys("*")]


def everything(words: io.StringIO) -> Places:
    queries = repr(connection.queries_log).encode()
    return [*rows(), *cached(), ("log", words.getvalue().encode()), ("queries", queries)]


def whole(journey: Journey) -> None:
    look.through_the_questions(journey)
    look.by_the_api(journey)
    look.refusals(journey)


def test_no_row_no_cache_and_no_log_of_any_level_holds_an_answer(
    journey: Journey, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.force_debug_cursor = True
    try:
        whole(journey)
        # A fault of ours, in the midst of deciding.
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "rank", _broken)
            look.while_the_shelf_is_lost(journey)
        left = everything(said)
    finally:
        connection.force_debug_cursor = False

    assert journey.outcomes >= 3
    assert journey.replies[-2:] == [500, 500]
    # Everything was looked at: the protocol in its table, the fault in the log, the limits in the cache.
    places = dict(left)
    assert SLUG.encode() in places["table articles_edition"]
    assert b"Traceback" in places["log"]
    assert b"SELECT" in places["queries"]
    assert any(place == "cache" for place, _ in left)
    assert traces(left, journey.tokens) == []


def _broken(engine: Engine, chosen: frozenset[str]) -> int:
    raise ValueError(f"cannot decide {sorted(chosen)}")


# The search itself: what leaks must be found


Leak = Callable[[HttpRequest, bytes], None]


def logs_the_body(request: HttpRequest, body: bytes) -> None:
    logging.getLogger("leaking").warning("asked: %s", body.decode(errors="replace"))


def keeps_the_body(request: HttpRequest, body: bytes) -> None:
    cache.set(f"asked-{len(cached())}", body)


def stores_the_body(request: HttpRequest, body: bytes) -> None:
    key = f"{Session.objects.count():040}"
    Session.objects.create(session_key=key, session_data=repr(body), expire_date=timezone.now())


def logs_the_address(request: HttpRequest, body: bytes) -> None:
    logging.getLogger("leaking").debug("%s", request.get_full_path())


class Leaking:
    """A middleware that does with every request what nobody may."""

    leak: Leak = staticmethod(logs_the_body)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        type(self).leak(request, request.body)
        return self.get_response(request)


@pytest.mark.parametrize("leak", [logs_the_body, keeps_the_body, stores_the_body, logs_the_address])
def test_a_leak_would_be_found(
    leak: Leak, journey: Journey, said: io.StringIO, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Leaking, "leak", staticmethod(leak))
    settings.MIDDLEWARE = [f"{__name__}.Leaking", *settings.MIDDLEWARE]
    whole(journey)
    assert traces(everything(said), journey.tokens) != []


def test_an_engine_that_says_what_it_decides_would_be_found(
    journey: Journey, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    rank = Engine.rank

    def loud(engine: Engine, chosen: frozenset[str]) -> int:
        logging.getLogger("leaking").info("deciding %s", sorted(chosen))
        return rank(engine, chosen)

    monkeypatch.setattr(Engine, "rank", loud)
    look.by_the_api(journey)
    assert ("log", "danger.loc_past") in traces(everything(said), [])


@pytest.mark.parametrize(
    "left",
    [
        '{"danger":["loc_past","jerk_one"]}',
        '{"danger": ["jerk_one", "loc_past"], "leg": ["none"]}',
        "{'danger': ['loc_past', 'jerk_one']}",
        '"{\\"danger\\": [\\"loc_past\\"]}"',
        "[('danger', 'loc_past')]",
        "answer=none&answer=jerk_one",
        "POST /ru/triage/?answer=loc_past",
        "danger.loc_past",
        "frozenset({'strength.tremor'})",
        "danger=loc_past",
        "eyJkYW5nZXIiOlsibG9jX3Bhc3QiLCJqZXJrX29uZSJdfQ==",
        f"refused: {SECRET}",
        "%D1%82%D0%B0%D0%B9%D0%BD%D0%B0%D1%8F-%D0%B1%D0%BE%D0%BB%D0%B5%D0%B7%D0%BD%D1%8C-7319",
        "payload-that-is-longer-than-forty-eight-signs-so-it-has-an-end:signature",
    ],
)
def test_every_writing_of_an_answer_is_known(left: str) -> None:
    tokens = ["payload-that-is-longer-than-forty-eight-signs-so-it-has-an-end:signature"]
    assert traces([("somewhere", left.encode())], tokens) != []


def test_a_protocol_that_names_every_answer_is_no_trace(repository: Path) -> None:
    file = (repository / "triage" / "protocols" / "starter" / "leg-cramp-triage.json").read_bytes()
    assert all(re.search(option.encode(), file) for chosen in ANSWERS.values() for option in chosen)
    assert traces([("file", file)], []) == []
    assert all(one in BENIGN for one in ANSWERS)
