"""A partner who checks every answer against the published description, and every promise that all answers keep."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.core.cache import cache as counts
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from articles.api.v1.description import described
from articles.api.v1.views import snapshot


@dataclass
class Partner:
    """Asks, checks the promises, and returns the answer."""

    client: Client

    def get(self, path: str, status: int = 200, **headers: str) -> HttpResponse:
        response = self.client.get(_full(path), headers=headers)
        assert response.status_code == status, response.content[:500]
        keeps_promises(response)
        if response.content and (operation := _operation(_full(path))):
            fits_description(response, operation)
        return response

    def json(self, path: str, status: int = 200, **headers: str) -> Any:
        return json.loads(self.get(path, status, **headers).content)

    def pages(self, path: str) -> Iterator[Any]:
        """Follow `next` to the end."""
        while path:
            page = self.json(path)
            yield page
            path = (page["next"] or "").removeprefix("http://testserver")


@pytest.fixture
def partner(client: Client, db: None) -> Partner:
    # What other tests asked does not count against this one.
    counts.clear()
    return Partner(client)


def keeps_promises(response: HttpResponse) -> None:
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" in response.headers
    assert "Cookie" not in response.get("Vary", "")
    assert re.match(r'"[a-z-]+";q=\d+;w=\d+', response["RateLimit-Policy"])
    assert "RateLimit" not in response or response["Cache-Control"] == "no-store"
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json"
        document = json.loads(response.content)
        assert document["status"] == response.status_code
        assert document["title"]
        assert document["type"].startswith("http://testserver/api/v1/problems/")
        assert b"Traceback" not in response.content
    if response.status_code == 200 and response["Cache-Control"] == "no-store":
        assert "ETag" not in response.headers
    elif response.status_code == 200:
        assert re.fullmatch(r'"[0-9a-f]{32}"', response["ETag"])


def fits_description(response: HttpResponse, operation: dict[str, Any]) -> None:
    described_answer = resolved(operation["responses"][str(response.status_code)])
    media_type = response["Content-Type"].partition("; charset")[0]
    assert media_type in described_answer["content"]
    if media_type == "text/html":
        return
    schema = described_answer["content"][media_type]["schema"] | {"components": strict_components()}
    errors = list(Draft202012Validator(schema).iter_errors(json.loads(response.content)))
    assert not errors, errors[0]


@cache
def description() -> dict[str, Any]:
    return json.loads(described())


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the description, or what it refers to."""
    if "$ref" not in part:
        return part
    found: Any = description()
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


@cache
def strict_components() -> dict[str, Any]:
    """Partners are told to ignore unknown members; we may not send any that are not described."""
    return _strict(description()["components"])


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        strict["additionalProperties"] = False
    return strict


def _operation(path: str) -> dict[str, Any] | None:
    for template, operations in description()["paths"].items():
        if "get" in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path.partition("?")[0]):
            return operations["get"]
    return None


def _full(path: str) -> str:
    return path if path.startswith("/") else f"/api/v1/{path}"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot is read and sent a few texts at a time."""
    monkeypatch.setattr(snapshot, "PAGE", 2)
    monkeypatch.setattr(snapshot, "RUN", 4)
    monkeypatch.setattr(snapshot, "HANDFUL", 2)
