"""The search of readers. What was asked stands in the address and nowhere else: no log, no count, no cache keeps it."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import override
from rest_framework.request import Request

from articles.api.v1.answering import AskedAddress
from articles.api.v1.description import Component
from articles.api.v1.offers import OFFERS
from articles.api.v1.parameters import LANG, Parameter, one_of, whole_number
from articles.api.v1.presenters.search import danger_out, meant_out, result_out
from articles.api.v1.shapes.search import SearchOut, SearchResultOut
from articles.canonical.languages import other_language
from articles.editions import queries
from articles.editions.kinds import kinds
from articles.search.finding import search
from articles.search.results import Results
from articles.search.typed import LONGEST, beginning, cleaned

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 50
LAST_PAGE = 1_000

Q = Parameter(
    "q",
    cleaned,
    {"type": "string", "examples": ["судорога ночью"]},
    f"What is looked for, in Russian or English, as people type it; the first {LONGEST} characters count.",
    required=True,
)
EXACT = Parameter(
    "exact",
    one_of(("0", "1")),
    {"type": "string", "enum": ["0", "1"], "default": "0"},
    "With 1 the words are looked for as they were typed and are not put right.",
    default="0",
)
LIMIT = Parameter(
    "limit",
    whole_number(1, LARGEST_LIMIT),
    {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    "How many results one answer holds at most.",
    default=DEFAULT_LIMIT,
)
PAGE = Parameter(
    "page",
    whole_number(1, LAST_PAGE),
    {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    "Which page of the results. One behind the last is empty.",
    default=1,
)


class Search(AskedAddress):
    """What answers a question, the best first.

    It is the search of our own site: slips, the wrong keyboard layout and the other alphabet are put right (`meant`),
    what only the other language has comes last and says so. **Show `emergency` before anything else** where it is not
    null. Nothing of a question is kept, counted or logged, and the answer is kept by no cache.

    With a key that is for some kinds or languages only these are searched. Only what is live is found. Results have an
    order and no place of their own, so the list goes on by pages, not by a cursor: what is published or withdrawn
    meanwhile may move others from one page to the next.
    """

    answers = SearchOut
    refuses = ("missing-parameter",)
    limit: ClassVar[str | None] = "search"
    heeds_scope: ClassVar[bool] = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        searched = tuple(kind.name for kind in kinds() if kind.searched and kind.name in OFFERS)
        kind = Parameter(
            "kind", one_of(searched), {"type": "string", "enum": list(searched)}, "Only results of this kind."
        )
        self.parameters = (LANG, Q, kind, EXACT, LIMIT, PAGE)

    def describe(self, component: Component) -> dict[str, Any]:
        short = {"anyOf": [component(offer.short_shape) for offer in OFFERS.values()]}
        result = component(SearchResultOut, replacing={"item": short})
        results = {"type": "array", "items": result, "maxItems": LARGEST_LIMIT}
        return component(SearchOut, replacing={"results": results})

    def get(self, request: Request) -> HttpResponse:
        typed, limit, page, kind = (self.asked[name] for name in ("q", "limit", "page", "kind"))
        scope = self.scope
        if kind or not scope.covers_language(self.language):
            self.keep_within_scope(kind or next(iter(scope.kinds), None), self.language)
        query = beginning(typed)
        results = search(
            query,
            self.language,
            kinds=(kind,) if kind else scope.kinds,
            others=scope.covers_language(other_language(self.language)),
            offset=(page - 1) * limit,
            limit=limit,
            exact=self.asked["exact"] == "1",
        )
        goes_on = page * limit < results.total and page < LAST_PAGE
        return self.answer(
            SearchOut(
                emergency=danger_out(typed, results, self.language),
                query=query,
                is_cut=query != typed,
                meant=meant_out(results),
                results=self._results(results),
                total=results.total,
                by_kind={name: count for name, count in results.by_kind.items() if scope.covers(name, self.language)},
                page=page,
                next=self.address(lang=self.language, page=page + 1) if goes_on else None,
                head=queries.head().sequence,
            )
        )

    def _results(self, results: Results) -> list[SearchResultOut]:
        """Each in its own language, as it stands at this moment; one query."""
        shelves = queries.shelved((hit.item, hit.language) for hit in results.hits)
        live = {(one.item, one.language): one for one in shelves if one.is_live}
        found = []
        for hit in results.hits:
            if shelved := live.get((hit.item, hit.language)):
                offer = OFFERS[hit.kind]
                with override(hit.language):
                    item = offer.short(shelved)
                found.append(result_out(hit, item, shelved.document))
        return found
