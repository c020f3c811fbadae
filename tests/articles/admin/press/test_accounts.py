"""Accounts are kept by administrators, with roles and without lists of rights."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.editorial.audit import AuditEntry
from articles.editorial.roles import may

pytestmark = pytest.mark.django_db

ACCOUNTS = reverse("admin:auth_user_changelist")
NEW = reverse("admin:auth_user_add")
PASSWORD = "a longer secret 42"


@pytest.fixture
def office(client: Client, administrator: User) -> Client:
    """An administrator who is signed in and works in English."""
    client.force_login(administrator)
    client.cookies["django_language"] = "en"
    return client


def form_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def filled(**fields: str) -> dict[str, str]:
    person = {"username": "lida", "first_name": "Лидия", "last_name": "Новая", "email": "", "role": "editor"}
    return person | {"password1": PASSWORD, "password2": PASSWORD, "is_active": "on"} | fields


def test_a_new_editor_can_sign_in_and_publish_and_does_not_see_accounts(office: Client) -> None:
    office.post(NEW, filled())

    made = User.objects.get(username="lida")
    assert (made.is_staff, made.is_superuser, may(made, "publish")) == (True, False, True)
    other = Client()
    assert other.login(username="lida", password=PASSWORD)
    assert other.get("/admin/").status_code == 200
    assert ACCOUNTS not in other.get("/admin/").content.decode()
    assert other.get(ACCOUNTS).status_code == 403


def test_a_new_administrator_sees_accounts(office: Client) -> None:
    office.post(NEW, filled(role="administrator"))

    other = Client()
    other.force_login(User.objects.get(username="lida"))
    assert other.get(ACCOUNTS).status_code == 200


def test_a_short_password_is_refused(office: Client) -> None:
    answer = office.post(NEW, filled(password1="short", password2="short"))

    assert answer.status_code == 200
    assert not User.objects.filter(username="lida").exists()


def test_a_role_that_does_not_exist_is_refused(office: Client) -> None:
    office.post(NEW, filled(role="owner"))

    assert not User.objects.filter(username="lida").exists()


def test_a_role_is_changed_and_the_old_one_is_gone(office: Client, editor: User) -> None:
    office.post(form_of(editor), filled(username=editor.username, role="administrator"))

    assert [group.name for group in editor.groups.all()] == ["administrator"]


def test_another_language_to_write_in_is_remembered_and_an_unchanged_one_is_not(office: Client, editor: User) -> None:
    for writes_in in ("ru", "ru", ""):
        office.post(form_of(editor), filled(username=editor.username, role="editor", writes_in=writes_in))

    found = AuditEntry.objects.filter(act="account-changed", detail__startswith="writes_in").order_by("pk")
    assert list(found.values_list("detail", flat=True)) == ["writes_in ru", "writes_in ru en"]


def test_an_account_that_is_switched_off_cannot_sign_in_and_keeps_its_name(office: Client, editor: User) -> None:
    fields = filled(username=editor.username)
    del fields["is_active"]

    office.post(form_of(editor), fields)

    editor.refresh_from_db()
    assert (editor.is_active, editor.get_full_name()) == (False, "Лидия Новая")
    assert not Client().login(username=editor.username, password="correct horse battery")


def test_nobody_locks_the_own_account(office: Client, administrator: User) -> None:
    fields = filled(username=administrator.username, role="editor")
    del fields["is_active"]

    html = office.post(form_of(administrator), fields).content.decode()

    administrator.refresh_from_db()
    assert administrator.is_active
    assert [group.name for group in administrator.groups.all()] == ["administrator"]
    assert "You cannot switch off your own account." in html
    assert "You cannot change your own role." in html


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions", "groups"])
def test_raw_rights_are_neither_shown_nor_taken(office: Client, editor: User, field: str) -> None:
    html = office.get(form_of(editor)).content.decode()
    office.post(form_of(editor), filled(username=editor.username, **{field: "1"}))

    editor.refresh_from_db()
    assert f'name="{field}"' not in html
    assert (editor.is_superuser, list(editor.user_permissions.all())) == (False, [])
    assert [group.name for group in editor.groups.all()] == ["editor"]


def test_a_superuser_is_out_of_reach(office: Client) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)

    assert "root" not in office.get(ACCOUNTS).content.decode().split("<tbody>")[1]
    assert office.get(form_of(root)).status_code == 302
    assert office.post(reverse("admin:auth_user_password_change", args=[root.pk]), {}).status_code == 404


def test_an_account_is_never_deleted(office: Client, editor: User) -> None:
    assert office.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=editor.pk).exists()


def test_a_new_password_is_set_and_never_taken_away(office: Client, editor: User) -> None:
    page = reverse("admin:auth_user_password_change", args=[editor.pk])

    refused = office.post(page, {"password1": PASSWORD, "password2": "something else 42"})
    office.post(page, {"password1": "", "password2": "", "usable_password": "false", "unset-password": "1"})
    assert Client().login(username=editor.username, password="correct horse battery")
    office.post(page, {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"})

    assert refused.status_code == 200
    assert Client().login(username=editor.username, password=PASSWORD)


def test_nothing_is_shown_of_how_a_password_is_kept(office: Client, editor: User) -> None:
    html = office.get(form_of(editor)).content.decode()

    # Neither as it lies there nor as Django shows it; three letters alone may stand in a token of the page by chance.
    algorithm, salt, digest = editor.password.split("$")
    for kept in (f"{algorithm}$", f">{algorithm}<", salt, f"{salt[:2]}*", digest, f"{digest[:6]}*"):
        assert kept not in html
    assert reverse("admin:auth_user_password_change", args=[editor.pk]) in html
