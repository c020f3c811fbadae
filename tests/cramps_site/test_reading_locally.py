"""Readers are answered from the local copy of the shelf alone, with the very bytes; everybody else is told at once that
the shared database is away."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory

from articles.api.v1.offers import OFFERS
from articles.canonical.languages import LANGUAGES
from articles.editions import mirroring, shared_database
from articles.editions.mirror_place import TABLES
from articles.editions.shelf import Mention, Standing
from cramps_site.at_work import AtWork
from cramps_site.reading_locally import is_for_readers
from tests.factories.local_copy import a_local_copy
from tests.pages.reaching import by_client, open_questions
from tests.pages.shelf import fill
from tests.pages.table import PAGES
from tests.services.patience import PATIENCE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Pages that only the shared database can make: what is found, and what came of a copy or of a request.
ELSEWHERE = re.compile(r"/(search|verify|partners)/")


def addresses() -> list[str]:
    """Everything that is answered from the shelf alone and is no page of the table."""
    found = ["/sitemap.xml", "/sitemaps/0.xml", "/sitemaps/1.xml", "/api/v1/", "/en/partners/", "/en/nothing/x/"]
    for language in LANGUAGES:
        found += [f"/{language}/feed.atom", f"/{language}/feed.json"]
        found += [f"/api/v1/{offer.collection}/?lang={language}&limit=3" for offer in OFFERS.values()]
        found += [f"/api/v1/{place}/?lang={language}" for place in ("quotes", "sources")]
        found.append(f"/api/v1/lookup/?system=icd10&code=R25.2&lang={language}")
    for name in ("quote", "source"):
        part = Mention.objects.filter(part_kind=name, edition__in=Standing.objects.values("edition")).first()
        assert part is not None
        found.append(f"/api/v1/{name}s/{part.part}/?lang=ru")
    for kind, offer in OFFERS.items():
        row = Standing.objects.select_related("edition").filter(kind=kind, language="ru", state="live").first()
        assert row is not None, kind
        own = f"/api/v1/{offer.collection}/{row.item}/"
        number = row.edition.number
        found += [f"{own}{rest}?lang=ru" for rest in ("", "editions/", f"editions/{number}/")]
        found.append(f"{own}editions/{number}/document/?lang=ru")
    return found


@contextmanager
def without_the_shared_database() -> Iterator[list[str]]:
    """Within the block it answers nothing; yields what it was asked."""
    asked: list[str] = []

    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        raise AssertionError(f"the shared database was asked: {sql[:200]}")

    with connection.execute_wrapper(refuse):
        yield asked


def told(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, dict(answer.headers)


def test_every_page_and_every_answer_is_made_from_the_copy_with_the_very_bytes(client: Client, tmp_path: Path) -> None:
    fill()
    rows = [(row, language) for row in PAGES for language in LANGUAGES if not ELSEWHERE.search(row.paths[language])]
    pages = [(row, language) for row, language in rows if not row.presses]
    conversations = [(row, language) for row, language in rows if row.presses]
    others = addresses()
    with open_questions():
        as_ever = [told(by_client(client, *one)) for one in pages] + [told(client.get(path)) for path in others]
        statuses = [by_client(client, *one).status_code for one in conversations]
        with a_local_copy(tmp_path):
            mirroring.catch_up()
            with without_the_shared_database() as asked:
                here = [told(by_client(client, *one)) for one in pages] + [told(client.get(path)) for path in others]
                assert [by_client(client, *one).status_code for one in conversations] == statuses

    assert asked == []
    names = [row.paths[language] for row, language in pages] + others
    assert [name for name, before, now in zip(names, as_ever, here, strict=True) if before != now] == []
    assert all(status < 500 for status, *_ in here)


def test_what_needs_the_shared_database_says_at_once_that_it_is_away(client: Client, tmp_path: Path) -> None:
    fill()
    with a_local_copy(tmp_path):
        mirroring.catch_up()
        shared_database.watch()
        shared_database.lost()
        with without_the_shared_database():
            for path in ("changes/", "snapshot/", f"verify/?digest={'0' * 64}", "search/?q=судорога", "usage/"):
                answer = client.get(f"/api/v1/{path}", headers={"accept-language": "en"})
                problem = json.loads(answer.content)
                assert (answer.status_code, answer["Retry-After"]) == (503, "10"), path
                assert answer["Content-Type"] == "application/problem+json"
                assert "112" in problem["emergency"]
            for path in ("/en/search/?q=cramp", f"/ru/verify/?digest={'0' * 64}", "/admin/"):
                answer = client.get(path)
                assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
                assert 'href="tel:112"' in answer.content.decode()
            assert client.post("/en/partners/", {"name": "x"}).status_code == 503
            assert client.get("/en/").status_code == 200
            ready = client.get("/health/ready")
            assert (ready.status_code, ready.json()) == (
                200, {"status": "adrift", "faults": ["the database does not answer"]},
            )  # fmt: skip
            assert client.get("/health/live").status_code == 200


def test_a_key_that_nobody_can_look_up_is_answered_without_waiting(client: Client, tmp_path: Path) -> None:
    fill()
    with a_local_copy(tmp_path):
        mirroring.catch_up()
        shared_database.watch()
        shared_database.lost()
        with without_the_shared_database() as asked:
            answer = client.get("/api/v1/articles/?lang=en", headers={"authorization": f"Bearer {'k' * 40}"})

    assert answer.status_code < 504
    assert asked == []


def test_without_a_copy_and_without_the_shared_database_readers_get_the_numbers(client: Client, tmp_path: Path) -> None:
    with a_local_copy(tmp_path):
        shared_database.watch()
        shared_database.lost()
        with without_the_shared_database():
            page, answer, ready = (client.get(path) for path in ("/ru/", "/api/v1/articles/", "/health/ready"))

    assert (page.status_code, answer.status_code, ready.status_code) == (503, 503, 503)
    assert 'href="tel:103"' in page.content.decode()
    assert "112" in answer.json()["emergency"]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/ru/articles/x/", True),
        ("HEAD", "/api/v1/articles/", True),
        ("POST", "/ru/triage/leg-cramp-triage/", True),
        ("POST", "/api/v1/triage/protocols/leg-cramp-triage/decide/", True),
        ("POST", "/ru/partners/", False),
        ("POST", "/api/v1/webhooks/", False),
        ("DELETE", "/ru/articles/x/", False),
        ("GET", "/admin/", False),
        ("GET", "/api/v1/changes/", False),
        ("GET", "/en/search/", False),
    ],
)
def test_which_requests_are_answered_from_the_copy(method: str, path: str, expected: bool) -> None:
    assert is_for_readers(RequestFactory().generic(method, path)) is expected


def test_every_table_of_the_shelf_is_copied() -> None:
    """A table that is added to the shelf belongs in the copy, or readers wait for the shared database."""
    from django.apps import apps

    shelf = {
        model
        for model in apps.get_app_config("articles").get_models()
        if model.__module__.startswith("articles.editions.")
    }
    assert shelf == set(TABLES)


def test_nobody_is_let_go_who_does_not_wait() -> None:
    at_work = AtWork()
    with at_work.asking(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    at_work.let_go()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_database_that_fell_silent_is_let_go() -> None:
    at_work, faults = AtWork(), []

    def wait() -> None:
        with at_work.asking():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(100000)")
            except OperationalError as fault:
                faults.append(fault)
            finally:
                connections.close_all()

    waiting = Thread(target=wait)
    waiting.start()
    end = time.monotonic() + PATIENCE
    while not sleepers() and time.monotonic() < end:
        time.sleep(0.05)
    at_work.let_go()
    waiting.join(PATIENCE)

    assert len(faults) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {SLEEPERS}")


# Of the database of this test, and not of another one on the same server.
SLEEPERS = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"


def sleepers() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {SLEEPERS}")
        return int(cursor.fetchone()[0])
