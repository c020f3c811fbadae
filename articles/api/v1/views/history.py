"""The editions of an item in one language, and the exact bytes that its digests cover; the same for every kind."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.api.v1 import finding
from articles.api.v1.description import Component
from articles.api.v1.paging import LIMIT
from articles.api.v1.parameters import LANG, Parameter, whole_number
from articles.api.v1.presenters.history import edition_detail, edition_out
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.history import EditionDetail, EditionList
from articles.api.v1.views.of_a_kind import OfAKind
from articles.editions import queries
from articles.editions.queries import Shelved
from articles.editions.recalls import recall
from articles.editions.shelf import Edition

LANG_NEEDED = replace(
    LANG,
    required=True,
    missing="language-needed",
    description="Language of the editions: they are numbered per item and language.",
)

LARGEST_NUMBER = 2**31 - 1
BEFORE = Parameter(
    "before",
    whole_number(1, LARGEST_NUMBER),
    {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER},
    "Only editions with a smaller number. Comes from `next`.",
)


class Editions(OfAKind):
    """The editions of an item."""

    about = "The editions of one {one} in one language, newest first, without their words."
    operation_suffix = "Editions"
    parameters = (LANG_NEEDED, LIMIT, BEFORE)
    answers = EditionList
    refuses = ("language-needed", "not-found", "not-in-this-language", "withdrawn")

    def get(self, request: Request, item: str) -> HttpResponse:
        shelved = self.shelved(item)
        rows = queries.editions(shelved.item, self.language).defer("document_json")
        if self.asked["before"]:
            rows = rows.filter(number__lt=self.asked["before"])
        limit = self.asked["limit"]
        shown = list(rows[: limit + 1])
        page, more = shown[:limit], shown[limit:]
        return self.answer(
            {
                "results": [edition_out(edition, shelved) for edition in page],
                "next": self.address(before=page[-1].number) if more else None,
                "head": queries.head().sequence,
            }
        )


class EditionRecord(OfAKind):
    """One edition without its words."""

    about = "One edition of one {one}: dates, review, change, cause, digests, and the envelope that `digest` covers."
    operation_suffix = "Edition"
    parameters = (LANG_NEEDED,)
    answers = EditionDetail
    refuses = ("language-needed", "not-found", "not-in-this-language", "withdrawn")

    def get(self, request: Request, item: str, number: str) -> HttpResponse:
        shelved = self.shelved(item)
        edition = _edition(shelved, number)
        return self.answer(edition_detail(edition, shelved), changed_at=edition.envelope.published_at)


class EditionDocument(OfAKind):
    """The words of one edition."""

    about = """The exact bytes of the document of one {one}: their SHA-256 is its `content_digest`.

Canonical JSON (RFC 8785). Links to other items are ids here, and labels are codes. Once the item or something that
this edition carries is withdrawn, the tombstone is answered instead, for good."""
    operation_suffix = "Document"
    own_headers: ClassVar[Mapping[str, str]] = {"Repr-Digest": "SHA-256 of these bytes (RFC 9530)."}
    parameters = (LANG_NEEDED,)
    refuses = ("language-needed", "not-found", "not-in-this-language", "withdrawn")

    def describe(self, component: Component) -> dict[str, Any]:
        return component(self.offer.document)

    def get(self, request: Request, item: str, number: str) -> HttpResponse:
        shelved = self.shelved(item)
        edition = _edition(shelved, number)
        if edition.pk != shelved.standing.edition_id and (gone := recall(edition)):
            finding.refuse_recalled(shelved, gone)
        body = edition.document_json.encode()
        response = self.send(body, changed_at=edition.envelope.published_at)
        response["Repr-Digest"] = f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"
        return response


def _edition(shelved: Shelved, number: str) -> Edition:
    """Return an edition by the number in the address; raise RefusedError if it has never been."""
    written = number.isascii() and number.isdigit() and str(int(number[:10])) == number
    current = shelved.standing.edition
    if not written or not 1 <= int(number) <= current.number:
        only = gettext("This text has one edition so far.")
        many = gettext("Editions here are numbered from 1 to %d.") % current.number
        raise RefusedError("not-found", many if current.number > 1 else only)
    if int(number) == current.number:
        return current
    edition = queries.edition(shelved.item, shelved.language, int(number))
    if edition is None:
        raise RefusedError("not-found")
    if edition.is_erased:
        finding.refuse_recalled(shelved, recall(edition))  # type: ignore[arg-type]
    return edition
