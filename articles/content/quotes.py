"""Quotes: somebody's words, which never travel without their context."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.canonical.text import excerpt
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.fields import LineField, PassageField
from articles.content.sources import Source


class Attribution(models.TextChoices):
    """How the source names the speaker."""

    QUOTED = "quoted", _("in quotation marks")
    REPORTED = "reported", _("reported speech: “according to…”")
    CONTINUES = "continues", _("continues a sentence that names the speaker")
    CAPTION = "caption", _("in the caption of a picture")
    UNNAMED = "unnamed", _("nobody is named")


class Verdict(models.TextChoices):
    """What independent evidence says about the statement, never about the speaker."""

    SUPPORTED = "supported", _("supported")
    PARTLY = "supported_in_part", _("supported in part")
    NO_EVIDENCE = "no_good_evidence", _("no good evidence found")
    NOT_ASSESSED = "not_assessed", _("not assessed")
    DISPUTED = "disputed", _("disputed")


class Quote(DeskObject):
    class Obtained(models.TextChoices):
        PARAPHRASE = "paraphrase", _("paraphrase: our summary of what was said")
        VERBATIM = "verbatim", _("verbatim: word for word")

    expert = models.ForeignKey(
        Expert, models.PROTECT, verbose_name=_("speaker"), null=True, blank=True, related_name="quotes",
        help_text=_("Leave empty only if the source names nobody."),
    )  # fmt: skip
    attribution = models.CharField(
        _("how the source names the speaker"), max_length=20, choices=Attribution, default=Attribution.QUOTED
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="quotes")
    locator = LineField(
        _("where in the source"), max_length=100, blank=True, help_text=_("Page, section or minute, such as p. 351.")
    )
    text = PassageField(
        _("text"), blank=True, help_text=_("Without quotation marks: the page sets them where they are allowed.")
    )
    original_language = models.CharField(
        _("language spoken"), max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))], default="ru"
    )
    obtained = models.CharField(_("how we got it"), max_length=20, choices=Obtained, default=Obtained.PARAPHRASE)
    approved_on = models.DateField(
        _("approved by the speaker on"),
        null=True,
        blank=True,
        help_text=_("Only if the speaker has seen this wording."),
    )
    verdict = models.CharField(_("what evidence says"), max_length=20, choices=Verdict, default=Verdict.NOT_ASSESSED)
    verdict_note = PassageField(
        _("note on the evidence"), blank=True, help_text=_("About the statement, never about the speaker.")
    )
    verdict_sources = models.ManyToManyField(
        Source, verbose_name=_("sources of the note"), blank=True, related_name="assessed_quotes"
    )
    reply = PassageField(_("reply of the speaker"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["text_ru", "text_en", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_statement_of_nobody_has_no_speaker",
                condition=~Q(attribution=Attribution.UNNAMED) | Q(expert__isnull=True),
                violation_error_message=_("If the source names nobody, no speaker may be set."),
            ),
            models.CheckConstraint(
                name="a_statement_of_nobody_is_approved_by_nobody",
                condition=Q(approved_on__isnull=True) | Q(expert__isnull=False),
                violation_error_message=_("Without a speaker nobody can have approved the wording."),
            ),
            models.CheckConstraint(
                name="a_reply_has_its_date",
                condition=Q(replied_on__isnull=False) | Q(reply_ru="", reply_en=""),
                violation_error_message=_("Add the date of the speaker's reply."),
            ),
        ]  # fmt: skip

    def mode(self, language: str) -> str:
        """`verbatim`, `translation` or `paraphrase`: what the wording in `language` is, and so how it is punctuated.

        Our translation of somebody's words is not a quotation (APA style says the same of one's own translations).
        """
        if self.obtained == self.Obtained.PARAPHRASE:
            return "paraphrase"
        return "verbatim" if language == self.original_language else "translation"

    def name_in(self, language: str) -> str:
        words = excerpt(getattr(self, f"text_{language}"), 80)
        who = self.expert.name_in(language) if self.expert else ""
        return ": ".join(part for part in (who, words) if part) if words else ""

    def has_words(self, language: str) -> bool:
        """Whether readers of this language would see the quote."""
        return bool(getattr(self, f"text_{language}"))
