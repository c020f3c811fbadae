"""“My sign-in”: what a person does with their own second factors and sessions."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.admin.sign_in import factors
from articles.editorial.audit import AuditEntry
from tests.articles.admin.sign_in.conftest import PASSWORD, Codes, enter, is_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked")]

OWN = "/admin/my-sign-in/"


@pytest.fixture
def inside(english: Client, editor: User, codes: Codes) -> Client:
    """An editor who has signed in with a code."""
    factors.new_recovery_codes(editor)
    enter(english, editor.username)
    english.post("/admin/login/second/", {"_second-code": codes(0)})
    return english


def test_removing_the_last_one_takes_the_recovery_codes_with_it(inside: Client, editor: User) -> None:
    (factor,) = factors.held(editor)

    inside.post(OWN, {"_remove": str(factor.pk)})

    assert not factors.Authenticator.objects.exists()
    assert AuditEntry.objects.filter(act="factor-removed", detail="totp").count() == 1


def test_what_belongs_to_somebody_else_is_not_touched(inside: Client, administrator: User) -> None:
    passkey = factors.Authenticator.objects.create(user=administrator, type="webauthn", data={"name": "Ключ"})

    inside.post(OWN, {"_remove": str(passkey.pk)})
    inside.post(OWN, {"_rename": str(passkey.pk), "name": "Mine"})
    inside.post(OWN, {"_remove": "9" * 40})

    passkey.refresh_from_db()
    assert passkey.data["name"] == "Ключ"


def test_new_codes_replace_the_old_ones(inside: Client, editor: User) -> None:
    old = factors.new_recovery_codes(editor)

    shown = inside.post(OWN, {"_codes": ""}).content.decode()

    assert shown.count("<li>") >= 10
    assert not any(code in shown for code in old)
    assert factors.accept_code(editor, old[0]) == ""


def test_signing_out_everywhere_leaves_this_browser_alone(inside: Client, editor: User) -> None:
    other = Client()
    other.force_login(editor)
    assert "1 other browser" in inside.get(OWN).content.decode()

    inside.post(OWN, {"_sign_out": ""})

    assert (is_in(inside), is_in(other)) == (True, False)


def test_a_new_password_ends_the_other_sessions_and_is_written_down(inside: Client, editor: User) -> None:
    other = Client()
    other.force_login(editor)
    new = "another horse battery"

    inside.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert (is_in(inside), is_in(other)) == (True, False)
    assert AuditEntry.objects.filter(act="password-changed", done_by=editor).exists()


def test_nothing_is_offered_to_who_is_not_asked_again(inside: Client) -> None:
    session = inside.session
    session["proved_at"] -= 16 * 60
    session.save()

    for page in ("app/", "passkey/"):
        assert inside.get(OWN + page).status_code == 401
    assert inside.post(OWN + "passkey/offer/").status_code == 401
