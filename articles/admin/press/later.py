"""“Publish later…” on the pages that publish: which release a text is kept for, one that is planned or a new one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.proofs import Obstacle
from articles.admin.press.typed_words import tidy
from articles.content.problems import DeskProblem
from articles.editorial.desk_zone import typed_moment
from articles.publishing.desks import desk
from articles.publishing.releases import LONGEST_NAME, Release, ReleaseEntry, waiting_for
from articles.publishing.scheduling import make

# Problems that are mended in what is asked here: code to the field's id.
_FIELDS = {
    "release-name-missing": "release_name",
    "release-name-long": "release_name",
    "release-past": "release_moment",
    "release-far": "release_moment",
    "release-closed": "later",
    "release-empty": "later",
    "release-nothing-new": "later",
    "release-elsewhere": "later",
    "release-review-lapses": "later",
}

# Puts a text into a release, whose id it gets, as it was looked at and on the terms that were typed.
Keeping = Callable[[UUID], Sequence[ReleaseEntry]]


@dataclass(frozen=True)
class Waiting:
    """A language of a text in a release that has not gone out."""

    entry: ReleaseEntry
    url: str


def asked(request: HttpRequest) -> bool:
    """Return whether the form asks to keep the text for a release instead of publishing it now."""
    return "_later" in request.POST


def kept(request: HttpRequest, kind: str, item: UUID, keep: Keeping) -> HttpResponseRedirect:
    """Keep a text for the release that was chosen, make that one first if it is new, and lead to its page.

    Raises RefusedError with every problem; then there is no new release either.
    """
    with transaction.atomic():
        # A new release opens the journal, which is the last lock: whoever publishes the text has its row before that.
        desk(kind).lock(item)
        release = _chosen(request)
        keep(release.pk)
    words = _("Kept for the release “%(name)s”. Readers see it at its moment.") % {"name": release.name}
    messages.success(request, words)
    return HttpResponseRedirect(addresses.release(release.pk))


def context(request: HttpRequest, item: UUID) -> dict[str, Any]:
    """Return what the pages show of releases: those to choose from, what was typed, and where the text waits."""
    typed = request.POST if asked(request) else request.GET
    chosen = request.POST.get("release", "") if asked(request) else request.GET.get("later", "")
    planned = Release.objects.filter(state__in=(Release.State.PLANNED, Release.State.REFUSED))
    return {
        "releases": [
            {"id": str(one.pk), "name": one.name, "goes_out_at": one.goes_out_at, "chosen": str(one.pk) == chosen}
            for one in planned.order_by("goes_out_at")
        ],
        "release_name": typed.get("release_name", ""),
        "release_moment": typed.get("release_moment", ""),
        "later_is_open": asked(request) or "later" in request.GET,
        "longest_name": LONGEST_NAME,
        "waiting": waiting(item),
    }


def waiting(item: UUID) -> list[Waiting]:
    """Return where a text waits for its moment, for notes on its pages; one query."""
    return [
        Waiting(entry, addresses.release(entry.release_id))
        for entry in waiting_for(item).order_by("release__goes_out_at", "-language")
    ]


def obstacle(problem: DeskProblem) -> Obstacle | None:
    """Return a problem of the release with its place on the page; None for one of the text."""
    field = _FIELDS.get(problem.code)
    return Obstacle(problem.sentence, f"#{field}") if field else None


def uuid_of(value: str) -> UUID | None:
    """Return the id that was sent, None for what is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def _chosen(request: HttpRequest) -> Release:
    if (key := uuid_of(request.POST.get("release", ""))) and (found := Release.objects.filter(pk=key).first()):
        return found
    name = tidy(request.POST.get("release_name", ""))
    return make(name, typed_moment(request.POST.get("release_moment", "")), by=person(request), at=now())
