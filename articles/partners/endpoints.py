"""Where a partner wants to be told: the address of a webhook, what it is about, and how far it has been told."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.canonical.languages import Language
from articles.editions.shelf import JournalHead
from articles.outgoing.addresses import Fault, check
from articles.partners.outgoing_policy import policy
from articles.partners.partner import Partner
from articles.partners.scopes import Scoped

# A receiver for each of a partner's sites, and some to try out.
MOST_PER_PARTNER = 10

# How long the secret of before a rotation signs along.
OVERLAP = timedelta(hours=24)


class TooManyEndpointsError(ValueError):
    """Raised when a partner has as many webhooks as it may have."""


class BadAddressError(ValueError):
    """Raised for an address that we would never ask; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


class Registered(models.Manager["Endpoint"]):
    """Webhooks that are there: one that was deleted may leave a row without an address."""

    def get_queryset(self) -> models.QuerySet["Endpoint"]:
        return super().get_queryset().exclude(url="")


class Endpoint(Scoped):
    """An address that is told of journal lines behind `reached`, up to which deliveries have been made.

    Its secret is not kept: it follows from the secret of the site, `id` and `generation`. Until `overlaps_until` the
    one of the generation before signs as well. `pause_told_at` is empty while word of a pause is still to be sent.
    """

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("webhook", "active")
        PAUSED = "paused", pgettext_lazy("webhook", "paused")

    class Pause(models.TextChoices):
        BY_PARTNER = "by_partner", _("the partner paused it")
        BY_US = "by_us", _("an editor paused it")
        GONE = "gone", _("its server answered 410 (gone)")
        GIVEN_UP = "given_up", _("it could not be reached for three days")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"), related_name="endpoints")
    url = models.URLField(_("address"), max_length=500)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    paused_at = models.DateTimeField(_("paused on"), null=True)
    pause_reason = models.CharField(_("why it is paused"), max_length=20, choices=Pause, blank=True)
    pause_told_at = models.DateTimeField(null=True)
    generation = models.PositiveIntegerField(default=1)
    overlaps_until = models.DateTimeField(null=True)
    reached = models.PositiveBigIntegerField(_("told up to line"))
    created_at = models.DateTimeField(_("registered on"))

    objects = Registered()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="a_pause_has_its_reason",
                condition=Q(state="active", paused_at=None, pause_reason="")
                | (Q(state="paused") & ~Q(pause_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE


def register(
    partner: Partner,
    url: str,
    *,
    at: datetime,
    kinds: Collection[str] = (),
    languages: Collection[Language] = (),
) -> Endpoint:
    """Return a new webhook, which is told of everything from now on. Its address is resolved and checked.

    Raises BadAddressError, and TooManyEndpointsError where the partner has as many as it may have.
    """
    check_address(url)
    with transaction.atomic():
        # Behind the partner's lock, so that two requests cannot register one too many.
        Partner.objects.select_for_update().get(pk=partner.pk)
        if Endpoint.objects.filter(partner=partner).count() >= MOST_PER_PARTNER:
            raise TooManyEndpointsError(partner.name)
        head = JournalHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0
        return Endpoint.objects.create(
            partner=partner, url=url, kinds=sorted(kinds), languages=sorted(languages), reached=head, created_at=at
        )


def check_address(url: str) -> None:
    """Raise BadAddressError for an address that we would not ask now; its name is resolved for that."""
    fault = check(url, policy())
    if fault is not None:
        raise BadAddressError(fault)


def rotate(endpoint: Endpoint, *, at: datetime) -> None:
    """Give the webhook a new secret; the one before signs along for `OVERLAP`."""
    with transaction.atomic():
        locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        locked.generation += 1
        locked.overlaps_until = at + OVERLAP
        locked.save(update_fields=["generation", "overlaps_until"])
    endpoint.refresh_from_db()


def pause(endpoint: Endpoint, reason: Endpoint.Pause, *, at: datetime) -> None:
    """Send nothing to the webhook until it is resumed; a second time changes nothing. What is due waits."""
    # Whoever paused it by hand knows; of the other pauses the partner is still to be told.
    by_hand = reason in (Endpoint.Pause.BY_PARTNER, Endpoint.Pause.BY_US)
    Endpoint.objects.filter(pk=endpoint.pk, state=Endpoint.State.ACTIVE).update(
        state=Endpoint.State.PAUSED, paused_at=at, pause_reason=reason, pause_told_at=at if by_hand else None
    )
    endpoint.refresh_from_db()


def delete(endpoint: Endpoint) -> None:
    """Forget the webhook, its address and all that was delivered to it, but for the moments at which word of a danger
    arrived: the report of a recall tells them for good, and nobody takes them out of it by deleting a webhook."""
    with transaction.atomic():
        Endpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
        arrived = Q(is_urgent=True, delivered_at__isnull=False)
        endpoint.deliveries.exclude(arrived).delete()
        if not endpoint.deliveries.update(state="delivered", next_attempt_at=None, leased_until=None):
            Endpoint.objects.filter(pk=endpoint.pk).delete()
        Endpoint.objects.filter(pk=endpoint.pk).update(
            url="", state=Endpoint.State.PAUSED, pause_reason=Endpoint.Pause.BY_PARTNER
        )
