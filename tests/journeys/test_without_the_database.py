"""The shared database hangs, and then stops: readers are served from the copy of the shelf on the machine, a server
starts without it, and what was published meanwhile elsewhere arrives when it is back."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.factories.answers import BENIGN, LEADING
from tests.factories.triage import SLUG
from tests.services.patience import PATIENCE
from tests.services.servers import Postgresql, stoppable_postgresql
from tests.services.serving import Reply, Server, served

pytestmark = pytest.mark.postgresql

FILL = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.factories.documents import a_document, an_english_document, an_id, heading, shelve
from tests.factories.triage import shelve_protocol
shelve(a_document(heading("Что это")))
shelve(an_english_document(heading("What it is")), "en")
shelve(a_document(heading("Было"), title="Снимаемый", slug="snimaemyj"), item=an_id("to be withdrawn"))
shelve_protocol()
"""
PUBLISH = """
from tests.factories.documents import a_document, an_id, heading, shelve, withdraw
shelve(a_document(heading("Уже другое")), change="update", note="Яснее.")
withdraw(an_id("to be withdrawn"))
"""

PAGES = {
    "/ru/articles/sudorogi-v-testah/": "Что это",
    "/en/articles/cramps-in-tests/": "What it is",
    f"/ru/triage/{SLUG}/": "103",
    f"/en/triage/{SLUG}/": "112",
    "/ru/": "Судороги в тестах",
    "/en/feed.atom": "Cramps in tests",
    "/api/v1/articles/?lang=ru": "sudorogi-v-testah",
    f"/api/v1/triage/protocols/{SLUG}/?lang=en": SLUG,
}
DECIDE = f"/api/v1/triage/protocols/{SLUG}/decide/"
FORM = "application/x-www-form-urlencoded"


def elsewhere(server: Postgresql, repository: Path, script: str) -> str:
    """Do something with the shared database in a process of its own, as another machine would; return what it says."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test", "TEST_DATABASE_URL": server.address,
    }  # fmt: skip
    begin = "import django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + script],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def until(server: Server, path: str, is_so: Callable[[Reply], bool]) -> Reply:
    """Ask until the answer is so."""
    end = time.monotonic() + PATIENCE
    while True:
        reply = server.get(path)
        if is_so(reply):
            return reply
        assert time.monotonic() < end, (path, reply.status, reply.text[:500], server.log.read_text()[-2000:])
        time.sleep(0.1)


def readers_are_served(server: Server) -> None:
    """Pages, lists, feeds, the interface, and the questions of the triage to their end, in both languages."""
    for path, words in PAGES.items():
        reply = server.get(path)
        assert (reply.status, words in reply.text) == (200, True), (path, reply.status, reply.text[:500])
    for language, country in (("ru", "RU"), ("en", "GB")):
        form = urlencode({"country": country, "do": "start"}).encode()
        reply = server.post(f"/{language}/triage/{SLUG}/", form, FORM)
        assert (reply.status, 'name="state"' in reply.text) == (200, True), (language, reply.status, reply.text[:500])
        asked = {"language": language, "country": country, "answers": {**BENIGN, **LEADING["emergency"]}}
        reply = server.post(DECIDE, json.dumps(asked).encode(), "application/json")
        assert (reply.status, json.loads(reply.body).get("level")) == (200, "emergency"), reply.text[:500]


def what_is_away_says_so(server: Server) -> None:
    reply = until(server, "/api/v1/changes/", lambda reply: reply.status == 503)
    assert reply.headers["retry-after"] == "10"
    assert "112" in json.loads(reply.body)["emergency"]
    page = until(server, "/ru/search/?q=x", lambda reply: reply.status == 503)
    assert 'href="tel:103"' in page.text
    ready = until(server, "/health/ready", lambda reply: json.loads(reply.body)["status"] == "adrift")
    assert (ready.status, json.loads(ready.body)["faults"]) == (200, ["the database does not answer"])


@pytest.fixture
def database(repository: Path) -> Iterator[Postgresql]:
    with stoppable_postgresql() as server:
        if server is None:
            pytest.skip("the programs of PostgreSQL are not on this machine")
        elsewhere(server, repository, FILL)
        yield server


def test_readers_are_served_while_the_shared_database_hangs_and_while_it_is_gone(
    database: Postgresql, tmp_path: Path, repository: Path
) -> None:
    more = {
        "TEST_SHELF_MIRROR": str(tmp_path / "shelf.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "tests.services.open_questions",
    }
    with ExitStack() as stack:

        def start(name: str) -> Server:
            running = served(database.address, tmp_path / name, repository, workers=1, more=more)
            return stack.enter_context(running)

        first = start("first.log")
        # The copy is there and has been compared.
        until(first, "/health/ready", lambda reply: json.loads(reply.body)["status"] == "ready")
        assert list(tmp_path.glob("shelf-*.sqlite3"))
        readers_are_served(first)

        with database.frozen():
            readers_are_served(first)
            what_is_away_says_so(first)
            readers_are_served(first)
        until(first, "/api/v1/changes/", lambda reply: reply.status == 200)
        until(first, "/health/ready", lambda reply: json.loads(reply.body)["status"] == "ready")

        database.stop()
        readers_are_served(first)
        what_is_away_says_so(first)
        second = start("second.log")
        readers_are_served(second)
        what_is_away_says_so(second)

        database.start()
        elsewhere(database, repository, PUBLISH)
        for server in (first, second):
            until(server, "/ru/articles/sudorogi-v-testah/", lambda reply: "Уже другое" in reply.text)
            until(server, "/ru/articles/snimaemyj/", lambda reply: reply.status == 410)
            until(server, "/api/v1/changes/", lambda reply: reply.status == 200)
        for log in (first.log, second.log):
            assert "password" not in log.read_text(errors="replace")
