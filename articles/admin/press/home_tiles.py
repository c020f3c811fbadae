"""The table of what the home page shows each person, in the order in which it stands there."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.press import addresses
from articles.admin.press.deadline_tiles import gaps, refused_releases, reviews_soon
from articles.admin.press.erasing import open_requests
from articles.admin.press.last_saved import last_saved
from articles.admin.press.queue_tiles import in_review, returned_to_me, to_publish, to_sign, translations_behind
from articles.admin.press.tiles import Entry, Tile, permitted, shown_to
from articles.admin.press.words import title_of
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.experts import Disclosure, Expert
from articles.content.labels import label
from articles.editions.shelf import Standing
from articles.partners.partner import Application
from articles.publishing.afterwards import urgent_unreviewed
from articles.publishing.drift import working_parts
from articles.publishing.drift_marks import drifting_texts, most_drifting
from articles.publishing.dues import Due
from articles.publishing.reviewing import unsigned

# How long a disclosure is taken to be so: people change what they do, and readers are told the date.
DISCLOSED_FOR = timedelta(days=365)
_NAMED = 5
# Among how many of the texts that were saved last unsigned ones are looked for.
_REVIEWED = 100


def urgent(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Safety corrections that went out without a review and still wait for one, oldest first."""
    return [
        Entry(
            one.standing.title,
            addresses.review(one.standing.kind, one.standing.item, one.standing.language),
            one.why,
            one.standing.language,
            one.since,
        )
        for one in urgent_unreviewed()[: most + 1]
    ]


