"""Who may do what with partners: administrators keep them, editors see them, nobody else knows of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles.partners.keys import Key
from articles.partners.partner import Application, Partner
from tests.factories.applications import an_application
from tests.factories.partners import make_endpoint, make_key, make_partner

pytestmark = pytest.mark.django_db

Addresses = dict[str, str]


@pytest.fixture
def pages() -> Addresses:
    partner = make_partner()
    key, _ = make_key(partner)
    return {
        "requests": reverse("admin:articles_application_changelist"),
        "request": reverse("admin:articles_application_change", args=[an_application().pk]),
        "partners": reverse("admin:articles_partner_changelist"),
        "partner": reverse("admin:articles_partner_change", args=[partner.pk]),
        "webhook": reverse("admin:partner_webhook", args=[make_endpoint(partner).pk]),
        "new partner": reverse("admin:articles_partner_add"),
        "new key": reverse("admin:partner_new_key", args=[partner.pk]),
        "revoke": reverse("admin:partner_revoke_key", args=[key.pk]),
        "access": reverse("admin:partner_access", args=[partner.pk]),
    }


SEEN = {"requests", "request", "partners", "partner", "webhook"}
LISTS = {"requests", "partners"}


@pytest.fixture
def signed_in() -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        user = User.objects.create_user(f"one-{role or 'nobody'}", is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize(
    ("role", "sees", "keeps"),
    [("administrator", True, True), ("editor", True, False), ("medical_reviewer", False, False), ("", False, False)],
)
def test_each_role_opens_what_is_its_own(
    signed_in: Callable[[str], Client], pages: Addresses, role: str, sees: bool, keeps: bool
) -> None:
    client = signed_in(role)

    opened = {name for name, address in pages.items() if client.get(address).status_code == 200}

    assert opened == (set(pages) if keeps else SEEN if sees else set())


@pytest.mark.parametrize("role", ["editor", "medical_reviewer", ""])
def test_nobody_but_an_administrator_changes_anything(
    signed_in: Callable[[str], Client], pages: Addresses, role: str
) -> None:
    client = signed_in(role)
    everything = {
        "_approve": "1", "_decline": "1", "_suspend": "1", "_pause": "1", "name": "Changed", "answer": "No.",
        "had": "1", "email": "changed@partner.test", "safety_email": "changed@partner.test", "language": "ru",
    }  # fmt: skip

    answers = {
        name: client.post(address, everything).status_code for name, address in pages.items() if name not in LISTS
    }

    assert set(answers.values()) == {403}
    assert (Application.objects.get().state, Partner.objects.count(), Key.objects.count()) == ("waiting", 1, 1)
    partner = Partner.objects.get()
    assert (partner.name, partner.state, partner.endpoints.get().state) == ("Clinic of the tests", "active", "active")
    assert Key.objects.get().revoked_at is None


def test_an_editor_sees_no_button_that_would_be_refused(signed_in: Callable[[str], Client], pages: Addresses) -> None:
    client = signed_in("editor")

    for name in SEEN:
        html = client.get(pages[name]).content.decode()
        offered = [
            one for one in ("_approve", "_suspend", "_pause", "/keys/new/", "/revoke/", "/access/") if one in html
        ]
        assert offered == [], name


def test_the_menu_has_partners_for_those_who_see_them(signed_in: Callable[[str], Client]) -> None:
    address = reverse("admin:articles_partner_changelist")

    shown = {
        role
        for role in ("administrator", "editor", "medical_reviewer")
        if address in signed_in(role).get("/admin/").content.decode()
    }

    assert shown == {"administrator", "editor"}
