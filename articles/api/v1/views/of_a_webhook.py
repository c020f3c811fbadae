"""What every address about webhooks has in common: what each method does, and that a partner has its own only."""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from articles.answers import limits
from articles.api.v1.acts import JSON, Act
from articles.api.v1.answering import PartnerAddress
from articles.api.v1.description import Component
from articles.api.v1.parameters import parsed_id
from articles.api.v1.presenters import webhooks as presenting
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes import webhooks as shapes
from articles.api.v1.shapes.problems import BodyRefused
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint

_ID = ("Id of the webhook.", {"type": "string", "format": "uuid"})


class WebhookAddress(PartnerAddress):
    """An address about webhooks. A partner has its own only: those of others are not there."""

    acts: ClassVar[Mapping[str, Act]]
    asked_with = "Accept, Accept-Language, Authorization, Content-Type"
    refusal_shapes: ClassVar[Mapping[str, type[msgspec.Struct]]] = dict.fromkeys(
        ("unknown-member", "invalid-member"), BodyRefused
    )

    retry_after: int | None = None

    @property
    def act(self) -> Act:
        method = self.request.method or "GET"
        # Of a method that the address does not have, it is asked what the address is called.
        return self.acts.get("GET" if method == "HEAD" else method) or next(iter(self.acts.values()))

    @property
    def operation(self) -> str:
        return self.act.name

    @property
    def words(self) -> str:
        return self.act.words

    @property
    def success(self) -> int:
        return self.act.status

    @property
    def refuses(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.act.refuses

    @property
    def is_counted(self) -> bool:
        return "too-many-requests" in self.act.refuses

    @property
    def path_texts(self) -> Mapping[str, tuple[str, dict[str, Any]]]:
        return {"webhook": _ID}

    def describe(self, component: Component) -> dict[str, Any]:
        return component(self.act.answers) if self.act.answers else {}

    def describe_body(self, component: Component) -> dict[str, Any]:
        """Return what the description says of the body; nothing where there is none."""
        if self.act.body is None:
            return {}
        examples = {name: {"value": value} for name, value in self.act.examples.items()}
        return {"required": True, "content": {JSON: {"schema": component(self.act.body), "examples": examples}}}

    def count_act(self, name: str) -> None:
        """Count an act against the partner's limit of this name; raise RefusedError for one too many."""
        self.use = limits.use_of_partner(name, self.caller.partner.pk)
        if self.use.is_exceeded:
            raise RefusedError("too-many-requests")

    def own(self, webhook: str) -> Endpoint:
        """Return the caller's webhook with this id; raise Http404 for anything else."""
        id = parsed_id(webhook)
        found = counted(Endpoint.objects.filter(pk=id, partner=self.caller.partner)).first() if id else None
        if found is None:
            raise Http404
        return found

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        super().finalize_response(request, response, *args, **kwargs)
        if self.retry_after is not None:
            response["Retry-After"] = str(self.retry_after)
        return response


def counted(found: "QuerySet[Endpoint]") -> "QuerySet[Endpoint]":
    """Return webhooks that know how many messages wait for them (`waiting`)."""
    return found.annotate(waiting=Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING)))


def out(endpoint: Endpoint) -> shapes.WebhookOut:
    """Return a counted webhook as its partner receives it."""
    return presenting.webhook_out(endpoint, endpoint.waiting)  # type: ignore[attr-defined]
