"""What a load balancer is told."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from articles.editions import guards, queries


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


def test_not_ready_without_a_database_and_nothing_is_told_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise DatabaseError("could not connect to db.internal as site:password")

    monkeypatch.setattr(queries, "head", lost)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["faults"] == ["the database does not answer"]
