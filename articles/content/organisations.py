"""Organisations: where experts work."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField


class Organisation(DeskObject):
    name = LineField(pgettext_lazy("organisation", "name"), max_length=200, blank=True)
    url = models.URLField(_("web page"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_ru", "name_en", "id"]

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language}")
