"""Moving questions in their list: by mouse, by keyboard, and with the arrows alone where there is no script."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.editorial.roles import NotAllowedError
from triage.protocols.ordering import OrderRefusedError, put_in_order
from triage.protocols.tables import Protocol


@desk_site.page("triage/order/<uuid:pk>/", name="triage_order")
@require_POST
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the order of `ids`, or move the question of `move` (`up:<id>`, `down:<id>`) among them by one."""
    protocol = get_object_or_404(Protocol, pk=pk)
    try:
        put_in_order(pk, _asked(request), by=person(request), at=now())
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except (OrderRefusedError, ValueError):
        said = _("The questions were changed meanwhile. Nothing was moved; look at the list again.")
        if _is_asked_by_script(request):
            return JsonResponse({"said": said}, status=409)
        messages.error(request, said)
    else:
        said = _("The order is saved.")
        if _is_asked_by_script(request):
            return JsonResponse({"said": said})
        messages.success(request, said)
    return HttpResponseRedirect(f"{addresses.form_of(protocol)}#triage-questions")


def _asked(request: HttpRequest) -> list[UUID]:
    ids = [UUID(one) for one in request.POST.getlist("ids")]
    way, _colon, moved = request.POST.get("move", "").partition(":")
    if moved:
        at = ids.index(UUID(moved))
        to = max(0, at - 1) if way == "up" else at + 1
        ids.insert(to, ids.pop(at))
    return ids


def _is_asked_by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
