"""Bodies of requests: whole, within a bound, or not at all."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from articles.answers.forms import MalformedFormError, read_fields
from articles.answers.received import CutOffError, TooLargeError, whole_body

FORM = "application/x-www-form-urlencoded"


def sent(body: bytes, *, told: int | None = None) -> HttpRequest:
    request = RequestFactory().post("/", body, content_type=FORM)
    request.META["CONTENT_LENGTH"] = str(len(body) if told is None else told)
    return request


def test_a_body_within_the_bound_is_returned_whole() -> None:
    assert whole_body(sent(b"12345"), largest=5) == b"12345"


def test_a_body_beyond_the_bound_is_refused() -> None:
    with pytest.raises(TooLargeError):
        whole_body(sent(b"123456"), largest=5)


def test_a_body_that_is_shorter_than_it_was_told_to_be_is_refused() -> None:
    with pytest.raises(CutOffError):
        whole_body(sent(b"1234", told=5), largest=5)


def test_a_form_that_was_cut_off_is_refused_though_it_looks_whole() -> None:
    with pytest.raises(MalformedFormError):
        read_fields(sent(b"do=next&answer=none", told=40), largest=100, most=10)
