"""Accounts with one role each, for tests of who may do what."""

from django.contrib.auth.models import Group, User


def somebody(role: str, username: str = "") -> User:
    """An account with this role and no other; its name is that of the role unless told."""
    user = User.objects.create_user(username or role, password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user
