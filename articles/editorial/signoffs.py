"""A medical reviewer has checked exactly this text: signatures on content digests, and their revocation.

A signature is about words, not about an edition: it holds wherever these very words stand and for nothing else. Both
tables are written once. What readers see of a signature is frozen into the envelope of an edition by the press.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.problems import Refused
from articles.canonical.text import line
from articles.content.fields import LineField, PassageField
from articles.content.problems import DeskProblem, Where
from articles.content.words import sentence
from articles.editorial import audit
from articles.editorial.roles import NotAllowedError, require

# The role under whose name a signature stands.
REVIEWER = "medical_reviewer"

LONGEST_YEARS = 3
_LONGEST_NAME = 200

WORDS = {
    "name-missing": _("Write your name as readers of this language should see it."),
    "name-unreadable": _("The name holds something that cannot be published: %(what)s"),
    "name-too-long": _("The name is longer than %(most)s characters."),
    "next-date-past": _("The next review must be on a later day than today."),
    "next-date-far": _("The next review must be within %(years)s years."),
    "next-date-risk": _("The risk of this text asks for the next review within %(months)s months."),
}


class SignOff(models.Model):
    """`name_ru` and `name_en` are the reviewer's public name; the note is for colleagues only.

    `frame` and `parts` are digests of the text without its shared parts, and of each of these (`kind:id` to digest):
    by them the press knows what the signature covers. Signatures from before that was kept stand for the bytes alone.
    """

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    content_digest = models.CharField(max_length=64)
    frame = models.CharField(max_length=64, blank=True, default="")
    parts = models.JSONField(default=dict, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name_ru = LineField(max_length=_LONGEST_NAME)
    name_en = LineField(max_length=_LONGEST_NAME)
    role = models.CharField(max_length=20, default=REVIEWER)
    signed_at = models.DateTimeField()
    next_review_on = models.DateField()
    note = PassageField(blank=True)

    class Meta:
        ordering = ["signed_at", "pk"]
        indexes = [models.Index(name="sign_offs_by_text", fields=["item", "language", "content_digest"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language} {self.content_digest[:12]}"

    def name_in(self, language: str) -> str:
        """Return the reviewer's public name for readers of a language."""
        return self.name_en if language == "en" else self.name_ru


class Revocation(models.Model):
    """The reviewer no longer stands by a signature; the reason is for colleagues only.

    With `ended_by` it was another one's word: somebody returned the words for changes after they had been signed.
    `item` is that of the signature, so that whatever follows rows need not look into another table; revocations from
    before it was kept have none.
    """

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    reason = LineField(max_length=300, blank=True)
    item = models.UUIDField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.sign_off_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.item = self.sign_off.item
        super().save(*args, **kwargs)


class UnsignableError(ValueError):
    """Raised when a signature lacks what it needs; `problems` is the whole list."""

    def __init__(self, problems: list[DeskProblem]) -> None:
        super().__init__("; ".join(f"{problem.code} ({problem.language})" for problem in problems))
        self.problems = problems


def signing_problems(
    name: Mapping[Language, str], next_on: date | None, *, on: date, where: Where, months: int | None = None
) -> list[DeskProblem]:
    """Return everything that a signature of this day would lack: a name in each language, a next date within reach.

    `months` is how long the text may go without a review, by its risk.
    """
    found: list[DeskProblem] = []
    for language in LANGUAGES:
        given = name.get(language, "")
        try:
            tidy = line(given)
        except Refused as refusal:
            found += [
                _problem("name-unreadable", language, where, what=sentence(problem)) for problem in refusal.problems
            ]
            continue
        if not tidy:
            found.append(_problem("name-missing", language, where))
        elif len(tidy) > _LONGEST_NAME:
            found.append(_problem("name-too-long", language, where, most=str(_LONGEST_NAME)))
    if next_on is None or next_on <= on:
        found.append(_problem("next-date-past", "", where))
    elif next_on > in_years(on, LONGEST_YEARS):
        found.append(_problem("next-date-far", "", where, years=str(LONGEST_YEARS)))
    elif months is not None and next_on > in_months(on, months):
        found.append(_problem("next-date-risk", "", where, months=str(months)))
    return found


