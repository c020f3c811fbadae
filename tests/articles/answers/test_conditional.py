"""Tags of the bytes that are sent, and 304 for who has them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from articles.answers import headers
from articles.answers.conditional import conditional

AT = "2026-11-22T12:00:00.000000Z"


def ask(body: bytes = b"words", *, method: str = "GET", status: int = 200, **sent: str) -> HttpResponse:
    request = RequestFactory().generic(method, "/", headers={name.replace("_", "-"): sent[name] for name in sent})
    response = headers.apply(HttpResponse(body, status=status), "page", language="ru", vary=("Accept-Language",))
    response["Content-Location"] = "http://testserver/?lang=ru"
    return conditional(request, response, changed_at=AT)


def test_the_tag_is_strong_and_belongs_to_the_bytes() -> None:
    tag = ask()["ETag"]
    assert tag.startswith('"')
    assert tag == ask()["ETag"]
    assert tag != ask(b"other words")["ETag"]


def test_the_moment_of_the_change_is_told() -> None:
    assert ask()["Last-Modified"] == "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize("shape", ["{0}", "W/{0}", '"x", {0}', '"a",W/{0} , "b"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_bytes_gets_a_304_without_a_body(shape: str, method: str) -> None:
    response = ask(method=method, If_None_Match=shape.format(ask()["ETag"]))
    assert response.status_code == 304
    assert response.content == b""


def test_a_304_repeats_what_caches_need() -> None:
    whole, unchanged = ask(), ask(If_None_Match=ask()["ETag"])
    for name in ("ETag", "Cache-Control", "Content-Location", "Vary", "Last-Modified", "Content-Language"):
        assert unchanged[name] == whole[name]
    assert "Content-Type" not in unchanged.headers


@pytest.mark.parametrize("header", ['"other"', "", "words", '"unclosed', "W/", ",,,", '"' * 5_000])
def test_any_other_tag_gets_the_bytes(header: str) -> None:
    response = ask(If_None_Match=header)
    assert (response.status_code, response.content) == (200, b"words")


@pytest.mark.parametrize("shape", ["{0}x", '"a"{0}', "w/{0}", '"before" {0}', "{0} {0}"])
def test_a_tag_that_is_written_into_something_else_is_not_named(shape: str) -> None:
    assert ask(If_None_Match=shape.format(ask()["ETag"])).status_code == 200


def test_a_date_alone_never_earns_a_304() -> None:
    assert ask(If_Modified_Since="Sun, 22 Nov 2026 12:00:00 GMT").status_code == 200
    assert ask(If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT").status_code == 200


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_is_not_a_200_stays_as_it_is(status: int) -> None:
    response = ask(status=status, If_None_Match="*")
    assert (response.status_code, response.content) == (status, b"words")
    assert "ETag" not in response.headers


def test_what_is_written_is_never_answered_as_unchanged() -> None:
    assert ask(method="POST", If_None_Match="*").status_code == 200
