"""The audit trail: every privileged act, by whom, when, about what and from where. Written once, never changed.

A row says what was done, and nothing of the words that it was done to: kinds, ids, codes. So no erasure has to touch
it. No password, code or key is ever in it, nor what a stranger typed for a name: that may be a password. Of an address
only its network is kept (`masked`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.canonical.languages import LANGUAGES

# Every act that leaves a row. `%(what)s` stands for the row's detail. Other apps may add theirs at start-up.
ACTS: dict[str, Promise] = {
    "signed-in": _("Signed in: %(what)s"),
    "sign-in-failed": _("Sign-in refused: name, password or code is wrong"),
    "sign-in-locked": _("Sign-in locked for a while after too many attempts"),
    "signed-out-everywhere": _("Signed out everywhere"),
    "stepped-up": _("Confirmed it is them: %(what)s"),
    "step-up-failed": _("Could not confirm it is them"),
    "factor-added": _("Second factor added: %(what)s"),
    "factor-removed": _("Second factor removed: %(what)s"),
    "factors-reset": _("Second factors removed by an administrator"),
    "recovery-codes-made": _("New recovery codes"),
    "password-changed": _("Own password changed"),
    "password-set": _("Password set by an administrator"),
    "account-made": _("Account made, role %(what)s"),
    "account-changed": _("Account changed: %(what)s"),
    "role-changed": _("Role changed: %(what)s"),
    "account-switched-off": _("Account switched off"),
    "account-switched-on": _("Account switched on"),
    "published": pgettext_lazy("audit trail", "Published: %(what)s"),
    "published-urgently": _("Published past the review, for the safety of readers: %(what)s"),
    "published-returned": _("Published although a reviewer had returned these words: %(what)s"),
    "amended": _("Shared parts sent out to live texts: %(what)s"),
    "put-under-check": _("Put under check or taken out of it: %(what)s"),
    "withdrawn": pgettext_lazy("audit trail", "Withdrawn: %(what)s"),
    "restored": _("Put back on the site: %(what)s"),
    "signed": _("Signed a review: %(what)s"),
    "signature-revoked": _("Took a signature back: %(what)s"),
    "signature-ended": _("Returned a text, which ended a signature on it: %(what)s"),
    "part-confirmed": _("Confirmed what changed in a shared part: %(what)s"),
    "part-unconfirmed": _("Took back a confirmation of what changed in a shared part: %(what)s"),
    "release-made": _("Made a release"),
    "release-changed": _("Changed a release"),
    "release-cancelled": _("Cancelled a release"),
    "end-set": _("Set the moment at which a text leaves the site: %(what)s"),
    "end-lifted": _("Lifted the moment at which a text leaves the site: %(what)s"),
    "deleted": _("Deleted a draft"),
    "erasure-asked": _("Asked for an erasure"),
    "erased": _("Erased for good"),
    "erasure-declined": _("Declined an erasure"),
    "exported": _("Exported: %(what)s"),
    "admitted": _("Admitted as a partner"),
    "changed": _("Details changed"),
    "suspended": _("Access suspended"),
    "let-in-again": _("Access opened again"),
    "key-issued": _("Key %(what)s issued"),
    "key-revoked": _("Key %(what)s revoked"),
    "webhook-paused": _("Webhook %(what)s paused"),
    "webhook-resumed": _("Webhook %(what)s resumed"),
}

# Details that are codes, and stand in other words on the page.
_DETAILS: dict[str, Promise] = {
    "password": _("password"),
    "webauthn": _("passkey"),
    "totp": _("codes from an app"),
    "recovery_codes": _("recovery codes"),
}

# How much of an address is kept: as much as tells an office from an attack, too little to tell a person.
_KEPT_BITS = {4: 24, 6: 48}

_LONGEST_DETAIL = 300

_network: ContextVar[str] = ContextVar("network", default="")


class AuditEntry(models.Model):
    """One act. `kind` and `about` name its object: the kind of the desk, `user`, or `partner`, and the id.

    Without an account in `done_by`, nobody was signed in (or the console did it); then `about` may name the account
    that was meant.
    """

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    act = models.CharField(pgettext_lazy("audit trail", "act"), max_length=30)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("audit trail", "who"),
    )
    done_at = models.DateTimeField(pgettext_lazy("audit trail", "when"))
    kind = models.CharField(pgettext_lazy("audit trail", "kind"), max_length=20, blank=True)
    about = models.CharField(pgettext_lazy("audit trail", "about"), max_length=40, blank=True)
    detail = models.CharField(pgettext_lazy("audit trail", "what"), max_length=_LONGEST_DETAIL, blank=True)
    network = models.CharField(pgettext_lazy("audit trail", "from"), max_length=45, blank=True)

    # What its object is called where the trail is read; nothing of it is kept.
    title = ""

    class Meta:
        ordering = ["-pk"]
        verbose_name = pgettext_lazy("audit trail", "act")
        verbose_name_plural = _("Audit trail")
        indexes = [models.Index(name="audit_by_object", fields=["kind", "about", "-id"])]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The act in words, with its detail."""
        words = ACTS.get(self.act)
        return str(words) % {"what": _DETAILS.get(self.detail) or _languages(self.detail)} if words else self.act


def _languages(detail: str) -> str:
    """Codes of languages as people write them; any other detail as it is."""
    codes = detail.split(" ")
    return ", ".join(codes).upper() if set(codes) <= set(LANGUAGES) else detail


def record(
    act: str, *, by: User | None, at: datetime, kind: str = "", about: UUID | str | int = "", detail: str = ""
) -> AuditEntry:
    """Write down an act, in the transaction of the act where there is one. Raise KeyError for one not in the table."""
    ACTS[act]
    return AuditEntry.objects.create(
        act=act,
        done_by=by,
        done_at=at,
        kind=kind,
        about=str(about),
        detail=detail[:_LONGEST_DETAIL],
        network=_network.get(),
    )


def about(kind: str, pk: UUID | str | int, most: int) -> list[AuditEntry]:
    """Return what was done with an object, newest first and at most so many; one query."""
    rows = AuditEntry.objects.filter(kind=kind, about=str(pk)).select_related("done_by")
    return list(rows.order_by("-pk")[:most])


@contextmanager
def seen_from(address: str) -> Iterator[None]:
    """Within this block every row says from which network its act came."""
    token = _network.set(masked(address))
    try:
        yield
    finally:
        _network.reset(token)


def masked(address: str) -> str:
    """Return the network of an address, 24 bits of IPv4 or 48 of IPv6; empty for what is no address."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network(f"{found}/{_KEPT_BITS[found.version]}", strict=False))


def words() -> Mapping[str, str]:
    """Return every act in words without a detail, for a list to choose from."""
    return {code: (str(name) % {"what": "…"}).removesuffix(": …") for code, name in ACTS.items()}
