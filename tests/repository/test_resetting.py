"""A test that committed leaves the database as a migrate would: the next one may rely on every role and right."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import TransactionTestCase

from articles.editions.guards import install_guards, missing_guards, remove_guards
from articles.editions.shelf import Change, Edition
from articles.editorial.roles import ROLES
from tests.factories.documents import a_document, shelve
from tests.services import resetting

pytestmark = pytest.mark.django_db(transaction=True)


def rights() -> dict[str, set[str]]:
    return {group.name: {one.codename for one in group.permissions.all()} for group in Group.objects.all()}


def test_what_a_test_changed_of_roles_is_put_back_whole() -> None:
    call_command("migrate", verbosity=0)
    before, known = rights(), set(Permission.objects.values_list("content_type__app_label", "codename"))
    for _turn in range(2):
        Group.objects.get(name="editor").permissions.clear()
        Group.objects.filter(name="publisher").delete()
        Group.objects.create(name="somebody else")
        Permission.objects.filter(codename="publish_article").delete()

        TransactionTestCase("run")._fixture_teardown()

        assert rights() == before
        assert set(before) == set(ROLES)
        assert set(Permission.objects.values_list("content_type__app_label", "codename")) == known
    assert missing_guards() == []
    # New rows get keys behind those that were put back.
    another = Group.objects.create(name="another")
    assert all(another.pk > one.pk for one in Group.objects.exclude(name="another"))


@pytest.mark.postgresql
def test_rows_that_are_written_for_good_go_too_and_without_a_flush() -> None:
    TransactionTestCase("run")._fixture_teardown()
    before = rights()
    shelve(a_document())
    Group.objects.create(name="somebody else")

    assert resetting.rewind("default")

    assert not Edition.objects.exists()
    assert not Change.objects.exists()
    assert rights() == before
    assert missing_guards() == []
    shelve(a_document())
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="written for good"):
        cursor.execute(f"DELETE FROM {Edition._meta.db_table}")


@pytest.mark.postgresql
def test_where_a_guard_is_missing_a_flush_puts_it_back() -> None:
    TransactionTestCase("run")._fixture_teardown()
    remove_guards()
    try:
        assert not resetting.rewind("default")
        TransactionTestCase("run")._fixture_teardown()
        assert missing_guards() == []
    finally:
        install_guards()
