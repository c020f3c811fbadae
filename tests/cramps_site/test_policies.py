"""What every public answer says to the browser, and that none of them sets a cookie."""

import re

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from articles.reader import pages
from tests.pages.reaching import by_client, open_questions
from tests.pages.shelf import fill
from tests.pages.table import CASES
from tests.repository.test_documentation import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SECRET = "тайный-вопрос"
# The one page with a script: to try the interface, and it is not for readers.
WITH_SCRIPT = "/api/v1/docs/"
STATIC = ["/static/articles/site.css", "/static/articles/favicon.svg"]
ODD = [
    "/",
    "/ru",
    "/ru/",
    "/nothing",
    "/ru/nothing/",
    "/api/nothing",
    "/media/nothing",
    "/static/nothing.css",
    "/%00",
    "/ru/%ff/",
]
FEEDS = ["/ru/feed.atom", "/en/feed.json", "/sitemap.xml", "/sitemaps/1.xml", "/.well-known/security.txt"]
API = [
    *(f"/api/v1/{kind}/" for kind in ("articles", "faq", "terms", "topics", "experts", "pages", "quotes", "sources")),
    "/api/v1/", "/api/v1/changes/", "/api/v1/schema/", "/api/v1/problems/withdrawn/", "/api/v1/articles/?lang=xx",
    "/api/v1/articles/none/", f"/api/v1/articles/?q={SECRET}",
    *(f"/api/v1/triage/protocols/{rest}" for rest in ("", "leg-cramp-triage/", "leg-cramp-triage/fhir/",
                                                      "leg-cramp-triage/decide/", "none/")),
]  # fmt: skip


ANSWERS: dict[str, HttpResponse] = {}


@pytest.fixture
def answers(client: Client) -> dict[str, HttpResponse]:
    """An answer of every kind of public address, of every page in every state, and of what is not there.

    Asked for once and then looked at by every test: they are values.
    """
    if ANSWERS:
        return ANSWERS
    fill()
    client.raise_request_exception = False
    plain = [address for address in addresses() if not re.search(r"[<(\\{]", address)]
    asked = [*(row.paths[language] for row, language in CASES), *plain, *STATIC, *ODD, *FEEDS, *API]
    for address in dict.fromkeys(asked):
        ANSWERS[address] = answer = client.get(address, headers={"accept-encoding": "br"})
        if answer.streaming and address not in STATIC:
            # What is made while it is sent is made while the shelf is there.
            answer.streaming_content = [b"".join(answer.streaming_content)]
        ANSWERS[f"POST {address}"] = client.post(address, headers={"accept-encoding": "br"})
    with open_questions():
        for row, language in CASES:
            if row.presses:
                ANSWERS[f"{row.name} {language}"] = by_client(client, row, language, accept_encoding="br")
    for path in STATIC:
        ANSWERS[path].close()
    return ANSWERS


@pytest.fixture
def fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> HttpResponse:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pages, "section", fail)
    client.raise_request_exception = False
    return client.get("/ru/articles/", headers={"accept-encoding": "br"})


def test_answers_of_all_kinds_are_looked_at(answers: dict[str, HttpResponse]) -> None:
    assert {200, 301, 302, 400, 404, 405, 410} <= {answer.status_code for answer in answers.values()}
    assert {answers[path].status_code for path in STATIC} == {200}


def test_no_public_answer_sets_a_cookie_or_depends_on_one(answers: dict[str, HttpResponse]) -> None:
    assert [path for path, answer in answers.items() if answer.cookies or "Set-Cookie" in answer.headers] == []
    assert [path for path, answer in answers.items() if "cookie" in answer.get("Vary", "").lower()] == []


def test_every_answer_carries_a_policy_that_lets_nothing_run_inline(
    answers: dict[str, HttpResponse], fault: HttpResponse
) -> None:
    for path, answer in [*answers.items(), ("fault", fault)]:
        policy = answer.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, path
        assert "unsafe-" not in policy, path
        scripts = [part for part in policy.split("; ") if part.startswith("script-src")]
        assert scripts == (["script-src 'self'"] if path.partition("?")[0] == WITH_SCRIPT else []), path
        assert {source for source in policy.split() if "://" in source or source == "*"} == set(), path


def test_every_answer_says_what_the_browser_need_not_tell_or_offer(
    answers: dict[str, HttpResponse], fault: HttpResponse
) -> None:
    for path, answer in [*answers.items(), ("fault", fault)]:
        # Of a search not even the next page of this site learns what was asked.
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, path
        assert answer["Permissions-Policy"] == settings.PERMISSIONS_POLICY, path
        assert answer["X-Content-Type-Options"] == "nosniff", path


def test_every_answer_of_text_is_packed_whatever_it_says(answers: dict[str, HttpResponse], fault: HttpResponse) -> None:
    seen = set()
    for path, answer in [*answers.items(), ("fault", fault)]:
        if path.removeprefix("POST ") in STATIC:
            continue
        sent = body = answer.getvalue()
        if answer.get("Content-Encoding") == "br":
            seen.add(answer.status_code)
            body = brotli.decompress(sent)
            # What is made while it is sent is of no length that could be told.
            assert answer.streaming or answer["Content-Length"] == str(len(sent)), path
        elif body:
            assert len(body) < 256, path
        if body:
            assert "Accept-Encoding" in answer["Vary"], path
    assert {200, 400, 404, 410, 500} <= seen


def test_the_desk_is_never_packed(client: Client) -> None:
    answer = client.get("/admin/login/", headers={"accept-encoding": "br"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_there_is_no_other_door() -> None:
    """Whoever adds a part with addresses of its own adds them to what is looked at here."""
    roots = [str(entry.pattern) for entry in get_resolver().url_patterns]
    assert [root for root in roots if root not in KNOWN] == []


KNOWN = {
    "admin/",
    "api/v1/triage/",
    "api/",
    "health/live",
    "health/ready",
    "robots.txt",
    "media/<picture:path>",
    "",
    ".well-known/security.txt",
}
