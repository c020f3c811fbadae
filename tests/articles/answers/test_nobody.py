"""A request that nobody has sent is one that Django answers, and says no more than the answer is known by."""

from django.core.handlers.wsgi import WSGIRequest
from django.test import override_settings

from articles.answers.nobody import nobodys


def test_it_asks_for_the_very_answer_and_for_nobody() -> None:
    request = WSGIRequest(nobodys(("/api/v1/articles/", "lang=en", False, ""), "testserver:8001"))

    assert (request.method, request.get_full_path()) == ("GET", "/api/v1/articles/?lang=en")
    assert (request.get_host(), request.scheme, request.body) == ("testserver:8001", "http", b"")
    assert set(request.headers) == {"Host"}
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_scheme_and_language_are_those_that_the_answer_is_known_by() -> None:
    key = ("/api/v1/articles/", "", True, "en")
    request = WSGIRequest(nobodys(key, "testserver"))
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        behind = WSGIRequest(nobodys(key, "testserver"))
        assert (behind.is_secure(), behind.headers["Accept-Language"]) == (True, "en")

    assert (request.is_secure(), request.headers["Accept-Language"]) == (True, "en")
