"""What colleagues say to each other about a part of a draft. For the desk alone: no dump, edition, page or API has it.

A comment belongs to a part: the head of an object, or one of its rows by id. So it stays with a block that is moved,
and is still known when the block is deleted.
"""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.fields import PassageField
from articles.editorial.roles import NotAllowedError, right

# The part that every object has: all that stands outside its rows.
HEAD = "head"
LONGEST = 4000


class Comment(models.Model):
    mutability: ClassVar[Literal["mutable"]] = "mutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    part = models.CharField(max_length=36)
    text = PassageField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(name="comments_of_an_item", fields=["item"])]
        constraints = [
            models.CheckConstraint(
                name="a_resolved_comment_says_who_and_when",
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
            ),
            models.CheckConstraint(name="a_comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.part}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class NoSuchPartError(LookupError):
    """Raised for a comment on an object that is not there, or on a row that it never had."""


class NotSayableError(ValueError):
    """Raised for a comment that is empty or longer than LONGEST."""


def may_comment(user: User, kind: str) -> bool:
    """Return whether the person may read and write comments on objects of a kind: whoever may see these."""
    return user.is_active and user.has_perm(_permission("view", kind))


def may_resolve(user: User, kind: str) -> bool:
    """Return whether the person may close and reopen comments: whoever may change what they are about."""
    return user.is_active and user.has_perm(_permission("change", kind))


def comment(kind: str, item: UUID | str, part: str, text: str, *, by: User, at: datetime) -> Comment:
    """Write a comment on a part and return it.

    Raises NotAllowedError, NoSuchPartError, NotSayableError, and Refused for characters that may not be stored.
    """
    if not may_comment(by, kind):
        raise NotAllowedError("comment")
    if not _is_known(kind, item, part):
        raise NoSuchPartError(f"{kind} {item} has no part {part}")
    said = Comment(kind=kind, item=item, part=part, text=PassageField().canonical(text), written_by=by, written_at=at)
    if not said.text or len(said.text) > LONGEST:
        raise NotSayableError(len(said.text))
    said.save(force_insert=True)
    return said


def resolve(said: Comment, *, by: User, at: datetime) -> None:
    """Close a comment; one that somebody else has closed keeps their name. Raises NotAllowedError."""
    if not may_resolve(by, said.kind):
        raise NotAllowedError("resolve")
    Comment.objects.filter(pk=said.pk, resolved_at__isnull=True).update(resolved_by=by, resolved_at=at)
    said.refresh_from_db()


def reopen(said: Comment, *, by: User) -> None:
    """Open a comment again as if it had never been closed; why, a new comment says. Raises NotAllowedError."""
    if not may_resolve(by, said.kind):
        raise NotAllowedError("reopen")
    Comment.objects.filter(pk=said.pk).update(resolved_by=None, resolved_at=None)
    said.refresh_from_db()


def comments(item: UUID | str) -> models.QuerySet[Comment]:
    """Return every comment on an object and its rows, oldest first, with who wrote and who closed it."""
    return Comment.objects.filter(item=item).select_related("written_by", "resolved_by")


def open_comments(kinds: Collection[str]) -> models.QuerySet[Comment]:
    """Return the comments on objects of these kinds that nobody has closed, newest first."""
    found = Comment.objects.filter(kind__in=kinds, resolved_at__isnull=True).select_related("written_by")
    return found.order_by("-written_at", "-id")


def _permission(act: str, kind: str) -> str:
    return right(act, AGGREGATES[kind])


def _is_known(kind: str, item: UUID | str, part: str) -> bool:
    if not AGGREGATES[kind]._default_manager.filter(pk=item).exists():
        return False
    if part == HEAD or Comment.objects.filter(item=item, part=part).exists():
        return True
    try:
        row = UUID(part)
    except ValueError:
        return False
    rows = ROWS[kind].models if kind in ROWS else ()
    return any(model._default_manager.filter(pk=row, parent=item).exists() for model in rows)  # type: ignore[misc]
