"""Second factors of accounts. The one place that calls what allauth keeps for itself: look here when it is updated.

A code counts once. Where the cache is away, codes are taken without that: whoever must withdraw a text is let in.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

Type = Authenticator.Type

NAMES: dict[str, Promise] = {
    Type.WEBAUTHN: _("Passkey"),
    Type.TOTP: _("Codes from an app"),
    Type.RECOVERY_CODES: _("Recovery codes"),
}

_SECRET = "totp_secret"
_LONGEST_NAME = 60

# What a browser or somebody in its place may send instead of a credential.
_MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


@dataclass(frozen=True)
class Factor:
    """One passkey, or the app with its codes."""

    pk: int
    type: str
    kind: Promise
    name: str
    added_at: datetime
    used_at: datetime | None


def _passkeys() -> Any:
    """What reads passkeys takes ten megabytes of a process: as long as nobody shows one, none has it."""
    from allauth.mfa.webauthn.internal import auth

    return auth


def held(user: User) -> list[Factor]:
    """Return the second factors of an account, oldest first, without its recovery codes; one query."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES).order_by("pk")
    return [
        Factor(row.pk, row.type, NAMES[row.type], row.data.get("name", ""), row.created_at, row.last_used_at)
        for row in rows
    ]


def types(user: User) -> set[str]:
    """Return by what an account can show that it is them; one query. Recovery codes alone do not count."""
    found = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return found if found - {Type.RECOVERY_CODES} else set()


def accept_code(user: User, code: str) -> str:
    """Return the type of the factor that this code belongs to, and use it up; empty if it belongs to none."""
    from cryptography.fernet import InvalidToken  # see _passkeys

    code = "".join(sign for sign in code if sign.isalnum())
    for row in Authenticator.objects.filter(user=user).exclude(type=Type.WEBAUTHN):
        try:
            if row.type == Type.TOTP:
                right = totp.validate_totp_code(decrypt(row.data["secret"]), code) and _first_time(user, code)
            else:
                right = RecoveryCodes(row).validate_code(code)
        except InvalidToken:
            log.error("A second factor of account %s was closed with a secret key that is gone", user.pk)
            continue
        if right:
            Authenticator.objects.get(pk=row.pk).record_usage()
            return str(row.type)
    return ""


def _first_time(user: User, code: str) -> bool:
    lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    try:
        return cache.add(f"second-factor:{user.pk}:{code}", 1, timeout=lifetime)
    except Exception as fault:
        log.warning("a used code is not remembered: the cache answers with %s", type(fault).__name__)
        return True


def new_secret(request: HttpRequest) -> str:
    """Return the secret for an app that is being set up in this session; the same until it is `add_app`."""
    if not request.session.get(_SECRET):
        request.session[_SECRET] = encrypt(totp.generate_totp_secret())
    return decrypt(request.session[_SECRET])


def app_address(user: User, secret: str) -> str:
    """Return the address by which an app takes a secret, for its QR code."""
    return str(get_adapter().build_totp_url(user, secret))


def app_picture(address: str) -> str:
    """Return a QR code as SVG."""
    return str(get_adapter().build_totp_svg(address))


def add_app(request: HttpRequest, user: User, code: str) -> bool:
    """Set the app of this session up if this is a code of it; an app that was there before is replaced."""
    code = "".join(sign for sign in code if sign.isalnum())
    secret = new_secret(request)
    if not totp.validate_totp_code(secret, code):
        return False
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
        totp.TOTP.activate(user, secret)
    _first_time(user, code)
    del request.session[_SECRET]
    return True


def passkey_offer(user: User) -> dict[str, Any]:
    """Return what a browser needs to make a passkey; the session of the request remembers what was asked."""
    return dict(_passkeys().begin_registration(user, passwordless=True))


def add_passkey(user: User, name: str, credential: Any) -> bool:
    """Keep the passkey that a browser made; False if it is not what was asked for."""
    webauthn = _passkeys()
    try:
        webauthn.parse_registration_response(credential)
        if not webauthn.complete_registration(credential).is_user_verified():
            return False
    except _MALFORMED:
        return False
    webauthn.WebAuthn.add(user, name, credential)
    return True


def challenge(user: User | None) -> dict[str, Any]:
    """Return what a browser needs to show a passkey of this account, or of whichever account it has one for."""
    return dict(_passkeys().begin_authentication(user))


def accept_passkey(user: User | None, credential: Any) -> User | None:
    """Return whose passkey this is, of this account or of any; None for what is not valid or not theirs."""
    webauthn = _passkeys()
    try:
        webauthn.parse_authentication_response(credential)
        whose = user or webauthn.extract_user_from_response(credential)
        webauthn.complete_authentication(whose, credential).record_usage()
    except _MALFORMED:
        return None
    return whose if isinstance(whose, User) and whose.is_active and whose.is_staff else None


def named(name: str) -> str:
    """Return a name for a passkey as it is kept: one line, not too long."""
    return " ".join(name.split())[:_LONGEST_NAME]


def rename(user: User, pk: int, name: str) -> bool:
    """Give a passkey of this account a name; False where there is none or the name is empty."""
    row = Authenticator.objects.filter(user=user, type=Type.WEBAUTHN, pk=pk).first()
    if row is None or not named(name):
        return False
    row.data["name"] = named(name)
    row.save(update_fields=["data"])
    return True


def remove(user: User, pks: Sequence[int] | None = None) -> list[str]:
    """Remove these second factors of an account, or all; return the types that went, recovery codes without the rest
    too."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        rows = Authenticator.objects.filter(user=user)
        chosen = rows if pks is None else rows.filter(pk__in=pks).exclude(type=Type.RECOVERY_CODES)
        gone = [str(one) for one in chosen.values_list("type", flat=True)]
        chosen.delete()
        if gone and not types(user):
            rows.delete()
    return gone


def new_recovery_codes(user: User) -> list[str]:
    """Make new recovery codes in place of the old ones and return them: nobody can read them a second time."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
        return RecoveryCodes.activate(user).get_unused_codes()


def recovery_codes_left(user: User) -> int | None:
    """Return how many recovery codes are unused; None where there are none at all."""
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    if row is None:
        return None
    return app_settings.RECOVERY_CODE_COUNT - int(row.data["used_mask"]).bit_count()
