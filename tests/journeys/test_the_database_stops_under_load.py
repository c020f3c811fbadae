"""The shared database hangs, then stops, while many ask for everything: readers are answered all the while, and nobody
waits for good.

A phase lasts until everybody has been answered several times in it, so a thread of the server that waits for what never
comes ends the test, and a slow machine only makes it longer. How long answers took is printed, and never asserted.
`ROUNDS` says how often the database goes away; `make soak` does it with more processes and askers.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories.triage import SLUG
from tests.journeys.asking_all_the_time import FORM, Crowd, Question, of_readers
from tests.journeys.test_without_the_database import FILL, PAGES, elsewhere, until
from tests.services.servers import Postgresql, stoppable_postgresql
from tests.services.serving import Server, served

pytestmark = pytest.mark.postgresql

ROUNDS = int(os.environ.get("ROUNDS", "1"))
LONG = ROUNDS > 1
# More who ask the shared database than a server has threads.
WORKERS, THREADS, READERS, OTHERS = (2, 8, 6, 24) if LONG else (1, 8, 3, 12)
ANSWERS = 20 if LONG else 3

KEY = """
from django.contrib.auth.models import User
from django.utils import timezone
from articles.partners import keys
from articles.partners.partner import Partner
by = User.objects.create_user("issuer@tests", is_staff=True)
partner = Partner.objects.create(
    name="Tests", email="nobody@example.org", safety_email="nobody@example.org", language="en",
    created_at=timezone.now(), created_by=by,
)
print(keys.issue(partner, at=timezone.now())[1])
"""
PUBLISH = """
from tests.factories.documents import a_document, an_id, heading, shelve, restore, withdraw
shelve(a_document(heading("Заново {round}")), change="update", note="Яснее.")
withdraw(an_id("to be withdrawn")) if {round} % 2 == 0 else restore(an_id("to be withdrawn"))
"""

CHANGING, GOING = "/ru/articles/sudorogi-v-testah/", "/ru/articles/snimaemyj/"


def of_others(key: str) -> list[Question]:
    """What only the shared database can say, by people, programs and editors."""
    return [
        Question("/api/v1/changes/", shared=True),
        Question("/ru/search/?q=%D1%81%D1%83%D0%B4%D0%BE%D1%80%D0%BE%D0%B3%D0%B0", shared=True),
        Question("/api/v1/search/?q=cramp&lang=en", shared=True),
        Question(f"/api/v1/verify/?digest={'0' * 64}", shared=True),
        Question("/api/v1/snapshot/", shared=True),
        Question("/api/v1/articles/?lang=en", shared=True, key=key),
        Question("/api/v1/articles/?lang=en&limit=1", shared=True, key=key),
        Question("/admin/login/", "csrfmiddlewaretoken", shared=True),
        Question("/admin/login/", body=b"username=x&password=y", media_type=FORM, shared=True, status=403),
    ]


@pytest.fixture
def database(repository: Path) -> Iterator[tuple[Postgresql, str]]:
    with stoppable_postgresql() as server:
        if server is None:
            pytest.skip("the programs of PostgreSQL are not on this machine")
        yield server, elsewhere(server, repository, FILL + KEY).split()[-1]


def says(server: Server, status: str) -> bool:
    return bool(json.loads(server.get("/health/ready").body)["status"] == status)


def it_has_caught_up(server: Server, published: str, status: int) -> None:
    until(server, "/health/ready", lambda reply: json.loads(reply.body)["status"] == "ready")
    until(server, CHANGING, lambda reply: published in reply.text)
    until(server, GOING, lambda reply: reply.status == status)


def test_readers_are_answered_under_load_while_the_shared_database_hangs_and_while_it_is_gone(
    database: tuple[Postgresql, str], tmp_path: Path, repository: Path
) -> None:
    stopping, key = database
    more = {
        "TEST_SHELF_MIRROR": str(tmp_path / "shelf.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "tests.services.open_questions",
    }
    with ExitStack() as stack:

        def start(name: str, workers: int) -> Server:
            one = served(stopping.address, tmp_path / name, repository, workers=workers, threads=THREADS, more=more)
            return stack.enter_context(one)

        server = start("server.log", WORKERS)
        running = [server]
        until(server, "/health/ready", lambda reply: json.loads(reply.body)["status"] == "ready")
        crowd = Crowd(server)
        pages = {path: words for path, words in PAGES.items() if path != CHANGING}
        with crowd.asking((READERS, of_readers(pages, SLUG)), (OTHERS, of_others(key))):
            crowd.during("all is well", answers=ANSWERS)
            for round in range(ROUNDS):
                with stopping.frozen():
                    crowd.during("hanging", answers=ANSWERS, until=lambda: says(server, "adrift"))
                crowd.during("awake again", answers=1, until=lambda: says(server, "ready"))
                crowd.during("all is well", answers=1)
                crowd.phase = "gone"
                stopping.stop()
                crowd.during("gone", answers=ANSWERS, until=lambda: says(server, "adrift"))
                if LONG:
                    # That one can start meanwhile is also shown without load (test_without_the_database.py).
                    running.append(start(f"late {round}.log", 1))
                    assert says(running[-1], "adrift")
                    assert "112" in running[-1].get(f"/en/triage/{SLUG}/").text
                crowd.phase = "back"
                stopping.start()
                elsewhere(stopping, repository, PUBLISH.format(round=round))
                for one in running:
                    it_has_caught_up(one, f"Заново {round}", 410 if round % 2 == 0 else 200)
                crowd.during("all is well", answers=ANSWERS)
            # What is refused while all is well is refused now and then. What is asked is drawn at random, so by chance
            # something was asked in bad times only.
            crowd.during("all is well", answers=0, until=lambda: not crowd.never_answered())
        print("\n".join(crowd.told()))
        for log in tmp_path.glob("*.log"):
            assert "password" not in log.read_text(errors="replace")
