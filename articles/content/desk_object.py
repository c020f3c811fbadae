"""What every object that editors change has in common."""

import uuid
from typing import ClassVar, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.fields import PassageField
from articles.content.labels import label


class DeskObject(models.Model):
    """An object with an id that export and import keep, a version that guards against overwriting, and private notes.

    `internal` names the fields that no reader may ever see; all others may enter an edition.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"
    internal: ClassVar[frozenset[str]] = frozenset({"version", "internal_note"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    internal_note = PassageField(
        _("internal note"), blank=True, help_text=_("For colleagues only. Readers and partners never see it.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return label(self)
