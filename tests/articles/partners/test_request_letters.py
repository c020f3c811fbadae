"""Who is written to about a request, and what the letters say."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from articles.partners import request_letters
from tests.factories.applications import ASKED, an_application
from tests.factories.desk import NOON
from tests.factories.partners import make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contact(settings: Any) -> None:
    settings.CONTACT_EMAIL = "desk@site.test"


def test_the_desk_reads_everything_in_russian_and_the_asker_a_confirmation_in_their_language(
    mailoutbox: list[EmailMessage],
) -> None:
    application = an_application(kinds=("article", "protocol"), languages=("ru",))
    request_letters.received(application)

    desk, asker = mailoutbox
    assert (desk.to, desk.reply_to) == (["desk@site.test"], [ASKED["email"]])
    for words in (ASKED["name"], ASKED["website"], ASKED["safety_email"], ASKED["purpose"]):
        assert words in desk.body
    assert "Статьи, Протоколы оценки срочности" in desk.body
    assert f"/admin/articles/application/{application.pk}/change/" in desk.body
    assert (asker.to, asker.reply_to) == ([ASKED["email"]], ["desk@site.test"])
    assert asker.subject == "We have your request for access"


def test_the_confirmation_repeats_nothing_that_was_typed(mailoutbox: list[EmailMessage]) -> None:
    """It may go to somebody who has asked for nothing: nobody advertises through us."""
    request_letters.received(an_application())

    written = f"{mailoutbox[1].subject} {mailoutbox[1].body}"
    assert [name for name in ("name", "website", "contact_name", "purpose") if ASKED[name] in written] == []


def test_however_many_requests_name_an_address_it_gets_one_confirmation_a_day(mailoutbox: list[EmailMessage]) -> None:
    for number, at in enumerate((NOON, NOON + timedelta(hours=23), NOON + timedelta(hours=47, minutes=1))):
        request_letters.received(an_application(name=f"Clinic {number}", email="Office@clinic.test", at=at))

    confirmed = [one for one in mailoutbox if one.to == ["Office@clinic.test"]]
    assert len(confirmed) == 2


def test_without_an_address_of_the_desk_the_asker_is_told_all_the_same(
    mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.CONTACT_EMAIL = ""
    request_letters.received(an_application())

    assert [one.to for one in mailoutbox] == [[ASKED["email"]]]


def test_who_is_admitted_learns_what_is_asked_of_them_and_gets_no_key(mailoutbox: list[EmailMessage]) -> None:
    partner = make_partner("Quayside")

    assert request_letters.admitted(an_application(), partner)
    assert "Quayside" in mailoutbox[0].body
    assert partner.safety_email in mailoutbox[0].body
    assert "Your key does not come by e-mail" in mailoutbox[0].body


def test_who_is_declined_reads_our_words(mailoutbox: list[EmailMessage]) -> None:
    application = an_application(language="ru")
    application.answer = "Мы не нашли вашу организацию."

    assert request_letters.declined(application)
    assert mailoutbox[0].subject == "Ответ на вашу заявку на доступ"
    assert "Мы не нашли вашу организацию." in mailoutbox[0].body
