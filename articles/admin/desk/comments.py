"""Comments of colleagues: beside each part of a form, and on a page of their own for whoever has no script."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.desk.expired import is_reopened, reopens
from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.words import PART_NAMES
from articles.admin.site import desk_site
from articles.canonical.problems import Refused
from articles.content.aggregates import AGGREGATES, kind_of, rows_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.ordered_row import OrderedRow
from articles.content.texts import Text
from articles.content.words import sentence
from articles.editorial.comments import (
    HEAD,
    LONGEST,
    Comment,
    NoSuchPartError,
    NotSayableError,
    comment,
    comments,
    may_comment,
    may_resolve,
    reopen,
    resolve,
)
from articles.editorial.roles import NotAllowedError


@dataclass(frozen=True)
class Thread:
    """The comments on one part, oldest first; `url` is their page, `place` the part's place in its form."""

    part: str
    name: str
    url: str
    place: str
    may_resolve: bool
    comments: list[Comment] = field(default_factory=list)

    @property
    def open_count(self) -> int:
        return sum(one.is_open for one in self.comments)

    @property
    def words(self) -> str:
        """What the button says to whoever does not see it."""
        counts = _("comments: %(count)s, open: %(open)s") % {"count": len(self.comments), "open": self.open_count}
        return f"{self.name}: {counts}"

    @property
    def html(self) -> SafeString:
        """The comments as they stand beside the part."""
        if not self.comments:
            return SafeString()
        return render_to_string("admin/articles/tools/thread.html", {"thread": self})


def threads(obj: DeskObject, rows: Mapping[str, OrderedRow], user: User) -> tuple[dict[str, Thread], list[Thread]]:
    """Return the thread of the head and of each row by part, and those on rows that are deleted; one query."""
    kind = kind_of(obj)
    found = {HEAD: _thread(kind, obj, HEAD, _name_of_head(obj), user)}
    for number, (part, row) in enumerate(rows.items(), start=1):
        found[part] = _thread(kind, obj, part, _name_of_row(row, number), user)
    orphans: dict[str, Thread] = {}
    for one in comments(obj.pk):
        thread = found.get(one.part) or orphans.setdefault(
            one.part, _thread(kind, obj, one.part, _("a deleted block"), user)
        )
        thread.comments.append(one)
    return found, list(orphans.values())


def with_open(found: Iterable[Thread]) -> list[Thread]:
    """Return the threads that somebody still has to close."""
    return [thread for thread in found if thread.open_count]


@desk_site.page("comments/<str:kind>/<uuid:item>/<str:part>/", name="comments")
@reopens
@require_http_methods(["GET", "HEAD", "POST"])
def comments_on_part(request: HttpRequest, kind: str, item: UUID, part: str) -> HttpResponse:
    """Show the comments on a part; a POST adds one. What was typed is shown again if it was not taken."""
    obj = _seen(request, kind, item)
    text = request.POST.get("text", "")
    if request.method != "POST" or is_reopened(request):
        return _page(request, obj, part, text)
    try:
        comment(kind, item, part, text, by=person(request), at=now())
    except NoSuchPartError as fault:
        raise Http404 from fault
    except NotSayableError:
        return _refused(request, obj, part, text, [_("Write 1 to %(count)s characters.") % {"count": LONGEST}])
    except Refused as refusal:
        return _refused(request, obj, part, text, [sentence(problem) for problem in refusal.problems])
    return _answer(request, obj, part)


@desk_site.page("comments/<str:kind>/<uuid:item>/<str:part>/resolve/", name="resolve_comments")
@require_POST
def resolve_comments(request: HttpRequest, kind: str, item: UUID, part: str) -> HttpResponse:
    """Close the comment that `comment` names, or every open one on the part."""
    obj = _seen(request, kind, item)
    for one in _chosen(request, item, part):
        try:
            resolve(one, by=person(request), at=now())
        except NotAllowedError as refusal:
            raise PermissionDenied from refusal
    return _answer(request, obj, part)


@desk_site.page("comments/<str:kind>/<uuid:item>/<str:part>/reopen/", name="reopen_comments")
@require_POST
def reopen_comments(request: HttpRequest, kind: str, item: UUID, part: str) -> HttpResponse:
    """Open the comment that `comment` names again."""
    obj = _seen(request, kind, item)
    for one in _chosen(request, item, part) if "comment" in request.POST else ():
        try:
            reopen(one, by=person(request))
        except NotAllowedError as refusal:
            raise PermissionDenied from refusal
    return _answer(request, obj, part)


def _seen(request: HttpRequest, kind: str, item: UUID) -> DeskObject:
    if kind not in AGGREGATES:
        raise Http404
    if not may_comment(person(request), kind):
        raise PermissionDenied
    return get_object_or_404(AGGREGATES[kind]._default_manager, pk=item)


def _chosen(request: HttpRequest, item: UUID, part: str) -> list[Comment]:
    found = comments(item).filter(part=part)
    wanted = request.POST.get("comment", "")
    if not wanted:
        return list(found)
    return [one for one in found if str(one.pk) == wanted]


def _thread(kind: str, obj: DeskObject, part: str, name: str, user: User) -> Thread:
    url = reverse("admin:comments", args=[kind, obj.pk, part])
    return Thread(part, name, url, addresses.comments(kind, obj.pk, part), may_resolve(user, kind))


def _name_of_head(obj: DeskObject) -> str:
    return str(PART_NAMES["head"]) if isinstance(obj, Text) else _("The whole entry")


def _name_of_row(row: OrderedRow, number: int) -> str:
    return f"{number}. {capfirst(str(row._meta.verbose_name))}"


def _all(request: HttpRequest, obj: DeskObject) -> dict[str, Thread]:
    found, orphans = threads(obj, {str(row.pk): row for row in rows_of(obj)}, person(request))
    return found | {thread.part: thread for thread in orphans}


def _answer(request: HttpRequest, obj: DeskObject, part: str) -> HttpResponse:
    """To the script the thread as it now stands, to a browser without one its page."""
    known = _all(request, obj)
    if part not in known:
        raise Http404
    thread = known[part]
    if not _is_asked_by_script(request):
        return HttpResponseRedirect(thread.url)
    return JsonResponse(
        {
            "thread": thread.html,
            "summary": render_to_string("admin/articles/tools/open_list.html", {"open": with_open(known.values())}),
            "open": thread.open_count,
            "count": len(thread.comments),
            "words": thread.words,
        }
    )


def _refused(request: HttpRequest, obj: DeskObject, part: str, text: str, problems: Sequence[str]) -> HttpResponse:
    if _is_asked_by_script(request):
        return JsonResponse({"problems": problems}, status=422)
    return _page(request, obj, part, text, problems)


def _page(request: HttpRequest, obj: DeskObject, part: str, text: str, problems: Sequence[str] = ()) -> HttpResponse:
    thread = _all(request, obj).get(part)
    if thread is None:
        raise Http404
    context = desk_site.each_context(request) | {
        "title": _("Comments"),
        "subtitle": f"{label(obj)} · {thread.name}",
        "thread": thread,
        "is_plain": True,
        "typed": text,
        "problems": problems,
        "form_url": thread.place,
    }
    return TemplateResponse(request, "admin/articles/tools/comments.html", context, status=422 if problems else 200)


def _is_asked_by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
