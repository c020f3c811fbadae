"""Scratch copies: what somebody has typed and not saved, so that no killed program or lost session takes it.

One row for each form that somebody has open, whole, as typed: nothing is checked, nothing of it is a version, no reader
and no press ever meets it, and the draft is not touched. A save ends it. Two windows with one text have two rows, so
neither overwrites the other. Who typed it alone is offered it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

# Names and values as a browser sends them; a name may come several times.
Typed = list[tuple[str, str]]

# Characters of one copy: some ten times what the longest article has.
MOST = 8 * 1024 * 1024
# Forms for something new that one person may have left unsaved.
MOST_NEW = 50
KEPT_FOR = timedelta(days=30)
# A sending that was under way when its form was saved arrives within seconds, if at all.
_REMEMBERED_FOR = timedelta(days=1)


class ScratchCopy(models.Model):
    """`page` names the form that is open; `item` is empty for something new; `seen` is the version it was opened with.

    `number` counts what a page has sent, so that an older sending that arrives late changes nothing. What is finished
    holds no words; it is remembered for a while for the same reason.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    page = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("typed by"))
    kind = models.CharField(_("kind"), max_length=20)
    item = models.UUIDField(null=True)
    number = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(_("version"), default=0)
    data = models.TextField(default="[]")
    saved_at = models.DateTimeField(_("saved"), db_index=True)
    is_finished = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("scratch copy")
        verbose_name_plural = _("scratch copies")
        ordering = ["-saved_at", "page"]
        indexes = [models.Index(name="scratch_copies_of_a_person", fields=["user", "kind", "item"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item or '—'} {self.page}"

    @property
    def typed(self) -> Typed:
        """What was typed, in the order of the form."""
        return [(name, value) for name, value in json.loads(self.data)]


class ScratchRefusedError(ValueError):
    """Raised when a copy is not kept; `code` is `finished`, `foreign`, `too-large`, `too-many` or `unknown`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def keep_scratch(
    page: UUID,
    kind: str,
    item: UUID | None,
    typed: Typed,
    *,
    number: int,
    seen: int,
    gone: Iterable[str] | None = None,
    by: User,
    at: datetime,
) -> ScratchCopy:
    """Keep what a form holds now, and return the copy; an older sending than the last changes nothing.

    With `gone`, `typed` is only what changed since an earlier sending: it goes on top of that, without the names that
    are gone. Raises ScratchRefusedError: `finished` when the form was saved already, `foreign` for a form of somebody
    else or of another object, `unknown` for changes to nothing.
    """
    given = (page, kind, item, typed, number, seen, gone, by, at)
    try:
        return _keep(*given)
    except IntegrityError:
        # The page's first row was made by another request since this one looked for it.
        return _keep(*given)


def _keep(
    page: UUID,
    kind: str,
    item: UUID | None,
    typed: Typed,
    number: int,
    seen: int,
    gone: Iterable[str] | None,
    by: User,
    at: datetime,
) -> ScratchCopy:
    with transaction.atomic():
        copy = ScratchCopy.objects.select_for_update().filter(page=page).first()
        if copy is None:
            if gone is not None:
                raise ScratchRefusedError("unknown")
            if item is None and waiting(kind, None, by=by).count() >= MOST_NEW:
                raise ScratchRefusedError("too-many")
            copy = ScratchCopy(page=page, user=by, kind=kind, item=item)
        if (copy.user_id, copy.kind, copy.item) != (by.pk, kind, item):
            raise ScratchRefusedError("foreign")
        if copy.is_finished:
            raise ScratchRefusedError("finished")
        if not copy._state.adding and number <= copy.number:
            return copy
        whole = typed if gone is None else _on_top(copy.typed, typed, set(gone))
        copy.data = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        if len(copy.data) > MOST:
            raise ScratchRefusedError("too-large")
        copy.number, copy.seen, copy.saved_at = number, seen, at
        copy.save(force_insert=copy._state.adding, force_update=not copy._state.adding)
    return copy


def waiting(kind: str, item: UUID | None, *, by: User) -> models.QuerySet[ScratchCopy]:
    """Return what somebody typed into forms of an object and did not save, newest first; `None` for new objects."""
    return ScratchCopy.objects.filter(user=by, kind=kind, item=item, is_finished=False)


def finish_scratch(page: UUID, kind: str, item: UUID | None, *, by: User, at: datetime) -> None:
    """Let go of the words of a form that was saved. Call it inside the transaction of the save."""
    words = {"data": "[]", "is_finished": True, "saved_at": at}
    known = ScratchCopy.objects.filter(page=page)
    if known.filter(user=by).update(**words) or known.exists():
        return
    try:
        with transaction.atomic():
            ScratchCopy.objects.create(page=page, user=by, kind=kind, item=item, **words)
    except IntegrityError:
        # What the form sent last made the row since this looked for it: the save goes on, and ends that too.
        known.filter(user=by).update(**words)


def drop_scratch(page: UUID, *, by: User) -> bool:
    """Throw away what was typed and not saved, as its author asks; return whether there was any."""
    return bool(ScratchCopy.objects.filter(page=page, user=by, is_finished=False).delete()[0])


def erase_scratch(item: UUID) -> None:
    """Throw away everything that anybody typed into forms of an object: it is erased for good."""
    ScratchCopy.objects.filter(item=item).delete()


def purge_scratch(*, at: datetime) -> int:
    """Throw away copies that nobody came back to in 30 days; return how many rows went."""
    finished = models.Q(is_finished=True, saved_at__lt=at - _REMEMBERED_FOR)
    return ScratchCopy.objects.filter(finished | models.Q(saved_at__lt=at - KEPT_FOR)).delete()[0]


def _on_top(before: Typed, changed: Typed, gone: set[str]) -> Typed:
    names = {name for name, _value in changed} | gone
    return [*((name, value) for name, value in before if name not in names), *changed]
