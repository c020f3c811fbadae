"""The list of partners, and the page of one: details that are changed with a trace, and all that belongs to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.partners import keys
from articles.partners.partner import Partner
from articles.partners.places import Place
from articles.partners.reminders import Reminder
from tests.factories.partners import bearing, make_endpoint, make_key, make_partner

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_partner_changelist")
ADD = reverse("admin:articles_partner_add")


def form(partner: Partner) -> str:
    return reverse("admin:articles_partner_change", args=[partner.pk])


def fields(**given: str) -> dict[str, str]:
    return {
        "name": "Clinic of the tests",
        "website": "",
        "contact_name": "",
        "email": "office@partner.test",
        "safety_email": "night@partner.test",
        "language": "en",
        "note": "",
    } | given


def full(name: str) -> Partner:
    """A partner with all that its page shows."""
    partner = make_partner(name)
    at = timezone.now()
    keys.revoke(make_key(partner)[0], at=at)
    make_key(partner, label="site")
    make_key(partner, kinds=["term"], languages=["ru"])
    make_endpoint(partner)
    for line in range(1, 4):
        Place.objects.create(partner=partner, step=Place.Step.FETCHED, sequence=line, at=at)
        Place.objects.create(partner=partner, step=Place.Step.ACKNOWLEDGED, sequence=line, at=at)
        Reminder.objects.create(partner=partner, sequence=line, asked_at=at, sent_at=at)
    return partner


def test_a_partner_is_made_by_hand_with_who_admitted_it(office: Client, administrator: User) -> None:
    answer = office.post(ADD, fields(), follow=True)

    partner = Partner.objects.get()
    assert (partner.created_by, partner.is_active) == (administrator, True)
    assert answer.redirect_chain[-1][0] == form(partner)
    assert "Admitted as a partner. Анна Белова" in answer.content.decode()


def test_a_change_stays_on_the_page_and_says_who(office: Client) -> None:
    partner = make_partner()

    answer = office.post(form(partner), fields(safety_email="duty@partner.test"), follow=True)

    partner.refresh_from_db()
    assert partner.safety_email == "duty@partner.test"
    assert answer.redirect_chain[-1][0] == form(partner)
    assert "Details changed. Анна Белова" in answer.content.decode()


def test_a_save_without_a_change_is_not_noted(office: Client) -> None:
    partner = make_partner()

    assert "Details changed" not in office.post(form(partner), fields(), follow=True).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "x"},
        {"safety_email": ""},
        {"website": "no site"},
        {"name": "Taken"},
        {"contact_name": "A\u202eB"},
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(office: Client, wrong: dict[str, str]) -> None:
    make_partner("Taken")
    partner = make_partner()

    answer = office.post(form(partner), fields(note="Kept as typed.", **wrong))

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()
    assert "Kept as typed." in answer.content.decode()
    partner.refresh_from_db()
    assert partner.note == ""


def test_the_page_shows_keys_webhooks_places_letters_and_no_digest(office: Client) -> None:
    partner = full("Clinic of the tests")

    html = office.get(form(partner)).content.decode()

    for key in partner.keys.all():
        assert key.prefix in html
        assert key.digest not in html
    for words in (
        "revoked",
        "usable",
        "Terms · Russian",
        "https://partner.test/hook",
        "everything up to 3",
        "about line 2",
    ):
        assert words in html
    assert "There are two usable keys" in html


def test_a_partner_is_never_deleted(office: Client) -> None:
    partner = make_partner()

    assert office.post(reverse("admin:articles_partner_delete", args=[partner.pk]), {"post": "yes"}).status_code == 403
    assert Partner.objects.exists()


def test_the_list_says_how_far_each_has_come(office: Client) -> None:
    full("Clinic of the tests")
    make_partner("Another")

    rows = {one.name: one for one in office.get(LIST).context["cl"].result_list}

    assert [(rows[name].key_count, rows[name].fetched_line, rows[name].acknowledged_line) for name in sorted(rows)] == [
        (0, None, None),
        (2, 3, 3),
    ]


@pytest.mark.parametrize("address", [LIST, "one"])
def test_many_cost_as_many_queries_as_one(office: Client, django_assert_num_queries: Any, address: str) -> None:
    partner = full("Clinic of the tests")
    address = form(partner) if address == "one" else address
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        office.get(address)
    for number in range(3):
        full(f"Clinic {number}")
        make_endpoint(partner, url=f"https://partner.test/{number}")
    with django_assert_num_queries(len(few)):
        office.get(address)


def test_suspending_is_asked_closes_the_keys_and_says_that_word_of_dangers_goes_on(office: Client) -> None:
    partner = make_partner()
    _, text = make_key(partner)
    access = reverse("admin:partner_access", args=[partner.pk])
    assert "So we still tell it of withdrawals" in office.get(access).content.decode()

    html = office.post(access, {"_suspend": "1"}, follow=True).content.decode()
    assert Client().get("/api/v1/articles/", **bearing(text)).status_code in (401, 403)
    assert "Access suspended. Анна Белова" in html

    html = office.post(access, {"_let_in": "1"}, follow=True).content.decode()
    assert Client().get("/api/v1/articles/", **bearing(text)).status_code == 200
    assert "Access opened again. Анна Белова" in html


def test_a_second_click_on_suspending_changes_and_notes_nothing(office: Client) -> None:
    partner = make_partner(state="suspended")
    access = reverse("admin:partner_access", args=[partner.pk])

    office.post(access, {"_suspend": "1"})

    assert "Access suspended." not in office.get(form(partner)).content.decode()


def test_a_key_that_has_expired_is_said_to_have(office: Client) -> None:
    partner = make_partner()
    make_key(partner, at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1))

    assert "expired" in office.get(form(partner)).content.decode()
