"""Keys at the desk: shown once and nowhere kept, at most two, revoked at once."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.partners import applications, keys
from articles.partners.keys import Key
from articles.partners.partner import Partner
from tests.factories.applications import an_application
from tests.factories.partners import bearing, make_key, make_partner

pytestmark = pytest.mark.django_db


def new(partner: Partner) -> str:
    return reverse("admin:partner_new_key", args=[partner.pk])


def revoking(key: Key) -> str:
    return reverse("admin:partner_revoke_key", args=[key.pk])


def text_on(html: str) -> str:
    """The key that stands in the field to copy it from."""
    return html.partition('<textarea id="key"')[2].partition(">")[2].partition("<")[0]


def test_a_key_is_issued_as_it_was_asked_for_and_shown_once(office: Client) -> None:
    partner = make_partner()
    fields = {
        "label": "site",
        "kinds": ["article", "term"],
        "languages": ["ru"],
        "expires_on": "2128-01-31",
        "had": "0",
    }

    answer = office.post(new(partner), fields)

    key = Key.objects.get()
    assert (key.label, key.kinds, key.languages) == ("site", ["article", "term"], ["ru"])
    assert key.expires_at == datetime(2128, 2, 1, tzinfo=UTC)
    text = text_on(answer.content.decode())
    assert keys.find(text) == key
    assert "31 January 2128" in answer.content.decode()
    assert text not in office.get(reverse("admin:articles_partner_change", args=[partner.pk])).content.decode()
    assert text not in office.get(new(partner)).content.decode()


def test_the_text_of_a_key_lies_nowhere(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    partner = make_partner()
    with caplog.at_level(logging.DEBUG):
        answer = office.post(new(partner), {"had": "0"})

    text = text_on(answer.content.decode())
    secret = text.rpartition("_")[2] if len(text.rpartition("_")[2]) > 8 else text
    assert len(text) > 50
    kept = serializers.serialize("json", [*Key.objects.all(), *LogEntry.objects.all(), *Partner.objects.all()])
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    headers = [f"{name}: {value}" for name, value in answer.items()] + [str(answer.cookies)]
    for place in (kept, caplog.text, *sessions, *headers):
        assert text not in place
        assert secret not in place
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_same_form_sent_again_issues_no_second_key(office: Client) -> None:
    partner = make_partner()
    first = office.post(new(partner), {"had": "0", "label": "site"})
    again = office.post(new(partner), {"had": "0", "label": "site"})

    assert again.status_code == 422
    assert text_on(first.content.decode()) not in again.content.decode()
    assert "it is not shown again" in again.content.decode()
    assert 'value="site"' in again.content.decode()
    assert Key.objects.count() == 1
    assert '<input type="hidden" name="had" value="1"' in again.content.decode()


def test_a_third_usable_key_is_refused_with_what_to_do(office: Client) -> None:
    partner = make_partner()
    held = [make_key(partner, label=label)[0] for label in ("old", "new")]

    for answer in (office.get(new(partner)), office.post(new(partner), {"had": "2"})):
        html = answer.content.decode()
        assert "a third is not issued" in html
        assert all(revoking(key) in html for key in held)
    assert answer.status_code == 422
    assert Key.objects.count() == 2


def test_a_key_that_has_expired_or_was_revoked_makes_room(office: Client) -> None:
    partner = make_partner()
    make_key(partner, at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1))
    keys.revoke(make_key(partner)[0], at=timezone.now())

    assert office.post(new(partner), {"had": "2"}).status_code == 200
    assert Key.objects.count() == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"expires_on": "2020-01-01"}, "Choose a day that is still to come."),
        ({"expires_on": "yesterday"}, "Enter a valid date."),
        ({"expires_on": "9999-12-31"}, "Choose a day that is still to come."),
        ({"kinds": ["podcast"]}, "podcast is not one of the available choices"),
        ({"languages": ["de"]}, "de is not one of the available choices"),
        ({"label": "x" * 101}, "at most 100 characters"),
        ({"label": "a\u202eb"}, "U+202E"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    office: Client, fields: dict[str, str | list[str]], words: str
) -> None:
    partner = make_partner()

    answer = office.post(new(partner), {"label": "site", "had": "0"} | fields)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert Key.objects.count() == 0
    if "label" not in fields:
        assert 'value="site"' in html


def test_a_key_is_good_through_its_last_day(office: Client) -> None:
    partner = make_partner()
    today = timezone.now().date()

    office.post(new(partner), {"had": "0", "expires_on": today.isoformat()})

    key = Key.objects.get()
    assert key.expires_at is not None
    assert key.expires_at - timedelta(microseconds=1) >= datetime.combine(today, datetime.max.time(), tzinfo=UTC)
    assert key.expires_at.date() == today + timedelta(days=1)
    assert key.is_usable(timezone.now()) or timezone.now().date() > today


def test_what_was_asked_for_is_ticked_already(office: Client, administrator: User) -> None:
    application = an_application(kinds=("faq",), languages=("en",))
    partner = applications.approve(application, name="Quayside", by=administrator, at=timezone.now())

    shown = office.get(new(partner)).context["form"]

    assert (shown["kinds"].value(), shown["languages"].value()) == (["faq"], ["en"])


def test_revoking_asks_first_acts_at_once_and_says_who(office: Client, client: Client) -> None:
    key, text = make_key()
    asked = office.get(revoking(key)).content.decode()
    assert "the very next request with this key is refused" in asked
    assert "This is the only usable key of the partner." in asked
    assert Client().get("/api/v1/articles/", **bearing(text)).status_code == 200

    html = office.post(revoking(key), follow=True).content.decode()

    assert Client().get("/api/v1/articles/", **bearing(text)).status_code == 401
    assert f"Key {key.prefix} revoked. Анна Белова" in html


def test_to_revoke_a_second_time_changes_nothing(office: Client) -> None:
    key, _ = make_key()
    keys.revoke(key, at=datetime(2026, 11, 1, tzinfo=UTC))

    office.post(revoking(key))

    key.refresh_from_db()
    assert key.revoked_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert LogEntry.objects.count() == 0
    assert "Revoked on 1 November 2026" in office.get(revoking(key)).content.decode()


def test_a_session_that_ended_issues_nothing_and_loses_nothing(client: Client, administrator: User) -> None:
    partner = make_partner()
    fields = {"label": "app", "kinds": ["faq"], "had": "0", "expires_on": date(2128, 1, 1).isoformat()}
    asked = client.post(new(partner), fields)
    assert (asked.status_code, Key.objects.count()) == (401, 0)

    signed_in = {"_sign_in-username": administrator.username, "_sign_in-password": "correct horse battery"}
    html = client.post(new(partner), fields | signed_in).content.decode()

    assert Key.objects.count() == 0
    assert 'value="app"' in html
