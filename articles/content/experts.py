"""People whose words we carry, and what they said about their interests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.content.addressed import LANGUAGE_CHOICES, SlugField
from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.organisations import Organisation


class Disclosure(models.TextChoices):
    NOT_ASKED = "not_asked", _("not asked")
    ASKED_NO_ANSWER = "asked_no_answer", _("asked, no answer")
    NONE_DECLARED = "none_declared", _("declared: no conflict of interest")
    DECLARED = "declared", _("declared: see the list")


class Expert(DeskObject):
    class Part(models.TextChoices):
        QUOTED = "quoted", _("quoted from a publication elsewhere")
        PARTICIPATES = "participates", _("takes part: spoke to us and knows the site")

    class WorkplaceBasis(models.TextChoices):
        AS_PUBLISHED = "as_published", _("as published, not verified by us")
        CONFIRMED = "confirmed", _("confirmed by the person or the organisation")

    name = LineField(_("name"), max_length=200, blank=True, help_text=_("First name and surname, as readers see it."))
    slug = SlugField(_("address"))
    biography = PassageField(
        _("about the person"),
        blank=True,
        help_text=_("Only for people who take part. Of people quoted from elsewhere we say no more than the source."),
    )
    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        default="ru",
        help_text=_("The other language is its translation."),
    )
    credentials = LineField(
        _("credentials"), max_length=200, blank=True, help_text=_("Degree or qualification category, if known.")
    )
    specialty = LineField(_("specialty"), max_length=200, blank=True, help_text=_("For example: neurologist."))
    post = LineField(_("post"), max_length=200, blank=True, help_text=_("What the person does at the workplace."))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("workplace"), null=True, blank=True, related_name="experts"
    )
    workplace_basis = models.CharField(
        _("how we know the workplace"), max_length=20, choices=WorkplaceBasis, default=WorkplaceBasis.AS_PUBLISHED
    )
    part = models.CharField(
        _("part in the site"),
        max_length=20,
        choices=Part,
        default=Part.QUOTED,
        help_text=_("People quoted from elsewhere are never shown as our experts."),
    )
    disclosure = models.CharField(
        _("conflict of interest"),
        max_length=20,
        choices=Disclosure,
        default=Disclosure.NOT_ASKED,
        help_text=_("Shown beside every quote. “Not asked” is shown honestly too."),
    )
    disclosed_by = LineField(
        _("who declared it"), max_length=200, blank=True, help_text=_("Usually the person; shown to readers.")
    )
    disclosed_on = models.DateField(_("declared on"), null=True, blank=True)
    interests = PassageField(
        _("declared interests"), blank=True, help_text=_("One per paragraph: with whom, what, since when.")
    )

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["name_ru", "name_en", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_declaration_says_who_and_when",
                condition=~Q(disclosure__in=[Disclosure.NONE_DECLARED, Disclosure.DECLARED])
                | (Q(disclosed_on__isnull=False) & ~Q(disclosed_by_ru="", disclosed_by_en="")),
                violation_error_message=_("A declaration needs who declared it and on which date."),
            ),
        ]

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language}")

    @property
    def translation_language(self) -> str:
        """The language that this is translated into."""
        return "en" if self.original_language == "ru" else "ru"