def sign(
    kind: str,
    item: UUID | str,
    language: Language,
    content_digest: str,
    *,
    name: Mapping[Language, str],
    next_on: date,
    note: str = "",
    frame: str = "",
    parts: Mapping[str, str] = MappingProxyType({}),
    by: User,
    at: datetime,
) -> SignOff:
    """Record that the reviewer has checked the text with this digest. Whether the desk holds it, the press asks.

    `frame` and `parts` are what the text is made of; without them the signature stands for these bytes alone.
    Raises NotAllowedError without the right to review, UnsignableError with everything that is lacking.
    """
    require(by, "review")
    if found := signing_problems(name, next_on, on=at.date(), where=Where(kind, str(item))):
        raise UnsignableError(found)
    audit.record("signed", by=by, at=at, kind=kind, about=item, detail=language)
    return SignOff.objects.create(
        kind=kind,
        item=item,
        language=language,
        content_digest=content_digest,
        frame=frame,
        parts=dict(parts),
        reviewer=by,
        name_ru=name["ru"],
        name_en=name["en"],
        signed_at=at,
        next_review_on=next_on,
        note=note,
    )


def revoke(sign_off: SignOff, *, reason: str = "", by: User, at: datetime) -> Revocation:
    """Take a signature back for good; a second time changes nothing. Raises NotAllowedError for all but its signer."""
    if sign_off.reviewer_id != by.pk or not by.is_active:
        raise NotAllowedError("revoke")
    made, is_new = Revocation.objects.get_or_create(sign_off=sign_off, defaults={"revoked_at": at, "reason": reason})
    if is_new:
        kind, item, language = sign_off.kind, sign_off.item, sign_off.language
        audit.record("signature-revoked", by=by, at=at, kind=kind, about=item, detail=language)
    return made


def end(rows: Iterable[SignOff], *, by: User, at: datetime) -> None:
    """End signatures on words that were returned for changes; who may return them, the caller asks."""
    for row in rows:
        _made, is_new = Revocation.objects.get_or_create(sign_off=row, defaults={"revoked_at": at, "ended_by": by})
        if is_new:
            audit.record("signature-ended", by=by, at=at, kind=row.kind, about=row.item, detail=row.language)


def standing(items: Iterable[UUID | str]) -> list[SignOff]:
    """Return every signature on texts of these items that was not taken back, oldest first; one query."""
    rows = SignOff.objects.filter(item__in=list(items), revocation=None).select_related("reviewer")
    return list(rows.order_by("signed_at", "pk"))


def newest_of_each(rows: Iterable[SignOff]) -> list[SignOff]:
    """Return the newest signature of each reviewer among these of one text, oldest first."""
    newest = {row.reviewer_id: row for row in sorted(rows, key=lambda row: (row.signed_at, row.pk))}
    return sorted(newest.values(), key=lambda row: (row.signed_at, row.pk))


def history(item: UUID | str, language: Language) -> list[SignOff]:
    """Return every signature on a text in a language, revoked ones too, newest first; one query."""
    rows = SignOff.objects.filter(item=item, language=language).select_related("reviewer", "revocation__ended_by")
    return list(rows.order_by("-signed_at", "-pk"))


def last_names(reviewer: User) -> dict[Language, str]:
    """Return the public names under which somebody signed last; empty for who never did."""
    last = SignOff.objects.filter(reviewer=reviewer).last()
    return {"ru": last.name_ru, "en": last.name_en} if last else {}


def in_years(day: date, years: int) -> date:
    """Return the same day of a later year; 29 February becomes 28."""
    return in_months(day, 12 * years)


def in_months(day: date, months: int) -> date:
    """Return the same day of a later month, the last one of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])
