"""The way in: what leads in, what does not, and what it tells nobody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from articles.admin.sign_in import factors
from articles.editorial.audit import AuditEntry
from tests.articles.admin.desk.browser import Desk, fields_of
from tests.articles.admin.sign_in.conftest import PASSWORD, Codes, enter, is_in, wrong_code
from tests.factories.desk import an_article

pytestmark = pytest.mark.django_db


def words(answer: HttpResponse) -> str:
    """What a page says, without what is new on every page."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_a_password_opens_the_desk_where_there_is_no_second_factor(english: Client, editor: User) -> None:
    before = english.get("/admin/login/challenge/").wsgi_request.session.session_key

    assert enter(english, editor.username, next="/admin/articles/article/")["Location"] == "/admin/articles/article/"
    assert is_in(english)
    assert english.session.session_key != before
    assert AuditEntry.objects.get().act == "signed-in"


def test_nobody_is_led_away_from_the_desk(english: Client, editor: User) -> None:
    assert enter(english, editor.username, next="https://elsewhere.example/admin/")["Location"] == "/admin/"


def test_with_a_second_factor_the_password_is_half_the_way(english: Client, editor: User, codes: Codes) -> None:
    answer = enter(english, editor.username, next="/admin/articles/article/")
    assert answer["Location"] == "/admin/login/second/?next=%2Fadmin%2Farticles%2Farticle%2F"
    assert not is_in(english)

    wrong = english.post(answer["Location"], {"_second-code": wrong_code(codes)})
    assert (wrong.status_code, is_in(english)) == (422, False)
    code = codes(0)
    right = english.post(answer["Location"], {"_second-code": f"{code[:3]} {code[3:]}"})

    assert right["Location"] == "/admin/articles/article/"
    assert is_in(english)


def test_a_code_counts_once(english: Client, editor: User, codes: Codes) -> None:
    code = codes(1)
    enter(english, editor.username)
    english.post("/admin/login/second/", {"_second-code": code})
    other = Client()
    enter(other, editor.username)

    assert other.post("/admin/login/second/", {"_second-code": code}).status_code == 422
    assert is_in(english)
    assert not is_in(other)


def test_a_recovery_code_signs_in_once(english: Client, editor: User, codes: Codes) -> None:
    code = factors.new_recovery_codes(editor)[3]
    for expected in (True, False):
        browser = Client()
        enter(browser, editor.username)
        browser.post("/admin/login/second/", {"_second-code": code})
        assert is_in(browser) is expected
    assert factors.recovery_codes_left(editor) == 9


def test_the_second_step_without_the_first_leads_nowhere(english: Client, editor: User, codes: Codes) -> None:
    answer = english.post("/admin/login/second/", {"_second-code": codes(0)})

    assert answer["Location"].startswith("/admin/login/")
    assert not is_in(english)


def test_a_password_that_was_changed_meanwhile_leads_no_further(english: Client, editor: User, codes: Codes) -> None:
    enter(english, editor.username)
    editor.set_password("another horse battery")
    editor.save()

    assert english.post("/admin/login/second/", {"_second-code": codes(0)}).status_code == 302
    assert not is_in(english)


def test_a_name_that_does_not_exist_is_answered_and_worked_on_like_one_that_does(
    english: Client, editor: User, codes: Codes, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("switched-off", password=PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("guest", password=PASSWORD)
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: hashed.append("once") or encode(self, *given)
    )
    answers = []
    for name, password in [(editor.username, "wrong"), ("nobody", "wrong"), ("switched-off", PASSWORD)]:
        hashed.clear()
        answer = enter(english, name, password)
        answers.append((words(answer), answer.status_code, len(hashed)))

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][2] == 1
    assert words(enter(english, "guest")) == answers[0][0]


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("name", ["editor@tests", "nobody"])
def test_who_has_failed_too_often_is_told_when_to_come_back(english: Client, editor: User, name: str) -> None:
    for _ in range(10):
        assert "too many attempts" not in enter(english, name, "wrong").content.decode()

    for password in ("wrong", PASSWORD):
        html = enter(english, name.upper() if password == "wrong" else name, password).content.decode()
        assert re.search(r"There were too many attempts\. Try again in \d+ minutes?\.", html)
    assert not is_in(english)
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["sign-in-failed"] * 10 + ["sign-in-locked"]


