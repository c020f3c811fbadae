from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.sources import Source
from articles.editorial.transitions import history
from articles.publishing.workflow import submit
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON, a_source, an_article

pytestmark = pytest.mark.any_database

SIGN_IN = {"_sign_in-username": "editor@tests", "_sign_in-password": "correct horse battery"}


@pytest.fixture
def signed_out(desk: Desk) -> Desk:
    """The editor's browser after the session has ended."""
    desk.client.logout()
    desk.client.cookies["django_language"] = "en"
    return desk


def test_what_was_typed_is_there_again_after_signing_in_and_not_saved(desk: Desk) -> None:
    article = an_article()
    fields = desk.open(article)
    desk.client.logout()
    typed = {**fields, "title_ru": ["Напечатано"], "textblock_set-0-text_en": ["\n<p>typed & <em>kept</em></p>"]}
    asked = desk.save(article, typed)
    assert asked.status_code == 401
    shown = desk.save(article, fields_of(asked), **SIGN_IN)
    back = fields_of(shown)
    article.refresh_from_db()
    assert shown.status_code == 200
    assert article.version == 1
    assert back["title_ru"] == ["Напечатано"]
    assert back["textblock_set-0-text_en"] == ["\n<p>typed & <em>kept</em></p>"]
    assert desk.save(article, back).status_code == 302
    article.refresh_from_db()
    assert article.title_ru == "Напечатано"


def test_a_wrong_password_keeps_the_text(signed_out: Desk) -> None:
    source = a_source()
    wrong = SIGN_IN | {"_sign_in-password": "wrong"}
    answer = signed_out.save(source, {"title": ["Typed"], "seen_version": ["1"]}, **wrong)
    assert answer.status_code == 401
    assert fields_of(answer)["title"] == ["Typed"]
    assert "wrong" not in answer.content.decode()


def test_a_new_object_is_not_lost_either(signed_out: Desk) -> None:
    asked = signed_out.save(Source, {"title": ["Typed"]})
    shown = signed_out.save(Source, fields_of(asked), **SIGN_IN)
    assert fields_of(shown)["title"] == ["Typed"]
    assert not Source.objects.exists()


def test_signing_in_never_carries_out_what_was_posted_elsewhere(signed_out: Desk) -> None:
    source = a_source()
    page = address(source, "delete")
    answer = signed_out.client.post(page, {"post": "yes", **SIGN_IN})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_note_for_a_page_that_acts_at_once_is_given_back_and_sent_only_when_somebody_sends_it(
    signed_out: Desk, editor: User
) -> None:
    article = an_article()
    submit("article", article.pk, "ru", by=editor, at=NOON)
    page = reverse("admin:workflow", args=["article", article.pk])
    typed = {"act": "return:ru", "note_ru": "Доза неверна, см. <источник>."}

    asked = signed_out.client.post(page, typed)
    back = signed_out.client.post(page, {**fields_of(asked), **SIGN_IN})

    assert "Доза неверна, см. &lt;источник&gt;." in back.content.decode().split("<blockquote>")[1]
    assert (back.status_code, len(history(article.pk, "ru"))) == (200, 1)
    sent = fields_of(back)
    assert "correct horse battery" not in back.content.decode()
    assert signed_out.client.post(page, sent).status_code == 302
    assert history(article.pk, "ru")[0].note == typed["note_ru"]


def test_a_note_from_before_a_new_sign_in_is_shown_to_be_copied_and_cannot_be_sent_from_there(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    page = reverse("admin:workflow", args=["article", an_article().pk])

    answer = strict.post(page, {"act": "submit:ru", "note_ru": "Доза неверна."})

    assert answer.status_code == 403
    content = answer.content.decode().split('id="content-main"')[1]
    assert "Доза неверна." in content
    assert "<form" not in content


def test_somebody_without_the_right_signs_in_and_is_refused(signed_out: Desk) -> None:
    source = a_source()
    User.objects.create_user("guest", password="correct horse battery", is_staff=True)
    guest = SIGN_IN | {"_sign_in-username": "guest"}
    assert signed_out.save(source, {"title": ["Typed"]}, **guest).status_code == 403


def test_a_form_from_before_a_new_sign_in_is_shown_again_and_not_saved(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    article = an_article()
    page = address(article, "change")
    old = fields_of(strict.get(page))
    refused = strict.post(page, {**old, "title_ru": "Напечатано", "csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    kept = fields_of(refused)
    kept["csrfmiddlewaretoken"] = [strict.cookies["csrftoken"].value]
    shown = strict.post(page, kept)
    article.refresh_from_db()
    assert (shown.status_code, article.title_ru) == (200, "Судороги в тестах")
    assert fields_of(shown)["title_ru"] == ["Напечатано"]


def test_a_forged_post_to_any_other_page_is_only_refused(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    source = a_source()
    answer = strict.post(address(source, "delete"), {"post": "yes"})
    assert answer.status_code == 403
    assert b"textarea" not in answer.content
    assert Source.objects.exists()


def test_a_forged_post_with_a_sign_in_is_stopped_at_the_door(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address(a_source(), "change"), {"title": "x", **SIGN_IN})
    assert answer.status_code == 403
    assert "_auth_user_id" not in strict.session
