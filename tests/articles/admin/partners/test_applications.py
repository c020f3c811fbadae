"""Requests for access at the desk: those that wait come first, and each is decided with a letter."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from articles.partners import applications
from articles.partners.keys import Key
from articles.partners.partner import Application, Partner
from tests.factories.applications import ASKED, an_application
from tests.factories.desk import NOON
from tests.factories.partners import make_partner

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_application_changelist")


def form(application: Application) -> str:
    return reverse("admin:articles_application_change", args=[application.pk])


def test_those_that_wait_come_first_the_newest_on_top(office: Client, administrator: User) -> None:
    newest = an_application(name="Decided", at=NOON + timedelta(days=9))
    applications.decline(newest, answer="No.", by=administrator, at=NOON)
    an_application(name="Older", at=NOON)
    an_application(name="Newer", at=NOON + timedelta(days=1))

    shown = [one.name for one in office.get(LIST).context["cl"].result_list]

    assert shown == ["Newer", "Older", "Decided"]


def test_those_that_wait_are_on_the_home_page_until_they_are_decided(office: Client, administrator: User) -> None:
    application = an_application()
    assert form(application) in office.get("/admin/").content.decode()

    applications.decline(application, answer="No.", by=administrator, at=NOON)
    assert form(application) not in office.get("/admin/").content.decode()


def test_the_page_shows_everything_that_was_asked(office: Client) -> None:
    html = office.get(form(an_application(kinds=("article",), languages=("ru",)))).content.decode()

    for words in (*(ASKED[name] for name in ASKED if name != "language"), "Articles", "Russian"):
        assert words in html


def test_what_somebody_typed_is_never_markup(office: Client) -> None:
    html = office.get(form(an_application(name="<script>alert(1)</script>", purpose="<img src=x>"))).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_who_is_admitted_becomes_a_partner_and_is_told(
    office: Client, administrator: User, mailoutbox: list[EmailMessage]
) -> None:
    application = an_application()

    answer = office.post(form(application), {"_approve": "1", "name": "Quayside"}, follow=True)

    partner = Partner.objects.get()
    assert (partner.name, partner.created_by, Key.objects.count()) == ("Quayside", administrator, 0)
    assert answer.redirect_chain[0][0] == reverse("admin:articles_partner_change", args=[partner.pk])
    html = answer.content.decode()
    assert "Admitted. An e-mail about it went to office@clinic.test." in html
    assert "Admitted as a partner. Анна Белова" in html
    assert [one.to for one in mailoutbox] == [[ASKED["email"]]]


def test_the_first_key_is_issued_at_once_with_the_scope_that_was_asked_for(office: Client) -> None:
    application = an_application(kinds=("article", "term"), languages=("ru",))

    answer = office.post(form(application), {"_approve": "1", "name": "Quayside", "issue": "on"})

    key = Key.objects.get()
    assert (key.partner.name, key.kinds, key.languages) == ("Quayside", ["article", "term"], ["ru"])
    assert answer.status_code == 200
    assert answer.content.decode().count(f"{key.prefix}_") == 1


def test_who_is_declined_reads_our_words(office: Client, administrator: User, mailoutbox: list[EmailMessage]) -> None:
    application = an_application()

    office.post(form(application), {"_decline": "1", "answer": "We cannot find you."})

    application.refresh_from_db()
    assert (application.state, application.answer, application.decided_by) == (
        "declined",
        "We cannot find you.",
        administrator,
    )
    assert "We cannot find you." in mailoutbox[0].body
    html = office.get(form(application)).content.decode()
    assert "Decided by Анна Белова" in html
    assert "_decline" not in html


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"_decline": "1", "answer": " "}, "Write in a few words why not"),
        ({"_decline": "1", "answer": "x" * 4_001}, "Make the answer shorter"),
        ({"_decline": "1", "answer": "No.\u202e"}, "U+202E"),
        ({"_approve": "1", "name": " ", "answer": "kept"}, "Write the name of the organisation."),
        ({"_approve": "1", "name": "x" * 201}, "Make the name shorter"),
        ({"_approve": "1", "name": "Taken", "issue": "on"}, "Another partner has this name."),
    ],
)
def test_what_is_refused_says_why_at_its_field_and_loses_nothing(
    office: Client, mailoutbox: list[EmailMessage], sent: dict[str, str], words: str
) -> None:
    make_partner("Taken")
    application = an_application()

    answer = office.post(form(application), sent)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert html.count(words) == 2
    assert 'aria-invalid="true"' in html
    assert ('name="issue" checked' in html) == ("issue" in sent)
    for typed in (sent.get("answer", "").strip(), sent.get("name", "").strip()):
        assert typed in html
    application.refresh_from_db()
    assert (application.state, Partner.objects.count(), Key.objects.count(), mailoutbox) == ("waiting", 1, 0, [])


def test_a_request_that_somebody_decided_meanwhile_is_not_decided_again(
    office: Client, administrator: User, mailoutbox: list[EmailMessage]
) -> None:
    application = an_application()
    applications.decline(application, answer="First.", by=administrator, at=NOON)

    html = office.post(form(application), {"_approve": "1", "name": "Quayside"}, follow=True).content.decode()

    assert "Somebody has already decided on it." in html
    assert (Partner.objects.count(), mailoutbox) == (0, [])


def test_a_letter_that_cannot_be_sent_is_said_and_stops_nothing(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", away)
    html = office.post(form(an_application()), {"_approve": "1", "name": "Quayside"}, follow=True).content.decode()

    assert "Write to office@clinic.test yourself." in html
    assert Partner.objects.exists()


def test_other_requests_with_the_same_e_mail_are_named(office: Client, administrator: User) -> None:
    applications.decline(an_application(name="Of before"), answer="No.", by=administrator, at=NOON)

    assert "Of before" in office.get(form(an_application())).content.decode()


def test_a_request_is_neither_made_changed_nor_deleted_at_the_desk(office: Client) -> None:
    application = an_application()

    assert office.get(reverse("admin:articles_application_add")).status_code == 403
    assert (
        office.post(reverse("admin:articles_application_delete", args=[application.pk]), {"post": "yes"}).status_code
        == 403
    )
    office.post(form(application), {"email": "changed@clinic.test"})
    application.refresh_from_db()
    assert application.email == ASKED["email"]


def test_a_list_of_many_costs_as_many_queries_as_a_list_of_one(office: Client, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    an_application()
    with CaptureQueriesContext(connection) as one:
        office.get(LIST)
    for number in range(5):
        an_application(name=f"Clinic {number}")
    with django_assert_num_queries(len(one)):
        office.get(LIST)
