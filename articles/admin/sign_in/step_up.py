"""Before what counts, whoever sits at the session shows once more that it is them: publishing, signing, erasing, keys.

What was typed comes along in the page that asks, as hidden fields of its form, and goes on with the answer: after it
the act is done as if nobody had asked. Passwords are left out of it, and files cannot come along. Whoever turns round
instead finds the form as they left it (`typed_again.js`), and another language of the page changes nothing else.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from articles.admin.kept import fields_of, lost_files
from articles.admin.moments import now, person
from articles.admin.sign_in import proving, sessions
from articles.admin.site import desk_site
from articles.editorial import audit

PREFIX = "_step_up"
_ONLY_LOOKED = f"{PREFIX}-looked"
_LANGUAGE = f"{PREFIX}-language"
_CAME_FROM = f"{PREFIX}-from"
_BACK = f"{PREFIX}-back"
_OWN = proving.names(PREFIX) | {_ONLY_LOOKED, _LANGUAGE, _CAME_FROM, _BACK}


def turned_round(request: HttpRequest) -> bool:
    """Whether somebody who was asked wants to see again what they had sent, and to do nothing."""
    return _BACK in request.POST


def step_up(request: HttpRequest, *, insist: bool = False, shows_again: bool = False) -> HttpResponse | None:
    """Return the page that asks to confirm, or None if that was done within the last minutes or just now.

    Whoever has a second factor shows one, others type their password. A page calls it before it acts on a POST, or
    before it shows a form in which passwords are typed: after a GET the address is opened anew. With `insist` it does
    not count that somebody was asked minutes ago. A page of several steps says by `shows_again` that it looks at
    `turned_round` before it acts; any other is opened anew, and its form filled in by a script.
    """
    if settings.SECOND_FACTOR == "off":
        return None
    user, at = person(request), now()
    problem = ""
    language = _chosen_language(request)
    if turned_round(request):
        return HttpResponseRedirect(request.get_full_path())
    if language:
        translation.activate(language)
    elif request.method == "POST" and proving.was_tried(request, PREFIX):
        proof = proving.prove(request, user, PREFIX, at, failed="step-up-failed")
        if proof.by:
            sessions.proved(request, proof.by, at)
            audit.record("stepped-up", by=user, at=at, kind="user", about=user.pk, detail=proof.by)
            if _ONLY_LOOKED in request.POST:
                return HttpResponseRedirect(request.get_full_path())
            _go_on(request)
            return None
        problem = proof.problem
    elif not insist and sessions.is_fresh(request, at):
        return None
    looked = request.method != "POST" or _ONLY_LOOKED in request.POST
    context = desk_site.each_context(request) | {
        "title": _("Confirm that it is you"),
        "proof": proving.context(user, PREFIX),
        "problem": problem,
        "own": [(_ONLY_LOOKED, "1"), (_CAME_FROM, _came_from(request))] if looked else [],
        "typed": [] if looked else [*fields_of(request.POST, _OWN), *lost_files(request)],
        "back_url": _came_from(request) if looked else request.get_full_path(),
        "may_turn_round": not insist,
        "back_field": _BACK if shows_again else "",
        "language_field": _LANGUAGE,
        "minutes": settings.STEP_UP_MINUTES,
    }
    response = TemplateResponse(request, "admin/sign_in/step_up.html", context, status=401)
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **_language_cookie())
    return response


def _chosen_language(request: HttpRequest) -> str:
    """The language in which the page is asked for once more; empty where it is not."""
    asked = request.POST.get(_LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _language_cookie() -> dict[str, Any]:
    """As Django's own view of languages sets it."""
    return {
        "max_age": settings.LANGUAGE_COOKIE_AGE,
        "path": settings.LANGUAGE_COOKIE_PATH,
        "domain": settings.LANGUAGE_COOKIE_DOMAIN,
        "secure": settings.LANGUAGE_COOKIE_SECURE,
        "httponly": settings.LANGUAGE_COOKIE_HTTPONLY,
        "samesite": settings.LANGUAGE_COOKIE_SAMESITE,
    }


def _came_from(request: HttpRequest) -> str:
    """The page of the desk that led to one which asks before it shows anything; else the home page."""
    page = request.POST.get(_CAME_FROM) or request.headers.get("Referer", "")
    home = reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    path = urlsplit(page).path
    return path if is_ours and path.startswith(home) and path != request.path else home


def _go_on(request: HttpRequest) -> None:
    """Leave in the request what the page asked for, and nothing of the answer."""
    posted = request.POST.copy()
    for name in _OWN:
        posted.pop(name, None)
    request.POST = posted  # type: ignore[assignment]
