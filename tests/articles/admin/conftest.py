"""The desk as an editor's browser sees it, without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.admin.site import desk_site
from articles.publishing.erasures import ErasureRequest
from tests.factories.desk import NOON, a_quote, a_source, an_article, place
from tests.factories.pictures import a_picture

# Stock addresses that never answer with content: they only lead on, or do not exist.
EMPTY = {"view_on_site", None}


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """An editor who is signed in and works in English, so that tests may read sentences."""
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


def addresses(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def filled(pattern: URLPattern, objects: dict[str, Any]) -> str:
    """The address with ids of objects that exist, so that a refusal is one of rights and not of absence."""
    values: dict[str, Any] = {}
    for name in pattern.pattern.converters or pattern.pattern.regex.groupindex:
        values[name] = objects[name] if name in objects else objects["*"]
    return reverse(f"admin:{pattern.name}", kwargs=values)


@pytest.fixture
def every_address(editor: User) -> dict[str, str]:
    """Every address of the desk by name, with ids of objects that exist."""
    article, quote = an_article(), a_quote()
    place(article, quote)
    picture = a_picture()
    common = {"kind": "article", "item": article.pk, "which": "ru", "language": "ru", "app_label": "articles"}
    asked = ErasureRequest.objects.create(
        kind="source", object_id=a_source().pk, grounds="Статья 17", asked_by=editor, asked_at=NOON
    )
    found: dict[str, str] = {}
    common["part"] = "head"
    for pattern in addresses(desk_site.get_urls()):
        if pattern.name in EMPTY:
            continue
        obj = {
            "articles_quote": quote,
            "articles_expert": quote.expert,
            "articles_source": quote.source,
            "articles_organisation": quote.expert.organisation,
            "articles_picture": picture,
            "auth_user": editor,
            "withdraw_quote": quote,
            "withdraw_source": quote.source,
            "impact": quote.expert,
        }
        kinds = {"impact": "expert"}
        own = next((value for name, value in obj.items() if str(pattern.name).startswith(name)), article)
        found[str(pattern.name)] = filled(
            pattern,
            common
            | {"*": own.pk, "object_id": own.pk, "pk": own.pk, "id": own.pk, "number": 1, "version": 1}
            | {"kind": kinds.get(str(pattern.name), "article"), "request_id": asked.pk},
        )
    return found
