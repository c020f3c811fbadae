"""A partner of the triage, who checks every answer against the description and the promises of deciding."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.articles.api.v1.conftest import Partner, description, fits_description, keeps_promises
from tests.factories.triage import SLUG

HOME = f"/api/v1/triage/protocols/{SLUG}/"
DECIDE = f"{HOME}decide/"

_OPERATION = "/api/v1/triage/protocols/{item}/decide/"


@dataclass
class Asker:
    """Asks for decisions, each time from another address, so that no limit is in the way of other tests."""

    client: Client
    addresses: Iterator[int]

    def send(self, content: bytes | str, status: int | None = None, path: str = DECIDE, **extra: Any) -> HttpResponse:
        number = next(self.addresses)
        given = {
            "content_type": "application/json",
            "REMOTE_ADDR": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
        }
        response = self.client.generic("POST", path, content, **(given | extra))
        assert status is None or response.status_code == status, response.content[:600]
        keeps_promises_of_deciding(response)
        return response

    def __call__(self, answers: object, status: int = 200, path: str = DECIDE, **members: Any) -> Any:
        body = {"language": "en", "answers": answers} | members
        return json.loads(self.send(json.dumps(body), status, path).content)


def keeps_promises_of_deciding(response: HttpResponse) -> None:
    """Nothing is kept by anybody, nothing is told to the next site, and every page may ask."""
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["RateLimit-Policy"].startswith('"decide";q=60;w=60')
    assert "ETag" not in response
    if response.status_code >= 400:
        keeps_promises(response)
        assert json.loads(response.content)["emergency"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    if response.content:
        fits_description(response, description()["paths"][_OPERATION]["post"])


@pytest.fixture
def decide(client: Client, db: None) -> Asker:
    return Asker(client, count(1))


@pytest.fixture
def partner(client: Client, db: None) -> Partner:
    return Partner(client)


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def demonstration(settings: Any) -> None:
    """The questions are open, labelled."""
    settings.TRIAGE_DEMONSTRATION = True


@pytest.fixture
def interactive(settings: Any) -> None:
    """The operator has opened the questions."""
    settings.TRIAGE_INTERACTIVE = True
