"""Forms of public pages are read strictly and by our own code, and nothing of them stands in an error."""

from typing import Any

import pytest
from django.http import HttpRequest, UnreadablePostError
from django.test import RequestFactory

from articles.answers.forms import MalformedFormError, read_fields

FORM = "application/x-www-form-urlencoded"


def posted(body: str | bytes, content_type: str = FORM, **headers: Any) -> HttpRequest:
    return RequestFactory().post("/", body, content_type=content_type, headers=headers)


def read(request: HttpRequest) -> list[tuple[str, str]]:
    return read_fields(request, largest=100, most=3)


def test_fields_come_in_their_order_and_blank_ones_are_kept() -> None:
    assert read(posted("b=%D0%B0&a=&b=1")) == [("b", "а"), ("a", ""), ("b", "1")]


@pytest.mark.parametrize(
    "request_",
    [
        posted("a=1", content_type="multipart/form-data; boundary=x"),
        posted("a=1", content_type="application/json"),
        posted("a=" + "1" * 99),
        posted("a=1&b=2&c=3&d=4"),
        posted("no-sign-of-a-field"),
        posted("a=%FF"),
        posted("a=тайна".encode()),
        posted("a=1", sec_fetch_site="cross-site"),
    ],
)
def test_what_none_of_our_forms_sends_is_refused(request_: HttpRequest) -> None:
    with pytest.raises(MalformedFormError) as refusal:
        read(request_)
    assert "тайна" not in str(refusal.value)


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_a_form_of_our_own_page_is_read(site: str) -> None:
    assert read(posted("a=1", sec_fetch_site=site)) == [("a", "1")]


def test_a_body_that_is_cut_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(self: HttpRequest, *args: Any) -> bytes:
        raise UnreadablePostError

    monkeypatch.setattr(HttpRequest, "read", cut_off)
    with pytest.raises(MalformedFormError):
        read(posted("a=1"))
