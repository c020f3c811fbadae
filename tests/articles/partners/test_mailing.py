"""Word of a danger by mail."""

import smtplib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import translation

from articles.partners.mailing import serve, tell
from articles.partners.reminders import Reminder, remind
from tests.factories.desk import an_editor
from tests.factories.documents import ARTICLE, a_document, a_source, an_id, check, shelve, text, withdraw, withdraw_part
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal, after

pytestmark = pytest.mark.django_db


def waits() -> bool:
    """Whether a mail is still to be sent, now or later."""
    return Reminder.objects.filter(sent_at=None, next_attempt_at__isnull=False).exists()


def at(moment: datetime) -> Any:
    return lambda: moment


def test_a_withdrawal_is_mailed_to_every_partners_address_for_safety(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One", safety_email="night@one.test"), a_partner("Other", safety_email="night@other.test")
    a_withdrawal()

    assert tell(clock=at(after(seconds=1))) == 2

    assert sorted(mail.to[0] for mail in mailoutbox) == ["night@one.test", "night@other.test"]
    assert set(Reminder.objects.values_list("by", "sent_at")) == {(None, after(seconds=1))}
    assert tell(clock=at(after(seconds=2))) == 0
    assert not waits()


def test_the_mail_says_which_text_why_what_to_do_and_until_when(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One", language="en")
    a_withdrawal("cramps")

    tell(clock=at(after(seconds=1)))

    [mail] = mailoutbox
    assert mail.subject == "Act now: “About cramps” withdrawn (line 2)"
    for said in (
        "Withdrawn: “About cramps” (in English)",
        "http://testserver/en/articles/cramps/",
        "The dose was wrong.",
        "Take it down everywhere at once",
        "Line of the journal: 2,",
        "at the latest 22\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026, 13:00 UTC",
        "http://testserver/api/v1/changes/?after=1",
        '{"up_to": 2}',
    ):
        assert said in mail.body
    assert mail.content_subtype == "plain"


def test_each_partner_is_written_to_in_its_language(mailoutbox: list[EmailMessage]) -> None:
    a_partner("Clinic", language="en")
    a_partner("Клиника", language="ru")
    a_withdrawal()

    with translation.override("en"):
        tell(clock=at(NOON))

    english, russian = sorted((mail.body for mail in mailoutbox), key=lambda body: "Клиника" in body)
    assert "What to do:" in english
    assert "What to do:" not in russian
    assert "«About article» (по-английски)" in russian
    assert "Что сделать:" in russian


def test_what_was_withdrawn_at_once_is_one_mail_with_the_dangerous_first(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    source = a_source()
    shelve(a_document(text("Слова."), sources=[source]), item=ARTICLE, at=after(days=-1))
    withdraw_part(source, ARTICLE, change="correction")
    withdraw(a_live_text("second", at=NOON), "en", reason="It could harm.", reason_code="safety")

    tell(clock=at(NOON))

    [mail] = mailoutbox
    assert "2 texts" in mail.subject
    assert mail.body.index("It could harm.") < mail.body.index("Врач попросил снять свои слова.")
    assert Reminder.objects.filter(sent_at=NOON).count() == 2


def test_a_source_in_hundreds_of_texts_makes_no_endless_mail(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    for number in range(45):
        withdraw(a_live_text(f"text-{number}"), "en", at=NOON)

    tell(clock=at(NOON))

    [mail] = mailoutbox
    assert mail.body.count("Line of the journal:") == 40
    assert "And 5 more" in mail.body
    assert '{"up_to": 90}' in mail.body


def test_a_check_that_starts_asks_for_its_sentence_within_the_hour(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    check(a_live_text(), "en", started="We compare it with its sources.", at=NOON)
    tell(clock=at(NOON))
    assert "In doubt, being checked" in mailoutbox[0].body
    assert "We compare it with its sources." in mailoutbox[0].body
    assert "13:00 UTC" in mailoutbox[0].body


def test_a_person_who_reminds_is_no_first_word_and_knows_the_day_has_passed(mailoutbox: list[EmailMessage]) -> None:
    one, line = a_partner("One"), a_withdrawal()
    tell(clock=at(NOON))
    remind([one.pk], line, by=an_editor(), at=after(hours=2))

    tell(clock=at(after(hours=2)))

    assert mailoutbox[1].subject.startswith("Reminder, act now: ")
    assert "It should have been done by" in mailoutbox[1].body


class Away(BaseEmailBackend):
    """A server of mail that is away."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected


def test_a_server_of_mail_that_is_away_costs_nobody_the_word(settings: Any, mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    a_withdrawal()
    taken, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Away"
    assert tell(clock=at(NOON)) == 0
    assert (waits(), Reminder.objects.get().sent_at) == (True, None)
    assert tell(clock=at(after(seconds=5))) == 0
    assert Reminder.objects.get().attempts == 1

    settings.EMAIL_BACKEND = taken
    assert tell(clock=at(after(seconds=11))) == 1

    assert Reminder.objects.get().attempts == 2
    assert len(mailoutbox) == 1


def test_after_three_days_a_mail_is_given_up_and_does_not_count_as_sent(settings: Any) -> None:
    a_partner("One")
    a_withdrawal()
    tell_at = at(NOON)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    tell(clock=tell_at)
    tell(clock=at(after(days=3, seconds=1)))
    assert Reminder.objects.get().sent_at is None
    assert not waits()


def test_a_worker_that_is_killed_while_it_sends_leaves_the_mail_to_the_next(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_partner("One")
    a_withdrawal()

    def killed(*args: Any, **kwargs: Any) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("articles.partners.letters.send", killed)
        with pytest.raises(KeyboardInterrupt):
            tell(clock=at(NOON))

    assert tell(clock=at(after(minutes=1))) == 0, "whoever took it may still be sending"
    assert tell(clock=at(after(minutes=5, seconds=1))) == 1
    assert len(mailoutbox) == 1


def test_one_address_that_fails_keeps_nobody_else_waiting(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_partner("First", safety_email=""), a_partner("Second", safety_email="night@second.test")
    a_withdrawal()
    assert tell(clock=at(NOON)) == 1
    assert [mail.to for mail in mailoutbox] == [["night@second.test"]]
    assert Reminder.objects.get(partner__name="First").next_attempt_at == NOON + timedelta(seconds=10)


@pytest.mark.django_db(transaction=True)
def test_the_worker_mails_what_comes_while_it_runs_and_ends_when_told(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    stopped = threading.Event()
    worker = threading.Thread(target=serve, args=[stopped], kwargs={"every": 0.01})
    worker.start()
    try:
        a_withdrawal()
        until = time.monotonic() + 60
        while not mailoutbox and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        stopped.set()
        worker.join(60)
    assert len(mailoutbox) == 1
    assert not worker.is_alive()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(mailoutbox: list[EmailMessage]) -> None:
    for number in range(6):
        a_partner(f"Partner {number}")
    a_withdrawal()
    together = threading.Barrier(4)

    def work() -> int:
        together.wait()
        try:
            return tell(clock=at(NOON))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(lambda _: work(), range(4)))

    assert (sent, len(mailoutbox)) == (6, 6)


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_no_part_of_the_transaction_that_withdraws(mailoutbox: list[EmailMessage]) -> None:
    a_partner("One")
    a_live_text()
    with transaction.atomic():
        withdraw(an_id("article"), "en")
        transaction.set_rollback(True)
    assert tell(clock=at(NOON)) == 0
    assert mailoutbox == []
