"""A partner's webhooks: registered, rotated, paused, tried out, sent again; and the log of what was delivered."""

from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.answers import cursors
from articles.answers.limits import PARTNER_LIMITS
from articles.api.v1 import body, reading_webhooks
from articles.api.v1.acts import OF_BODIES, Act
from articles.api.v1.paging import CURSOR, LIMIT, key_in
from articles.api.v1.parameters import LANG
from articles.api.v1.presenters import webhooks as presenting
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes import webhooks as shapes
from articles.api.v1.views.of_a_webhook import WebhookAddress, counted, out
from articles.partners import endpoints, replaying, trying
from articles.partners.deliveries import Attempt
from articles.partners.endpoints import MOST_PER_PARTNER, BadAddressError, Endpoint, TooManyEndpointsError
from articles.partners.faults import WORDS

_REGISTRATIONS, _REPLAYS = (PARTNER_LIMITS[name].quota for name in ("registrations", "replays"))


class Webhooks(WebhookAddress):
    """A partner's webhooks."""

    acts = {
        "GET": Act("webhooks", "Your webhooks, oldest first.", shapes.WebhookList),
        "POST": Act(
            "registerWebhook",
            f"""Register a webhook. Its secret is in this answer and never shown again.

It is told of every line of the journal from now on that is in its scope, signed after Standard Webhooks 1.0: check the
signature, answer `2xx` at once, then fetch what changed. Whatever else is answered is tried again ten times over three
days, with jitter. Messages about one item come in order, those about different items in any, and any may come twice.
For what must not be missed, follow `changes/`. At most {MOST_PER_PARTNER} webhooks, and
{_REGISTRATIONS} registrations an hour.""",
            shapes.WebhookWithSecret, 201,
            (*OF_BODIES, "out-of-scope", "too-many-webhooks", "too-many-requests"), shapes.WebhookIn,
            {
                "everything": {"url": "https://partner.example/hooks/health"},
                "some": {
                    "url": "https://partner.example/hooks/health",
                    "scope": {"kinds": ["article", "faq"], "languages": ["en"]},
                },
            },
        ),
    }  # fmt: skip
    allowed = "GET, HEAD, POST, OPTIONS"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Request) -> HttpResponse:
        found = counted(Endpoint.objects.filter(partner=self.caller.partner)).order_by("created_at", "id")
        return self.answer({"results": [out(endpoint) for endpoint in found]})

    def post(self, request: Request) -> HttpResponse:
        asked = reading_webhooks.registration(body.read(request._request), self.scope)
        # Before the address is looked up: that asks servers of others too.
        self.count_act("registrations")
        try:
            made = endpoints.register(
                self.caller.partner, asked.url, at=timezone.now(), kinds=asked.kinds, languages=asked.languages
            )
        except BadAddressError as refused:
            hint = gettext("Give the https address of a public server, with port 443 or one from 1024 on.")
            detail = str(WORDS[refused.fault.kind])
            body.refuse([body.fault("invalid-member", refused.fault.kind, ["url"], detail, hint)])
        except TooManyEndpointsError:
            detail = gettext("You have %d, and there may be no more.") % MOST_PER_PARTNER
            raise RefusedError("too-many-webhooks", detail) from None
        response = self.answer(presenting.with_secret(made, 0))
        response.status_code = 201
        response["Location"] = presenting.webhook_out(made, 0).api_url
        return response


class WebhookDetail(WebhookAddress):
    """One webhook."""

    acts = {
        "GET": Act("webhook", "One webhook.", shapes.WebhookOut, refuses=("not-found",)),
        "DELETE": Act(
            "deleteWebhook", "Delete a webhook, with its log. Nothing more is sent.", None, 204, ("not-found",)
        ),
    }
    allowed = "GET, HEAD, DELETE, OPTIONS"
    http_method_names = ["get", "head", "delete", "options"]

    def get(self, request: Request, webhook: str) -> HttpResponse:
        return self.answer(out(self.own(webhook)))

    def delete(self, request: Request, webhook: str) -> HttpResponse:
        endpoints.delete(self.own(webhook))
        return HttpResponse(status=204)


class _Acting(WebhookAddress):
    """An address that does one thing."""

    allowed = "POST, OPTIONS"
    http_method_names = ["post", "options"]

    def own_with_nothing_sent(self, request: Request, webhook: str) -> Endpoint:
        found = self.own(webhook)
        if _has_body(request._request):
            reading_webhooks.nothing(body.read(request._request))
        return found


class WebhookRotate(_Acting):
    acts = {
        "POST": Act(
            "rotateWebhook",
            """Give a webhook a new secret. It is in this answer and never shown again.

For 24 hours messages are signed with both, so that you can change over without losing one.""",
            shapes.WebhookWithSecret, 200, ("not-found", *OF_BODIES),
        )
    }  # fmt: skip

    def post(self, request: Request, webhook: str) -> HttpResponse:
        found = self.own_with_nothing_sent(request, webhook)
        endpoints.rotate(found, at=timezone.now())
        return self.answer(presenting.with_secret(found, found.waiting))  # type: ignore[attr-defined]


