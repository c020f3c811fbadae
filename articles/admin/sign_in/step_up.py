"""Before what counts, whoever sits at the session shows once more that it is them: publishing, signing, erasing, keys.

What was typed comes along in the page that asks, as hidden fields of its form, and goes on with the answer: after it
the act is done as if nobody had asked. Passwords are left out of it, and files cannot come along.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.kept import fields_of, lost_files
from articles.admin.moments import now, person
from articles.admin.sign_in import proving, sessions
from articles.admin.site import desk_site
from articles.editorial import audit

PREFIX = "_step_up"
_ONLY_LOOKED = f"{PREFIX}-looked"


def step_up(request: HttpRequest, *, insist: bool = False) -> HttpResponse | None:
    """Return the page that asks to confirm, or None if that was done within the last minutes or just now.

    Whoever has a second factor shows one, others type their password. A page calls it before it acts on a POST, or
    before it shows a form in which passwords are typed: after a GET the address is opened anew. With `insist` it does
    not count that somebody was asked minutes ago.
    """
    if settings.SECOND_FACTOR == "off":
        return None
    user, at = person(request), now()
    problem = ""
    if request.method == "POST" and proving.was_tried(request, PREFIX):
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
    own = proving.names(PREFIX)
    context = desk_site.each_context(request) | {
        "title": _("Confirm that it is you"),
        "proof": proving.context(user, PREFIX),
        "problem": problem,
        "typed": [(_ONLY_LOOKED, "1")] if looked else [*fields_of(request.POST, own), *lost_files(request)],
        "minutes": settings.STEP_UP_MINUTES,
    }
    return TemplateResponse(request, "admin/sign_in/step_up.html", context, status=401)


def _go_on(request: HttpRequest) -> None:
    """Leave in the request what the page asked for, and nothing of the answer."""
    posted = request.POST.copy()
    for name in proving.names(PREFIX):
        posted.pop(name, None)
    request.POST = posted  # type: ignore[assignment]
