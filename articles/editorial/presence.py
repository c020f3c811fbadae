"""Who has the form of an object open just now, so that two people know of each other before they save."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

# A page asks every quarter of a minute; one that is hidden asks less often.
PRESENT_FOR = timedelta(minutes=2)


class Presence(models.Model):
    mutability: ClassVar[Literal["mutable"]] = "mutable"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    item = models.UUIDField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.UniqueConstraint(name="a_person_is_present_once", fields=["item", "user"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.item}"


def be_present(item: UUID, *, by: User, at: datetime) -> None:
    """Say that somebody has the object's form open."""
    Presence.objects.update_or_create(item=item, user=by, defaults={"seen_at": at})


def others_present(item: UUID, *, by: User, at: datetime) -> list[str]:
    """Return the names of everybody else who has the object's form open, in order of their names."""
    rows = Presence.objects.filter(item=item, seen_at__gt=at - PRESENT_FOR).exclude(user=by).select_related("user")
    return sorted(row.user.get_full_name() or row.user.get_username() for row in rows)


def purge_presence(*, at: datetime) -> None:
    """Forget who was there."""
    Presence.objects.filter(seen_at__lt=at - PRESENT_FOR).delete()
