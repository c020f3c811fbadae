"""Who has tried too often waits, and is told for how long. Names that exist and names that do not are counted alike."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.answers import limits
from articles.answers.limits import Use
from articles.editorial import audit


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted. Whoever succeeds gives it back."""

    uses: Sequence[Use]

    @property
    def must_wait(self) -> bool:
        return any(use.is_exceeded for use in self.uses)

    @property
    def is_first_refusal(self) -> bool:
        """Whether somebody has to wait from this attempt on: it alone is written into the audit trail."""
        return any(use.used == use.limit.quota + 1 for use in self.uses)

    @property
    def words(self) -> str:
        """When to come back, for people."""
        minutes = max(-(-use.resets_in // 60) for use in self.uses if use.is_exceeded)
        return ngettext(
            "There were too many attempts. Try again in %(count)d minute.",
            "There were too many attempts. Try again in %(count)d minutes.",
            minutes,
        ) % {"count": minutes}

    def give_back(self) -> None:
        """Count this attempt no longer: it was right."""
        for use in self.uses:
            limits.give_back(use)


def for_password(request: HttpRequest, name: str) -> Attempt:
    """Count an attempt to sign in under a name, of its address and of the name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return Attempt([_of_address(request), limits.use_of_sign_in("sign-in-name", folded)])


def for_passkey(request: HttpRequest) -> Attempt:
    """Count an attempt to sign in with a passkey, of its address alone: nothing of an account can be guessed."""
    return Attempt([_of_address(request)])


def for_code(request: HttpRequest, user: User) -> Attempt:
    """Count an attempt to show a code of an account, or its password once more."""
    return Attempt([_of_address(request), limits.use_of_sign_in("second-factor", str(user.pk))])


def note_refusal(attempt: Attempt, at: datetime, account: User | None, act: str = "sign-in-failed") -> None:
    """Write down that an attempt failed, or, once in a while, that somebody has to wait."""
    if attempt.must_wait:
        if not attempt.is_first_refusal:
            return
        act = "sign-in-locked"
    audit.record(act, by=None, at=at, kind="user" if account else "", about=account.pk if account else "")


def _of_address(request: HttpRequest) -> Use:
    return limits.use_of_sign_in("sign-in-address", limits.counted_address(request))
