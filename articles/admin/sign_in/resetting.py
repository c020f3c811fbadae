"""An administrator removes the second factors of somebody who has lost them. The person is told by mail."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.sign_in import factors, sessions
from articles.admin.sign_in.letters import tell_changed
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.editorial import audit


@desk_site.page("auth/user/<int:pk>/second-factors/", name="account_factors")
def account_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the account signs in with and what removing it means; on POST remove it all."""
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    # As in the list of accounts: whoever could reset a superuser could become one.
    accounts = User.objects.all() if request.user.is_superuser else User.objects.filter(is_superuser=False)
    user = get_object_or_404(accounts, pk=pk)
    if user.pk == request.user.pk:
        return HttpResponseRedirect(reverse("admin:my_sign_in"))
    form = reverse("admin:auth_user_change", args=[user.pk])
    if request.method == "POST":
        if asked := step_up(request):
            return asked
        reset(user, by=person(request))
        told = tell_changed(user, by_administrator=True)
        messages.success(
            request,
            _("Removed, and signed out everywhere. The person was told by mail.")
            if told
            else _("Removed, and signed out everywhere. No mail could be sent: tell the person yourself."),
        )
        return HttpResponseRedirect(form)
    context = desk_site.each_context(request) | {
        "title": _("Second factors"),
        "subtitle": user.get_full_name() or user.get_username(),
        "factors": factors.held(user),
        "form_url": form,
    }
    return TemplateResponse(request, "admin/sign_in/reset.html", context)


def reset(user: User, *, by: User | None) -> None:
    """Remove every second factor of an account and end its sessions. Without `by`, the console did it."""
    factors.remove(user)
    sessions.end_all(user)
    audit.record("factors-reset", by=by, at=now(), kind="user", about=user.pk)
