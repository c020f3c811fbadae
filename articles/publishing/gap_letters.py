"""Letters about safety gaps: to the translator, to all who may publish, and to the address of the site.

A letter is a row before it is sent, as those to partners are (`articles/partners/mailing.py`): the worker writes each
mark of each gap down once for each address, and tries it until a server has taken it. Whoever has several waiting, of
one gap or of many, gets them as one. What was closed meanwhile is not sent any more.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from articles.canonical.languages import Language
from articles.editions.shelf import Standing
from articles.editorial.roles import ACTS
from articles.editorial.translation_tasks import translators
from articles.partners import letters
from articles.partners.rounds import repeat
from articles.publishing.desk_letters import spelled_moment

# Hours after which people are written to, while the gap is open; the moment of the withdrawal comes last.
MARKS = (0, 24, 48)
_WITHDRAWN = 9999

# The letters to the desk are in the language in which it works.
_LANGUAGE: Language = "ru"
_LEASE = timedelta(minutes=5)
_PAUSES = tuple(timedelta(seconds=pause) for pause in (10, 30, 60, 300, 900))

Clock = Callable[[], datetime]


class GapLetter(models.Model):
    """One mark of one gap, owed to one address; `next_attempt_at` is empty once it was sent or is needed no more."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    since = models.DateTimeField()
    mark = models.PositiveSmallIntegerField()
    to = models.EmailField(max_length=254)
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_mark_of_a_gap_is_told_once", fields=["item", "language", "since", "mark", "to"]
            )
        ]
        indexes = [
            models.Index(
                name="waiting_gap_letters", fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language} {self.mark}"

    @property
    def is_withdrawn(self) -> bool:
        return self.mark == _WITHDRAWN


def owe(standing: Standing, since: datetime, *, mark: int = _WITHDRAWN, at: datetime) -> int:
    """Write down that everybody concerned is to be told of a mark, without `mark` of the withdrawal; return how many.

    A mark that was written down before is left alone, even where others would be told by now.
    """
    known = GapLetter.objects.filter(item=standing.item, language=standing.language, since=since, mark=mark)
    if known.exists():
        return 0
    owed = [
        GapLetter(
            item=standing.item,
            kind=standing.kind,
            language=standing.language,
            since=since,
            mark=mark,
            to=address,
            next_attempt_at=at,
        )
        for address in _addresses(standing)
    ]
    GapLetter.objects.bulk_create(owed, ignore_conflicts=True)
    return len(owed)


def tell(*, clock: Clock = timezone.now) -> int:
    """Write down every mark that has come and send all letters that wait; return how many letters were taken.

    Any number of workers may call it at once. One that is killed while it sends may send a letter again, never leave
    one out.
    """
    for standing in Standing.objects.filter(gap_since__isnull=False).order_by("gap_since"):
        since: datetime = standing.gap_since  # type: ignore[assignment]
        for mark in MARKS:
            if since + timedelta(hours=mark) <= clock():
                owe(standing, since, mark=mark, at=clock())
    waiting = GapLetter.objects.filter(next_attempt_at__lte=clock()).order_by("next_attempt_at", "pk")
    return sum(_tell_one(address, clock) for address in dict.fromkeys(waiting.values_list("to", flat=True)))


def serve(stopped: threading.Event, *, every: float = 1.0) -> None:
    """Tell until stopped."""
    repeat(stopped, tell, name="letters about safety gaps", every=every)


def _addresses(standing: Standing) -> list[str]:
    """Who is told, each address once: the translator, all who may publish, and the address of the site."""
    assigned = translators([(standing.item, standing.language)]).values()  # type: ignore[list-item]
    may_publish = User.objects.with_perm(ACTS["publish"], backend="django.contrib.auth.backends.ModelBackend")
    people = [*assigned, *may_publish.order_by("pk")]
    found = [*(user.email for user in people if user.is_active), settings.CONTACT_EMAIL]
    return list(dict.fromkeys(address.strip() for address in found if address.strip()))


def _tell_one(address: str, clock: Clock) -> int:
    with transaction.atomic():
        waiting = GapLetter.objects.filter(to=address, next_attempt_at__lte=clock())
        rows = list(waiting.select_for_update().order_by("since", "mark", "pk"))
        taken = GapLetter.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(next_attempt_at=clock() + _LEASE, attempts=F("attempts") + 1)
    standings = {(row.item, row.language): row for row in _standings(rows)}
    open_now = [row for row in rows if _still_holds(row, standings.get((row.item, row.language)))]
    GapLetter.objects.filter(pk__in=[row.pk for row in rows if row not in open_now]).update(next_attempt_at=None)
    if not open_now:
        return 0
    own = GapLetter.objects.filter(pk__in=[row.pk for row in open_now])
    if letters.send("safety_gap", address, _LANGUAGE, letter(open_now, standings.values(), at=clock())):
        own.update(sent_at=clock(), next_attempt_at=None)
        return 1
    # `attempts` is as it was before this one. It is tried until somebody gets it: the text is still there.
    own.update(next_attempt_at=clock() + _PAUSES[min(open_now[0].attempts, len(_PAUSES) - 1)])
    return 0


def letter(rows: Sequence[GapLetter], standings: Collection[Standing], *, at: datetime) -> dict[str, Any]:
    """Return what a letter about these marks says, for its template: each text once, the least time left first."""
    known = {(row.item, row.language): row for row in standings}
    last = {(row.item, row.language): row for row in sorted(rows, key=lambda row: row.mark)}
    with override(_LANGUAGE):
        told = [_told(row, known[key], at) for key, row in sorted(last.items(), key=lambda pair: pair[1].since)]
        count = len(told)
        if count == 1:
            subject = (
                gettext("Withdrawn, it did not follow a change for safety: “%(title)s”")
                if told[0]["is_withdrawn"]
                else gettext("It lacks a change for safety: “%(title)s”")
            ) % told[0]
        else:
            subject = ngettext(
                "%(count)d text lacks a change for safety", "%(count)d texts lack a change for safety", count
            ) % {"count": count}
        return {"subject": subject, "texts": told}


def _told(row: GapLetter, standing: Standing, at: datetime) -> dict[str, Any]:
    until = row.since + timedelta(hours=settings.SAFETY_GAP_HOURS)
    return {
        "title": standing.title,
        "language": gettext("in Russian") if row.language == "ru" else gettext("in English"),
        "other": gettext("in English") if row.language == "ru" else gettext("in Russian"),
        "since": spelled_moment(row.since, _LANGUAGE),
        "until": spelled_moment(until, _LANGUAGE),
        "hours_left": max(0, int((until - at).total_seconds() // 3600)),
        "is_withdrawn": row.is_withdrawn,
        "kind": row.kind,
        "item": row.item,
        "path": standing.page_path,
    }


def _still_holds(row: GapLetter, standing: Standing | None) -> bool:
    if standing is None:
        return False
    return not standing.is_live if row.is_withdrawn else standing.gap_since == row.since


def _standings(rows: Sequence[GapLetter]) -> list[Standing]:
    return list(Standing.objects.filter(item__in={row.item for row in rows}))
