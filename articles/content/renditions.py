"""The files of a picture as its row names them: where each lies, how large it is, in which format."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.canonical.picture_paths import PicturePath, parsed

# What every browser, mail program and old system shows.
_FALLBACKS = {"jpeg", "png"}
_MOST_HIGH = 100_000


class Listed(TypedDict):
    """One file; `bytes` is its size."""

    path: str
    width: int
    height: int
    format: str
    bytes: int


class RenditionsField(models.JSONField):
    """A list of files in one form: every key in its order, every number a number, every path one of ours."""

    def to_python(self, value: Any) -> list[Listed]:
        """Return the list in its one form; raise ValidationError for anything else."""
        return canonical(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.out_of_json(super().from_db_value(value, expression, connection))

    def out_of_json(self, stored: Any) -> Any:
        """Return the list in its one form, as it is read; anything else as it is."""
        if not isinstance(stored, list):
            return stored
        # PostgreSQL keeps the keys of an object in an order of its own.
        return [{key: entry[key] for key in Listed.__annotations__} for entry in stored]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = canonical(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def canonical(value: Any) -> list[Listed]:
    """Return the list in its one form; numbers may come as text, as the reader of content files gives them.

    Raises ValidationError where it is no list of files, or has none that every browser shows.
    """
    if not value:
        raise ValidationError(_("Choose the picture’s file."))
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        raise _unreadable()
    found = [_listed(entry) for entry in value]
    if not _FALLBACKS & {entry["format"] for entry in found}:
        raise ValidationError(_("The picture has no file that every browser can show. Choose its file again."))
    return found


def largest(renditions: list[Listed]) -> Listed:
    """Return the widest file; raise ValueError if there is none."""
    return max(renditions, key=lambda entry: entry["width"])


def smallest(renditions: list[Listed], format: str) -> Listed:
    """Return the narrowest file of a format; raise ValueError if there is none."""
    return min((entry for entry in renditions if entry["format"] == format), key=lambda entry: entry["width"])


def summary(renditions: list[Listed]) -> str:
    """Return what tells one picture's files from another's for people, in the interface language."""
    if not renditions:
        return ""
    widest = largest(renditions)
    return gettext("%(width)s × %(height)s pixels, mark %(mark)s") % {
        "width": widest["width"],
        "height": widest["height"],
        "mark": path_of(widest).sha256[:8],
    }


def path_of(entry: Listed) -> PicturePath:
    """Return what the file's path says; raise ValueError for a path that is none of ours."""
    if (path := parsed(entry["path"])) is None:
        raise ValueError(entry["path"])
    return path


def _listed(entry: Mapping[str, Any]) -> Listed:
    path = parsed(entry.get("path"))
    numbers = {key: _number(entry.get(key)) for key in ("width", "height", "bytes")}
    fits = (
        path is not None
        and entry.keys() == Listed.__annotations__.keys()
        and (path.width, path.format) == (numbers["width"], entry["format"])
        and all(numbers.values())
        and numbers["height"] <= _MOST_HIGH
    )
    if not fits:
        raise _unreadable()
    return Listed(
        path=str(path),
        width=numbers["width"],
        height=numbers["height"],
        format=str(entry["format"]),
        bytes=numbers["bytes"],
    )


def _number(value: Any) -> int:
    """The number, also where it is written as text; 0 for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _unreadable() -> ValidationError:
    return ValidationError(_("The list of the picture’s files is damaged. Choose its file again."))
