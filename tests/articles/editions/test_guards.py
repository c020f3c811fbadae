"""Rows that were written for good refuse every change, in Python and in the database."""

import threading

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.migrations.operations import AddField
from django.db.migrations.state import ProjectState

from articles.checks import guards_are_in_the_database
from articles.editions.guards import erasing, immutable_models, lifted, missing_guards, remove_guards
from articles.editions.immutability import ImmutableError
from articles.editions.shelf import Change, Edition, Mention
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import publish_article
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    publish_article(an_article(), by=an_editor())


def test_the_shelf_and_the_saved_versions_are_immutable():
    assert {model.__name__ for model in immutable_models()} == {
        "Edition",
        "Mention",
        "Change",
        "WithdrawnPart",
        "Expunged",
        "Revision",
        "SignOff",
        "Revocation",
        "Signature",
        "SignatureRevocation",
        "SignedText",
        "PartConfirmation",
        "PartRevocation",
        "Transition",
        "AuditEntry",
        "ReviewPlan",
        "ReleaseStep",
        "Waiver",
        "Answer",
    }


@pytest.mark.parametrize("model", [Edition, Mention, Change])
def test_python_refuses_to_change_or_delete(shelf, model):
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=0)):
        with pytest.raises(ImmutableError):
            attempt()
    with pytest.raises(ImmutableError):
        model.objects.bulk_update([row], ["pk"])


@pytest.mark.parametrize("statement", ["UPDATE {table} SET {key} = {key}", "DELETE FROM {table}"])
@pytest.mark.parametrize("model", [Edition, Mention, Change])
def test_the_database_refuses_whoever_asks(shelf, model, statement):
    table, key = model._meta.db_table, model._meta.pk.column
    with pytest.raises(DatabaseError, match="written for good"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table, key=key))


def test_the_database_refuses_to_truncate(shelf):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="written for good"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Change._meta.db_table}")


def test_lifting_the_guards_puts_them_back_even_after_a_fault():
    without: list[str] = []

    def fails_halfway():
        with lifted():
            without.extend(missing_guards())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_halfway()

    assert (without != [], missing_guards()) == (True, [])


def executed(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_erasing_lets_update_the_named_tables_and_nothing_else(shelf):
    with transaction.atomic(), erasing(Edition) as rows:
        assert rows(Edition).update(kind="erased") == 2
        with pytest.raises(DatabaseError, match="written for good"):
            executed(f"UPDATE {Change._meta.db_table} SET kind = 'erased'")
        with pytest.raises(DatabaseError, match="written for good"):
            executed(f"DELETE FROM {Edition._meta.db_table}")
        with pytest.raises(ImmutableError):
            Edition.objects.update(kind="erased")

    assert missing_guards() == []
    with pytest.raises(DatabaseError, match="written for good"):
        executed(f"UPDATE {Edition._meta.db_table} SET kind = 'erased'")


@pytest.mark.django_db(transaction=True)
def test_erasing_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError), erasing(Edition):
        pass

    assert missing_guards() == []


def test_a_fault_while_erasing_undoes_it_and_the_guards_refuse_again(shelf):
    def fails_halfway():
        with transaction.atomic(), erasing(Edition) as rows:
            rows(Edition).update(kind="erased")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_halfway()

    assert (missing_guards(), Edition.objects.filter(kind="erased").count()) == ([], 0)
    with pytest.raises(DatabaseError, match="written for good"):
        executed(f"UPDATE {Edition._meta.db_table} SET kind = 'erased'")


@pytest.mark.django_db(transaction=True)
def test_nobody_else_gets_past_the_guards_while_somebody_erases():
    """On SQLite no other writer gets in at all; on PostgreSQL the guard refuses him as ever."""
    publish_article(an_article(), by=an_editor())
    refused: list[str] = []

    def somebody_else():
        try:
            if connection.vendor == "sqlite":
                # Outside a transaction, whose beginning would itself wait for the lock.
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 0")
            executed(f"UPDATE {Edition._meta.db_table} SET kind = 'stolen'")
        except DatabaseError as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    with transaction.atomic(), erasing(Edition) as rows:
        rows(Edition).filter(language="en").update(kind="erased")
        other = threading.Thread(target=somebody_else)
        other.start()
        other.join(PATIENCE)

    assert len(refused) == 1
    assert ("locked" if connection.vendor == "sqlite" else "written for good") in refused[0]
    assert sorted(Edition.objects.values_list("kind", flat=True)) == ["article", "erased"]


def test_the_system_check_names_a_missing_guard():
    remove_guards()

    found = guards_are_in_the_database(databases=["default"])

    assert "articles_edition_never_updated" in found[0].msg
    assert {message.id for message in found} == {"articles.E001"}


@pytest.mark.django_db(transaction=True)
def test_a_table_remake_loses_no_guard_once_migrate_has_run():
    """SQLite remakes a table to alter it and drops its triggers without a word; migrate installs them anew."""
    state = ProjectState.from_apps(apps)
    new_state = state.clone()
    operation = AddField("edition", "remake", models.IntegerField(default=0))
    operation.state_forwards("articles", new_state)
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("articles", editor, state, new_state)
        if connection.vendor == "sqlite":
            assert "articles_edition_never_updated" in missing_guards()
        call_command("migrate", verbosity=0)

        assert missing_guards() == []
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("articles", editor, new_state, state)
        call_command("migrate", verbosity=0)
