"""What is typed and not saved yet: kept beside the draft while somebody types, and offered to them afterwards.

Nothing here saves an object. A copy that is opened comes into the ordinary form, marked as not saved.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.desk import conflicts
from articles.admin.desk.expired import asked_by_scripts, fields_of, reopened
from articles.admin.moments import now, person
from articles.admin.site import desk_site
from articles.content.aggregates import AGGREGATES, kind_of, uuid_of
from articles.content.desk_object import DeskObject
from articles.editorial.presence import be_present, others_present
from articles.editorial.revisions import revisions
from articles.editorial.roles import right
from articles.editorial.scratch import (
    ScratchCopy,
    ScratchRefusedError,
    drop_scratch,
    finish_scratch,
    keep_scratch,
    waiting,
)

# The small form in which one part is translated knows nothing of the others: the large one never opens its copies.
OF_A_PART = "part:"

# Never fields of a form of ours: an underscore comes first.
PAGE = "_scratch"
_OPEN, _DROP = "_open_scratch", "_drop_scratch"
_OBJECT, _NUMBER, _GONE, _USER, _PART = (f"_scratch_{name}" for name in ("object", "number", "gone", "user", "part"))
_ABOUT_THE_SENDING = (_OBJECT, _NUMBER, _GONE, _USER, _PART)
_STATUS = {"finished": 409, "unknown": 409, "foreign": 403, "too-large": 413, "too-many": 507}


def answer(admin: ModelAdmin, request: HttpRequest, obj: DeskObject | None) -> HttpResponse | None:
    """Answer “throw it away”; with “open it”, put what was typed in place of what was posted and return None."""
    if not _may_type(admin, request, obj):
        return None
    return answer_for(request, kind_of_admin(admin), obj.pk if obj else None)


def answer_for(request: HttpRequest, form: str, item: UUID | None) -> HttpResponse | None:
    """Do the same for a form of another page, which keeps its copies under a name of its own."""
    if page := uuid_of(request.POST.get(_DROP)):
        if drop_scratch(page, by=person(request)):
            messages.success(request, _("The unsaved work was thrown away."))
        return HttpResponseRedirect(request.get_full_path())
    if page := uuid_of(request.POST.get(_OPEN)):
        copy = waiting(form, item, by=person(request)).filter(page=page).first()
        if copy is None:
            messages.warning(request, _("This unsaved work is no longer there: it was saved or thrown away."))
            return HttpResponseRedirect(request.get_full_path())
        request.POST = reopened(_as_posted(copy))  # type: ignore[assignment]
    return None


def finish(request: HttpRequest, obj: DeskObject, *, is_new: bool) -> None:
    """Let go of the scratch copy of a form that is being saved."""
    if page := uuid_of(request.POST.get(PAGE)):
        finish_scratch(page, kind_of(obj), None if is_new else obj.pk, by=person(request), at=now())


def context(admin: ModelAdmin, request: HttpRequest, obj: DeskObject | None) -> dict[str, Any]:
    """Return what a form shows of unsaved work, and what its script needs to keep more of it."""
    if not _may_type(admin, request, obj):
        return {}
    return context_for(request, kind_of_admin(admin), obj.pk if obj else None)


def context_for(request: HttpRequest, form: str, item: UUID | None) -> dict[str, Any]:
    """Return the same for a form of another page."""
    page = uuid_of(request.POST.get(PAGE)) or uuid4()
    own = waiting(form, item, by=person(request))
    copies = list(own.defer("data"))
    number = next((copy.number for copy in copies if copy.page == page), 0)
    return {
        "scratch_page": page,
        "scratch_offers": [] if request.method == "POST" else copies,
        "scratch_settings": {
            "url": reverse("admin:scratch", args=[form]),
            "beside": reverse("admin:beside", args=[_kind(form), item]) if item else "",
            "object": str(item or ""),
            "number": number,
            "user": str(request.user.pk),
            "words": _words(),
        },
    }


@desk_site.page("scratch/<str:kind>/", name="scratch")
@asked_by_scripts
@require_POST
def keep(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep what a form holds, and say when it was kept and who else is there; `code` says why it was not."""
    item = uuid_of(request.POST.get(_OBJECT)) if request.POST.get(_OBJECT) else None
    _require(request, _kind(kind), item)
    if item is None and kind.startswith(OF_A_PART):
        raise Http404
    page, number = uuid_of(request.POST.get(PAGE)), request.POST.get(_NUMBER, "")
    if page is None or not number.isdecimal():
        return JsonResponse({"code": "unknown"}, status=400)
    if request.POST.get(_USER) != str(request.user.pk):
        # Somebody else has signed in meanwhile, in another window: what is typed here is not theirs.
        return _refused("foreign")
    at = now()
    try:
        keep_scratch(
            page,
            kind,
            item,
            fields_of(request.POST, without=_ABOUT_THE_SENDING),
            number=min(int(number), 2**31 - 1),
            seen=conflicts.seen_version(request.POST),
            gone=request.POST.getlist(_GONE) if _PART in request.POST else None,
            by=person(request),
            at=at,
        )
    except ScratchRefusedError as refusal:
        return _refused(refusal.code)
    time = date_format(timezone.localtime(at), "H:i T")
    said = _("Saved as a scratch copy at %(time)s") % {"time": time}
    return JsonResponse({"said": said, **_beside(request, _kind(kind), item)})


