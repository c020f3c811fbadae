"""Evidence tables: for each option what studies show, what that means, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.ordered_row import OrderedRow
from articles.content.sources import Source


class EvidenceVerdict(models.TextChoices):
    HELPS = "helps", _("helps")
    MAY_HELP = "may_help", _("may help")
    UNLIKELY = "unlikely", _("unlikely to help")
    UNCLEAR = "unclear", _("not clear")
    HARMFUL = "harmful", _("does more harm than good")


class EvidenceTable(DeskObject):
    title = LineField(_("title"), max_length=200, blank=True)
    note = PassageField(_("note"), blank=True, help_text=_("Optional, under the table."))

    class Meta:
        verbose_name = _("evidence table")
        verbose_name_plural = _("evidence tables")
        ordering = ["title_ru", "title_en", "id"]

    def name_in(self, language: str) -> str:
        return getattr(self, f"title_{language}")

    def has_words(self, language: str) -> bool:
        """Whether readers of this language would see the table: it has a row that says something."""
        return any(getattr(row, f"option_{language}") for row in self.rows.all())


class EvidenceRow(OrderedRow):
    kind = "evidence_row"

    parent = models.ForeignKey(EvidenceTable, models.CASCADE, related_name="rows")
    option = LineField(_("option"), max_length=200, blank=True, help_text=_("A treatment or a habit."))
    finding = PassageField(
        _("what studies show"), blank=True, help_text=_("With absolute figures where they are known.")
    )
    verdict = models.CharField(_("verdict"), max_length=20, choices=EvidenceVerdict, default=EvidenceVerdict.UNCLEAR)
    conclusion = LineField(_("what it means for the reader"), max_length=200, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="evidence_rows")

    class Meta(OrderedRow.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")

    def name_in(self, language: str) -> str:
        return getattr(self, f"option_{language}")
