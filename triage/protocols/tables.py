"""The working tables of a protocol: what editors change. Readers see only what the press has released.

Ids of questions, options and rules are part of the logic: they travel to partners, and answers name them.
"""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.content.addressed import Addressed
from articles.content.care import CareLevel, CareService
from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.ordered_row import OrderedRow
from articles.content.sources import Source
from triage.engine.protocol import LEVELS

CODE = RegexValidator(
    r"^[a-z][a-z0-9_]{0,23}$",
    _("Use small Latin letters, digits and underscores, at most 24, a letter first, such as loc_now."),
)
RULE_CODE = RegexValidator(
    r"^[A-Z][A-Z0-9_]{0,23}$", _("Use capital Latin letters and digits, at most 24, a letter first, such as K01.")
)
VERSION = RegexValidator(
    r"^\d+\.\d+\.\d+(-[0-9a-z.]+)?$", _("Write the version as three numbers, such as 1.0.0 or 0.2.0-draft.")
)

# A rank is the place of a level in the order of urgency; editors see the level's name.
RANKS = [(rank, CareLevel(level).label) for rank, level in enumerate(LEVELS)]
_PLACEHOLDER = _("May hold {emergency}: it becomes the emergency numbers of the reader’s country.")


class Protocol(Addressed):
    """What the questions are for, whom they are not for, and whom to call."""

    # Nobody confirms one answer after another: whoever releases a protocol vouches that both languages say the same.
    translation_language = None  # type: ignore[assignment]

    summary = PassageField(
        _("for whom"), blank=True, help_text=_("For whom the questions are, and for whom they are not. Said first.")
    )
    danger = PassageField(
        _("when not to answer questions"),
        blank=True,
        help_text=format_lazy(
            "{} {}", _("Signs with which a reader calls at once. They stand on every page."), _PLACEHOLDER
        ),
    )
    name_of_version = models.CharField(
        _("version of the protocol"), max_length=40, validators=[VERSION], default="0.1.0"
    )
    expires_on = models.DateField(
        _("holds until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the questions may be answered. After it readers see the table alone."),
    )
    services: "models.ManyToManyField[CareService, Any]" = models.ManyToManyField(
        CareService, verbose_name=_("services"), blank=True, related_name="protocols", help_text=_("Whom to call.")
    )

    class Meta:
        verbose_name = _("triage protocol")
        verbose_name_plural = _("triage protocols")
        ordering = ["title_ru", "title_en", "id"]


class Rule(OrderedRow):
    """A combination of answers that means more than each of them alone."""

    kind = "rule"

    parent = models.ForeignKey(Protocol, models.CASCADE, related_name="rules")
    code = models.CharField(_("id"), max_length=24, validators=[RULE_CODE])
    rank = models.PositiveSmallIntegerField(_("how soon"), choices=RANKS, default=len(LEVELS) - 1)
    when_all = PassageField(
        _("when all of these were answered"), blank=True, help_text=_("One answer a line, such as background.clots.")
    )
    text = LineField(_("why"), max_length=300, blank=True, help_text=_("What the reader is told."))
    sources: "models.ManyToManyField[Source, Any]" = models.ManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="triage_rules"
    )

    class Meta(OrderedRow.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def name_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")


class Level(DeskObject):
    """What a reader is told whose answers end here."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="levels", verbose_name=_("triage protocol"))
    level = models.CharField(_("how soon"), max_length=20, choices=CareLevel)
    title = LineField(
        _("title"), max_length=200, blank=True, help_text=format_lazy("{} {}", _("An action."), _PLACEHOLDER)
    )
    text = PassageField(_("what to do"), blank=True, help_text=_PLACEHOLDER)
    sources: "models.ManyToManyField[Source, Any]" = models.ManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="triage_levels"
    )

    class Meta:
        verbose_name = _("triage level")
        verbose_name_plural = _("triage levels")
        ordering = ["protocol", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_protocol_has_a_level_once",
                fields=["protocol", "level"],
                violation_error_message=_("The protocol has this level already."),
            )
        ]

    def name_in(self, language: str) -> str:
        return getattr(self, f"title_{language}")

    @property
    def rank(self) -> int:
        return LEVELS.index(self.level)


class FirstAid(OrderedRow):
    """What to do at once where one of these answers was given."""

    kind = "first_aid"

    parent = models.ForeignKey(Level, models.CASCADE, related_name="first_aid")
    when_any = PassageField(
        _("when any of these was answered"), blank=True, help_text=_("One answer a line, such as danger.jerks.")
    )
    text = PassageField(_("what to do at once"), blank=True, help_text=_PLACEHOLDER)
    sources: "models.ManyToManyField[Source, Any]" = models.ManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="triage_first_aid"
    )

    class Meta(OrderedRow.Meta):
        verbose_name = _("first aid")
        verbose_name_plural = _("first aid")

    def name_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")


class Question(DeskObject):
    """One question with its answers."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="questions", verbose_name=_("triage protocol"))
    code = models.CharField(_("id"), max_length=24, validators=[CODE])
    position = models.PositiveIntegerField(_("order"), default=0)
    text = LineField(_("question"), max_length=300, blank=True)
    several = models.BooleanField(_("several answers are possible"), default=True)
    exclusive_because = LineField(
        _("why only one answer can be true"),
        max_length=300,
        blank=True,
        help_text=_("Asked for where only one answer may be chosen: a choice of one could lose a symptom."),
    )

    class Meta:
        verbose_name = _("triage question")
        verbose_name_plural = _("triage questions")
        ordering = ["protocol", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_protocol_has_a_question_once",
                fields=["protocol", "code"],
                violation_error_message=_("The protocol has a question with this id already."),
            )
        ]

    def name_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")


class Option(OrderedRow):
    """One answer and how soon help is needed for it alone."""

    kind = "option"
    internal = OrderedRow.internal | {"points_to"}

    parent = models.ForeignKey(Question, models.CASCADE, related_name="options")
    code = models.CharField(_("id"), max_length=24, validators=[CODE])
    rank = models.PositiveSmallIntegerField(_("how soon"), choices=RANKS, default=len(LEVELS) - 1)
    exclusive = models.BooleanField(
        _("stands alone"), default=False, help_text=_("It may not be chosen beside any other answer.")
    )
    text = LineField(_("answer"), max_length=300, blank=True)
    sources: "models.ManyToManyField[Source, Any]" = models.ManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="triage_options"
    )
    points_to = LineField(
        _("what it may point to"), max_length=300, blank=True, help_text=_("For colleagues only; readers never see it.")
    )

    class Meta(OrderedRow.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def name_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")
