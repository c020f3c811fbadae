"""Releases at the desk: the list with those to come first, and a page on which one is looked at and arranged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.frames import framed
from articles.admin.press.proofs import shown_differences
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sections import TEXTS
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import Menu, desk_site
from articles.content.desk_object import DeskObject
from articles.content.problems import DeskProblem
from articles.editions.shelf import Standing
from articles.editorial.desk_zone import typed_moment
from articles.editorial.roles import may
from articles.publishing.desks import ITEMS
from articles.publishing.digests import content_digests
from articles.publishing.dues import Due
from articles.publishing.frozen import AlteredError, document_of, terms_of
from articles.publishing.going_out import in_the_way
from articles.publishing.problems import RefusedError
from articles.publishing.releases import LONGEST_NAME, Release, ReleaseEntry
from articles.publishing.scheduling import cancel, make, move, take_out
from articles.reader.previews import render_preview

_SHOWN = 50

# Problems that are mended on these pages: code to the field's id.
_FIELDS = {
    "release-name-missing": "release_name",
    "release-name-long": "release_name",
    "words-unreadable": "release_name",
    "release-past": "release_moment",
    "release-far": "release_moment",
}


def _may(request: HttpRequest) -> bool:
    return may(request.user, "publish")


@desk_site.page("releases/", name="releases", menu=Menu(TEXTS, gettext_lazy("Releases"), _may, 3))
def releases(request: HttpRequest) -> HttpResponse:
    """Every release, those to come first; on POST a new one is made."""
    if not _may(request):
        raise PermissionDenied
    refused: Sequence[tuple[str, str]] = ()
    if request.method == "POST" and not (refused := refusals(request.POST, ["release_name"])):
        try:
            name, moment = tidy(request.POST.get("release_name", "")), request.POST.get("release_moment", "")
            made = make(name, typed_moment(moment), by=person(request), at=now())
        except RefusedError as refusal:
            refused = _places(refusal.problems)
        else:
            messages.success(request, _("The release is planned. Put texts into it from their publish pages."))
            return HttpResponseRedirect(addresses.release(made.pk))
    rows = Release.objects.select_related("arranged_by").annotate(texts=Count("entries"))
    waiting = Q(state__in=(Release.State.PLANNED, Release.State.REFUSED))
    context = desk_site.each_context(request) | {
        "title": _("Releases"),
        "waiting": [(row, addresses.release(row.pk)) for row in rows.filter(waiting).order_by("goes_out_at")],
        "past": [(row, addresses.release(row.pk)) for row in rows.exclude(waiting).order_by("-goes_out_at")[:_SHOWN]],
        "release_name": request.POST.get("release_name", ""),
        "release_moment": request.POST.get("release_moment", ""),
        "longest_name": LONGEST_NAME,
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/releases.html", context, status=422 if refused else 200)


@desk_site.page("releases/<uuid:pk>/", name="release")
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What goes out, when, and who arranged it; on POST another moment, a text taken out, or the whole cancelled."""
    if not _may(request):
        raise PermissionDenied
    shown = get_object_or_404(Release.objects.select_related("arranged_by"), pk=pk)
    if request.method != "POST":
        return _page(request, shown)
    if asked := step_up(request):
        return asked
    try:
        said = _arranged(request, shown)
    except RefusedError as refusal:
        return _page(request, shown, refused=_places(refusal.problems))
    messages.success(request, said)
    return HttpResponseRedirect(addresses.release(pk))


def _arranged(request: HttpRequest, shown: Release) -> str:
    by, at = person(request), now()
    if "_cancel" in request.POST:
        cancel(shown.pk, by=by, at=at)
        return _("Cancelled. Nothing of it goes out.")
    if "_take_out" in request.POST:
        number = request.POST["_take_out"]
        entry = get_object_or_404(ReleaseEntry, release=shown, pk=int(number) if number.isdecimal() else 0)
        take_out(entry, by=by, at=at)
        return _("Taken out. The draft stays as it is.")
    move(shown.pk, typed_moment(request.POST.get("release_moment", "")), by=by, at=at)
    return _("The release goes out at the moment that you have set.")


@desk_site.page("releases/<uuid:pk>/<int:number>/", name="release_entry")
def entry_page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One text as readers will see it, and what will be different for them."""
    entry = _entry(request, pk, number)
    try:
        document, kept = document_of(entry), terms_of(entry)
    except AlteredError:
        raise Http404 from None
    live = Standing.objects.select_related("edition").filter(item=entry.item, language=entry.language).first()
    before = live.edition.document if live and live.is_live else None
    context = desk_site.each_context(request) | {
        "title": _("What goes out"),
        "subtitle": f"{entry.title} · {LANGUAGE_NAMES[entry.language]}",  # type: ignore[index]
        "entry": entry,
        "kept": kept,
        "is_new": before is None,
        "differences": shown_differences(before, document) if before else [],
        "page_url": reverse("admin:release_entry_page", args=[pk, number]),
        "release_url": addresses.release(pk),
    }
    return TemplateResponse(request, "articles/admin/press/release_entry.html", context)


@desk_site.page("releases/<uuid:pk>/<int:number>/page/", name="release_entry_page")
def framed_entry(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The reader's page of a text in a release, of the very bytes that were kept."""
    entry = _entry(request, pk, number)
    try:
        document = document_of(entry)
    except AlteredError:
        raise Http404 from None
    return framed(render_preview(document, language=entry.language, item=str(entry.item)))  # type: ignore[arg-type]


