"""Every address of the desk, walked by a stranger and by an account that has no role."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.aggregates import AGGREGATES

pytestmark = pytest.mark.django_db

# Open to everybody: the way in, and the language of the page that is the way in.
WAY_IN = {"login", "login_second", "login_challenge", "set_language"}
# Open to every account: its own password, the words of the interface, the home page that says there is no role yet.
OWN = {"index", "logout", "password_change", "password_change_done", "jsi18n", "app_list"}
OWN |= {"my_sign_in", "my_app", "my_passkey", "my_passkey_offer"}


def test_the_walk_meets_the_pages_that_matter(every_address: dict[str, str]) -> None:
    assert {"publish", "preview_page", "drift", "withdraw_article", "withdraw_quote", "auth_user_add"} <= set(
        every_address
    )
    assert len(every_address) > 100


def test_the_walk_meets_the_form_and_the_list_of_every_kind(every_address: dict[str, str]) -> None:
    kinds = [model._meta.label_lower.replace(".", "_") for model in AGGREGATES.values()]
    pages = {f"{kind}_{page}" for kind in kinds for page in ("add", "change", "changelist", "history")}
    assert pages - set(every_address) == set()


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
