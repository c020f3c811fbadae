"""The desk as an editor's browser sees it, without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.admin.site import desk_site
from articles.content.aggregates import AGGREGATES
from articles.content.quotes import Quote
from articles.editorial import audit
from articles.publishing.erasures import ErasureRequest
from tests.factories.applications import an_application
from tests.factories.desk import NOON, a_source, an_organisation
from tests.factories.desk_kinds import a_page, a_term, an_article_with_everything
from tests.factories.partners import make_endpoint, make_key, make_partner
from tests.factories.triage_desk import a_protocol

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
    article = an_article_with_everything()
    quote = Quote.objects.order_by("pk").first()
    assert quote is not None
    an_organisation()
    a_term()
    a_page()
    # Before the protocol brings objects of its own: which is the first of all would be chance, and theirs have versions
    # in English.
    of_texts = _first_of_each()
    a_protocol(by=editor)
    common = {"kind": "article", "item": article.pk, "which": "ru", "language": "ru", "app_label": "articles"}
    asked = ErasureRequest.objects.create(
        kind="source", object_id=a_source().pk, grounds="Статья 17", asked_by=editor, asked_at=NOON
    )
    obj: dict[str, Any] = _first_of_each() | of_texts
    obj |= {
        "articles_article": article,
        "articles_quote": quote,
        "auth_user": editor,
        "account_factors": editor,
        "articles_auditentry": audit.record("published", by=editor, at=NOON, kind="article", about=article.pk),
        "withdraw_quote": quote,
        "withdraw_source": quote.source,
        "impact": quote.expert,
    }
    protocol = obj["triage_protocol"]
    partner = make_partner("Клиника")
    application = an_application(name="Больница", purpose="На сайте.", contact_name="Анна")
    obj |= {
        "articles_partner": partner, "articles_application": application, "partner": partner,
        "partner_revoke_key": make_key(partner)[0], "partner_webhook": make_endpoint(partner),
    }  # fmt: skip
    # What the triage asks of a protocol has no other object.
    asked_of_it = [
        "withdraw_protocol",
        *(f"triage_{page}" for page in ("sign", "publish", "compare", "export", "order")),
    ]
    obj |= dict.fromkeys(asked_of_it, protocol)
    kinds = {"shown_part": "quote", "impact": "expert"}
    found: dict[str, str] = {}
    common |= {"code": "undisclosed", "part": "head", "protocol": protocol.pk, "sequence": 1, "form": "csv"}
    for pattern in addresses(desk_site.get_urls()):
        if pattern.name in EMPTY:
            continue
        # The longest name that fits: evidence tables are not the only ones that begin with «articles_».
        fitting = [name for name in obj if str(pattern.name).startswith(f"{name}_") or pattern.name == name]
        own = obj[max(fitting, key=len)] if fitting else article
        common["kind"] = kinds.get(str(pattern.name), "article")
        found[str(pattern.name)] = filled(
            pattern,
            common
            | {"*": own.pk, "object_id": own.pk, "pk": own.pk, "id": own.pk, "number": 1, "version": 1}
            | {"kind": kinds.get(str(pattern.name), "article"), "request_id": asked.pk},
        )
    found["shown_part"] += f"?id={quote.pk}"
    return found


def _first_of_each() -> dict[str, Any]:
    """Return an object of each kind that has one."""
    found = {
        f"{model._meta.app_label}_{model._meta.model_name}": model._default_manager.order_by("pk").first()
        for model in AGGREGATES.values()
    }
    return {name: one for name, one in found.items() if one is not None}
