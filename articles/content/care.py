"""Care: whom to call, and the boxes that say when. Both are shared, so one change reaches every text."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.text import excerpt
from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.sources import Source

# Characters of a box's name for colleagues.
LONGEST_NAME = 100

# Stands in a care box where its services' numbers belong.
EMERGENCY = "{emergency}"


class CareLevel(models.TextChoices):
    """How soon: the five levels of the triage."""

    EMERGENCY = "emergency", _("emergency: call now")
    SAME_DAY = "same_day", _("today")
    DAYS = "appointment_days", _("within days")
    WEEKS = "appointment_weeks", _("within weeks")
    SELF_CARE = "self_care", _("self-care")


class CareService(DeskObject):
    class Purpose(models.TextChoices):
        EMERGENCY = "emergency", _("emergency")
        ADVICE = "advice", _("advice, not for emergencies")

    name = LineField(_("name"), max_length=200, blank=True, help_text=_("For example: ambulance."))
    number = models.CharField(
        _("number"),
        max_length=20,
        validators=[
            RegexValidator(r"^\+?[0-9]{2,15}$", _("Write the number as it is dialled: digits only, with + for abroad."))
        ],
        help_text=_("As it is dialled. Every page that shows it follows when you send the change out."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z]{2}$", _("Write the two capital letters of the country, such as RU or GB."))
        ],
        help_text=_("Two capital letters: RU, GB, KZ; EU for the European Union; empty if it works everywhere."),
    )
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose, default=Purpose.EMERGENCY)
    note = LineField(
        _("where it works"), max_length=100, blank=True, help_text=_("Shown behind the number, such as: in the UK.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Small numbers come first."))

    class Meta:
        verbose_name = _("care service")
        verbose_name_plural = _("care services")
        ordering = ["position", "country", "number", "id"]

    def name_in(self, language: str) -> str:
        return " ".join(part for part in (self.number, getattr(self, f"name_{language}"), self.country) if part)


class CareBox(DeskObject):
    level = models.CharField(_("how soon"), max_length=20, choices=CareLevel)
    title = LineField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("An action and “if”: “Call {emergency} now if”. {emergency} becomes the numbers of the services."),
    )
    triggers = PassageField(_("signs"), blank=True, help_text=_("One per line. Any one of them is enough."))
    advice = PassageField(
        _("what to do meanwhile"), blank=True, help_text=_("Optional, under the signs. May hold {emergency} too.")
    )
    services = models.ManyToManyField(
        CareService, verbose_name=_("services"), blank=True, related_name="boxes", help_text=_("Whom to call.")
    )
    sources: "models.ManyToManyField[Source, Any]" = models.ManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="care_boxes"
    )

    class Meta:
        verbose_name = _("care box")
        verbose_name_plural = _("care boxes")
        ordering = ["title_ru", "title_en", "id"]

    def name_in(self, language: str) -> str:
        """Return the title and behind it the first sign, since many boxes are called “Call a doctor today if”."""
        title, signs = getattr(self, f"title_{language}"), getattr(self, f"triggers_{language}").strip()
        first = signs.split("\n")[0]
        return excerpt(f"{title} {first}", LONGEST_NAME) if title else ""

    def has_words(self, language: str) -> bool:
        """Whether readers of this language would see the box."""
        return bool(getattr(self, f"title_{language}") or getattr(self, f"triggers_{language}"))
