"""Keys of partners. Kept of a key is its SHA-256: nobody can read it back, here or in a copy of the database.

A key is 256 random bits, so one round of a fast hash is enough: there is nothing to guess.
"""

import uuid
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Literal

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from articles.canonical.languages import Language
from articles.partners import key_texts
from articles.partners.partner import Partner
from articles.partners.scopes import Scoped, unknown_in

# A new key beside the old one while a partner changes over.
MOST_USABLE = 2


class TooManyKeysError(ValueError):
    """Raised when a partner has as many usable keys as it may have."""


class BadExpiryError(ValueError):
    """Raised for an end that is past."""


class Key(Scoped):
    """One key of a partner. `prefix` is its public beginning, by which people tell keys apart."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner"), related_name="keys")
    label = models.CharField(_("what it is for"), max_length=100, blank=True)
    prefix = models.CharField(_("begins with"), max_length=20, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("issued on"))
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.prefix

    def is_usable(self, at: datetime) -> bool:
        """Return whether the key opens anything at this moment; its partner may be suspended all the same."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def usable(partner: Partner, at: datetime) -> QuerySet[Key]:
    """Return the keys of a partner that are neither revoked nor expired."""
    return Key.objects.filter(Q(expires_at=None) | Q(expires_at__gt=at), partner=partner, revoked_at=None)


@sensitive_variables("text")
def issue(
    partner: Partner,
    *,
    at: datetime,
    label: str = "",
    kinds: Collection[str] = (),
    languages: Collection[Language] = (),
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """Make a key and return it with its text, which is nowhere kept: show it once.

    Raises TooManyKeysError where two are usable: first one of them must be revoked. Raises BadExpiryError for an end
    that is past, and ValueError for a scope with a kind or language that does not exist.
    """
    if unknown := unknown_in(list(kinds), list(languages)):
        raise ValueError(f"no such scope: {dict(unknown)}")
    if expires_at is not None and expires_at <= at:
        raise BadExpiryError(expires_at)
    with transaction.atomic():
        _queue(partner)
        _refuse_a_third(partner, at)
        prefix, text = key_texts.make()
        key = Key.objects.create(
            partner=partner, label=label, prefix=prefix, digest=_digest(text), kinds=sorted(kinds),
            languages=sorted(languages), created_at=at, expires_at=expires_at,
        )  # fmt: skip
    return key, text


def revoke(key: Key, *, at: datetime) -> None:
    """Close a key for good; a second time changes nothing. The very next request with it is refused."""
    Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at)
    key.refresh_from_db(fields=["revoked_at"])


@sensitive_variables("text")
def find(text: str) -> Key | None:
    """Return the key with this text, usable or not, with its partner; None for anything else. One query at most."""
    if not text.startswith(key_texts.NAME) or len(text) > key_texts.LONGEST or not text.isascii():
        return None
    return Key.objects.select_related("partner").filter(digest=_digest(text)).first()


def opening() -> dict[str, tuple[uuid.UUID, datetime | None]]:
    """Return the digest of each key that opens everything, with its id and its end; one query.

    Left out are keys of suspended partners, and those that are for some kinds or languages only.
    """
    rows = Key.objects.filter(revoked_at=None, kinds=[], languages=[]).select_related("partner")
    return {key.digest: (key.pk, key.expires_at) for key in rows if key.partner.is_active}


@sensitive_variables("text")
def digest(text: str) -> str:
    """Return what is kept of the text of a key."""
    return _digest(text)


def _queue(partner: Partner) -> None:
    # Behind the partner's lock, so that two people cannot make a third usable key at the same time.
    Partner.objects.select_for_update().get(pk=partner.pk)


def _refuse_a_third(partner: Partner, at: datetime) -> None:
    if usable(partner, at).count() >= MOST_USABLE:
        raise TooManyKeysError(partner.name)


@sensitive_variables("text")
def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
