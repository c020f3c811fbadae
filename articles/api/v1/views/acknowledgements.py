"""What a partner says it has carried out, and what it still has to."""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.api.v1 import body
from articles.api.v1.answering import JSON, PartnerAddress
from articles.api.v1.description import Component
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.partners import Acknowledged, AcknowledgeIn
from articles.api.v1.shapes.problems import BodyRefused
from articles.api.v1.views.changes import LARGEST_SEQUENCE
from articles.editions import queries
from articles.editions.journal import public_line
from articles.partners import places

MOST_LINES = 1_000


class Acknowledgements(PartnerAddress):
    """How far you have carried out the journal, and the urgent lines that you have not.

    POST `{"up_to": N}` once everything up to and including line N is carried out: texts taken down and replaced, caches
    emptied. It is counted from the furthest line that you ever named; to name an earlier one changes nothing. Editors
    see who has not yet acknowledged a withdrawal for safety, and remind them.
    """

    answers = Acknowledged
    refuses = (
        "malformed-body", "unknown-member", "invalid-member", "journal-reset", "body-too-large",
        "unsupported-media-type",
    )  # fmt: skip
    refusal_shapes: ClassVar[Mapping[str, type[msgspec.Struct]]] = dict.fromkeys(
        ("unknown-member", "invalid-member"), BodyRefused
    )
    allowed = "GET, HEAD, POST, OPTIONS"
    asked_with = "Accept, Accept-Language, Authorization, Content-Type"
    http_method_names = ["get", "head", "post", "options"]

    @property
    def operation(self) -> str:
        return "acknowledge" if self.request.method == "POST" else "acknowledgements"

    def get(self, request: Request) -> HttpResponse:
        return self._answer()

    def post(self, request: Request) -> HttpResponse:
        up_to = _asked(body.read(request._request))
        try:
            places.acknowledge(self.caller.partner, up_to, at=timezone.now())
        except places.BeyondHeadError as refused:
            detail = gettext("The newest line is number %d.") % refused.head
            raise RefusedError("journal-reset", detail, after=up_to, head=refused.head) from None
        return self._answer()

    def describe_body(self, component: Component) -> dict[str, Any]:
        """Return what the description says of the body."""
        example = {"summary": "Everything up to line 5 is carried out", "value": {"up_to": 5}}
        content = {"schema": component(AcknowledgeIn), "examples": {"up-to-a-line": example}}
        return {"required": True, "content": {JSON: content}}

    def _answer(self) -> HttpResponse:
        partner = self.caller.partner
        reached = places.reached(partner)
        # Asked for before the head: a line that comes meanwhile is left for the next time, and none lies beyond it.
        lines = places.unacknowledged(partner, limit=MOST_LINES)
        return self.answer(
            {
                "up_to": reached.acknowledged,
                "fetched_up_to": reached.fetched,
                "head": queries.head().sequence,
                "urgent": [public_line(line) for line in lines],
            }
        )


def _asked(given: dict[str, Any]) -> int:
    faults = body.unknown_members(given, ["up_to"])
    up_to = given.get("up_to")
    # True is a number to Python, and a line to nobody.
    if not isinstance(up_to, int) or isinstance(up_to, bool) or not 0 <= up_to <= LARGEST_SEQUENCE:
        faults.append(body.invalid("up_to", "up_to" in given, gettext("Give the number of a line of the journal.")))
    if faults:
        body.refuse(faults)
    return up_to  # type: ignore[return-value]
