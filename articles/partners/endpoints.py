"""Where a partner wants to be told: the address of a webhook, what it is about, and how far it has been told."""

import uuid
from typing import ClassVar, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.partners.partner import Partner
from articles.partners.scopes import Scoped


class Endpoint(Scoped):
    """An address that is told of journal lines behind `reached`, up to which deliveries have been made.

    Its secret is not kept: it follows from the secret of the site, `id` and `generation`. Until `overlaps_until` the
    one of the generation before signs as well.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"), related_name="endpoints")
    url = models.URLField(_("address"), max_length=500)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    paused_at = models.DateTimeField(_("paused on"), null=True)
    pause_reason = models.CharField(_("why it is paused"), max_length=300, blank=True)
    generation = models.PositiveIntegerField(default=1)
    overlaps_until = models.DateTimeField(null=True)
    reached = models.PositiveBigIntegerField(_("told up to line"))
    created_at = models.DateTimeField(_("registered on"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.url

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE
