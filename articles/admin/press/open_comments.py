"""The newest comments that nobody has closed yet, for the home page."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest

from articles.admin.press import addresses
from articles.canonical.text import excerpt
from articles.content.aggregates import AGGREGATES
from articles.content.labels import label
from articles.editorial.comments import Comment, may_comment, open_comments

_SHOWN = 12
_EXCERPT = 120


class OpenComment(TypedDict):
    """`name` and `url` are those of what it is about."""

    name: str
    url: str
    words: str
    by: str
    at: datetime


def latest_open(request: HttpRequest) -> list[OpenComment]:
    """Return the newest open comments on what this person may see; a fixed number of queries."""
    user = request.user
    kinds = [kind for kind in AGGREGATES if isinstance(user, User) and may_comment(user, kind)]
    found = list(open_comments(kinds)[:_SHOWN]) if kinds else []
    names = _names(found)
    return [
        {
            "name": names[one.item],
            "url": addresses.comments(one.kind, one.item, one.part),
            "words": excerpt(one.text, _EXCERPT),
            "by": one.written_by.get_full_name() or one.written_by.get_username(),
            "at": one.written_at,
        }
        for one in found
        # What was deleted since leaves its comments behind, and nobody has to answer them.
        if one.item in names
    ]


def _names(found: Iterable[Comment]) -> dict[UUID, str]:
    wanted: dict[str, set[UUID]] = {}
    for one in found:
        wanted.setdefault(one.kind, set()).add(one.item)
    return {
        obj.pk: label(obj)
        for kind, ids in wanted.items()
        for obj in AGGREGATES[kind]._default_manager.filter(pk__in=ids)
    }
