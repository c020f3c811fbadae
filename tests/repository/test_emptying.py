"""The database is emptied behind each test that commits, whoever is still at work in it."""

import threading

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.db import connection, transaction

from tests.services.emptying import emptied
from tests.services.patience import PATIENCE


@pytest.mark.django_db(transaction=True)
def test_what_stopped_it_once_is_tried_again() -> None:
    tries: list[int] = []

    def flush() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise CommandError("deadlock detected")

    emptied(flush)
    assert len(tries) == 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_transaction_of_somebody_else() -> None:
    began, may_end = threading.Event(), threading.Event()
    done: list[str] = []

    def somebody_else() -> None:
        try:
            with transaction.atomic():
                User.objects.create_user("late@tests")
                began.set()
                assert may_end.wait(PATIENCE)
                # Before its end and not behind it, where the emptying may come first.
                done.append("their transaction")
        finally:
            connection.close()

    other = threading.Thread(target=somebody_else)
    other.start()
    assert began.wait(PATIENCE)
    threading.Timer(0.5, may_end.set).start()
    emptied(lambda: done.append("the emptying"))
    other.join(PATIENCE)
    assert done == ["their transaction", "the emptying"]


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_begins_with_nothing_but_the_roles() -> None:
    assert not User.objects.exists()
    assert Group.objects.filter(name="editor").exists()
