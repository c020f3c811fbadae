"""A test that committed leaves the database as a migrate would: the next one may rely on every role and right."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import TransactionTestCase

from articles.editions.guards import missing_guards
from articles.editorial.roles import ROLES

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
