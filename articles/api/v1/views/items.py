"""Articles that are live: the list, and one with all its parts."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.answers import cursors
from articles.answers.problems import type_url
from articles.api.v1 import finding
from articles.api.v1.answering import PublicAddress
from articles.api.v1.description import Component
from articles.api.v1.parameters import LANG, Parameter, opaque, refuse, whole_number
from articles.api.v1.presenters.articles import article, article_short
from articles.api.v1.selecting import ALWAYS, ARTICLE_FIELDS, SHORT_FIELDS, selected
from articles.api.v1.shapes.articles import Article, ArticleList, ArticleShort
from articles.editions import queries

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200

LIMIT = Parameter(
    "limit",
    whole_number(1, LARGEST_LIMIT),
    {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    "How many items one answer holds at most.",
    default=DEFAULT_LIMIT,
)
CURSOR = Parameter(
    "cursor", opaque, {"type": "string"}, "Where the list goes on. Comes from `next` and is not made by hand."
)


class Articles(PublicAddress):
    """Live articles of one language, in short and without blocks, the one that changed longest ago first.

    A list never reports withdrawals: follow `changes/` for them. An item that changes while you read the list moves to
    its end, so nothing is missed and some may come twice.
    """

    parameters = (LANG, LIMIT, CURSOR, SHORT_FIELDS)
    answers = ArticleList
    refuses = ("invalid-cursor",)

    def describe(self, component: Component) -> dict[str, Any]:
        short = {"anyOf": [component(ArticleShort), component(ArticleShort, required=ALWAYS)]}
        listed = {"type": "array", "items": short}
        return component(ArticleList, replacing={"results": listed})

    def get(self, request: Request) -> HttpResponse:
        limit = self.asked["limit"]
        scope = f"article/{self.language}"
        shown = queries.live_list("article", self.language, limit=limit + 1, after=self._after(scope))
        page, more = shown[:limit], shown[limit:]
        last = page[-1].standing if page else None
        return self.answer(
            {
                "results": [selected(article_short(item), self.asked["fields"]) for item in page],
                "next": self.address(
                    lang=self.language, cursor=cursors.encode(scope, (last.content_changed_at, last.item))
                )
                if last and more
                else None,
                "head": queries.head().sequence,
            }
        )

    def _after(self, scope: str) -> cursors.Key | None:
        cursor = self.asked["cursor"]
        if cursor is None:
            return None
        try:
            return cursors.decode(scope, cursor)
        except cursors.BadCursorError:
            detail = gettext("It belongs to another list or language, or was changed on the way.")
            refuse([{"parameter": "cursor", "type": type_url("invalid-cursor"), "detail": detail, "hint": ""}])


class ArticleDetail(PublicAddress):
    """One article with all its parts: blocks, quotes with their context, numbered sources."""

    parameters = (LANG, ARTICLE_FIELDS)
    answers = Article
    refuses = ("not-found", "not-in-this-language", "withdrawn")

    def describe(self, component: Component) -> dict[str, Any]:
        return {"anyOf": [component(Article), component(Article, required=ALWAYS)]}

    def get(self, request: Request, item: str) -> HttpResponse:
        shelved = finding.live("article", item, self.language)
        targets = queries.targets(shelved.document.linked_items(), self.language)
        value = selected(article(shelved, targets), self.asked["fields"])
        return self.answer(value, changed_at=shelved.envelope.published_at)
