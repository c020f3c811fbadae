"""The menu: every kind in its group, for those who may see it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.admin.sections import GROUPS, PARTNERS
from articles.content.aggregates import AGGREGATES
from articles.content.texts import FaqEntry
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import an_article
from tests.factories.desk_kinds import a_page, a_question
from tests.factories.reviews import a_reviewer

pytestmark = pytest.mark.django_db


def _menu(client: Client) -> dict[str, list[str]]:
    return {
        group["name"]: [section.name for section in group["sections"]]
        for group in client.get("/admin/").context["desk_groups"]
    }


def test_every_kind_is_in_one_group() -> None:
    named = [model for name, models in GROUPS if name != PARTNERS for model in models]
    assert sorted(named) == sorted(str(model._meta.model_name) for model in AGGREGATES.values())


def test_an_editor_sees_every_kind_in_its_group(desk: Client) -> None:
    assert _menu(desk) == {
        "Texts": ["Articles", "Questions", "About pages", "Translations", "Releases", "Review dates"],
        "Said and proved": ["Quotes", "Accounts side by side", "Evidence tables", "Sources"],
        "Care": ["Care boxes", "Care services"],
        "People": ["Experts", "Organisations"],
        "Library": ["Pictures", "Terms", "Topics"],
        "Partners": ["Requests for access", "Partners", "Recalls"],
        "Triage": ["Triage protocols"],
    }


def test_what_waits_for_work_stands_in_the_order_of_work(client: Client) -> None:
    client.force_login(a_reviewer())
    client.cookies["django_language"] = "en"

    assert _menu(client)["Texts"][3:] == ["Translations", "Changed parts to confirm", "Review dates"]


def test_accounts_are_shown_to_those_who_manage_them(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.cookies["django_language"] = "en"

    assert _menu(client)["Access"] == ["Accounts", "Audit trail"]


def test_who_may_see_one_kind_sees_its_group_alone_and_no_way_to_a_new_one(client: Client) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_term"))
    client.force_login(reader)
    client.cookies["django_language"] = "en"

    assert _menu(client) == {"Library": ["Terms"]}
    assert "/add/" not in client.get("/admin/").content.decode()


def test_the_open_section_and_its_group_are_marked(desk: Client) -> None:
    html = desk.get("/admin/articles/carebox/").content.decode()

    assert html.count('aria-current="page"') == 1
    assert html.count("desk-group is-current") == 1


def test_the_home_page_names_texts_of_all_kinds_with_their_kind(client: Client, editor: User) -> None:
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    browser = Desk(client)
    an_article()
    a_page()
    question = a_question()
    browser.save(question, browser.open(question), title_en="Saved last of all?")

    shown = [(one["name"], one["kind"]) for one in client.get("/admin/").context["articles"]]

    assert shown[0] == ("Saved last of all?", "Question")
    assert sorted(shown[1:]) == [("Cramps in tests", "Article"), ("Who we are", "About page")]


def test_a_question_has_a_counter_of_words_at_its_answer_and_an_article_has_none(desk: Client) -> None:
    page = desk.get(address(FaqEntry, "add")).content.decode()

    assert page.count('data-most-words="60"') == 2
    assert 'data-words="%(count)s of at most %(most)s words"' in page
    assert "data-most-words" not in desk.get(address(type(an_article()), "add")).content.decode()
