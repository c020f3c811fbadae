"""The site as it is served, with several processes: a revoked key is shut in all of them at once, and what each process
has counted is written when it ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.services.running import PATIENCE, free_port

pytestmark = pytest.mark.any_database

# What `make run` serves with, on an empty shelf: keys need no texts. Who runs the tests in the background hands on that
# Ctrl-C is not heard.
SERVE = """
import signal, sys
from cramps_site.serve import serve
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(serve(int(sys.argv[1])))
"""

_BEGINNING = """
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from articles.partners import keys
from articles.partners.keys import Key
from articles.partners.partner import Partner
"""

ISSUE = """
call_command("migrate", verbosity=0, interactive=False)
now = timezone.now()
admitted_by = User.objects.create_user("admits-partners")
partner = Partner.objects.create(name="Clinic of the tests", email="a@partner.test", safety_email="b@partner.test",
                                 created_at=now, created_by=admitted_by)
print(keys.issue(partner, at=now)[1])
"""
REVOKE = "keys.revoke(Key.objects.get(), at=timezone.now())"


class Site:
    """The served site on a database of its own."""

    def __init__(self, place: Path, repository: Path) -> None:
        self.database, self.log, self.repository = place / "site.sqlite3", place / "site.log", repository
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev", "DATABASE_URL": f"sqlite:///{self.database}",
            "CACHE_URL": "",
        }  # fmt: skip
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def elsewhere(self, script: str) -> str:
        """Run a few lines in a process of their own; return what they print."""
        command = [sys.executable, "-c", _BEGINNING + script]
        done = subprocess.run(
            command, cwd=self.repository, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def serve(self) -> None:
        command = [sys.executable, "-c", SERVE, str(self.port)]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=self.repository, env=self.environment, stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while "Ctrl-C stops everything." not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)

    def ask(self, path: str, key: str) -> tuple[int, Any]:
        """Ask on a connection of its own, so that any of the processes may answer."""
        headers = {"Authorization": f"Bearer {key}", "Connection": "close"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@pytest.fixture
def site(tmp_path: Path, repository: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    made = Site(tmp_path, repository)
    if connection.vendor == "sqlite":
        # As the migrations leave it: to go through them once more is most of the work of this test.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made.database)])
    yield made
    made.stop()


def test_a_key_is_shut_in_every_process_at_once_and_every_process_writes_what_it_counted(site: Site) -> None:
    key = site.elsewhere(ISSUE)
    site.serve()

    assert {site.ask("/api/v1/", key)[0] for _ in range(20)} == {200}
    assert site.ask("/api/v1/usage/", key)[1]["keys"][0]["is_this"]
    site.elsewhere(REVOKE)
    assert {site.ask("/api/v1/", key)[0] for _ in range(20)} == {401}

    site.stop()
    said = site.log.read_text()
    assert key not in said
    # On a machine so busy that a worker does not end within its seconds, the server kills it, and says so.
    if "killing" not in said.lower():
        [figures] = site.rows("SELECT sum(requests), sum(unchanged), sum(refused) FROM articles_usageday")
        assert figures == (41, 0, 20)
        assert site.rows("SELECT count(*) FROM articles_key WHERE last_used_at IS NOT NULL") == [(1,)]
