"""Whatever is sent, the answer is a published value or a refusal with its reason, never a fault of ours."""

import json
from urllib.parse import quote

from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.articles.api.v1.conftest import keeps_promises
from tests.factories.documents import ARTICLE, a_document, heading, shelve
from tests.services.examples import examples

# The fixture's database is only read from, so examples do not disturb each other.
anything = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(150)
)

NAMES = st.sampled_from(
    [
        "lang",
        "limit",
        "cursor",
        "fields",
        "after",
        "before",
        "topic",
        "expert",
        "verdict",
        "kind",
        "q",
        "page",
        "exact",
        "code",
        "system",
        "digest",
        "part",
        "x",
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.sampled_from(["ru", "en", "title", "1", ARTICLE, "supported", "R25.2", "0" * 12]),
)
HOMES = st.sampled_from(
    ["", "articles/", f"articles/{ARTICLE}/", f"articles/{ARTICLE}/editions/", f"articles/{ARTICLE}/editions/1/",
     f"articles/{ARTICLE}/editions/1/document/", "changes/", "schema/", "problems/withdrawn/", "faq/",
     f"faq/{ARTICLE}/", "experts/", "terms/", "topics/", "pages/", "quotes/", f"quotes/{ARTICLE}/", "sources/",
     "search/", "lookup/", "verify/"]
)  # fmt: skip
BYTES = st.binary(max_size=30).map(lambda raw: quote(raw, safe=""))
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)


def answers_calmly(client: Client, address: str, **headers: str) -> None:
    cache.clear()  # a hundred requests of one address within a minute would be too many
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code in {200, 301, 304, 400, 404, 409}
    if response.status_code != 301:
        keeps_promises(response)
    if response.status_code >= 400:
        assert json.loads(response.content)["fix"]


@anything
@given(home=HOMES, pairs=st.lists(st.tuples(NAMES, VALUES), max_size=4))
def test_any_parameters(client: Client, db: None, home: str, pairs: list[tuple[str, str]]) -> None:
    shelve(a_document(heading("Что это")))
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in pairs)
    answers_calmly(client, f"{home}?{query}")


@anything
@given(home=HOMES, query=BYTES)
@example(home="changes/", query="%00=%FF&after=%ED%A0%80")
def test_any_bytes_for_a_query(client: Client, db: None, home: str, query: str) -> None:
    answers_calmly(client, f"{home}?{query}")


@anything
@given(segments=st.lists(BYTES, min_size=1, max_size=6))
def test_any_bytes_for_an_address(client: Client, db: None, segments: list[str]) -> None:
    answers_calmly(client, "/".join(segments) + "/")


@anything
@given(home=HOMES, accept=HEADERS, language=HEADERS, tag=HEADERS)
def test_any_headers(client: Client, db: None, home: str, accept: str, language: str, tag: str) -> None:
    answers_calmly(client, home, accept=accept, accept_language=language, if_none_match=tag)
