"""The frame of the desk: language, policy, sections."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ["/admin/", "/admin/articles/article/", "/admin/articles/quote/add/", "/admin/articles/article/add/"]


def test_the_language_is_switched_in_the_header_and_stays(client: Client, editor: User) -> None:
    client.force_login(editor)

    client.post("/admin/language/", {"language": "en", "next": "/admin/"})
    assert 'lang="en"' in client.get("/admin/").content.decode()[:200]
    client.post("/admin/language/", {"language": "ru", "next": "/admin/"})
    assert 'lang="ru"' in client.get("/admin/").content.decode()[:200]


def test_a_stranger_can_choose_the_language_of_the_sign_in_page(client: Client) -> None:
    client.post("/admin/language/", {"language": "en", "next": "/admin/login/"})

    assert "Log in" in client.get("/admin/login/").content.decode()


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/admin/language/", {"language": "en", "next": "https://elsewhere.example/"})

    assert "elsewhere" not in answer["Location"]


@pytest.mark.parametrize("page", ["/admin/login/", *PAGES])
def test_scripts_are_static_files_of_ours_on_every_page(client: Client, editor: User, page: str) -> None:
    if page != "/admin/login/":
        client.force_login(editor)

    policy = dict(
        part.strip().partition(" ")[::2] for part in client.get(page)["Content-Security-Policy"].split(";") if part
    )

    assert policy["default-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert set(policy["script-src"].split()) == {"http://testserver/static/", "http://testserver/admin/jsi18n/"}
    edits_rich_text = page == "/admin/articles/article/add/"
    assert policy["style-src"] == ("'self' 'unsafe-inline'" if edits_rich_text else "'self'")
    assert policy["frame-ancestors"] == "'self'"


def test_an_app_has_no_page_of_its_own(desk: Client) -> None:
    assert desk.get("/admin/articles/")["Location"] == "/admin/"


def test_the_section_that_is_open_is_marked(desk: Client) -> None:
    html = desk.get("/admin/articles/quote/").content.decode()

    assert '<a href="/admin/articles/quote/" aria-current="page">' in html
    assert html.count('aria-current="page"') == 1


def test_a_list_is_named_after_what_is_in_it_and_nothing_is_deleted_in_bulk(desk: Client) -> None:
    html = desk.get("/admin/articles/source/").content.decode()

    assert "<h1>Sources</h1>" in html
    assert 'name="action"' not in html
