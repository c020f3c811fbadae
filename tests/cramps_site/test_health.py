"""What a load balancer is told."""

import pytest
from django.core.checks import WARNING
from django.db import DatabaseError, connection
from django.test import Client

from articles import checks
from articles.editions import guards, queries
from articles.publishing import touching


def test_live_asks_nothing_of_the_database(client: Client) -> None:
    # Without the mark for a database, any query in here would fail the test.
    answer = client.get("/health/live")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_ready_when_the_shelf_can_be_read_and_is_guarded(client: Client) -> None:
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "faults": []})


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_a_guard_and_it_is_named(client: Client) -> None:
    on = ' ON "articles_edition"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "articles_edition_never_deleted"{on}')
    try:
        answer = client.get("/health/ready")
    finally:
        guards.install_guards()

    assert answer.status_code == 503
    assert answer.json()["faults"] == ["guard missing: articles_edition_never_deleted"]


@pytest.mark.django_db(transaction=True)
def test_a_desk_whose_lists_would_stay_as_they_were_is_warned_of_and_readers_are_served(client: Client) -> None:
    [name, *_] = sorted(name for name in touching._present(connection) if "_update_articles_text_" in name)
    on = ' ON "articles_text"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    try:
        answer = client.get("/health/ready")
        [warning] = checks.what_makes_lists_old_is_in_the_database(databases=["default"])
    finally:
        touching.install_touching()

    assert answer.status_code == 200
    # An update may lack them all ahead of `migrate`, which asks for the checks and would stop at an error.
    assert (warning.id, warning.level, name in warning.msg) == ("articles.W001", WARNING, True)
    assert checks.what_makes_lists_old_is_in_the_database(databases=["default"]) == []


def test_not_ready_without_a_database_and_nothing_is_told_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise DatabaseError("could not connect to db.internal as site:password")

    monkeypatch.setattr(queries, "head", lost)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["faults"] == ["the database does not answer"]
