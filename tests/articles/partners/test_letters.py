"""A letter is plain text in its reader's language; nothing typed becomes a header; no fault of mail stops anything."""

import logging
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.template.loader import get_template

from articles.partners import letters
from articles.partners.partner import Application

ANYBODY = "office@clinic.test"


def application(**given: Any) -> Application:
    return Application(**({"name": "Clinic", "email": ANYBODY, "language": "en"} | given))


def sent(mailoutbox: list[EmailMessage], **given: Any) -> EmailMessage:
    asked = application(**given)
    assert letters.send("new_request", "desk@site.test", "en", {"application": asked}, reply_to=asked.email)
    return mailoutbox[0]


def test_the_first_line_is_the_subject_and_the_rest_the_text(mailoutbox: list[EmailMessage]) -> None:
    message = sent(mailoutbox)

    assert message.subject == "Request for access: Clinic"
    assert message.body.startswith("Somebody asks")
    assert (message.to, message.reply_to) == (["desk@site.test"], [ANYBODY])
    assert message.message().get_content_type() == "text/plain"


def test_each_reader_gets_it_in_their_language(mailoutbox: list[EmailMessage]) -> None:
    for language in ("ru", "en"):
        letters.send("request_received", ANYBODY, language, {})  # type: ignore[arg-type]

    assert [one.subject for one in mailoutbox] == [
        "Мы получили вашу заявку на доступ",
        "We have your request for access",
    ]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_what_was_typed_cannot_become_a_header(mailoutbox: list[EmailMessage], break_: str) -> None:
    message = sent(mailoutbox, name=f"Clinic{break_}Bcc: all@clinic.test")

    assert set(message.message().keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Reply-To", "Date",
        "Message-ID",
    }  # fmt: skip
    assert message.recipients() == ["desk@site.test"]


def test_an_address_with_a_line_break_is_not_written_to(mailoutbox: list[EmailMessage]) -> None:
    assert not letters.send("request_received", f"{ANYBODY}\nBcc: all@clinic.test", "en", {})
    assert mailoutbox == []


def test_nothing_is_escaped_for_html(mailoutbox: list[EmailMessage]) -> None:
    assert "Clinic “A & B” <x>" in sent(mailoutbox, name="Clinic “A & B” <x>").body


def test_a_server_of_mail_that_is_away_stops_nothing_and_the_log_names_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise ConnectionRefusedError(f"{ANYBODY} is refused")

    monkeypatch.setattr(EmailMessage, "send", away)
    with caplog.at_level(logging.WARNING):
        assert not letters.send("request_received", ANYBODY, "en", {})
    assert "ConnectionRefusedError" in caplog.text
    assert ANYBODY not in caplog.text


def test_without_an_address_nothing_is_sent(mailoutbox: list[EmailMessage]) -> None:
    assert not letters.send("request_received", "", "en", {})
    assert mailoutbox == []


@pytest.mark.parametrize("name", ["new_request", "request_received", "request_approved", "request_declined"])
def test_every_letter_has_a_template(name: str) -> None:
    assert get_template(f"articles/partners/{name}.txt")
