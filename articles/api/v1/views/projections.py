"""Quotes and sources by themselves: what live texts carry, and where it appears."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, get_args, get_type_hints
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from articles.answers import cursors
from articles.api.v1 import finding
from articles.api.v1.answering import PublicAddress
from articles.api.v1.paging import CURSOR, LARGEST_LIMIT, LIMIT, key_in
from articles.api.v1.parameters import LANG, Parameter, an_id, one_of
from articles.api.v1.presenters.projections import live_quote, live_source
from articles.api.v1.shapes.common import list_of
from articles.api.v1.shapes.quotes import EvidenceOut, LiveQuote, LiveSource
from articles.editions import projections, queries, wording
from articles.editions.projections import Carried

_VERDICTS = tuple(get_args(get_type_hints(EvidenceOut)["state"]))
_KINDS = tuple(wording.SOURCE_KINDS)

EXPERT = Parameter("expert", an_id, {"type": "string", "format": "uuid"}, "Only words of the person with this id.")
VERDICT = Parameter(
    "verdict", one_of(_VERDICTS), {"type": "string", "enum": list(_VERDICTS)},
    "Only statements of which the evidence says this.",
)  # fmt: skip
KIND = Parameter("kind", one_of(_KINDS), {"type": "string", "enum": list(_KINDS)}, "Only sources of this kind.")


class Gathered(PublicAddress):
    """What comes from texts of any kind."""

    heeds_scope = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            self.keep_within_scope(None, self.language)


class _Parts(Gathered, ABC):
    """A list in order of id, which never changes, so nothing is missed or comes twice while it is read."""

    part: ClassVar[str]
    refuses = ("invalid-cursor",)

    def get(self, request: Request) -> HttpResponse:
        limit, filters = self.asked["limit"], self._filters()
        scope = "/".join([self.part, self.language, *(f"{name}={value}" for name, value in filters.items())])
        # Filters look into the words of an edition. A page looks at so many parts and no more.
        most = LARGEST_LIMIT if filters else limit
        expert = filters.get("expert")
        ids = projections.carried_ids(
            self.part,
            self.language,
            limit=most + 1,
            after=key_in(self.asked["cursor"], scope, cursors.decode_id),
            beside=("expert", expert) if expert else None,
        )
        found = projections.carried(self.part, ids[:most], self.language)
        fitting = [part for part in ids[:most] if part in found and self._fits(found[part], filters)]
        page = fitting[:limit]
        reached = page[-1] if len(fitting) > limit else ids[most - 1] if len(ids) > most else None
        return self.answer(
            {
                "results": [self._present(found[part]) for part in page],
                "next": self.address(lang=self.language, cursor=cursors.encode_id(scope, reached)) if reached else None,
                "head": queries.head().sequence,
            }
        )

    def _filters(self) -> dict[str, Any]:
        names = {parameter.name for parameter in self.parameters} - {"lang", "limit", "cursor"}
        return {name: self.asked[name] for name in sorted(names) if self.asked[name] is not None}

    @abstractmethod
    def _present(self, found: Carried) -> Any:
        """Return the part as partners receive it."""

    @abstractmethod
    def _fits(self, found: Carried, filters: dict[str, Any]) -> bool:
        """Whether the part is one of those asked for."""


class Quotes(_Parts):
    """Quotes that live texts of one language carry, each as the newest one has it, in order of id.

    A quote that was withdrawn is never listed; `changes/` tells of every text that lost it. With a filter a page may
    hold fewer than `limit`, even none: follow `next` until it is null.
    """

    parameters = (LANG, LIMIT, CURSOR, EXPERT, VERDICT)
    answers = list_of(LiveQuote, "Quotes of live texts in order of id.")
    part = "quote"

    def _present(self, found: Carried) -> Any:
        return live_quote(found, self.language)

    def _fits(self, found: Carried, filters: dict[str, Any]) -> bool:
        quote: Any = found.part
        expert: UUID | None = filters.get("expert")
        if expert and (quote.speaker is None or quote.speaker.id != str(expert)):
            return False
        return filters.get("verdict") in {None, quote.verdict.state}


class Sources(_Parts):
    """Sources that live texts of one language cite, each as the newest one has it, in order of id.

    A source that was withdrawn is never listed. With a filter a page may hold fewer than `limit`, even none: follow
    `next` until it is null.
    """

    parameters = (LANG, LIMIT, CURSOR, KIND)
    answers = list_of(LiveSource, "Sources of live texts in order of id.")
    part = "source"

    def _present(self, found: Carried) -> Any:
        return live_source(found, self.language)

    def _fits(self, found: Carried, filters: dict[str, Any]) -> bool:
        source: Any = found.part
        return filters.get("kind") in {None, source.kind}


class QuoteDetail(Gathered):
    """One quote as the newest live text has it, with its whole context, and where it appears."""

    answers = LiveQuote
    refuses = ("not-found", "not-in-this-language", "withdrawn")

    def get(self, request: Request, item: str) -> HttpResponse:
        return self.answer(live_quote(finding.live_part("quote", item, self.language), self.language))


class SourceDetail(Gathered):
    """One source as the newest live text cites it, and where it is cited."""

    answers = LiveSource
    refuses = ("not-found", "not-in-this-language", "withdrawn")

    def get(self, request: Request, item: str) -> HttpResponse:
        return self.answer(live_source(finding.live_part("source", item, self.language), self.language))
