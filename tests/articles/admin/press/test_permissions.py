"""Every address of the desk, walked by a stranger and by an account that has no role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.admin.site import desk_site
from tests.factories.desk import a_quote, an_article, place

pytestmark = pytest.mark.django_db

# Open to everybody: the way in, and the language of the page that is the way in.
WAY_IN = {"login", "set_language"}
# Open to every account: its own password, the words of the interface, the home page that says there is no role yet.
OWN = {"index", "logout", "password_change", "password_change_done", "jsi18n", "app_list"}
# Stock addresses that never answer with content: they only lead on, or do not exist.
EMPTY = {"view_on_site", None}


def addresses(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def filled(pattern: URLPattern, objects: dict[str, Any]) -> str:
    """The address with ids of objects that exist, so that a refusal is one of rights and not of absence."""
    values: dict[str, Any] = {}
    for name in pattern.pattern.converters or pattern.pattern.regex.groupindex:
        values[name] = objects[name] if name in objects else objects["*"]
    return reverse(f"admin:{pattern.name}", kwargs=values)


@pytest.fixture
def every_address(editor: User) -> dict[str, str]:
    article, quote = an_article(), a_quote()
    place(article, quote)
    common = {"kind": "article", "item": article.pk, "which": "ru", "language": "ru", "app_label": "articles"}
    found: dict[str, str] = {}
    for pattern in addresses(desk_site.get_urls()):
        if pattern.name in EMPTY:
            continue
        obj = {
            "articles_quote": quote,
            "articles_expert": quote.expert,
            "articles_source": quote.source,
            "articles_organisation": quote.expert.organisation,
            "auth_user": editor,
            "withdraw_quote": quote,
            "withdraw_source": quote.source,
        }
        own = next((value for name, value in obj.items() if str(pattern.name).startswith(name)), article)
        found[str(pattern.name)] = filled(
            pattern, common | {"*": own.pk, "object_id": own.pk, "pk": own.pk, "id": own.pk, "number": 1, "version": 1}
        )
    return found


def test_the_walk_meets_the_pages_that_matter(every_address: dict[str, str]) -> None:
    assert {"publish", "preview_page", "drift", "withdraw_article", "withdraw_quote", "auth_user_add"} <= set(
        every_address
    )
    assert len(every_address) > 40


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_shown_the_way_in_and_nothing_else(
    client: Client, every_address: dict[str, str], method: str
) -> None:
    answers = {
        name: getattr(client, method)(address)
        for name, address in every_address.items()
        if name not in WAY_IN | {"logout"}
    }

    let_in = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code != 401 and not answer.get("Location", "").startswith("/admin/login/")
    }
    assert let_in == {}
    assert not any("СЕКРЕТНАЯ" in answer.content.decode() for answer in answers.values())


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_without_a_role_is_refused_everywhere_but_at_its_own_pages(
    client: Client, every_address: dict[str, str], method: str
) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    let_in = {}
    for name, address in every_address.items():
        if name in WAY_IN | OWN:
            continue
        answer = getattr(client, method)(address)
        if answer.status_code not in (403, 405):
            let_in[name] = answer.status_code
    assert let_in == {}


def test_an_editor_is_refused_at_every_page_of_accounts(desk: Client, every_address: dict[str, str]) -> None:
    accounts = {name: address for name, address in every_address.items() if name.startswith("auth_user")}

    assert {name: desk.get(address).status_code for name, address in accounts.items()} == dict.fromkeys(accounts, 403)


def test_an_account_that_is_switched_off_is_a_stranger(client: Client, editor: User) -> None:
    client.force_login(editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302
