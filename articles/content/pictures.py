"""Pictures: what they show, said in words too, and on what terms they may be shown."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.renditions import RenditionsField, canonical, largest


class Licence(models.TextChoices):
    """On what terms a picture may be shown."""

    OWN = "own", _("our own picture")
    CC0 = "cc0", _("CC0 1.0: no rights reserved")
    CC_BY = "cc_by_4", _("CC BY 4.0: the author is named")
    CC_BY_SA = "cc_by_sa_4", _("CC BY-SA 4.0: the author is named, same licence for adaptations")
    PUBLIC_DOMAIN = "public_domain", _("public domain: nobody holds rights any more")
    PERMISSION = "permission", _("by permission of the rights holder")


# Where readers find the terms; what is not here has terms of its own, or none.
LICENCE_ADDRESSES = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}
NAMING = (Licence.CC_BY, Licence.CC_BY_SA, Licence.PERMISSION)


class Picture(DeskObject):
    """`width` and `height` are those of its largest file; the file as it was chosen is not kept."""

    internal: ClassVar[frozenset[str]] = DeskObject.internal | {"original_name"}

    renditions = RenditionsField(_("file"))
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    original_name = LineField(_("name of the file"), max_length=200, blank=True, editable=False)
    alt = LineField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_(
            "For people who cannot see it, in a sentence or two: what is in the picture and what it is there for. "
            "Text in the picture belongs here too."
        ),
    )
    caption = PassageField(
        pgettext_lazy("picture", "caption"),
        blank=True,
        help_text=_("Stands below the picture. It need not repeat what the picture shows."),
    )
    credit = LineField(
        _("author or rights holder"),
        max_length=300,
        blank=True,
        help_text=_("The name only, as its owner writes it; the page adds the words around it."),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)
    licence_url = models.URLField(
        _("address of the licence"),
        max_length=1000,
        blank=True,
        help_text=_("Not needed for Creative Commons: those addresses are known."),
    )
    source_url = models.URLField(_("where the picture was found"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["alt_ru", "alt_en", "original_name", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_picture_has_an_extent",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message=_("Choose the picture’s file."),
            ),
            models.CheckConstraint(
                name="who_must_be_named_is_named",
                condition=~Q(licence__in=NAMING) | ~Q(credit=""),
                violation_error_message=_("This licence requires the author’s name. Say whom to name."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the picture with the extent of its largest file; raise ValidationError without a file."""
        widest = largest(canonical(self.renditions))
        self.width, self.height = widest["width"], widest["height"]
        super().save(*args, **kwargs)

    @property
    def terms(self) -> str:
        """Where readers find the terms of the licence; empty where there are none to be found."""
        return LICENCE_ADDRESSES.get(self.licence, "") or self.licence_url  # type: ignore[call-overload]

    def has_words(self, language: str) -> bool:
        """Whether readers of this language can be shown the picture: there are words that stand for it."""
        return bool(getattr(self, f"alt_{language}"))

    def name_in(self, language: str) -> str:
        """What the picture shows; the name of its file until that is said in either language."""
        return getattr(self, f"alt_{language}") or ("" if self.alt_ru or self.alt_en else self.original_name)  # type: ignore[attr-defined]
