"""One webhook of a partner: every delivery of the last thirty days with its attempts; paused and resumed here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.partners import record
from articles.admin.partners.badges import badge
from articles.admin.partners.keys import way_back
from articles.admin.partners.rights import may_keep, require_keeping, require_seeing
from articles.admin.partners.scopes import in_words
from articles.admin.site import desk_site
from articles.partners.deliveries import KEPT, Attempt, Delivery
from articles.partners.endpoints import Endpoint, pause
from articles.partners.faults import WORDS
from articles.partners.replaying import resume

_PER_PAGE = 50


@desk_site.page("articles/partner/webhooks/<uuid:endpoint_id>/", name="partner_webhook")
def webhook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """What the webhook was told and what came back; pausing and resuming for those who keep partners."""
    require_seeing(request)
    endpoint = get_object_or_404(Endpoint.objects.select_related("partner"), pk=endpoint_id)
    if request.method == "POST":
        require_keeping(request)
        _change(request, endpoint)
        return HttpResponseRedirect(request.get_full_path())
    kept = Delivery.objects.filter(endpoint=endpoint, created_at__gte=now() - KEPT)
    pages = Paginator(kept.order_by("-created_at", "-pk").prefetch_related("log"), _PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = desk_site.each_context(request) | {
        "title": _("Webhook"),
        "subtitle": endpoint.url,
        **way_back(endpoint.partner),
        "endpoint": endpoint,
        "state": badge(endpoint.state, endpoint.get_state_display()),
        "scope": in_words(endpoint),
        "keeps": may_keep(request),
        "page": shown,
        "deliveries": [_delivery(one) for one in shown.object_list],
    }
    return TemplateResponse(request, "articles/admin/partners/webhook.html", context)


def _change(request: HttpRequest, endpoint: Endpoint) -> None:
    """Pause or resume; a second click changes nothing."""
    by, at = person(request), now()
    if "_pause" in request.POST and endpoint.is_active:
        with transaction.atomic():
            pause(endpoint, Endpoint.Pause.BY_US, at=at)
            record.note(endpoint.partner, "webhook-paused", by=by, what=endpoint.url.partition("?")[0])
        messages.success(request, _("Paused. Messages wait until it is resumed."))
    elif "_resume" in request.POST and not endpoint.is_active:
        with transaction.atomic():
            resume(endpoint, at=at)
            record.note(endpoint.partner, "webhook-resumed", by=by, what=endpoint.url.partition("?")[0])
        messages.success(request, _("Resumed. What has waited goes out now."))


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery,
        "state": badge(delivery.state, delivery.get_state_display()),
        "attempts": [(attempt, _came_back(attempt)) for attempt in delivery.log.all()],
    }


def _came_back(attempt: Attempt) -> str:
    if attempt.status is not None:
        return _("answered %(status)s") % {"status": attempt.status}
    return str(WORDS.get(attempt.fault, attempt.fault))  # type: ignore[call-overload]