def not_signed(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Of the texts that were saved last those whose words as they are now no reviewer has signed.

    Those that were sent for review are left out: they have a tile of their own.
    """
    found = unsigned(last_saved(_REVIEWED))
    sent = in_review({one.text.pk for one in found}) if found else set()
    waiting: dict[DeskObject, list[str]] = {}
    for one in found:
        if (one.text.pk, one.language) not in sent:
            waiting.setdefault(one.text, []).append(one.language)
    return [
        Entry(
            label(text),
            addresses.form_of(text),
            links=[(code.upper(), addresses.review(kind_of(text), text.pk, code)) for code in languages],
        )
        for text, languages in list(waiting.items())[: most + 1]
    ]


def undisclosed(request: HttpRequest, most: int) -> Sequence[Entry]:
    """People who take part and have not signed in twelve months what ties they have, the longest silent first."""
    since = timezone.localdate() - DISCLOSED_FOR
    signed = Q(disclosure__in=[Disclosure.NONE_DECLARED, Disclosure.DECLARED], disclosed_on__gte=since)
    rows = Expert.objects.filter(~signed, part=Expert.Part.PARTICIPATES).order_by("disclosed_on", "pk")
    return [
        Entry(
            label(one),
            addresses.form("expert", one.pk),
            _("last declared on %(date)s") % {"date": f"{one.disclosed_on:%d.%m.%Y}"} if one.disclosed_on else "",
        )
        for one in rows[: most + 1]
    ]


def overdue(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Live texts whose promised review is lacking, longest first: readers are told so."""
    rows = Standing.objects.filter(overdue_since__isnull=False).order_by("overdue_since", "item", "-language")
    return [
        Entry(row.title, addresses.review(row.kind, row.item, row.language), "", row.language, row.overdue_since)
        for row in rows.defer(*_LONG)[: most + 1]
    ]


def drifting(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Shared parts that were changed at the desk since, each with live texts that still show it as it was."""
    counts = most_drifting(most + 1)
    working, texts = working_parts(counts.keys()), drifting_texts(counts.keys(), _NAMED * 2)
    shown = Standing.objects.filter(item__in={item for found in texts.values() for item, _language in found})
    titles: dict[object, dict[str, str]] = {}
    for row in shown.order_by("-language").defer(*_LONG):
        titles.setdefault(row.item, {})[row.language] = row.title
    entries = []
    for part, number in counts.items():
        if part in working:
            items = list(dict.fromkeys(item for item, _language in texts.get(part, ()) if item in titles))[:_NAMED]
            entries.append(
                Entry(
                    f"{capfirst(str(working[part]._meta.verbose_name))}: {label(working[part])}",
                    addresses.impact(part.kind, part.id),
                    ngettext("%(count)s live page", "%(count)s live pages", number) % {"count": number},
                    links=[(title_of(titles[item]), addresses.drift(item)) for item in items],
                )
            )
    return entries


def checked(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Live texts that readers are told we are checking, so that no notice is forgotten."""
    rows = Standing.objects.exclude(check_json="").order_by("-language", "title")
    return [
        Entry(row.title, addresses.check(row.kind, row.item), "", row.language)
        for row in rows.defer(*_LONG)[: most + 1]
    ]


def erasures(request: HttpRequest, most: int) -> Sequence[Entry]:
    """What somebody asked to be erased and a second person has to look at."""
    return [Entry(words, url) for words, url in open_requests(most + 1)]


def access(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Who asks to show our texts and waits for an answer, longest first."""
    waiting = Application.objects.filter(state=Application.State.WAITING).order_by("asked_at")[: most + 1]
    return [Entry(one.name, addresses.page(Application, "change", one.pk), since=one.asked_at) for one in waiting]


def faults(request: HttpRequest, most: int) -> Sequence[Entry]:
    """What has fallen due and could not be carried out, oldest first."""
    rows = Due.objects.filter(settled_at__isnull=True).exclude(fault="").order_by("due_at", "pk")[: most + 1]
    standing = {(row.item, row.language): row.title for row in Standing.objects.filter(item__in=[r.item for r in rows])}
    return [
        Entry(
            standing.get((row.item, row.language), str(row.item)),
            addresses.form(row.kind, row.item),
            row.fault,
            row.language,
            row.due_at,
        )
        for row in rows
    ]


# What lists of standings never show.
_LONG = ("translation_json", "tombstone_json", "check_json")

TILES: list[Tile] = [
    Tile(
        "faults",
        gettext_lazy("Fallen due and not carried out"),
        shown_to("publish", "withdraw"),
        faults,
        help=gettext_lazy("It is tried again every second. If it stays here, tell whoever runs the site."),
        alarm=True,
    ),
    Tile(
        "gaps",
        gettext_lazy("Lacking a change for safety of the other language"),
        shown_to("publish", "review"),
        gaps,
        help=gettext_lazy("Readers are warned, and the page is withdrawn when the time is over."),
        alarm=True,
    ),
    Tile(
        "releases",
        gettext_lazy("Releases that did not go out"),
        shown_to("publish"),
        refused_releases,
        help=gettext_lazy("Nothing of them went out. Look why, mend it and set another moment."),
        alarm=True,
    ),
    Tile(
        "urgent",
        gettext_lazy("Published urgently and not reviewed yet"),
        shown_to("review", "publish"),
        urgent,
        alarm=True,
    ),
    Tile("checked", gettext_lazy("Readers are told that we are checking"), permitted("articles.view_article"), checked),
    Tile(
        "overdue",
        gettext_lazy("Promised reviews that are lacking"),
        shown_to("review", "publish"),
        overdue,
        help=gettext_lazy("Readers see that the review is overdue."),
        alarm=True,
    ),
    Tile("due-soon", gettext_lazy("Reviews that were promised soon"), shown_to("review", "publish"), reviews_soon),
    Tile("returned", gettext_lazy("Given back to you"), permitted("articles.change_article"), returned_to_me),
    Tile(
        "to-sign",
        gettext_lazy("For you to read and sign"),
        shown_to("review"),
        to_sign,
        nothing=gettext_lazy("Nothing waits for your signature."),
    ),
    Tile(
        "unsigned",
        gettext_lazy("Without a signature"),
        shown_to("review"),
        not_signed,
        help=gettext_lazy("Nobody has signed the words as they are now. Those that were sent to you stand above all."),
        nothing=gettext_lazy("Every text is signed as it is now."),
    ),
    Tile("to-publish", gettext_lazy("Approved and not published yet"), shown_to("publish"), to_publish),
    Tile(
        "behind",
        gettext_lazy("Translations that are behind"),
        permitted("articles.change_article"),
        translations_behind,
    ),
    Tile(
        "drifting",
        gettext_lazy("Changed since it was published"),
        shown_to("publish"),
        drifting,
        help=gettext_lazy("Readers still see these as they were. Look at what would change, and send it out:"),
    ),
    Tile(
        "undisclosed",
        gettext_lazy("Declarations of interests to renew"),
        permitted("articles.change_expert"),
        undisclosed,
        help=gettext_lazy("These people take part and have not declared their interests within twelve months."),
    ),
    Tile(
        "erasures", gettext_lazy("To be erased for good, waiting for a second person"), shown_to("withdraw"), erasures
    ),
    Tile("access", gettext_lazy("Waiting for access to our texts"), shown_to("keep_partners"), access),
]


def tile_named(code: str) -> Tile | None:
    """Return the tile with this code."""
    return next((tile for tile in TILES if tile.code == code), None)


def address_of(tile: Tile) -> str:
    """Return the address of the page with all that waits in a tile."""
    return reverse("admin:waiting", args=[tile.code])
