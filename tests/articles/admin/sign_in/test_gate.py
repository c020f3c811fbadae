"""Who may publish, sign or keep accounts sets up a second factor before anything else, where that is required."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse

from articles.admin.sign_in import factors
from articles.editorial.audit import AuditEntry
from articles.editorial.roles import ROLES
from tests.articles.admin.desk.browser import fields_of
from tests.articles.admin.sign_in.conftest import PASSWORD, Codes, code_of, enter, is_in, wrong_code
from tests.factories.desk import an_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("required")]

OWN = "/admin/my-sign-in/"


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_publish_sign_or_keep_accounts_are_held_back(english: Client, role: str) -> None:
    user = User.objects.create_user(role, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    enter(english, role)

    answer = english.get("/admin/articles/article/")

    writes_only = role in {"author", "translator"}
    assert answer.status_code == (200 if writes_only else 302)
    assert writes_only or answer["Location"] == OWN
    assert is_in(english)


def test_setting_up_an_app_opens_the_desk_and_shows_recovery_codes_once(english: Client, editor: User) -> None:
    editor.email = "editor@tests.example"
    editor.save()
    enter(english, editor.username)
    other = Client()
    enter(other, editor.username)
    page = english.get("/admin/my-sign-in/app/").content.decode()
    secret = re.search(r'class="sign-in-secret">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")  # type: ignore[union-attr]

    wrong = wrong_code(lambda later: code_of(secret, later))
    assert english.post("/admin/my-sign-in/app/", {"code": wrong}).status_code == 422
    shown = english.post("/admin/my-sign-in/app/", {"code": code_of(secret)})

    codes = re.findall(r"<li>(\d{8})</li>", shown.content.decode())
    assert len(codes) == 10
    assert "no-store" in shown["Cache-Control"]
    assert codes[0] not in english.get(OWN).content.decode()
    assert english.get("/admin/articles/article/").status_code == 200
    assert not is_in(other)
    (letter,) = mail.outbox
    assert letter.to == ["editor@tests.example"]
    said = " ".join(f"{row.act} {row.detail}" for row in AuditEntry.objects.all())
    assert "factor-added totp" in said
    assert not any(hidden in said + letter.body for hidden in [secret, *codes, PASSWORD])


def test_a_session_from_before_the_second_factor_shows_it_and_loses_nothing(
    english: Client, editor: User, codes: Codes
) -> None:
    english.force_login(editor)
    english.cookies["django_language"] = "en"
    article = an_article()
    page = reverse("admin:articles_article_change", args=[article.pk])

    asked = english.post(page, {"title_ru": "Напечатано"})
    assert (asked.status_code, fields_of(asked)["title_ru"]) == (401, ["Напечатано"])
    assert english.get(page).status_code == 401
    english.post(page, {**fields_of(english.get(page)), "_step_up-code": codes(0)})
    assert english.get(page).status_code == 200


def test_who_is_made_an_editor_in_the_middle_of_a_text_keeps_what_was_typed(english: Client, editor: User) -> None:
    enter(english, editor.username)

    answer = english.post(reverse("admin:articles_source_add"), {"title": "Typed"})

    assert (answer.status_code, fields_of(answer)["title"]) == (403, ["Typed"])
    assert f'href="{OWN}"' in answer.content.decode()


def test_the_last_second_factor_stays_where_one_is_required(english: Client, editor: User, codes: Codes) -> None:
    enter(english, editor.username)
    english.post("/admin/login/second/", {"_second-code": codes(0)})
    (factor,) = factors.held(editor)

    html = english.post(OWN, {"_remove": str(factor.pk)}, follow=True).content.decode()

    assert "Your role needs a second factor." in html
    assert factors.held(editor) == [factor]


def test_an_administrator_resets_what_somebody_has_lost(
    english: Client, administrator: User, editor: User, codes: Codes
) -> None:
    editor.email = "editor@tests.example"
    editor.save()
    there = Client()
    enter(there, editor.username)
    there.post("/admin/login/second/", {"_second-code": codes(0)})
    enter(english, administrator.username)
    session = english.session
    session["proved_by"] = "webauthn"
    session.save()
    page = reverse("admin:account_factors", args=[editor.pk])

    assert "Codes from an app" in english.get(page).content.decode()
    assert english.post(page).status_code == 302

    assert factors.types(editor) == set()
    assert not is_in(there)
    assert mail.outbox[0].to == ["editor@tests.example"]
    row = AuditEntry.objects.filter(act="factors-reset").get()
    assert (row.done_by, row.about) == (administrator, str(editor.pk))


def test_nobody_else_resets_anything_and_no_superuser_is_in_reach(
    english: Client, administrator: User, editor: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "off"
    root = User.objects.create_superuser("root")
    english.force_login(editor)
    assert english.post(reverse("admin:account_factors", args=[administrator.pk])).status_code == 403
    english.force_login(administrator)
    assert english.post(reverse("admin:account_factors", args=[root.pk])).status_code == 404
    assert english.post(reverse("admin:account_factors", args=[administrator.pk]))["Location"] == OWN
