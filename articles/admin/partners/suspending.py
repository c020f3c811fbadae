"""Suspending a partner, and letting it in again: asked and said plainly before it is done."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.moments import person
from articles.admin.partners import record
from articles.admin.partners.keys import address, way_back
from articles.admin.partners.rights import require_keeping
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.partners.partner import Partner, let_in_again, suspend


@desk_site.page("articles/partner/<uuid:partner_id>/access/", name="partner_access")
def access(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Say what it means that a partner is suspended or let in again, and do it. A second click changes nothing."""
    require_keeping(request)
    partner = get_object_or_404(Partner, pk=partner_id)
    if request.method == "POST":
        if asked := step_up(request):
            return asked
        if "_suspend" in request.POST and partner.is_active:
            with transaction.atomic():
                suspend(partner)
                record.note(partner, "suspended", by=person(request))
            messages.success(request, _("Suspended. None of its keys opens anything from now on."))
        elif "_let_in" in request.POST and not partner.is_active:
            with transaction.atomic():
                let_in_again(partner)
                record.note(partner, "let-in-again", by=person(request))
            messages.success(request, _("Its keys open again."))
        return HttpResponseRedirect(address(partner))
    context = desk_site.each_context(request) | {
        "title": _("Suspend access") if partner.is_active else _("Open access again"),
        **way_back(partner),
        "partner": partner,
    }
    return TemplateResponse(request, "articles/admin/partners/access.html", context)
