"""What has its day or its hour: safety gaps between languages, reviews that are promised soon, releases that stayed."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.admin.moments import now
from articles.admin.press import addresses
from articles.admin.press.gap_words import hours_left
from articles.admin.press.tiles import Entry
from articles.publishing.releases import Release
from articles.publishing.review_calendar import due_soon
from articles.publishing.safety_gaps import open_gaps


def gaps(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Live texts that lack a change for safety of the other language, the one with the least time left first."""
    at = now()
    return [
        Entry(
            gap.standing.title,
            addresses.translation(gap.standing.kind, gap.standing.item),
            hours_left(gap, at),
            gap.standing.language,
            gap.since,
            gap.withdrawn_at,
        )
        for gap in open_gaps()[: most + 1]
    ]


def reviews_soon(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Texts whose next review was promised by a day that is near, soonest first."""
    at = now()
    return [
        Entry(
            one.title,
            addresses.form(one.kind, one.item),
            ngettext("%(count)s day left", "%(count)s days left", one.days_left(at.date()))
            % {"count": one.days_left(at.date())},
        )
        for one in due_soon(at, most=most + 1)
    ]


def refused_releases(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Releases that did not go out at their moment: nothing of them did, and somebody has to set another."""
    rows = Release.objects.filter(state=Release.State.REFUSED).order_by("goes_out_at", "pk")[: most + 1]
    return [Entry(one.name, addresses.release(one.pk), since=one.goes_out_at) for one in rows]
