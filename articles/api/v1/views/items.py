"""What is live, kind by kind: the list, and one item with all its parts."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from articles.answers import cursors
from articles.api.v1.description import Component
from articles.api.v1.paging import CURSOR, LIMIT, key_in
from articles.api.v1.parameters import LANG
from articles.api.v1.selecting import selected
from articles.api.v1.views.of_a_kind import OfAKind
from articles.editions import queries


class Items(OfAKind):
    """A list of live items."""

    about = """Live {many} of one language, in short and without blocks, the one that changed longest ago first.

A list never reports withdrawals: follow `changes/` for them. An item that changes while you read the list moves to its
end, so nothing is missed and some may come twice. With a filter a page may hold fewer than `limit`: follow `next`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        filters = (one.parameter for one in self.offer.filters)
        self.parameters = (LANG, LIMIT, CURSOR, self.offer.short_fields, *filters)
        self.refuses = ("invalid-cursor",)

    def describe(self, component: Component) -> dict[str, Any]:
        offer = self.offer
        short = {"anyOf": [component(offer.short_shape), component(offer.short_shape, required=offer.always)]}
        return component(offer.list_shape, replacing={"results": {"type": "array", "items": short}})

    def get(self, request: Request) -> HttpResponse:
        offer, limit = self.offer, self.asked["limit"]
        asked = [(one, value) for one in offer.filters if (value := self.asked[one.parameter.name])]
        scope = "/".join([offer.kind, self.language, *(f"{one.parameter.name}={value}" for one, value in asked)])
        narrowed = [one.narrowed(value, self.language) for one, value in asked]
        shown = queries.live_list(
            offer.kind,
            self.language,
            limit=limit + 1,
            after=key_in(self.asked["cursor"], scope, cursors.decode),
            mentioning=[one.mentioning for one in narrowed if one.mentioning],
            among=_in_all([one.among for one in narrowed if one.among is not None]),
        )
        page, more = shown[:limit], shown[limit:]
        last = page[-1].standing if page else None
        kept = [item for item in page if all(one.holds(item.document) for one in narrowed)]
        return self.answer(
            {
                "results": [
                    selected(offer.short_shape(**offer.short(item)), self.asked["fields"], offer.always)
                    for item in kept
                ],
                "next": self.address(
                    lang=self.language, cursor=cursors.encode(scope, (last.content_changed_at, last.item))
                )
                if last and more
                else None,
                "head": queries.head().sequence,
            }
        )


def _in_all(sets: Sequence[Collection[UUID]]) -> Collection[UUID] | None:
    return set(sets[0]).intersection(*sets[1:]) if sets else None


class ItemDetail(OfAKind):
    """One live item."""

    about = "One live {one} with all its parts."
    operation_suffix = "Detail"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.parameters = (LANG, self.offer.fields)
        self.answers = self.offer.shape
        self.refuses = ("not-found", "not-in-this-language", "withdrawn")

    def describe(self, component: Component) -> dict[str, Any]:
        return {"anyOf": [component(self.offer.shape), component(self.offer.shape, required=self.offer.always)]}

    def get(self, request: Request, item: str) -> HttpResponse:
        offer = self.offer
        shelved = self.shelved(item)
        targets = queries.targets(shelved.document.linked_items(), self.language)
        value = selected(offer.shape(**offer.whole(shelved, targets)), self.asked["fields"], offer.always)
        return self.answer(value, changed_at=shelved.envelope.published_at)
