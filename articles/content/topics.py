"""Topics: what texts are about, as readers find them."""

from django.utils.translation import gettext_lazy as _

from articles.content.addressed import Addressed
from articles.content.fields import PassageField


class Topic(Addressed):
    summary = PassageField(_("summary"), blank=True, help_text=_("One or two sentences: what belongs to this topic."))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title_ru", "title_en", "id"]
