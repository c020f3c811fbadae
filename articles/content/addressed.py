"""What objects with a page of their own have in common: a title, an address and a language that came first."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField

SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Use small Latin letters, digits and single hyphens, such as leg-cramps."),
)
LANGUAGE_CHOICES = [("ru", _("Russian")), ("en", _("English"))]


class SlugField(LineField):
    """The last part of a page's address, in one language."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        defaults = {
            "max_length": 120,
            "blank": True,
            "validators": [SLUG],
            "help_text": _("The last part of the page's address, in Latin letters. Old addresses keep working."),
        }
        super().__init__(*args, **defaults | kwargs)  # type: ignore[arg-type]


class Addressed(DeskObject):
    title = LineField(_("title"), max_length=200, blank=True)
    slug = SlugField(_("address"))
    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        default="ru",
        help_text=_("The other language is its translation and is compared with it block by block."),
    )

    class Meta:
        abstract = True

    def name_in(self, language: str) -> str:
        return getattr(self, f"title_{language}")

    @property
    def translation_language(self) -> str:
        """The language that this is translated into."""
        return "en" if self.original_language == "ru" else "ru"
