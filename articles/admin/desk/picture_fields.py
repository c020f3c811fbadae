"""The field of a form that holds a picture's file: what is kept, what was refused, and the choice of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.expired import LOST
from articles.admin.desk.picture_uploads import UPLOAD, KeptFile, RefusedFile, opened, sealed
from articles.answers.pictures import address
from articles.content.picture_store import holds
from articles.content.renditions import Listed, largest, path_of, smallest


@dataclass(frozen=True)
class Posted:
    """What a form said about the file: the sealed list, and instead of a new one a refusal or only its name."""

    seal: str
    refused: RefusedFile | None = None
    lost: str = ""


class PictureInput(forms.Widget):
    """Shows the picture, carries its sealed list, and lets another file be chosen."""

    template_name = "articles/admin/desk/picture_input.html"
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Mapping[str, Any], name: str) -> Posted:
        refused = files.get(UPLOAD)
        return Posted(data.get(name, ""), refused if isinstance(refused, RefusedFile) else None, data.get(LOST, ""))

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def format_value(self, value: Any) -> str:
        """Return the sealed list, as the browser sends it."""
        if isinstance(value, Posted):
            return value.seal
        return sealed(KeptFile(value)) if value else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"upload": UPLOAD, "kept": opened(context["widget"]["value"] or "")}
        if kept := context["widget"]["kept"]:
            widest, thumbnail = largest(kept.renditions), smallest(kept.renditions, "webp")
            context["widget"] |= {
                "widest": widest,
                "shown": thumbnail,
                "address": address(thumbnail["path"]),
                "count": len(kept.renditions),
                "bytes": sum(entry["bytes"] for entry in kept.renditions),
            }
        return context


class PictureField(forms.Field):
    """Cleans to the list of the picture's files."""

    widget = PictureInput

    def clean(self, value: Posted) -> list[Listed]:
        """Return the files; raise ValidationError with what to do where there are none that can be saved."""
        if value.refused:
            raise ValidationError(
                "%(name)s: %(refusal)s",
                code=value.refused.refusal.reason,
                params={"name": value.refused.name, "refusal": value.refused.refusal.sentence},
            )
        if value.lost:
            raise ValidationError(
                _("The file %(name)s could not be kept with what you typed. Choose it again."),
                code="lost",
                params={"name": value.lost},
            )
        if not value.seal:
            raise ValidationError(_("Choose the picture’s file."), code="required")
        kept = opened(value.seal)
        if kept is None or not all(holds(path_of(entry)) for entry in kept.renditions):
            raise ValidationError(_("The picture’s file is no longer here. Choose it again."), code="gone")
        return kept.renditions

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the form has other files than the row, or speaks of some that it has not."""
        kept = opened(data.seal)
        return bool(data.refused or data.lost) or (kept.renditions if kept else []) != (initial or [])


def chosen_name(data: QueryDict | Mapping[str, Any], column: str) -> str:
    """Return the name under which somebody chose the new file of a posted form; empty where there is none."""
    kept = opened(data.get(column, ""))
    return kept.name if kept else ""
