"""What the addresses of all kinds have in common: one set of views over the table of offers."""

from typing import Any

from articles.api.v1.answering import PublicAddress
from articles.api.v1.offers import OFFERS, Offer


class OfAKind(PublicAddress):
    """`kind` is given with the address; `about` says what it answers, with the words for one and for many of them."""

    # The maker of the description asks a view without its kind which methods it has.
    kind: str = "article"
    about: str = ""
    operation_suffix: str = ""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.offer: Offer = OFFERS[self.kind]

    @property
    def operation(self) -> str:
        return f"{self.kind if self.operation_suffix else self.offer.collection}{self.operation_suffix}"

    @property
    def words(self) -> str:
        return self.about.format(one=self.offer.one, many=self.offer.many)
