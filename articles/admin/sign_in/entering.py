"""The way in: name and password, then a second factor where the account has one; or a passkey, which is both.

Nothing in an answer, nor in the work behind it, tells whether a name exists: passwords of unknown names are hashed too
(Django's own backend does), attempts are counted by the name that was typed, and only the right password leads on.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from articles.admin.moments import now
from articles.admin.sign_in import factors, proving, sessions, waiting
from articles.admin.site import desk_site
from articles.editorial import audit

PREFIX = "_second"

# The password was right, the second factor is still to be shown.
_ENTERING = "entering"
_MINUTES = 10


class SignInForm(AdminAuthenticationForm):
    """Name and password; whoever fails too often has to wait, whether there is such an account or not."""

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if self.request is None or not name or not password:
            return super().clean()
        attempt = waiting.for_password(self.request, name)
        if attempt.must_wait:
            waiting.note_refusal(attempt, now(), _account(name))
            raise ValidationError(attempt.words, code="wait")
        try:
            cleaned = super().clean()
        except ValidationError:
            waiting.note_refusal(attempt, now(), _account(name))
            raise
        attempt.give_back()
        return cleaned


@desk_site.opens_with
@sensitive_post_parameters()
@csrf_protect
@never_cache
def door(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """Ask for name and password, or take a passkey instead of both."""
    if request.method == "POST" and f"{PREFIX}-credential" in request.POST:
        return _with_passkey(request, context)
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if needs_second_step(user):
            remember(request, user, now())
            return HttpResponseRedirect(f"{reverse('admin:login_second')}?{_next_query(request)}")
        admit(request, user, sessions.PASSWORD, now())
        return HttpResponseRedirect(_next(request))
    return _door_page(request, context, form)


@desk_site.open_page("login/second/", name="login_second")
@sensitive_post_parameters()
@csrf_protect
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever knew the password for a second factor."""
    at = now()
    user = remembered(request, at)
    if user is None:
        return HttpResponseRedirect(f"{reverse('admin:login')}?{_next_query(request)}")
    problem = ""
    if request.method == "POST":
        proof = proving.prove(request, user, PREFIX, at)
        if proof.by:
            admit(request, user, proof.by, at)
            return HttpResponseRedirect(_next(request))
        problem = proof.problem
    context = desk_site.each_context(request) | {
        "title": _("Second factor"),
        "proof": proving.context(user, PREFIX),
        "problem": problem,
        "next": _next(request),
    }
    return TemplateResponse(request, "admin/sign_in/second.html", context, status=422 if problem else 200)


@desk_site.open_page("login/challenge/", name="login_challenge")
@require_POST
@csrf_protect
@never_cache
def challenge(request: HttpRequest) -> HttpResponse:
    """What the browser needs to show a passkey: of whoever is signed in or on the way in, or of anybody."""
    signed_in = request.user if isinstance(request.user, User) and desk_site.has_permission(request) else None
    return JsonResponse(factors.challenge(signed_in or remembered(request, now())))


def needs_second_step(user: User) -> bool:
    """Return whether the password alone does not sign this account in; one query."""
    return bool(factors.types(user))


def remember(request: HttpRequest, user: User, at: datetime) -> None:
    """Remember in the session that this person knew the password of an account."""
    request.session[_ENTERING] = {"user": user.pk, "at": at.timestamp(), "hash": user.get_session_auth_hash()}


def remembered(request: HttpRequest, at: datetime) -> User | None:
    """Return whose password this person knew some minutes ago; None if that was changed since, or nobody's."""
    entering = request.session.get(_ENTERING)
    if not entering or not 0 <= at.timestamp() - entering["at"] < _MINUTES * 60:
        return None
    user = User.objects.filter(pk=entering["user"], is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), entering["hash"]) else None


def admit(request: HttpRequest, user: User, by: str, at: datetime) -> None:
    """Sign somebody in who has shown all that their account asks for."""
    request.session.pop(_ENTERING, None)
    sessions.begin(request, user, by, at)
    audit.record("signed-in", by=user, at=at, kind="user", about=user.pk, detail=by)


def _with_passkey(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    at = now()
    attempt = waiting.for_passkey(request)
    user = None
    if not attempt.must_wait:
        user = factors.accept_passkey(None, proving.credential(request.POST[f"{PREFIX}-credential"]))
    if user is None:
        waiting.note_refusal(attempt, at, None)
        problem = attempt.words if attempt.must_wait else proving.not_accepted()
        return _door_page(request, context | {"problem": problem}, SignInForm(request))
    attempt.give_back()
    admit(request, user, factors.Type.WEBAUTHN, at)
    return HttpResponseRedirect(_next(request))


def _door_page(request: HttpRequest, context: dict[str, Any], form: SignInForm) -> HttpResponse:
    shown = {
        "form": form,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        REDIRECT_FIELD_NAME: _next(request),
        "prefix": PREFIX,
    }
    return TemplateResponse(request, "admin/login.html", context | shown)


def _next(request: HttpRequest) -> str:
    """Where somebody wanted to go, within the desk; else its home page."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    home = reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith(home) else home


def _next_query(request: HttpRequest) -> str:
    return urlencode({REDIRECT_FIELD_NAME: _next(request)})


def _account(name: str) -> User | None:
    return User.objects.filter(username=name).first()