@pytest.mark.usefixtures("standing_clock")
def test_codes_cannot_be_guessed_on_and_on(english: Client, editor: User, codes: Codes) -> None:
    enter(english, editor.username)
    for _ in range(6):
        english.post("/admin/login/second/", {"_second-code": wrong_code(codes)})

    answer = english.post("/admin/login/second/", {"_second-code": codes(0)})
    assert "too many attempts" in answer.content.decode()
    assert not is_in(english)


def test_what_was_right_is_not_counted(english: Client, editor: User) -> None:
    for _ in range(12):
        assert enter(Client(), editor.username).status_code == 302


@pytest.mark.parametrize("sent", ["", "no json", "[]", "{}", '{"response": {"userHandle": "AA"}}', '{"id": 1}'])
def test_what_is_no_passkey_opens_nothing(english: Client, editor: User, sent: str) -> None:
    answer = english.post("/admin/login/", {"_second-credential": sent})

    assert (answer.status_code, is_in(english)) == (200, False)
    assert "This passkey was not accepted" in answer.content.decode()


def test_a_session_ends_when_nothing_is_asked_for_long_and_in_any_case(
    english: Client, editor: User, settings: Any
) -> None:
    enter(english, editor.username)
    session = english.session
    left = session.get_expiry_date() - datetime.now(UTC)
    assert timedelta(hours=11) < left <= timedelta(hours=12)

    session["seen_at"] -= settings.SESSION_IDLE_SECONDS - 300
    session.save()
    assert is_in(english)
    assert english.session.get_expiry_date() - datetime.now(UTC) <= left
    session = english.session
    session["seen_at"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    assert not is_in(english)


def test_what_was_typed_before_the_session_ended_waits_for_the_second_factor_too(
    english: Client, editor: User, codes: Codes
) -> None:
    desk, article = Desk(english), an_article()
    english.force_login(editor)
    fields = desk.open(article)
    english.logout()
    english.cookies["django_language"] = "en"

    asked = desk.save(article, {**fields, "title_ru": ["Напечатано"]})
    half = desk.save(article, fields_of(asked), **{"_sign_in-username": editor.username, "_sign_in-password": PASSWORD})
    assert (half.status_code, is_in(english)) == (401, False)
    wrong = desk.save(article, fields_of(half), **{"_sign_in-code": wrong_code(codes)})
    assert (wrong.status_code, fields_of(wrong)["title_ru"]) == (401, ["Напечатано"])
    shown = desk.save(article, fields_of(wrong), **{"_sign_in-code": codes(0)})

    assert fields_of(shown)["title_ru"] == ["Напечатано"]
    assert desk.save(article, fields_of(shown)).status_code == 302
    article.refresh_from_db()
    assert article.title_ru == "Напечатано"


def test_what_makes_codes_lies_encrypted_in_the_database(editor: User, codes: Codes, settings: Any) -> None:
    assert "secret-key" not in str(factors.Authenticator.objects.get().data)
    code, secret = codes(0), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    assert factors.accept_code(editor, code) == ""
    settings.SECRET_KEY_FALLBACKS = [secret]
    assert factors.accept_code(editor, code) == "totp"


def test_a_cache_that_is_away_locks_nobody_out(
    english: Client, editor: User, codes: Codes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache

    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    for name in ("add", "incr", "decr", "get", "set"):
        monkeypatch.setattr(cache, name, away)
    enter(english, editor.username)
    english.post("/admin/login/second/", {"_second-code": codes(0)})

    assert is_in(english)


def test_an_account_that_is_switched_off_is_out_at_once_and_its_sessions_are_gone(
    english: Client, administrator: User, editor: User
) -> None:
    enter(english, editor.username)
    office = Client()
    office.force_login(administrator)
    person = {"username": editor.username, "first_name": "Мария", "last_name": "Орлова", "email": "", "role": "editor"}
    office.post(f"/admin/auth/user/{editor.pk}/change/", person)

    assert not is_in(english)
    assert [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()] == [str(administrator.pk)]
    assert AuditEntry.objects.filter(act="account-switched-off", about=str(editor.pk), done_by=administrator).exists()
