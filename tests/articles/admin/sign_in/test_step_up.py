"""Before what counts somebody shows once more that it is them, and loses nothing by it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions import queries
from articles.editorial.audit import AuditEntry
from articles.partners.keys import Key
from tests.articles.admin.desk.browser import fields_of
from tests.articles.admin.sign_in.conftest import PASSWORD, Codes, enter
from tests.factories.desk import an_article
from tests.factories.partners import make_partner
from tests.factories.shelf import publish_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked")]

WITHDRAWAL = {
    "reason_code": "outdated", "reason_ru": "Текст\nустарел.", "reason_en": "It is out of date.",
    "languages": ["ru", "en"], "_withdraw": "1",
}  # fmt: skip


@pytest.fixture
def live(editor: User) -> Article:
    article = an_article()
    publish_article(article, by=editor)
    return article


@pytest.fixture
def late(english: Client, editor: User) -> Client:
    """An editor who signed in with the password a while ago."""
    enter(english, editor.username)
    long_ago(english)
    return english


def long_ago(client: Client) -> None:
    session = client.session
    session["proved_at"] -= 15 * 60 + 1
    session.save()


def withdraw(client: Client, article: Article, typed: dict[str, Any] = WITHDRAWAL, **more: str) -> HttpResponse:
    return client.post(reverse("admin:withdraw_article", args=[article.pk]), {**typed, **more})


def is_live(article: Article) -> bool:
    found = queries.by_id("article", article.pk)
    return found is not None and any(standing.is_live for standing in found.by_language.values())


def acts() -> list[str]:
    return list(AuditEntry.objects.exclude(act="published").order_by("pk").values_list("act", flat=True))


def test_nobody_is_asked_again_within_minutes(english: Client, editor: User, live: Article) -> None:
    enter(english, editor.username)

    assert withdraw(english, live).status_code == 302
    assert not is_live(live)


def test_later_the_password_is_asked_and_the_act_goes_on_with_all_that_was_typed(late: Client, live: Article) -> None:
    asked = withdraw(late, live)
    assert (asked.status_code, is_live(live)) == (401, True)
    kept = fields_of(asked)
    assert {name: kept[name] for name in ("reason_ru", "languages")} == {
        "reason_ru": ["Текст\nустарел."], "languages": ["ru", "en"],
    }  # fmt: skip
    wrong = withdraw(late, live, kept, **{"_step_up-password": "wrong"})
    assert (wrong.status_code, is_live(live), "wrong" in wrong.content.decode()) == (401, True, False)
    done = withdraw(late, live, fields_of(wrong), **{"_step_up-password": PASSWORD})

    assert (done.status_code, is_live(live)) == (302, False)
    found = queries.by_id("article", live.pk)
    assert found is not None
    assert json.loads(found.by_language["ru"].tombstone_json)["reason"] == "Текст\nустарел."
    assert acts() == ["signed-in", "step-up-failed", "stepped-up", "withdrawn"]


def test_who_has_a_second_factor_shows_that_and_the_password_is_not_enough(
    late: Client, live: Article, codes: Codes
) -> None:
    html = withdraw(late, live).content.decode()
    assert '_step_up-code"' in html
    assert '_step_up-password"' not in html

    assert withdraw(late, live, **{"_step_up-password": PASSWORD}).status_code == 401
    assert withdraw(late, live, **{"_step_up-code": codes(0)}).status_code == 302
    assert not is_live(live)


@pytest.mark.usefixtures("standing_clock")
def test_an_answer_without_a_question_does_not_make_a_password_known(late: Client, live: Article) -> None:
    for guess in range(6):
        withdraw(late, live, **{"_step_up-password": f"guess {guess}"})

    answer = withdraw(late, live, **{"_step_up-password": PASSWORD})
    assert "too many attempts" in answer.content.decode()
    assert is_live(live)


def test_publishing_restoring_and_signing_ask_too(late: Client, live: Article) -> None:
    late.force_login(User.objects.get())
    for page, sent in [
        (reverse("admin:publish", args=["article", live.pk]), {}),
        (reverse("admin:withdraw_article", args=[live.pk]), {"_restore": "ru", "note_ru": "Снова здесь."}),
        (reverse("admin:drift", args=[live.pk]), {"parts": ["x"]}),
        (reverse("admin:erase", args=["article", live.pk]), {}),
    ]:
        expected = 401 if "erase" not in page else 422
        assert late.post(page, sent).status_code == expected


def test_keys_and_accounts_are_opened_only_after_it(english: Client, administrator: User) -> None:
    partner = make_partner("Клиника")
    enter(english, administrator.username)
    long_ago(english)
    new_key = reverse("admin:partner_new_key", args=[partner.pk])
    form = {"label": "site", "kinds": ["article"], "languages": ["ru"], "had": "0", "expires_on": ""}

    assert english.post(new_key, form).status_code == 401
    assert not Key.objects.exists()
    page = reverse("admin:auth_user_add")
    asked = english.get(page)
    assert asked.status_code == 401
    done = english.post(page, {**fields_of(asked), "_step_up-password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, page)
    assert english.get(page).status_code == 200


def test_a_form_of_an_account_comes_back_without_its_passwords(english: Client, administrator: User) -> None:
    enter(english, administrator.username)
    long_ago(english)
    page = reverse("admin:auth_user_add")
    typed = {"username": "lida", "first_name": "Лидия", "role": "editor"}

    asked = english.post(page, {**typed, "password1": "a longer secret 42", "password2": "a longer secret 42"})
    assert "a longer secret" not in asked.content.decode()
    back = english.post(page, {**fields_of(asked), "_step_up-password": PASSWORD})

    assert fields_of(back)["first_name"] == ["Лидия"]
    assert not User.objects.filter(username="lida").exists()


def test_another_language_of_the_page_acts_on_nothing_and_keeps_what_was_typed(late: Client, live: Article) -> None:
    asked = withdraw(late, live)
    russian = withdraw(late, live, fields_of(asked), **{"_step_up-language": "ru"})
    assert (russian.status_code, is_live(live), russian.cookies["django_language"].value) == (401, True, "ru")
    assert "Подтвердите, что это вы" in russian.content.decode()
    assert fields_of(russian)["reason_ru"] == ["Текст\nустарел."]

    # Somebody who has shown it meanwhile, in another window, has asked for a language here and for nothing else.
    session = late.session
    session["proved_at"] += 15 * 60
    session.save()
    assert withdraw(late, live, fields_of(asked), **{"_step_up-language": "en"}).status_code == 401
    assert is_live(live)
    assert withdraw(late, live, fields_of(russian), **{"_step_up-password": PASSWORD}).status_code == 302
    assert not is_live(live)


def test_whoever_turns_round_sees_what_they_had_sent_and_nothing_is_done(late: Client, live: Article) -> None:
    asked = withdraw(late, live)
    back = withdraw(late, live, fields_of(asked), **{"_step_up-back": "1"})
    assert (back.status_code, is_live(live)) == (200, True)
    assert "Текст\nустарел.</textarea>" in back.content.decode()
    assert 'name="_withdraw"' in back.content.decode()

    publish = reverse("admin:publish", args=["article", live.pk])
    again = late.post(publish, {"languages": ["ru"], "_step_up-back": "1"})
    assert (again.status_code, again["Location"]) == (302, publish)


def test_there_is_a_way_back_to_the_form_or_to_the_page_before(english: Client, administrator: User) -> None:
    enter(english, administrator.username)
    long_ago(english)
    page, list_page = reverse("admin:auth_user_add"), reverse("admin:auth_user_changelist")
    come = f"http://testserver{list_page}?q=lida"

    looked = english.get(page, headers={"referer": come})
    assert f'href="{list_page}"' in looked.content.decode()
    stranger = english.get(page, headers={"referer": "https://example.org/admin/x/"})
    assert f'href="{reverse("admin:index")}" data-turns-round' in stranger.content.decode()
    wrong = english.post(page, {**fields_of(looked), "_step_up-password": "wrong"})
    assert f'href="{list_page}" data-turns-round' in wrong.content.decode()
    typed = english.post(page, {"username": "lida"})
    assert f'href="{page}" data-turns-round' in typed.content.decode()
