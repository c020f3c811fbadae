"""What people said about the checklist of a text: why a warning may stand, and answers to what only people can judge.

Both are kept by digest: of the words that were warned about with the sentence around them, or of all the words that
were asked about. Where these words change, nothing was said about them. Of the words themselves nothing is kept here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Literal, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.content.fields import PassageField
from articles.editorial.roles import ACTS, NotAllowedError

LONGEST_REASON = 1000


class AnswerValue(models.TextChoices):
    YES = "yes", _("Yes")
    NOT_APPLICABLE = "not_applicable", _("Does not concern this text")
    NO = "no", _("No")


class _Said(models.Model):
    """`digest` is of what it was said about; `said_by` and `said_at` are whose word it is."""

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.item} {self.language}"


class Waiver(_Said):
    """Somebody looked at a finding and said why the words may stand. The reason is for colleagues."""

    reason = PassageField()

    class Meta(_Said.Meta):
        indexes = [models.Index(name="waivers_of_a_text", fields=["item", "language"])]


class Answer(_Said):
    """Somebody answered a question about these words by name. The last answer counts; a “no” holds the text back."""

    answer = models.CharField(max_length=20, choices=AnswerValue)
    note = PassageField(blank=True)

    class Meta(_Said.Meta):
        indexes = [models.Index(name="answers_about_a_text", fields=["item", "language"])]

    @property
    def releases(self) -> bool:
        """Whether the text may go out as far as this question is concerned."""
        return self.answer != AnswerValue.NO


def may_settle(user: User | AnonymousUser) -> bool:
    """Return whether the person may give reasons and answers: whoever writes, translates, reviews or publishes."""
    rights = ("articles.change_article", ACTS["publish"], ACTS["review"])
    return user.is_active and any(user.has_perm(right) for right in rights)


_OneSaid = TypeVar("_OneSaid", Waiver, Answer)


def waive(
    kind: str, item: UUID | str, language: Language, code: str, digest: str, *, reason: str, by: User, at: datetime
) -> Waiver:
    """Record why a finding may stand. Raises NotAllowedError, ValueError without a reason."""
    _require(by)
    if not reason.strip():
        raise ValueError("a warning stands for a reason")
    return Waiver.objects.create(
        kind=kind, item=item, language=language, code=code, digest=digest, reason=reason, said_by=by, said_at=at
    )


def answer(
    kind: str,
    item: UUID | str,
    language: Language,
    code: str,
    digest: str,
    value: AnswerValue,
    *,
    note: str = "",
    by: User,
    at: datetime,
) -> Answer:
    """Record an answer about these words. Raises NotAllowedError, ValueError where all but a plain yes has no note."""
    _require(by)
    if value != AnswerValue.YES and not note.strip():
        raise ValueError("whoever does not say yes says why")
    return Answer.objects.create(
        kind=kind, item=item, language=language, code=code, digest=digest, answer=value, note=note, said_by=by,
        said_at=at,
    )  # fmt: skip


def waivers(item: UUID | str, languages: Iterable[Language]) -> dict[tuple[str, str, str], Waiver]:
    """Return (language, code, digest) to the last waiver of a text; one query."""
    rows = Waiver.objects.filter(item=item, language__in=list(languages)).select_related("said_by")
    return last_said(rows)


def answers(item: UUID | str, languages: Iterable[Language]) -> dict[tuple[str, str, str], Answer]:
    """Return (language, code, digest) to the last answer about a text; one query."""
    rows = Answer.objects.filter(item=item, language__in=list(languages)).select_related("said_by")
    return last_said(rows)


def last_said(rows: Iterable[_OneSaid]) -> dict[tuple[str, str, str], _OneSaid]:
    """Return (language, code, digest) to what was said last."""
    return {(row.language, row.code, row.digest): row for row in sorted(rows, key=lambda row: row.pk)}


def _require(by: User) -> None:
    if not may_settle(by):
        raise NotAllowedError("settle")
