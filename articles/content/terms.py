"""Terms of the glossary: a word of medicine in plain words, in Russian and English.

A term with codes of ICD-10 is the name of a condition, and texts can say that they are about it.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from articles.content.addressed import Addressed
from articles.content.fields import CodesField, PassageField


class Term(Addressed):
    internal: ClassVar[frozenset[str]] = Addressed.internal | {"forms_to_avoid"}

    synonyms = PassageField(
        _("other words for it"), blank=True, help_text=_("One per line, also what people say who are not doctors.")
    )
    definition = PassageField(_("plain definition"), blank=True, help_text=_("One to three sentences without jargon."))
    icd10 = CodesField(
        _("ICD-10 codes"),
        max_length=100,
        blank=True,
        help_text=_(
            "Of the World Health Organization, several separated by commas: R25.2. Only where the term names exactly"
            " this condition: readers see the codes, and partners and search engines pass them on."
        ),
    )
    forms_to_avoid = PassageField(
        _("forms to avoid"),
        blank=True,
        help_text=_("One per line: what our texts do not write. Readers do not see it."),
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["title_ru", "title_en", "id"]

    @property
    def codes(self) -> list[str]:
        """The codes of the condition that the term names; empty where it names none."""
        return [code for code in self.icd10.split(", ") if code]

    def lines(self, field: str, language: str) -> list[str]:
        """Return the entries of `synonyms` or `forms_to_avoid` in a language."""
        return [line for line in getattr(self, f"{field}_{language}").split("\n") if line]
