"""“My sign-in”: somebody's own second factors, recovery codes and sessions."""

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.moments import now, person
from articles.admin.sign_in import factors, proving, sessions, waiting
from articles.admin.sign_in.gate import must_have_factor
from articles.admin.sign_in.letters import tell_changed
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.editorial import audit


@desk_site.page("my-sign-in/", name="my_sign_in")
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """What this account signs in with; on POST rename or remove one, make recovery codes, sign out everywhere."""
    if request.method != "POST":
        return _page(request)
    if asked := step_up(request):
        return asked
    for button, act in _ACTS.items():
        if button in request.POST:
            return act(request)
    return _page(request)


@desk_site.page("my-sign-in/app/", name="my_app")
def my_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes: a picture to scan, then a code to show that it works."""
    if asked := step_up(request):
        return asked
    user, problem = person(request), ""
    if request.method == "POST" and "code" in request.POST:
        attempt = waiting.for_code(request, user)
        if attempt.must_wait:
            problem = attempt.words
        elif factors.add_app(request, user, request.POST["code"]):
            attempt.give_back()
            return _added(request, str(factors.Type.TOTP))
        else:
            problem = _("This code is not right. Type the one that the app shows now.")
    secret = factors.new_secret(request)
    picture = factors.app_picture(factors.app_address(user, secret))
    context = desk_site.each_context(request) | {
        "title": _("Codes from an app"),
        "problem": problem,
        "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "replaces": factors.Type.TOTP in factors.types(user),
    }
    return TemplateResponse(request, "admin/sign_in/app.html", context, status=422 if problem else 200)


@desk_site.page("my-sign-in/passkey/", name="my_passkey")
def my_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey: in this device, a telephone or a security key."""
    if asked := step_up(request):
        return asked
    user, problem = person(request), ""
    name = factors.named(request.POST.get("name", ""))
    if request.method == "POST" and "credential" in request.POST:
        named = name or _("Passkey of %(day)s") % {"day": now().strftime("%Y-%m-%d")}
        if factors.add_passkey(user, named, proving.credential(request.POST["credential"])):
            return _added(request, str(factors.Type.WEBAUTHN))
        problem = _("No passkey was made. Try again.")
    context = desk_site.each_context(request) | {"title": _("New passkey"), "problem": problem, "name": name}
    return TemplateResponse(request, "admin/sign_in/passkey.html", context, status=422 if problem else 200)


@desk_site.page("my-sign-in/passkey/offer/", name="my_passkey_offer")
@require_POST
def my_passkey_offer(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey."""
    return step_up(request) or JsonResponse(factors.passkey_offer(person(request)))


@desk_site.after_new_password
def _note_password(request: HttpRequest) -> None:
    """The new password ends every other session by itself: Django signs sessions with it."""
    user = person(request)
    audit.record("password-changed", by=user, at=now(), kind="user", about=user.pk)


def _added(request: HttpRequest, type: str) -> HttpResponse:
    """From now on the account has it: this session counts as signed in with it, all others end."""
    user, at = person(request), now()
    audit.record("factor-added", by=user, at=at, kind="user", about=user.pk, detail=type)
    sessions.proved(request, type, at)
    sessions.end_all(user, but=request.session.session_key)
    tell_changed(user)
    messages.success(request, _("Set up. You are asked for it the next time you sign in."))
    if factors.recovery_codes_left(user) is None:
        return _codes(request)
    return _back()


def _codes(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not factors.types(user):
        return _back()
    codes = factors.new_recovery_codes(user)
    audit.record("recovery-codes-made", by=user, at=now(), kind="user", about=user.pk)
    context = desk_site.each_context(request) | {"title": _("Recovery codes"), "codes": codes}
    return TemplateResponse(request, "admin/sign_in/codes.html", context)


def _renamed(request: HttpRequest) -> HttpResponse:
    if not factors.rename(person(request), _number(request, "_rename"), request.POST.get("name", "")):
        messages.error(request, _("Give the passkey a name."))
    return _back()


def _removed(request: HttpRequest) -> HttpResponse:
    user, pk = person(request), _number(request, "_remove")
    held = factors.held(user)
    if must_have_factor(user) and len(held) == 1:
        messages.error(request, _("Your role needs a second factor. Set up another one first, then remove this one."))
        return _back()
    for type in factors.remove(user, [pk]):
        audit.record("factor-removed", by=user, at=now(), kind="user", about=user.pk, detail=type)
        tell_changed(user)
        messages.success(request, _("Removed. It signs nobody in any more."))
    return _back()


def _signed_out(request: HttpRequest) -> HttpResponse:
    user = person(request)
    sessions.end_all(user, but=request.session.session_key)
    audit.record("signed-out-everywhere", by=user, at=now(), kind="user", about=user.pk)
    messages.success(request, _("Signed out everywhere else. You are still signed in here."))
    return _back()


_ACTS = {"_rename": _renamed, "_remove": _removed, "_codes": _codes, "_sign_out": _signed_out}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:my_sign_in"))


def _page(request: HttpRequest) -> HttpResponse:
    user = person(request)
    context: dict[str, Any] = desk_site.each_context(request) | {
        "title": _("My sign-in"),
        "factors": factors.held(user),
        "codes_left": factors.recovery_codes_left(user),
        "must_have": must_have_factor(user),
        "elsewhere": sessions.count(user) - 1,
    }
    return TemplateResponse(request, "admin/sign_in/own.html", context)
