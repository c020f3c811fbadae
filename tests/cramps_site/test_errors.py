"""Our own faults: the pages need nothing that could fail again, and say nothing of what went wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client

from articles.reader import pages
from tests.articles.reader.markup import read

STATIC = ["500.html", "503.html"]


def failing(client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> Client:
    def fail(*args: object, **kwargs: object) -> None:
        raise fault

    monkeypatch.setattr(pages, "section", fail)
    client.raise_request_exception = False
    return client


def test_a_fault_answers_with_no_reason_and_is_kept_by_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = failing(client, monkeypatch, RuntimeError("a secret of the machine")).get("/ru/articles/")
    page = read(answer.content.decode())

    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert "secret" not in page.html


@pytest.mark.parametrize("fault", [OperationalError("db.internal refused"), InterfaceError("connection closed")])
def test_a_database_out_of_reach_answers_503_and_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    answer = failing(client, monkeypatch, fault).get("/en/articles/")

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert "internal" not in answer.content.decode()


def test_wrong_sql_is_a_fault_of_ours_and_not_a_database_out_of_reach(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failing(client, monkeypatch, ProgrammingError("no such table")).get("/ru/articles/").status_code == 500


@pytest.mark.django_db
def test_a_missing_table_is_a_fault_of_ours_on_sqlite_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*args: object) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM there_is_no_such_table")

    monkeypatch.setattr(pages, "section", ask)
    client.raise_request_exception = False

    assert client.get("/ru/articles/").status_code == 500


ASK = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
for path in ("/ru/articles/x/", "/en/", "/api/v1/articles/?lang=en"):
    answer = client.get(path)
    print(answer.status_code, answer.headers.get("Retry-After"), answer.headers["Content-Type"])
"""


def test_behind_a_closed_port_readers_get_the_page_and_partners_the_problem(repository: Path) -> None:
    """A process of its own, whose database is an address where nobody listens."""
    nowhere = {"TEST_DATABASE_URL": "postgres://tests:tests@127.0.0.1:1/nothing", "DATABASE_URL": ""}
    settings = {"DJANGO_SETTINGS_MODULE": "cramps_site.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=repository, env=os.environ | nowhere | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip

    lines = done.stdout.splitlines()
    assert lines[:2] == ["503 10 text/html; charset=utf-8"] * 2, done.stderr
    assert re.fullmatch(r"503 \d+ application/problem\+json", lines[2])


@pytest.mark.parametrize("name", STATIC)
def test_a_static_page_uses_only_what_is_served_without_django(name: str, repository: Path) -> None:
    page = (repository / "cramps_site/templates" / name).read_text()

    assert re.findall(r"{[{%#]", page) == []
    assert set(re.findall(r'(?:src|href)="(/[^"]*)"', page)) <= {"/static/articles/site.css", "/ru/", "/en/"}
    assert (repository / "articles/static/articles/site.css").is_file()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", STATIC)
def test_a_static_page_names_the_emergency_numbers_of_every_country_that_we_hold(
    name: str, language: str, repository: Path
) -> None:
    """In both languages, each country in the words of the bundled services: the pages cannot drift away from them."""
    services = [yaml.safe_load(path.read_text()) for path in (repository / "articles/starter/care_services").iterdir()]
    held = {(one["note"][language], one["number"]) for one in services if one["purpose"] == "emergency"}
    page = read((repository / "cramps_site/templates" / name).read_text())
    html = next(
        part for part in re.findall(r"<section.*?</section>", page.html, re.DOTALL) if f"sos-{language}" in part
    )

    told = {
        (re.sub(r"<[^>]+>|&nbsp;|\d+| or | или", " ", line).strip(), number)
        for line in re.findall(r"<li>(.*?)</li>", html)
        for number in re.findall(r'<a href="tel:(\d+)">\1</a>', line)
    }

    assert held
    assert told == held


def test_robots_are_kept_from_the_desk_only(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in answer.content.decode()
    assert "Disallow: /\n" not in answer.content.decode()
