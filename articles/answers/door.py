"""Who asks: nobody in particular, or a partner with a key in `Authorization: Bearer …`.

Nothing else counts as a key: an address lies in logs and histories. What is published is open to everybody, and a key
that does not open is refused there too, or a partner would learn of an expired key only when it needs it.

What is the same for everybody does not vary by the header: a key leads to the same bytes or to a refusal, which nobody
stores. So a shared cache may answer with what it has, though it stores no answer to a request with a key (RFC 9111,
3.5); what is narrowed or made for one partner is `no-store`, or varies and says so.
"""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from articles.editions import noting
from articles.partners import keys
from articles.partners.keys import Key
from articles.partners.partner import Partner
from articles.partners.scopes import Scope

Refusal = Literal["bad-key", "key-expired", "key-revoked", "partner-suspended"]

_SCHEME = "bearer"


# What a refusal asks for in `WWW-Authenticate` (RFC 6750, 3): a code only for what was a key, or should have been one.
ASKS_FOR_KEY = "Bearer"
KEY_IS_INVALID = 'Bearer error="invalid_token"'
SCOPE_IS_NARROW = 'Bearer error="insufficient_scope"'


class NoEntryError(Exception):
    """Raised for a key that does not open; `name` is the type of the problem, `challenge` what the answer asks for.

    `key` is there where the text was that of a key of ours.
    """

    def __init__(self, name: Refusal, *, challenge: str = KEY_IS_INVALID, key: Key | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.challenge = challenge
        self.key = key


@dataclass(frozen=True)
class Caller:
    """The partner that asks, and the key that it shows."""

    key: Key

    @property
    def partner(self) -> Partner:
        return self.key.partner

    @property
    def scope(self) -> Scope:
        return self.key.scope


@sensitive_variables("header", "text")
def caller(request: HttpRequest) -> Caller | None:
    """Return who asks, None without a key; one query with one, so that a revoked key is refused at once.

    Raises NoEntryError for a key that does not open.
    """
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None:
        return None
    scheme, _, text = header.strip().partition(" ")
    if scheme.lower() != _SCHEME:
        raise NoEntryError("bad-key", challenge=ASKS_FOR_KEY)
    # Who asks changes no word of what everybody gets (decision 0034).
    with noting.aside():
        key = keys.find(text.strip())
    if key is None:
        raise NoEntryError("bad-key")
    if key.revoked_at is not None:
        raise NoEntryError("key-revoked", key=key)
    if not key.is_usable(timezone.now()):
        raise NoEntryError("key-expired", key=key)
    if not key.partner.is_active:
        raise NoEntryError("partner-suspended", challenge="", key=key)
    return Caller(key)