def _entry(request: HttpRequest, pk: UUID, number: int) -> ReleaseEntry:
    if not _may(request):
        raise PermissionDenied
    if number >= 2**63:
        raise Http404
    return get_object_or_404(ReleaseEntry.objects.select_related("kept_by"), release=pk, pk=number)


@dataclass(frozen=True)
class Row:
    """One language of a text in a release; `moved_on` where the draft is another by now, `gone` where there is none."""

    entry: ReleaseEntry
    language: Any
    form_url: str
    look_url: str
    again_url: str
    moved_on: bool
    gone: bool


def _page(request: HttpRequest, shown: Release, *, refused: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    entries = list(shown.entries.select_related("kept_by"))
    due = Due.objects.filter(act=Due.Act.RELEASE, item=shown.pk, settled_at__isnull=True).first()
    moment = request.POST.get("release_moment") or f"{localtime(shown.goes_out_at):%Y-%m-%dT%H:%M}"
    context = desk_site.each_context(request) | {
        "title": _("Release"),
        "subtitle": shown.name,
        "release": shown,
        "rows": _rows(shown, entries),
        "refusals": [_refusal(said, entries) for said in shown.refusals] if shown.is_open else [],
        "checked": _checked(shown) if shown.is_open and "check" in request.GET else None,
        "fault": due.fault if due else "",
        "steps": _steps(shown, entries),
        "release_moment": moment,
        "releases_url": reverse("admin:releases"),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/release.html", context, status=422 if refused else 200)


def _rows(shown: Release, entries: Sequence[ReleaseEntry]) -> list[Row]:
    """The texts of a release with their drafts; the same few queries for any number."""
    working = _working(entries)
    now_at_the_desk = content_digests(list(working.values())) if shown.is_open else {}
    return [
        Row(
            entry,
            LANGUAGE_NAMES[entry.language],  # type: ignore[index]
            form_url=addresses.form(entry.kind, entry.item) if entry.item in working else "",
            look_url=reverse("admin:release_entry", args=[shown.pk, entry.pk]) if entry.document_json else "",
            again_url=addresses.publish_later(entry.kind, entry.item, shown.pk) if entry.item in working else "",
            moved_on=shown.is_open
            and entry.item in working
            and now_at_the_desk.get((entry.item, entry.language)) != entry.content_digest,  # type: ignore[arg-type]
            gone=entry.item not in working,
        )
        for entry in entries
    ]


def _working(entries: Iterable[ReleaseEntry]) -> Mapping[UUID, DeskObject]:
    found: dict[UUID, DeskObject] = {}
    for kind in {entry.kind for entry in entries}:
        keys = [entry.item for entry in entries if entry.kind == kind]
        found |= ITEMS[kind]._default_manager.in_bulk(keys)
    return found


def _refusal(said: Mapping[str, str], entries: Sequence[ReleaseEntry]) -> tuple[str, str]:
    """(Text, sentence) of what kept a release from going out, in the language of whoever reads."""
    place = (said.get("item"), said.get("language"))
    title = next((f"{one.title} ({one.language.upper()})" for one in entries if _place(one) == place), "")
    return title, said.get((get_language() or "ru")[:2], said.get("ru", ""))


def _place(entry: ReleaseEntry) -> tuple[str, str]:
    return str(entry.item), entry.language


def _checked(shown: Release) -> list[tuple[str, str]]:
    entries = list(shown.entries.all())
    return [
        (
            next(
                (
                    f"{one.title} ({one.language.upper()})"
                    for one in entries
                    if _place(one) == (problem.where.id, problem.language)
                ),
                "",
            ),
            problem.sentence,
        )
        for problem in in_the_way(shown, max(now(), shown.goes_out_at))
    ]


def _steps(shown: Release, entries: Sequence[ReleaseEntry]) -> list[dict[str, Any]]:
    """What was arranged, newest first, with the titles of texts that are still known."""
    titles = {_place(one): f"{one.title} ({one.language.upper()})" for one in entries}
    return [
        {
            "step": step,
            "about": titles.get((step.said.get("item", ""), step.said.get("language", "")), ""),
            "moment": typed_moment(step.said.get("moment", "")),
        }
        for step in shown.steps.select_related("done_by").order_by("-pk")
    ]


def _places(problems: Iterable[DeskProblem]) -> list[tuple[str, str]]:
    return [(_FIELDS.get(problem.code, "release_moment"), problem.sentence) for problem in problems]
