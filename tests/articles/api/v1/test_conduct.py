"""What every answer keeps to: language, tags, problems, CORS, and calm under malformed requests."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from articles.answers.problems import TYPES
from articles.editions import queries
from tests.articles.api.v1.conftest import Partner, keeps_promises
from tests.factories.documents import ARTICLE, a_document, an_english_document, an_id, heading, shelve, withdraw

DETAIL = f"articles/{ARTICLE}/"


@pytest.fixture
def both(db: None) -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What it is")), "en")


# language


@pytest.mark.usefixtures("partner", "both")
@pytest.mark.parametrize(("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("", "ru"), ("de", "ru"), ("ru", "ru")])
@pytest.mark.parametrize("path", ["", "articles/", DETAIL])
def test_without_lang_the_language_is_negotiated_and_the_answer_says_so(
    partner: Partner, path: str, accepted: str, language: str
) -> None:
    response = partner.get(path, accept_language=accepted)
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]
    assert response["Content-Location"] == f"http://testserver/api/v1/{path}?lang={language}"
    named = partner.get(f"{path}?lang={language}", accept_language="xx")
    assert named.content == response.content
    assert "Accept-Language" not in named["Vary"]
    assert "Content-Location" not in named.headers


def test_every_address_that_is_given_out_carries_its_language(partner: Partner, both: None) -> None:
    for path in ("", "articles/?limit=1", DETAIL, f"{DETAIL}editions/?lang=en", "changes/"):
        answer = partner.get(path, accept_language="en").content.decode()
        addresses = [part.split('"')[0] for part in answer.split('"http://testserver')[1:]]
        assert addresses
        assert [a for a in addresses if "lang=" not in a and not a.startswith(("/ru/", "/en/"))] == []


def test_what_is_not_published_in_a_language_says_in_which_it_is(partner: Partner) -> None:
    shelve(a_document(heading("Что это")))
    response = partner.get(f"{DETAIL}?lang=en", 404)
    problem = json.loads(response.content)
    assert problem["type"].endswith("/not-in-this-language/")
    assert (problem["id"], problem["language"]) == (ARTICLE, "en")
    assert problem["translations"] == [
        {
            "language": "ru",
            "state": "in_step",
            "lacks": None,
            "api_url": f"http://testserver/api/v1/articles/{ARTICLE}/?lang=ru",
        }
    ]
    assert response["Content-Language"] == "en"
    assert "Судороги" not in response.content.decode()


def test_a_language_that_was_withdrawn_is_not_offered_instead(partner: Partner) -> None:
    shelve(a_document(heading("Что это")))
    withdraw()
    assert partner.json(f"{DETAIL}?lang=en", 404)["translations"] == []


def test_a_withdrawn_item_answers_with_its_tombstone_in_this_language_only(partner: Partner, both: None) -> None:
    other = an_id("other")
    withdraw(reason="Ошибка в дозе.", reason_code="error", replaced_by=other)
    tombstone = partner.json(f"{DETAIL}?lang=ru", 410)
    assert {name: tombstone[name] for name in ("id", "kind", "language", "reason_code", "reason", "replaced_by")} == {
        "id": ARTICLE, "kind": "article", "language": "ru", "reason_code": "error", "reason": "Ошибка в дозе.",
        "replaced_by": other,
    }  # fmt: skip
    assert tombstone["withdrawn_at"] == "2026-11-22T12:00:00.000000Z"
    assert tombstone["sequence"] == 3
    assert partner.get(f"{DETAIL}?lang=ru", 410)["Cache-Control"].startswith("max-age=60")
    assert partner.json(f"{DETAIL}?lang=en")["title"] == "Cramps in tests"


def test_problems_are_told_in_the_language_asked_for(partner: Partner) -> None:
    assert partner.get("articles/?lang=en&x=1", 400, accept_language="ru")["Content-Language"] == "en"
    assert partner.get("articles/?lang=xx", 400, accept_language="en")["Content-Language"] == "en"
    assert partner.get("nowhere/", 404, accept_language="en")["Content-Language"] == "en"
    assert partner.get("nowhere/", 404)["Content-Language"] == "ru"


# validators


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    "path",
    [
        "?lang=ru",
        "articles/?lang=ru",
        f"{DETAIL}?lang=ru",
        f"{DETAIL}editions/1/document/?lang=ru",
        "changes/",
        "schema/",
    ],
)
def test_who_has_the_bytes_gets_a_304(partner: Partner, path: str) -> None:
    whole = partner.get(path)
    unchanged = partner.get(path, 304, if_none_match=f'"old", W/{whole["ETag"]}')
    assert unchanged.content == b""
    assert unchanged["ETag"] == whole["ETag"]
    assert unchanged["Cache-Control"] == whole["Cache-Control"]


def test_an_answer_tells_when_its_edition_was_published(partner: Partner, both: None) -> None:
    assert partner.get(f"{DETAIL}?lang=ru")["Last-Modified"] == "Sun, 22 Nov 2026 12:00:00 GMT"


def test_a_withdrawn_item_is_gone_even_for_who_has_the_bytes(partner: Partner, both: None) -> None:
    tag = partner.get(f"{DETAIL}?lang=ru")["ETag"]
    withdraw()
    partner.get(f"{DETAIL}?lang=ru", 410, if_none_match=tag)


def test_head_tells_the_same_as_get_without_a_body(client: Client, both: None) -> None:
    for path in ("/api/v1/", f"/api/v1/{DETAIL}?lang=ru", "/api/v1/articles/?bad=1", "/api/v1/nowhere/"):
        got, head = client.get(path), client.head(path)
        assert head.content == b""
        assert head.status_code == got.status_code
        same = ("ETag", "Content-Type", "Content-Length", "Cache-Control", "Vary", "Content-Language")
        assert {name: head.get(name) for name in same} == {name: got.get(name) for name in same}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/articles/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    keeps_promises(response)


@pytest.mark.django_db
def test_pages_of_other_sites_may_ask(client: Client) -> None:
    response = client.options("/api/v1/articles/?whatever=1", headers={"origin": "https://partner.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


# refusals


def test_an_unknown_parameter_is_refused_with_the_near_name(partner: Partner) -> None:
    problem = partner.json("articles/?lnag=en", 400, accept_language="en")
    assert problem["type"].endswith("/unknown-parameter/")
    assert problem["errors"][0]["parameter"] == "lnag"
    assert "lang" in problem["errors"][0]["hint"]


@pytest.mark.parametrize("filter_", ["icd10", "format", "page", "offset", "q", "kind", "verdict", "person"])
def test_a_filter_that_does_not_exist_is_refused_and_never_ignored(partner: Partner, filter_: str) -> None:
    assert partner.json(f"articles/?{filter_}=x", 400)["type"].endswith("/unknown-parameter/")


def test_everything_wrong_is_told_at_once(partner: Partner) -> None:
    problem = partner.json("articles/?lang=de&limit=0&limit=1&fields=titel&cursor=x&foo=1", 400)
    assert {error["parameter"] for error in problem["errors"]} == {"lang", "limit", "fields", "foo"}
    assert all(error["detail"] for error in problem["errors"])


def test_a_misspelt_field_is_refused_with_the_near_name(partner: Partner) -> None:
    assert "“title”" in partner.json("articles/?fields=titel", 400, accept_language="en")["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "lang=", "lang=RU", "lang=ru%00", "lang=ru&lang=ru", "limit=0", "limit=201", "limit=-1", "limit=1e2", "limit=",
        "limit=999999999999999999999", "limit=%D9%A3", "fields=", "fields=,", "fields=title,,summary", "fields=blocks",
        "fields=__class__", "%00=1", "%FF=1", "lang=%FF", "%ED%A0%80=1", "a[b]=1", "limit%00=1", "=", "=1", "&&x&&",
        "limit=1;DROP TABLE", "lang[]=ru",
    ],
)  # fmt: skip
def test_malformed_parameters_are_refused_with_a_reason(partner: Partner, query: str) -> None:
    problem = partner.json(f"articles/?{query}", 400)
    assert problem["detail"]
    assert problem["errors"]


@pytest.mark.parametrize("cursor", ["x", "%00", "A" * 5_000, "%F0%9F%98%80", "../../etc", "=", "AAAA"])
def test_a_cursor_that_no_list_gave_out_is_refused(partner: Partner, cursor: str) -> None:
    assert partner.json(f"articles/?cursor={cursor}", 400)["type"].endswith("/invalid-cursor/")


def test_a_cursor_of_one_language_is_refused_in_the_other(partner: Partner) -> None:
    for number in range(2):
        shelve(a_document(slug=f"statya-{number}"), item=an_id(f"item/{number}"))
    address = partner.json("articles/?lang=ru&limit=1")["next"].removeprefix("http://testserver")
    partner.get(address)
    assert partner.json(address.replace("lang=ru", "lang=en"), 400)["type"].endswith("/invalid-cursor/")


def test_an_empty_cursor_is_no_cursor_of_ours(partner: Partner) -> None:
    partner.get("articles/?cursor=", 400)


@pytest.mark.parametrize(
    "item",
    [str(uuid4()), "x", "1", "%00", ARTICLE.replace("-", ""), f"{{{ARTICLE}}}", f"urn:uuid:{ARTICLE}", "%F0%9F%98%80",
     "..%2f..", "a" * 3_000, f"{ARTICLE}%20", "%ED%A0%80"],
)  # fmt: skip
def test_an_id_that_leads_nowhere_is_not_found(partner: Partner, item: str) -> None:
    shelve(a_document())
    assert partner.json(f"articles/{item}/?lang=ru", 404)["type"].endswith("/not-found/")


def test_an_id_in_capital_letters_is_the_same_id(partner: Partner) -> None:
    shelve(a_document())
    assert partner.json(f"articles/{ARTICLE.upper()}/?lang=ru")["id"] == ARTICLE


@pytest.mark.parametrize(
    "path",
    [
        "/api/", "/api/v2/", "/api/nope", "/api/%00/", "/api/v1/nowhere/", "/api/v1/articles/x/y/z/", "/api/v1/find/",
        "/api/v1//articles/", "/api/v1/" + "a/" * 500,
    ],
)  # fmt: skip
def test_any_other_address_is_a_problem_document(partner: Partner, path: str) -> None:
    assert partner.json(path, 404)["type"].endswith("/not-found/")


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client, db: None) -> None:
    moved = client.get("/api/v1/articles?lang=en&limit=1")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/articles/?lang=en&limit=1")
    assert client.post("/api/v1/articles").status_code == 404


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml", "*/*", "", "x", "application/json;q=0", "image/*;q=2,;;", "a/b" * 2_000]
)
def test_the_interface_speaks_json_whatever_is_accepted(partner: Partner, accept: str) -> None:
    assert partner.get("articles/?lang=ru", accept=accept)["Content-Type"] == "application/json"


def test_too_many_parameters_are_refused(partner: Partner, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    query = "&".join(f"a{number}=1" for number in range(20))
    assert partner.json(f"articles/?{query}", 400)["type"].endswith("/malformed-request/")


def test_a_fault_of_ours_tells_nothing_about_itself(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(queries, "head", broken)
    client.raise_request_exception = False
    response = client.get("/api/v1/")
    assert response.status_code == 500
    keeps_promises(response)
    assert b"secret" not in response.content


def test_while_the_database_is_away_we_say_when_to_come_back(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("could not connect to 10.0.0.1")

    monkeypatch.setattr(queries, "head", away)
    client.raise_request_exception = False
    response = client.get("/api/v1/changes/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    keeps_promises(response)
    assert b"10.0.0.1" not in response.content


# pages of problems


@pytest.mark.parametrize("name", TYPES)
def test_every_type_explains_itself_in_both_languages(partner: Partner, name: str) -> None:
    explained = partner.json(f"problems/{name}/")
    assert explained["status"] == TYPES[name].status
    assert set(explained["title"]) == set(explained["fix"]) == {"ru", "en"}
    page = partner.get(f"problems/{name}/", accept="text/html,application/xhtml+xml").content.decode()
    assert '<section lang="ru">' in page
    assert '<section lang="en">' in page


def test_there_is_no_page_of_an_unknown_type(partner: Partner) -> None:
    partner.get("problems/teapot/", 404)


def test_the_root_names_whom_to_write_to_about_a_danger(partner: Partner, settings: Any) -> None:
    settings.CONTACT_EMAIL = "safety@example.org"
    assert partner.json("")["safety"]["contact"] == "safety@example.org"

    settings.CONTACT_EMAIL = ""
    assert partner.json("")["safety"]["contact"] is None
