"""What the addresses of all kinds have in common: one set of views over the table of offers."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from articles.api.v1 import finding
from articles.api.v1.answering import PublicAddress
from articles.api.v1.offers import OFFERS, Offer
from articles.editions.queries import Shelved

BY_SLUG = {
    "item": (
        "Slug or id of the item. A slug may change, an id never does.",
        {"type": "string", "examples": ["leg-cramp-triage"]},
    )
}


class OfAKind(PublicAddress):
    """`kind` is given with the address; `about` says what it answers, with the words for one and for many of them."""

    # The maker of the description asks a view without its kind which methods it has.
    kind: str = "article"
    about: str = ""
    operation_suffix: str = ""
    heeds_scope = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.offer: Offer = OFFERS[self.kind]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            self.keep_within_scope(self.kind, self.language)

    @property
    def operation(self) -> str:
        return f"{self.kind if self.operation_suffix else self.offer.name}{self.operation_suffix}"

    @property
    def path_texts(self) -> Mapping[str, tuple[str, dict[str, Any]]]:
        return BY_SLUG if self.offer.by_slug else {}

    def shelved(self, item: str) -> Shelved:
        """Return the live item of the address; one query. Raises RefusedError where there is none in this language."""
        return finding.live(self.kind, item, self.language, by_slug=self.offer.by_slug)

    @property
    def words(self) -> str:
        return self.about.format(one=self.offer.one, many=self.offer.many)
