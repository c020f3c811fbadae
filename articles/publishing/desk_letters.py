"""Letters to those who work at the desk, each a row before it is sent: nobody waits for a server of mail.

A worker that is killed leaves the row to the next one, so a letter is sent at least once. Whatever waits for a person
under one name goes as one letter.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editorial.desk_zone import desk_zone
from articles.editorial.roles import may
from articles.partners import letters
from articles.partners.rounds import Seldom, repeat

# Whoever has taken a row has so long to send it; then it is somebody else's turn, for the first may have been killed.
_LEASE = timedelta(minutes=5)
# How long after each attempt the next one comes; the last of them again and again.
_PAUSES = tuple(timedelta(seconds=pause) for pause in (30, 300, 3600))
# By then the day that a letter was about is over, and the desk shows it all the while.
_GIVEN_UP = timedelta(days=3)

Clock = Callable[[], datetime]


class DeskLetter(models.Model):
    """One thing that a person is told; `key` says which, so that nobody is told the same twice.

    `facts` are what the letter of this name says, and go when it is sent. `next_attempt_at` is when it is tried
    (again); empty once it was sent or given up.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="nobody_is_told_the_same_twice", fields=["to", "key"])]
        indexes = [models.Index(name="waiting_desk_letters", fields=["next_attempt_at"], condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


def owe(to: Iterable[User], name: str, key: str, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Let these people be told something; who was told it, or is waiting to be, is left alone."""
    rows = [
        DeskLetter(to=person, key=key, name=name, facts=dict(facts), asked_at=at, next_attempt_at=at) for person in to
    ]
    DeskLetter.objects.bulk_create(rows, ignore_conflicts=True)


def reachable(person: User | None) -> bool:
    """Return whether a letter to this person would arrive anywhere."""
    return person is not None and person.is_active and bool(person.email)


def publishers() -> list[User]:
    """Return everybody who may publish and can be written to."""
    written_to = User.objects.filter(is_active=True).exclude(email="").order_by("pk")
    return [person for person in written_to.prefetch_related("groups") if may(person, "publish")]


def tell(*, clock: Clock = timezone.now) -> int:
    """Send every letter that waits; return how many were taken. Any number of workers may call it at once."""
    waiting = DeskLetter.objects.filter(sent_at=None, next_attempt_at__lte=clock()).order_by("asked_at", "pk")
    return sum(_tell_one(to, name, clock) for to, name in dict.fromkeys(waiting.values_list("to", "name")))


def serve(
    stopped: threading.Event, herald: Callable[[datetime], None], *, every: float = 1.0, heralding: float = 60.0
) -> None:
    """Tell until stopped, and let `herald` find what is to be told once a minute. No fault of either ends it."""
    looks = Seldom(heralding)

    def round_of_letters() -> None:
        if looks.is_time():
            herald(timezone.now())
        tell()

    repeat(stopped, round_of_letters, name="letters to the desk", every=every)


def _tell_one(to: int, name: str, clock: Clock) -> int:
    now = clock()
    with transaction.atomic():
        waiting = DeskLetter.objects.filter(to=to, name=name, sent_at=None, next_attempt_at__lte=now)
        rows = list(waiting.select_for_update(of=("self",)).select_related("to").order_by("asked_at", "pk"))
        own = DeskLetter.objects.filter(pk__in=[row.pk for row in rows])
        own.update(next_attempt_at=now + _LEASE, attempts=F("attempts") + 1)
    if not rows:
        return 0
    address = rows[0].to.email if reachable(rows[0].to) else ""
    # An account does not say in which language its owner reads: the letter says all in both.
    if letters.send(name, address, "ru", {"told": [row.facts for row in rows]}, room="desk_letters"):
        own.update(sent_at=clock(), next_attempt_at=None, facts={})
        return 1
    pause = _PAUSES[min(rows[0].attempts, len(_PAUSES) - 1)]
    own.filter(asked_at__gt=now - _GIVEN_UP).update(next_attempt_at=now + pause)
    own.filter(asked_at__lte=now - _GIVEN_UP).update(next_attempt_at=None, facts={})
    return 0


def spelled_moment(moment: datetime, language: Language) -> str:
    """Return a moment as people of the desk read it: 22 November 2026, 16:00 MSK."""
    local = moment.astimezone(desk_zone())
    with override(language):
        return f"{spelled(local.date().isoformat(), language)}, {local:%H:%M} {local.tzname()}"
