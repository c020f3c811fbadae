"""Partners, and those who ask to become one."""

import uuid
from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.partners.scopes import Scoped

_LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]


class Partner(models.Model):
    """An organisation that shows our texts. Word of a danger goes to `safety_email`, in `language`."""

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("partner", "active")
        SUSPENDED = "suspended", pgettext_lazy("partner", "suspended")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(pgettext_lazy("organisation", "name"), max_length=200, unique=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    safety_email = models.EmailField(
        _("e-mail for safety"),
        help_text=_(
            "Somebody must read it day and night: we write there when a text must be taken down or corrected at once."
        ),
    )
    language = models.CharField(_("language of our e-mails"), max_length=2, choices=_LANGUAGES, default="ru")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ACTIVE)
    note = models.TextField(_("note for colleagues"), blank=True)
    created_at = models.DateTimeField(_("partner since"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("admitted by"), related_name="+"
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE


class Application(Scoped):
    """Somebody's request to become a partner, as it was sent; what was decided stands beside it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("request", "waiting")
        APPROVED = "approved", pgettext_lazy("request", "approved")
        DECLINED = "declined", pgettext_lazy("request", "declined")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("organisation"), max_length=200)
    website = models.URLField(_("website"), max_length=300)
    contact_name = models.CharField(_("contact person"), max_length=200)
    email = models.EmailField(_("e-mail"))
    safety_email = models.EmailField(_("e-mail for safety"))
    purpose = models.TextField(_("where and for whom the texts will be shown"), max_length=4_000)
    language = models.CharField(_("language"), max_length=2, choices=_LANGUAGES)
    # Organisation and e-mail, by which two requests are the same one.
    same_as = models.CharField(max_length=500, editable=False)
    asked_at = models.DateTimeField(_("asked on"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(_("decided on"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("decided by"), related_name="+"
    )
    answer = models.TextField(_("our answer"), blank=True)
    partner = models.OneToOneField(
        Partner, models.PROTECT, null=True, verbose_name=_("partner"), related_name="application"
    )

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="the_same_request_waits_once", fields=["same_as"], condition=models.Q(state="waiting")
            )
        ]

    def __str__(self) -> str:
        return self.name


def suspend(partner: Partner) -> None:
    """Let none of a partner's keys open anything; word of dangers goes on, for its copies may be there still."""
    partner.state = Partner.State.SUSPENDED
    partner.save(update_fields=["state"])


def let_in_again(partner: Partner) -> None:
    """Let a suspended partner's keys open again."""
    partner.state = Partner.State.ACTIVE
    partner.save(update_fields=["state"])
