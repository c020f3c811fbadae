"""What there is about conditions, found by their clinical codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from articles.api.v1.codes import CODE_OF_ICD10, HOW_WRITTEN, SYSTEMS
from articles.api.v1.description import Component
from articles.api.v1.offers import OFFERS
from articles.api.v1.parameters import LANG, Parameter, one_of
from articles.api.v1.shapes import lookup as shapes
from articles.api.v1.views.projections import Gathered
from articles.editions import queries
from articles.editions.conditions import MATCHES, Match, coded_terms, match, nearest, texts_about
from articles.editions.queries import Shelved

MOST_CODES = 20
MOST_RESULTS = 50

# What can be about a condition, or names one.
KINDS = ("term", "article", "faq")

SYSTEM = Parameter(
    "system",
    one_of(tuple(SYSTEMS)),
    {"type": "string", "enum": list(SYSTEMS), "default": "icd10"},
    "Classification of the codes. МКБ-10 is the same one in Russian, with the same codes.",
    default="icd10",
)
CODE = replace(
    CODE_OF_ICD10,
    description=f"{HOW_WRITTEN} Give it again for each further code, up to {MOST_CODES} in one request.",
    required=True,
    repeatable=MOST_CODES,
)


@dataclass(frozen=True)
class Found:
    """An item with the codes by which it is found."""

    item: str
    match: Match
    codes: tuple[str, ...]


class Lookup(Gathered):
    """What there is about conditions: live articles, answered questions and terms, by clinical codes.

    A text is about the conditions that it names itself, not about those that it only mentions. A code finds what has
    exactly that code, what has one within it, and what is about the whole that it is a part of; each result says which
    (`match`). Neighbours are never found: R25.2 does not find R25.3.
    """

    parameters = (LANG, SYSTEM, CODE)
    answers = shapes.LookupOut
    refuses = ("missing-parameter",)
    limit: ClassVar[str | None] = "lookup"

    def describe(self, component: Component) -> dict[str, Any]:
        short = {"anyOf": [component(OFFERS[kind].short_shape) for kind in KINDS]}
        found = component(shapes.FoundByCodeOut, replacing={"item": short})
        results = {"type": "array", "items": found, "maxItems": MOST_RESULTS}
        code = component(shapes.CodeOut, replacing={"results": results})
        codes = {"type": "array", "items": code, "maxItems": MOST_CODES}
        return component(shapes.LookupOut, replacing={"results": codes})

    def get(self, request: Request) -> HttpResponse:
        codes: Sequence[str] = self.asked["code"]
        terms = coded_terms(self.language)
        near = {term: own for term, own in terms.items() if any(nearest(code, own) for code in codes)}
        texts = texts_about(near, self.language)
        about = {text.item: _codes_of(text, near) for text in texts}
        found = {code: _found(code, near | about) for code in codes}
        shown = {one.item for ones in found.values() for one in ones[:MOST_RESULTS]}
        shelves = queries.shelved((item, self.language) for item in shown)
        live = {one.item: one for one in shelves if one.is_live}
        return self.answer(
            shapes.LookupOut(
                results=[self._code(code, found[code], live) for code in codes], head=queries.head().sequence
            )
        )

    def _code(self, code: str, found: Sequence[Found], live: Mapping[str, Shelved]) -> shapes.CodeOut:
        return shapes.CodeOut(
            system=self.asked["system"],
            code=code,
            results=[self._result(one, live[one.item]) for one in found[:MOST_RESULTS] if one.item in live],
            total=len(found),
            links=shapes.CodeListsOut(**{name: self._list(name, code) for name in ("articles", "faq", "terms")}),
        )

    def _result(self, found: Found, shelved: Shelved) -> shapes.FoundByCodeOut:
        short = OFFERS[shelved.standing.kind].short(shelved)
        return shapes.FoundByCodeOut(match=found.match, codes=list(found.codes), item=short)

    def _list(self, collection: str, code: str) -> str:
        query = urlencode({"code": code, "lang": self.language})
        return f"{settings.SITE_URL}/api/v1/{collection}/?{query}"


def _codes_of(text: Shelved, terms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    codes = [code for term in text.document.about_conditions() for code in terms.get(term, ())]
    return tuple(dict.fromkeys(codes))


def _found(asked: str, items: Mapping[str, Iterable[str]]) -> list[Found]:
    """The items with a code that matches, the nearest first; else in the order given."""
    found = []
    for item, codes in items.items():
        matching = tuple(code for code in codes if match(asked, code))
        if how := nearest(asked, matching):
            found.append(Found(item, how, matching))
    return sorted(found, key=lambda one: MATCHES.index(one.match))
