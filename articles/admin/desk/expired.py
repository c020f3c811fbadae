"""A session that ended while somebody typed: they sign in again on the spot, and the form is there as it was.

What was typed travels in the page itself, as hidden fields of the form that asks for the password. Nothing is kept on
the server for people who are not signed in, and nothing is saved until the person presses *Save* again.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from articles.admin.kept import LOST, REOPENED, SIGN_IN, fields_of, lost_files
from articles.admin.moments import now
from articles.admin.sign_in import entering, proving, sessions
from articles.admin.site import desk_site

__all__ = ["LOST", "REOPENED", "fields_of", "is_reopened", "lost_files", "reopened", "reopens"]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def reopens(view: View) -> View:
    """Mark a view that honours `is_reopened`; another is never given a kept POST, or signing in would carry it out."""
    view.reopens = True  # type: ignore[attr-defined]
    return view


def asked_by_scripts(view: View) -> View:
    """Mark a view that only scripts ask: with the session ended it answers 401 and no page."""
    view.asked_by_scripts = True  # type: ignore[attr-defined]
    return view


def is_reopened(request: HttpRequest) -> bool:
    """Whether a form is only to be shown again with what was typed, and not to be saved."""
    return request.method == "POST" and REOPENED in request.POST


def reopened(data: QueryDict, without: Iterable[str] = ()) -> QueryDict:
    """Return what was posted, marked to be shown again and not to be saved."""
    typed = QueryDict(mutable=True)
    for name, value in fields_of(data, without):
        typed.appendlist(name, value)
    typed[REOPENED] = "1"
    return typed


@desk_site.keeps_expired_posts
def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Answer a POST of somebody who is not signed in (any more) with the sign-in form around what was posted.

    A page that only asks in the background is told so, and shows its own way back.
    """
    if getattr(resolve(request.path_info).func, "asked_by_scripts", False):
        return JsonResponse({"code": "signed-out"}, status=401)
    asked, at = f"{SIGN_IN}-username" in request.POST, now()
    form = entering.SignInForm(request, data=request.POST if asked else None, prefix=SIGN_IN)
    second, problem = None, ""
    if asked and form.is_valid():
        user = form.get_user()
        if not entering.needs_second_step(user):
            entering.admit(request, user, sessions.PASSWORD, at)
            return _show_again(request)
        entering.remember(request, user, at)
        second = user
    elif proving.was_tried(request, SIGN_IN) and (second := entering.remembered(request, at)):
        proof = proving.prove(request, second, SIGN_IN, at)
        if proof.by:
            entering.admit(request, second, proof.by, at)
            return _show_again(request)
        problem = proof.problem
    context = {
        **desk_site.each_context(request),
        "title": _("You were signed out"),
        "form": form,
        "proof": proving.context(second, SIGN_IN) if second else None,
        "problem": problem,
        "typed": [*fields_of(request.POST), *lost_files(request)],
        "is_popup": True,
    }
    return TemplateResponse(request, "admin/articles/sign_in_again.html", context, status=401)


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a POST whose forgery token is no longer valid, as after signing in anew in another tab.

    What was posted may come from a stranger's page, so it is shown in the form once more and never saved from here.
    """
    reopens_it = getattr(resolve(request.path_info).func, "reopens", False)
    words = [] if reopens_it else _words(request)
    if not reopens_it and not words:
        return csrf_failure(request, reason)
    context = {
        **desk_site.each_context(request),
        "title": _("This form is out of date"),
        "typed": [*fields_of(request.POST), *lost_files(request), (REOPENED, "1")] if reopens_it else [],
        # To be copied only: one press would carry out what a stranger may have written.
        "words": words,
        "page_url": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/out_of_date.html", context, status=403).render()


def _show_again(request: HttpRequest) -> HttpResponseBase:
    match = resolve(request.path_info)
    if not getattr(match.func, "reopens", False):
        return _give_back(request)
    request.POST = reopened(request.POST)  # type: ignore[assignment]
    # The token of this very request was checked before; the form that is now shown carries a new one.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return match.func(request, *match.args, **match.kwargs)


def _give_back(request: HttpRequest) -> HttpResponseBase:
    """Show what was typed into a page that acts at once, and do nothing: whoever typed it sends it, or copies it."""
    words = _words(request)
    if not words:
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **desk_site.each_context(request),
        "title": _("You are signed in again"),
        "typed": fields_of(request.POST, proving.names(SIGN_IN)),
        "words": words,
        "lost": [*request.POST.getlist(LOST), *(name for _field, name in lost_files(request))],
        "page_url": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/not_sent.html", context)


def _words(request: HttpRequest) -> list[str]:
    """What was typed that nobody wants to type again: sentences, and not what was chosen or only travels along."""
    typed = fields_of(request.POST, proving.names(SIGN_IN))
    return list(dict.fromkeys(value for name, value in typed if not name.startswith("_") and len(value.split()) > 1))
