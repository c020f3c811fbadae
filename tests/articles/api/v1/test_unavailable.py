"""While the shelf cannot be asked nothing is answered from memory: every address says when to come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from tests.articles.api.v1.conftest import description, keeps_promises
from tests.factories.documents import ARTICLE, a_document, a_quote, a_source, heading, quoted, shelve

# What is the same whatever is on the shelf.
CONSTANT = ("/api/v1/schema/", "/api/v1/problems/", "/api/v1/docs/")
NEEDS = {"/api/v1/search/": "?q=a", "/api/v1/lookup/": "?code=R25.2", "/api/v1/verify/": f"?digest={'0' * 12}"}
VALUES = {"number": "1", "name": "withdrawn"}


def addresses() -> list[str]:
    """Every address of the description that is read, with an id of what is there where it asks for one."""
    ids = {"quotes": a_quote().id, "sources": a_source().id}
    found = []
    for path, methods in description()["paths"].items():
        if "get" in methods and methods["get"].get("security") != [{"key": []}] and not path.startswith(CONSTANT):
            item = ids.get(path.split("/")[3], ARTICLE)
            address = path.format(**{"item": item, **VALUES})
            found.append(address + NEEDS.get(path, "?lang=ru" if "editions" in path else ""))
    return found


PAGES = [
    "/ru/", "/en/articles/", "/ru/articles/sudorogi-v-testah/", "/ru/articles/sudorogi-v-testah/editions/",
    "/ru/articles/sudorogi-v-testah/handout/", "/ru/faq/", "/ru/sources/", "/ru/glossary/", "/ru/search/?q=a",
    f"/ru/verify/?digest={'0' * 12}", "/ru/corrections/", "/ru/feed.atom", "/en/feed.json", "/sitemap.xml",
]  # fmt: skip


@contextmanager
def shelf_away() -> Iterator[None]:
    def away(*query: Any) -> None:
        raise OperationalError("server closed the connection to 10.0.0.1 unexpectedly")

    with connection.execute_wrapper(away):
        yield


@pytest.mark.parametrize("address", [*addresses(), *PAGES])
def test_every_address_answers_503_and_when_to_come_back(client: Client, db: None, address: str) -> None:
    shelve(a_document(heading("Что это"), quoted(a_quote())))
    cache.clear()
    before = client.get(address)
    client.raise_request_exception = False

    with shelf_away():
        answer = client.get(address, headers={"if-none-match": before.get("ETag", '"x"')})

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert b"10.0.0.1" not in answer.content
    assert b"stale_since" not in before.getvalue()
    if address.startswith("/api/"):
        keeps_promises(answer)


@pytest.mark.parametrize("address", ["/api/v1/schema/", "/api/v1/problems/withdrawn/"])
def test_what_needs_no_shelf_is_answered_all_the_same(client: Client, db: None, address: str) -> None:
    with shelf_away():
        assert client.get(address).status_code == 200
