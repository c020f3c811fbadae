"""The page for partners: what they get and promise, and a form that loses nothing, leaks nothing and is not flooded."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from articles.canonical.languages import LANGUAGES, Language
from articles.partners.partner import Application
from articles.reader.partners import LARGEST_BYTES
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import Markup, read
from tests.factories.applications import ASKED, an_application

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
TYPED = {name: words for name, words in ASKED.items() if name != "language"}


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def send(
    client: Client,
    *more: tuple[str, str],
    language: Language = "en",
    headers: dict[str, str] | None = None,
    **typed: str,
) -> HttpResponse:
    """Send the form as a browser does."""
    body = urlencode([*(TYPED | typed).items(), *more, ("do", "ask")])
    answer: HttpResponse = client.post(f"/{language}/partners/", body, content_type=FORM, headers=headers)
    return answer


def page(answer: HttpResponse) -> Markup:
    return read(answer.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_there_in_both_languages_and_the_foot_of_every_page_leads_to_it(
    fetch: Fetch, language: Language
) -> None:
    shown = fetch(f"/{language}/partners/")

    assert shown.words("h1") == [{"ru": "Стать партнёром", "en": "Become a partner"}[language]]
    assert shown.alternates()["ru" if language == "en" else "en"].endswith("/partners/")
    feet = [one.attributes["href"] for one in fetch(f"/{language}/articles/").all("a")]
    assert f"/{language}/partners/" in feet


def test_the_page_says_what_partners_get_and_promise_and_where_the_documentation_is(fetch: Fetch) -> None:
    shown = fetch("/en/partners/")

    told = ("Recall.", "Webhooks.", "A journal.", "max_age", "take down at once")
    assert [words for words in told if words not in shown.text] == []
    assert {"/api/v1/docs/", "/api/v1/schema/"} <= {one.attributes.get("href", "") for one in shown.all("a")}


def test_the_page_may_be_kept_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/en/partners/")

    assert answer["Cache-Control"].startswith("max-age=60")
    assert not answer.cookies
    assert client.get("/en/partners/", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_request_is_kept_and_answered_with_what_happens_next(client: Client, mailoutbox: list[EmailMessage]) -> None:
    answer = send(client, ("kinds", "article"), ("kinds", "term"), ("languages", "ru"))

    assert answer.status_code == 200
    assert page(answer).words("h1") == ["Thank you, we have your request"]
    kept = Application.objects.get()
    assert {name: getattr(kept, name) for name in TYPED} == TYPED
    assert (kept.kinds, kept.languages, kept.language) == (["article", "term"], ["ru"], "en")
    assert ASKED["email"] in [one.to[0] for one in mailoutbox]


def test_an_answer_to_a_form_is_kept_by_nobody(client: Client) -> None:
    for answer in (send(client), send(client, email="x"), send(client, ("more", "1"))):
        assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
            "no-store", "noindex", "no-referrer",
        )  # fmt: skip
        assert "ETag" not in answer.headers
        assert not answer.cookies


def test_the_same_request_twice_gets_the_same_answer_and_is_kept_once(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    first = send(client)
    count = len(mailoutbox)
    second = send(client, purpose="Something else.")

    assert first.content == second.content
    assert "it stays as it was" in page(second).text
    assert Application.objects.get().purpose == ASKED["purpose"]
    assert len(mailoutbox) == count


def test_nobody_learns_who_else_has_asked(client: Client) -> None:
    unknown = send(client, name="Nobody has asked", email="other@clinic.test")
    an_application()
    known = send(client)

    assert unknown.content == known.content


def test_every_fault_stands_at_its_field_and_in_the_list_above_and_nothing_typed_is_lost(client: Client) -> None:
    answer = send(
        client,
        ("kinds", "faq"),
        ("languages", "en"),
        name="Clinic & <Sons>",
        email="none",
        website="",
        purpose="x" * 4_001,
    )

    assert answer.status_code == 422
    shown = page(answer)
    faulty = ["website", "email", "purpose"]
    assert [
        one.attributes["href"] for one in shown.all("a") if one.attributes["href"] in {f"#{name}" for name in TYPED}
    ] == [f"#{name}" for name in faulty]
    for name in TYPED:
        field = shown.one("textarea" if name == "purpose" else "input", id=name).attributes
        assert ("aria-invalid" in field) == (name in faulty)
        if name in faulty:
            assert f"{name}-fault" in field["aria-describedby"]
            assert shown.one("p", id=f"{name}-fault").text.strip()
    assert shown.one("input", id="name").attributes["value"] == "Clinic & <Sons>"
    assert shown.one("input", id="email").attributes["value"] == "none"
    assert shown.one("textarea", id="purpose").text.strip() == "x" * 4_001
    ticked = [one.attributes["value"] for one in shown.all("input", type="checkbox") if "checked" in one.attributes]
    assert ticked == ["faq", "en"]
    assert "Error" in shown.one("title").text
    assert not Application.objects.exists()


def test_a_line_break_in_a_field_of_one_line_never_reaches_a_mail(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    send(client, name="Clinic\r\nBcc: all@clinic.test")

    assert Application.objects.get().name == "Clinic Bcc: all@clinic.test"
    assert all("Bcc" not in one.message() for one in mailoutbox)
    assert {to for one in mailoutbox for to in one.recipients()} <= {ASKED["email"], "desk@site.test"}


@pytest.mark.parametrize(
    "more",
    [
        [("more", "1")],
        [("name", "Twice")],
        [("kinds", "podcast")],
        [("languages", "de")],
        [("languages", "ru"), ("languages", "ru")],
        [("do", "ask")],
    ],
)
def test_a_form_that_is_not_ours_is_refused_whole(client: Client, more: list[tuple[str, str]]) -> None:
    answer = send(client, *more)

    assert answer.status_code == 400
    assert "arrived incomplete or changed" in page(answer).text
    assert not Application.objects.exists()


@pytest.mark.parametrize("body", [b"", b"\x00", b"name=%FF", b"{}", b"name=" + b"x" * LARGEST_BYTES])
def test_no_body_is_a_fault_of_ours(client: Client, body: bytes) -> None:
    assert client.post("/ru/partners/", body, content_type=FORM).status_code == 400
    assert client.post("/ru/partners/", body, content_type="application/json").status_code == 400


def test_a_form_on_another_site_is_refused(client: Client) -> None:
    assert send(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert not Application.objects.exists()


def test_a_program_that_fills_in_everything_is_asked_again_and_a_person_loses_nothing(client: Client) -> None:
    answer = send(client, ("leave_empty", "https://spam.test"))

    assert answer.status_code == 422
    assert not Application.objects.exists()
    shown = page(answer)
    assert "as if a program had filled it in" in shown.text
    assert shown.one("input", id="leave_empty").attributes.get("value", "") == ""
    assert shown.one("input", id="name").attributes["value"] == ASKED["name"]


@pytest.mark.usefixtures("standing_clock")
def test_the_sixth_request_within_an_hour_waits_with_everything_typed(client: Client) -> None:
    for number in range(5):
        assert send(client, name=f"Clinic {number}").status_code == 200
    answer = send(client, name="One too many")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert page(answer).one("input", id="name").attributes["value"] == "One too many"
    assert Application.objects.count() == 5


def test_slips_in_the_form_take_nobodys_turn_away(client: Client) -> None:
    for _ in range(10):
        assert send(client, email="x").status_code == 422
    assert send(client).status_code == 200


def test_a_server_of_mail_that_is_away_loses_no_request(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", away)
    assert send(client).status_code == 200
    assert Application.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/ru/partners/").status_code == 405
