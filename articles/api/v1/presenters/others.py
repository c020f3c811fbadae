"""What has no blocks as partners receive it: terms, topics, people."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from articles.api.v1.presenters.items import common_members
from articles.api.v1.presenters.quotes import disclosure_out, person_out, workplace_out
from articles.api.v1.shapes.items import ExpertLinks, TopicLinks
from articles.editions.queries import Shelved, Target


def term(shelved: Shelved) -> dict[str, Any]:
    """Return the term; lists show all of it."""
    return common_members(shelved) | {
        "definition": shelved.document.summary,
        "synonyms": shelved.document.synonyms,  # type: ignore[attr-defined]
        "codes": shelved.document.codes,  # type: ignore[attr-defined]
    }


def whole_term(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the term: a list has all of it already."""
    return term(shelved)


def topic(shelved: Shelved) -> dict[str, Any]:
    """Return the topic as lists show it."""
    return common_members(shelved) | {"summary": shelved.document.summary}


def whole_topic(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the topic and where what belongs to it is listed."""
    own = {"topic": shelved.item}
    return topic(shelved) | {
        "links": TopicLinks(articles=_list("articles", own, shelved), faq=_list("faq", own, shelved))
    }


def expert(shelved: Shelved) -> dict[str, Any]:
    """Return the person as lists show them: never without the part that they have, and what they declared."""
    person = shelved.document.person  # type: ignore[attr-defined]
    return common_members(shelved) | {
        "person": person_out(person),
        "workplace": workplace_out(person),
        "disclosure": disclosure_out(person),
    }


def whole_expert(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the person with biography, and where what they say is listed."""
    own = {"expert": shelved.item}
    return expert(shelved) | {
        "biography": shelved.document.summary,
        "links": ExpertLinks(**{name: _list(name, own, shelved) for name in ("quotes", "articles", "faq")}),
    }


def _list(collection: str, parameters: Mapping[str, str], shelved: Shelved) -> str:
    query = urlencode({**parameters, "lang": shelved.language})
    return f"{settings.SITE_URL}/api/v1/{collection}/?{query}"
