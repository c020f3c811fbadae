"""The calendar of reviews: what is overdue, what is due soon, and who sees to it; and the page on which that is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sections import TEXTS
from articles.admin.site import Menu, desk_site
from articles.content.labels import label
from articles.editions.shelf import Standing
from articles.editorial.review_plans import MONTHS, Risk, history, plan_of, set_plan
from articles.editorial.roles import may
from articles.publishing.desks import ITEMS
from articles.publishing.review_calendar import ReviewDue, due_soon, overdue_reviews

# How far the calendar looks: the longest time between two reviews and a month more.
_AHEAD = timedelta(days=36 * 31)
_AT_ONCE = timedelta(days=30)
_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One text of the calendar; `days` are those left, or those it is overdue by."""

    review: ReviewDue
    url: str
    plan_url: str
    days: int


def _may(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.view_article")


@desk_site.page("reviews/", name="review_calendar", menu=Menu(TEXTS, gettext_lazy("Review dates"), _may, 4))
def calendar(request: HttpRequest) -> HttpResponse:
    """What is overdue, due within thirty days and due later, of one owner or of all; constant queries."""
    if not _may(request):
        raise PermissionDenied
    at, chosen = now(), request.GET.get("owner", "")
    late, coming = overdue_reviews(at), due_soon(at, within=_AHEAD)
    owners = {one.owner.pk: one.owner for one in [*late, *coming] if one.owner}
    soon = [one for one in coming if one.days_left(at.date()) <= _AT_ONCE.days]
    later = [one for one in coming if one.days_left(at.date()) > _AT_ONCE.days]
    groups: list[tuple[str, Any, Sequence[ReviewDue]]] = [
        ("overdue", _("Overdue: readers and partners are told so"), late),
        ("soon", _("Within thirty days"), soon),
        ("later", _("Later"), later),
    ]
    context = desk_site.each_context(request) | {
        "title": _("Review dates"),
        "groups": [(name, title, _lines(rows, chosen, request)) for name, title, rows in groups],
        "owners": sorted((str(pk), one.get_full_name() or one.get_username()) for pk, one in owners.items()),
        "chosen": chosen,
        "shown": _SHOWN,
    }
    return TemplateResponse(request, "articles/admin/press/reviews.html", context)


def _lines(rows: Sequence[ReviewDue], chosen: str, request: HttpRequest) -> list[Line]:
    today = now().date()
    return [
        Line(
            one,
            addresses.form(one.kind, one.item),
            addresses.review_plan(one.kind, one.item) if may(request.user, "publish") else "",
            abs(one.days_left(today)),
        )
        for one in rows
        if _is_chosen(one, chosen)
    ][:_SHOWN]


def _is_chosen(one: ReviewDue, chosen: str) -> bool:
    """Of one owner by its key, of `nobody`, or of all."""
    if chosen == "nobody":
        return one.owner is None
    return not chosen or (one.owner is not None and str(one.owner.pk) == chosen)


@desk_site.page("reviews/<str:kind>/<uuid:item>/", name="review_plan")
def plan_page(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """How soon a text is reviewed again and who sees to it; on POST whoever may publish sets both."""
    if not _may(request):
        raise PermissionDenied
    if kind not in ITEMS:
        raise Http404
    working = get_object_or_404(ITEMS[kind]._default_manager, pk=item)
    people = list(User.objects.filter(is_active=True, is_staff=True).order_by("last_name", "first_name", "username"))
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        if not may(request.user, "publish"):
            raise PermissionDenied
        owner = next((one for one in people if str(one.pk) == request.POST.get("owner")), None)
        risk = request.POST.get("risk", "")
        if risk in Risk.values:
            set_plan(kind, item, Risk(risk), owner, by=person(request), at=now())
            messages.success(request, _("Set. Reminders go to whoever sees to it."))
            return HttpResponseRedirect(addresses.review_plan(kind, item))
        refused = [("risk", _("Choose what may happen if the text is wrong."))]
    plan = plan_of(item)
    context = desk_site.each_context(request) | {
        "title": _("Review dates and owner"),
        "subtitle": label(working),
        "form_url": addresses.form(kind, item),
        "plan": plan,
        "risks": [(risk.value, risk.label, MONTHS[risk], risk == plan.risk) for risk in Risk],
        "people": [(str(one.pk), one.get_full_name() or one.get_username(), one == plan.owner) for one in people],
        "without_mail": plan.owner is not None and not plan.owner.email,
        "promises": _promises(item),
        "history": history(item),
        "may_set": may(request.user, "publish"),
        "calendar_url": reverse("admin:review_calendar"),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/review_plan.html", context, status=422 if refused else 200)


def _promises(item: UUID) -> list[dict[str, Any]]:
    """What readers of each language are promised, and whether the risk as it is set now allows so long."""
    found = []
    plan = plan_of(item)
    rows = Standing.objects.select_related("edition").filter(item=item, state=Standing.State.LIVE)
    for row in rows.order_by("-language"):
        review = row.edition.envelope.review
        is_reviewed = review.state == "reviewed"
        allowed = plan.latest(date.fromisoformat(review.on)) if is_reviewed else None
        found.append(
            {
                "name": LANGUAGE_NAMES[row.language],  # type: ignore[index]
                "next_on": date.fromisoformat(review.next_on) if is_reviewed and review.next_on else None,
                "overdue_since": row.overdue_since,
                "allowed": allowed,
                "too_far": bool(allowed and review.next_on and date.fromisoformat(review.next_on) > allowed),
            }
        )
    return found
