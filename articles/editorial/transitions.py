"""What was done with a text in one language on its way to readers: written once, in order, never changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.content.fields import PassageField
from articles.editorial.states import Act, Done, State


class Transition(models.Model):
    """Somebody led a text in one language from a state to another; the note is for colleagues only.

    `content_digest` is that of the words it was done about. `is_urgent` marks what went past the review, because
    readers were in danger: such a step is reviewed afterwards.
    """

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    act = models.CharField(max_length=20, choices=[(act.value, act.value) for act in Act])
    from_state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in State])
    to_state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in State])
    content_digest = models.CharField(max_length=64, blank=True)
    note = PassageField(_("note"), blank=True)
    is_urgent = models.BooleanField(default=False)
    # Empty where a date was reached, and nobody was at the desk.
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="transitions_by_text", fields=["item", "language", "-id"]),
            # Few among very many, and the home page of every editor asks for them.
            models.Index(name="urgent_transitions", fields=["-id"], condition=Q(is_urgent=True)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.item} {self.language}"

    @property
    def done(self) -> Done:
        return Done(Act(self.act), self.content_digest)


def record(
    kind: str,
    item: UUID | str,
    language: Language,
    act: Act,
    *,
    from_state: State,
    to_state: State,
    content_digest: str,
    note: str = "",
    is_urgent: bool = False,
    by: User | None,
    at: datetime,
) -> Transition:
    """Write down what was done. Whether it is possible and allowed, the caller asks first, behind the item's lock."""
    return Transition.objects.create(
        kind=kind,
        item=item,
        language=language,
        act=act.value,
        from_state=from_state.value,
        to_state=to_state.value,
        content_digest=content_digest,
        note=note,
        is_urgent=is_urgent,
        done_by=by,
        done_at=at,
    )


def record_all(steps: Iterable[Transition]) -> None:
    """Write down several steps; one query, none where there are none."""
    Transition.objects.bulk_create(steps)


def last(items: Iterable[UUID], *, act: Act | None = None) -> dict[tuple[UUID, str], Transition]:
    """Return the last transition, or the last one of an act, of each of these items in each language; one query."""
    asked = Transition.objects.filter(item__in=list(items), **({"act": act.value} if act else {}))
    newest = asked.order_by().values("item", "language").annotate(newest=Max("pk"))
    rows = Transition.objects.filter(pk__in=newest.values("newest")).select_related("done_by")
    return {(row.item, row.language): row for row in rows}


def history(item: UUID | str, language: Language) -> list[Transition]:
    """Return everything that was done with a text in a language, newest first; one query."""
    rows = Transition.objects.filter(item=item, language=language).select_related("done_by")
    return list(rows.order_by("-pk"))
