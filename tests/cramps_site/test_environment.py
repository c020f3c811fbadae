"""A wrong environment stops the start with a sentence that says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from cramps_site.settings import environment


def test_a_variable_without_default_must_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY in the environment"):
        environment.text("SECRET_KEY")


def test_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", " example.org , www.example.org,")
    assert environment.names("ALLOWED_HOSTS", []) == ["example.org", "www.example.org"]


@pytest.mark.parametrize("value", ["example.org", "ftp://example.org", "https://example.org/site", "https://?a", "//a"])
def test_an_address_has_a_scheme_and_a_host_only(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="give a scheme and a host only"):
        environment.address("SITE_URL", "http://127.0.0.1:8000")


def test_a_slash_after_an_address_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    assert environment.address("SITE_URL", "") == "https://example.org"


@pytest.mark.parametrize("value", ["mysql://u:p@h/db", "nonsense", "redis://h"])
def test_only_sqlite_and_postgresql_are_databases(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database()


def test_a_postgresql_address_is_read_with_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://site:s%40cret@db.example:5433/cramps")
    settings = environment.database()
    assert (settings["ENGINE"], settings["HOST"], settings["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
    )
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("site", "s@cret", "cramps")


def test_the_embedded_database_is_the_default_and_queues_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    settings = environment.database()
    assert settings["NAME"] == str(environment.VAR / "site.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_the_embedded_database_stays_open_between_requests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'site.sqlite3'}")
    wrapper = ConnectionHandler({"default": environment.database()})["default"]
    try:
        wrapper.ensure_connection()
        opened = wrapper.connection
        wrapper.close_if_unusable_or_obsolete()  # as Django does around each request
        assert wrapper.connection is opened
    finally:
        wrapper.close()


def test_only_redis_is_a_shared_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "memcached://h:1")
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must name a Redis server"):
        environment.cache()


@pytest.mark.parametrize("value", ["-1", "10", "one", "1.0", "١"])
def test_a_number_of_the_environment_is_a_whole_one_within_bounds(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PROXIES", value)
    with pytest.raises(ImproperlyConfigured, match=r"PROXIES is .*: give a whole number from 0 to 9"):
        environment.whole_number("PROXIES", 0, most=9)


def test_a_number_that_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXIES", " ")
    assert environment.whole_number("PROXIES", 0, most=9) == 0
    monkeypatch.setenv("PROXIES", "2")
    assert environment.whole_number("PROXIES", 0, most=9) == 2


def test_lines_of_the_snapshot_lie_beside_the_copy_of_the_shelf_unless_a_directory_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SNAPSHOT_LINES", raising=False)
    assert environment.lines("") == str(environment.VAR)
    assert environment.lines("/data/shelf.sqlite3") == "/data"

    monkeypatch.setenv("SNAPSHOT_LINES", "/large/disk")
    assert environment.lines("/data/shelf.sqlite3") == "/large/disk"

    monkeypatch.setenv("SNAPSHOT_LINES", "var")
    with pytest.raises(ImproperlyConfigured, match="SNAPSHOT_LINES is «var»"):
        environment.lines("")


def test_a_cache_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:6379/0")
    assert environment.cache()["OPTIONS"] == {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "CONTACT_EMAIL", "OPERATOR_RU", "OPERATOR_EN"])
def test_production_does_not_start_without_what_only_its_owner_knows(missing: str, repository: Path) -> None:
    complete = {
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://example.org",
        "ALLOWED_HOSTS": "example.org",
        "CONTACT_EMAIL": "desk@example.org",
        "OPERATOR_RU": "Редакция",
        "OPERATOR_EN": "Editors",
    }
    environ = {key: value for key, value in os.environ.items() if key not in complete}
    given = {key: value for key, value in complete.items() if key != missing}
    settings = {"DJANGO_SETTINGS_MODULE": "cramps_site.settings.production"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=repository, env=environ | given | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert f"Set {missing} in the environment" in done.stderr


def test_production_does_not_start_while_webhooks_may_lead_to_this_machine(repository: Path) -> None:
    given = {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.production",
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://example.org",
        "CONTACT_EMAIL": "desk@example.org",
        "OPERATOR_RU": "Редакция",
        "OPERATOR_EN": "Editors",
        "OUTGOING_LOOPBACK": "1",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=repository, env=os.environ | given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "OUTGOING_LOOPBACK is for trying out" in done.stderr
