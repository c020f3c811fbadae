"""Pictures (the model; another branch holds the whole)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField


class Picture(DeskObject):
    alt = LineField(_("text instead of the picture"), max_length=300, blank=True)
    caption = PassageField(_("caption"), blank=True)
    credit = LineField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=20, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    renditions = models.JSONField(default=list)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["alt_ru", "alt_en", "id"]

    def name_in(self, language: str) -> str:
        return getattr(self, f"alt_{language}")

    def has_words(self, language: str) -> bool:
        """Whether readers of this language would see the picture: it has a file and words that stand for it."""
        return bool(self.renditions) and bool(getattr(self, f"alt_{language}"))