class WebhookPause(_Acting):
    acts = {
        "POST": Act(
            "pauseWebhook",
            """Pause a webhook. Nothing is sent until it is resumed, not even word of a danger.

Nothing is lost: everything comes then. Meanwhile follow `changes/`.""",
            shapes.WebhookOut, 200, ("not-found", *OF_BODIES),
        )
    }  # fmt: skip

    def post(self, request: Request, webhook: str) -> HttpResponse:
        endpoints.pause(self.own_with_nothing_sent(request, webhook), Endpoint.Pause.BY_PARTNER, at=timezone.now())
        return self.answer(out(self.own(webhook)))


class WebhookResume(_Acting):
    acts = {
        "POST": Act(
            "resumeWebhook",
            "Resume a paused webhook where it stood: what has not arrived comes first, then everything since.",
            shapes.WebhookOut, 200, ("not-found", *OF_BODIES),
        )
    }  # fmt: skip

    def post(self, request: Request, webhook: str) -> HttpResponse:
        replaying.resume(self.own_with_nothing_sent(request, webhook), at=timezone.now())
        return self.answer(out(self.own(webhook)))


class WebhookTest(_Acting):
    acts = {
        "POST": Act(
            "testWebhook",
            """Try a webhook out: a signed message of type `test` is sent at once, and what came back is in this answer.

It waits for at most five seconds. One test in ten seconds.""",
            shapes.TestOut, 200, ("not-found", *OF_BODIES, "too-many-requests"),
        )
    }  # fmt: skip

    def post(self, request: Request, webhook: str) -> HttpResponse:
        found = self.own_with_nothing_sent(request, webhook)
        try:
            delivery, result = trying.fire(found, at=timezone.now())
        except trying.TooSoonError as fault:
            self.retry_after = fault.seconds
            raise RefusedError("too-many-requests", gettext("One test in ten seconds.")) from None
        return self.answer(presenting.tested(delivery, result))


class WebhookReplay(_Acting):
    acts = {
        "POST": Act(
            "replayWebhook",
            f"""Send again: one message, or every line of the journal behind `after` that is in the webhook's scope.

A message has the `webhook-id` that it had. Lines of the last 30 days can be sent again; read older ones in `changes/`.
So it can be asked {_REPLAYS} times an hour.
""",
            shapes.ReplayOut, 200, ("not-found", *OF_BODIES, "too-many-requests"), shapes.ReplayIn,
            {
                "one": {"delivery": "3f0a9a34-6f7e-4d1c-9a53-5c1f6c2f7b11"},
                "everything": {"after": 120},
            },
        )
    }  # fmt: skip

    def post(self, request: Request, webhook: str) -> HttpResponse:
        found = self.own(webhook)
        asked = reading_webhooks.replay(body.read(request._request))
        self.count_act("replays")
        if isinstance(asked, UUID):
            delivery = found.deliveries.filter(pk=asked, sequence__isnull=False).first()
            if delivery is None:
                body.refuse([body.invalid("delivery", True, gettext("This webhook has no such delivery."))])
            replaying.replay_one(delivery, at=timezone.now())
            return self.answer(shapes.ReplayOut(1))
        try:
            count = replaying.replay_after(found, asked, at=timezone.now())
        except replaying.TooLongAgoError as refused:
            hint = gettext(
                "Lines of the last 30 days can be sent again: give %d or more, and read older ones in changes/."
            )
            body.refuse([body.invalid("after", True, hint % refused.after)])
        return self.answer(shapes.ReplayOut(count))


class WebhookDeliveries(WebhookAddress):
    """The log of a webhook."""

    parameters = (LANG, LIMIT, CURSOR)
    acts = {
        "GET": Act(
            "webhookDeliveries",
            "What was sent to a webhook in the last 30 days, and what waits, newest first, each with its attempts.",
            shapes.DeliveryList, refuses=("not-found", "invalid-cursor"),
        )
    }  # fmt: skip

    def get(self, request: Request, webhook: str) -> HttpResponse:
        found, limit = self.own(webhook), self.asked["limit"]
        scope = f"deliveries/{found.pk}"
        rows = found.deliveries.order_by("-created_at", "-id")
        if (key := key_in(self.asked["cursor"], scope, cursors.decode)) is not None:
            at, id = key
            rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=id))
        log = Prefetch("log", Attempt.objects.order_by("number"))
        page = list(rows.prefetch_related(log)[: limit + 1])
        shown = page[:limit]
        is_more = len(page) > limit
        cursor = cursors.encode(scope, (shown[-1].created_at, shown[-1].pk)) if is_more else None
        return self.answer(
            shapes.DeliveryList(
                results=[presenting.delivery_out(row, row.log.all()) for row in shown],
                next=self.address(lang=self.language, cursor=cursor) if cursor else None,
            )
        )


def _has_body(request: HttpRequest) -> bool:
    return request.META.get("CONTENT_LENGTH") not in (None, "", "0")
