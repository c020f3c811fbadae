"""Showing that it is oneself: a code, a passkey or the password, posted under a prefix with the form it stands in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.sign_in import factors, waiting
from articles.admin.sign_in.sessions import PASSWORD

_FIELDS = ("code", "credential", "password")


@dataclass(frozen=True)
class Proof:
    """`by` is what was shown, empty if nothing was; then `problem` says why."""

    by: str = ""
    problem: str = ""


def names(prefix: str) -> set[str]:
    """Return the names of the fields of a prefix."""
    return {f"{prefix}-{field}" for field in _FIELDS}


def was_tried(request: HttpRequest, prefix: str) -> bool:
    """Return whether the form with these fields was sent."""
    return not names(prefix).isdisjoint(request.POST)


def prove(request: HttpRequest, user: User, prefix: str, at: datetime, *, failed: str = "sign-in-failed") -> Proof:
    """Return by what an account was shown to be this person's. With second factors the password is not enough."""
    # A passkey cannot be guessed, so it is a way in for whoever was locked out by somebody's guesses.
    by_passkey = f"{prefix}-credential" in request.POST and request.POST[f"{prefix}-credential"]
    attempt = waiting.for_passkey(request) if by_passkey else waiting.for_code(request, user)
    if attempt.must_wait:
        waiting.note_refusal(attempt, at, user)
        return Proof(problem=attempt.words)
    by = _shown(request, user, prefix)
    if by:
        attempt.give_back()
        return Proof(by)
    waiting.note_refusal(attempt, at, user, failed)
    return Proof(problem=_wrong(request, prefix))


def context(user: User, prefix: str) -> dict[str, Any]:
    """Return what the fields of `proof.html` need for this account; one query."""
    found = factors.types(user)
    return {
        "prefix": prefix,
        "by_passkey": factors.Type.WEBAUTHN in found,
        "by_code": bool(found - {factors.Type.WEBAUTHN}),
        "by_app": factors.Type.TOTP in found,
        "by_password": not found,
        "account_name": user.get_username(),
    }


def credential(posted: str) -> Any:
    """Return what a browser sent of a passkey; None for what is not JSON."""
    try:
        found = json.loads(posted)
    except ValueError:
        return None
    return found if isinstance(found, Mapping) else None


def not_accepted() -> str:
    """Return what is said of a passkey that is not valid, or not of this account."""
    return _("This passkey was not accepted. Try again, or use another way.")


def _shown(request: HttpRequest, user: User, prefix: str) -> str:
    found = factors.types(user)
    if sent := request.POST.get(f"{prefix}-credential"):
        return str(factors.Type.WEBAUTHN) if factors.accept_passkey(user, credential(sent)) else ""
    if code := request.POST.get(f"{prefix}-code"):
        return factors.accept_code(user, code)
    if found:
        return ""
    password = request.POST.get(f"{prefix}-password", "")
    return PASSWORD if authenticate(request, username=user.get_username(), password=password) == user else ""


def _wrong(request: HttpRequest, prefix: str) -> str:
    if request.POST.get(f"{prefix}-credential"):
        return not_accepted()
    if request.POST.get(f"{prefix}-code"):
        return _("This code is not right. A code counts once and for half a minute: wait for the next one.")
    return _("This is not the password.") if f"{prefix}-password" in request.POST else _("Type the code.")
