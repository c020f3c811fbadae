"""Roles are a table; Django's groups follow it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from articles.editorial.roles import ROLES, NotAllowedError, ensure_roles, may, require
from tests.factories.desk import an_editor

pytestmark = pytest.mark.django_db


def test_each_role_is_a_group_with_exactly_the_permissions_of_the_table():
    for code, role in ROLES.items():
        held = Group.objects.get(name=code).permissions.select_related("content_type")
        assert {f"{one.content_type.app_label}.{one.codename}" for one in held} == role.grants()


def test_a_permission_that_was_added_by_hand_is_gone_after_the_next_migrate():
    group = Group.objects.get(name="editor")
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    ensure_roles()

    assert not group.permissions.filter(codename="delete_user").exists()


def test_editors_may_publish_and_withdraw_and_do_not_see_accounts():
    vera = an_editor()

    assert (may(vera, "publish"), may(vera, "withdraw"), vera.has_perm("auth.view_user")) == (True, True, False)


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_others_may_not(act):
    vera = an_editor()
    vera.is_active = False
    for user in (AnonymousUser(), User.objects.create_user("new"), vera):
        with pytest.raises(NotAllowedError):
            require(user, act)
