"""Sources: what a statement rests on, and how we read it."""

import re
from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.canonical.text import excerpt
from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.labels import label

# Characters by which a source is told from others where one is chosen.
LONGEST_LABEL = 90

PARTIAL_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Write a year, a month or a day: 2012, 2012-08 or 2012-08-15."),
)
DOI = RegexValidator(
    r"^10\.\d{4,9}/\S+$", _("Write the DOI without an address, starting with 10., such as 10.1000/xyz.")
)
DIGITS = RegexValidator(r"^\d{1,9}$", _("Write the PMID as digits only."))


class Source(DeskObject):
    class Kind(models.TextChoices):
        SYSTEMATIC_REVIEW = "systematic_review", _("systematic review")
        GUIDELINE = "guideline", _("clinical guideline")
        TRIAL = "trial", _("randomised trial")
        STUDY = "study", _("study")
        REVIEW = "review", _("review article")
        REFERENCE = "reference", _("reference page for patients or doctors")
        REGULATOR = "regulator", _("statement of a regulator")
        BOOK = "book", _("book")
        NEWS = "news", _("news")
        OWN_POLICY = "own_policy", _("own policy of the site")

    class Access(models.TextChoices):
        PUBLISHER = "publisher", _("read at the publisher’s page")
        ARCHIVED = "archived", _("read in an archived copy")
        COPY = "copy", _("read in a copy elsewhere")
        LICENSED_COPY = "licensed_copy", _("read in a licensed copy")
        ABSTRACT = "abstract", _("only the abstract was read")

    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    title = LineField(
        _("title"),
        max_length=500,
        blank=True,
        help_text=_(
            "In the language of the source. A news item may have none: it is cited by publisher, date and author."
        ),
    )
    language = models.CharField(
        _("language of the source"),
        max_length=20,
        default="en",
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("Write a language code, such as en or ru."))],
        help_text=_("A language code, such as en or ru."),
    )
    translated_title = LineField(
        _("translated title"), max_length=500, blank=True, help_text=_("For readers of the other language; optional.")
    )
    authors = PassageField(
        _("authors"), blank=True, help_text=_("One per line: surname, comma, initials. For example: Allen, R. E.")
    )
    publisher = LineField(_("publisher"), max_length=300, blank=True)
    container = LineField(
        _("journal or collection"), max_length=300, blank=True, help_text=_("For example: American Family Physician.")
    )
    volume = LineField(_("volume"), max_length=30, blank=True)
    issue = LineField(_("issue"), max_length=30, blank=True)
    pages = LineField(_("pages"), max_length=40, blank=True)
    issued = models.CharField(_("published"), max_length=10, blank=True, validators=[PARTIAL_DATE])
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[DOI])
    pmid = models.CharField("PMID", max_length=9, blank=True, validators=[DIGITS])
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archive_url = models.URLField(_("address of an archived copy"), max_length=1000, blank=True)
    access = models.CharField(_("how we read it"), max_length=20, choices=Access, default=Access.PUBLISHER)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["authors", "publisher", "issued", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_source_per_doi",
                fields=["doi"],
                condition=~Q(doi=""),
                violation_error_message=_("There is already a source with this DOI."),
            ),
            models.UniqueConstraint(
                name="one_source_per_pmid",
                fields=["pmid"],
                condition=~Q(pmid=""),
                violation_error_message=_("There is already a source with this PMID."),
            ),
        ]

    @property
    def first_author(self) -> str:
        """Surname of the first author, or the name of a corporate one; empty when nobody is named."""
        first = self.authors.split("\n")[0].split(",")[0].strip()
        # Copied from PubMed it is «Allen RE», without a comma.
        return re.sub(r" [A-Z]{1,3}$", "", first)

    @property
    def short_name(self) -> str:
        """«Allen 2012»: how the admin and citations name the source; the title where nobody is known."""
        who = self.first_author or self.publisher or self.title
        return " ".join(part for part in (who, self.issued[:4]) if part)

    def name_in(self, language: str) -> str:
        return self.short_name

    def __str__(self) -> str:
        """The short name where an author and a year tell the source from others, and else its title behind it: of one
        publisher many are cited."""
        if (self.first_author and self.issued) or not self.title or self.short_name.startswith(self.title):
            return label(self)
        return excerpt(f"{self.short_name}: {self.title}", LONGEST_LABEL)


def in_order(sources: Iterable[Source]) -> list[Source]:
    """Return sources in one stable order: by short name, then id."""
    return sorted(sources, key=lambda source: (source.short_name, str(source.id)))