@desk_site.page("beside/<str:kind>/<uuid:item>/", name="beside")
@asked_by_scripts
@require_POST
def beside(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Say who else has an object's form open, and whether somebody saved it since this one was opened."""
    _require(request, kind, item)
    return JsonResponse(_beside(request, kind, item))


def _beside(request: HttpRequest, kind: str, item: UUID | None) -> dict[str, str]:
    if item is None:
        return {"people": "", "newer": ""}
    obj = AGGREGATES[kind]._default_manager.filter(pk=item).first()
    if obj is None:
        return {"people": "", "newer": _("This was deleted meanwhile. Copy what you want to keep.")}
    at = now()
    be_present(item, by=person(request), at=at)
    names = others_present(item, by=person(request), at=at)
    people = _("Also editing now: %(names)s") % {"names": ", ".join(names)} if names else ""
    return {"people": people, "newer": _newer(request, obj)}


def _newer(request: HttpRequest, obj: DeskObject) -> str:
    if conflicts.seen_version(request.POST) >= obj.version:
        return ""
    newest = revisions(obj).first()
    if newest is None or newest.saved_by is None:
        return _("A newer version was saved; what you type will be merged when you save.")
    if newest.saved_by_id == request.user.pk:
        return _("You saved a newer version in another window; what you type here will be merged when you save.")
    who = newest.saved_by.get_full_name() or newest.saved_by.get_username()
    return _("A newer version was saved by %(who)s; what you type will be merged when you save.") % {"who": who}


def _kind(form: str) -> str:
    return form.removeprefix(OF_A_PART)


def _require(request: HttpRequest, kind: str, item: UUID | None) -> None:
    if kind not in AGGREGATES:
        raise Http404
    if not request.user.has_perm(right("change" if item else "add", AGGREGATES[kind])):
        raise PermissionDenied


def _refused(code: str) -> HttpResponse:
    return JsonResponse({"code": code}, status=_STATUS[code])


def _may_type(admin: ModelAdmin, request: HttpRequest, obj: DeskObject | None) -> bool:
    if not isinstance(request.user, User):
        return False
    return admin.has_change_permission(request, obj) if obj else admin.has_add_permission(request)


def kind_of_admin(admin: ModelAdmin) -> str:
    """Return the kind of the objects whose forms these are."""
    return next(kind for kind, model in AGGREGATES.items() if model is admin.model)


def _as_posted(copy: ScratchCopy) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in copy.typed:
        post.appendlist(name, value)
    post[PAGE] = str(copy.page)
    return post


def _words() -> dict[str, str]:
    return {
        "signedOut": _(
            "You are signed out. What you type is kept in this window only. Sign in in another tab, and it is saved as"
            " a scratch copy by itself."
        ),
        "signIn": _("Sign in in another tab"),
        "offline": _("The server does not answer. What you type is kept in this window and sent when it is back."),
        "foreign": _(
            "Another account has signed in on this computer. What you typed here is not kept: sign in as yourself in"
            " another tab, or copy it."
        ),
        "too-large": _("This is too long for a scratch copy. Save it."),
        "too-many": _("You have too many unsaved new forms. Save this one, or throw others away."),
        "files": _("A chosen file is not kept in a scratch copy: choose it again after opening one."),
    }
