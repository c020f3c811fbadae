"""The one form of a picture file's path: its content's digest, its width and its format. Plain Python.

A path names bytes and not a place where bytes may change: what stands there stays as it is for good. The desk writes
such files, editions carry such paths, and pages and partners ask for them; all take the form from here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Format = Literal["avif", "webp", "jpeg", "png"]

# Format to its ending and its media type. Nothing else is ever written or given out.
FORMATS: Mapping[Format, tuple[str, str]] = {
    "avif": ("avif", "image/avif"),
    "webp": ("webp", "image/webp"),
    "jpeg": ("jpg", "image/jpeg"),
    "png": ("png", "image/png"),
}
_BY_ENDING: Mapping[str, Format] = {ending: format for format, (ending, _) in FORMATS.items()}

# For tables of addresses too, so it has no groups of its own.
PATTERN = rf"pictures/[0-9a-f]{{2}}/[0-9a-f]{{64}}-[1-9][0-9]{{0,4}}[.](?:{'|'.join(_BY_ENDING)})"
_PARTS = re.compile(r"pictures/([0-9a-f]{2})/(\1[0-9a-f]{62})-([1-9][0-9]{0,4})[.](\w+)", re.ASCII)


@dataclass(frozen=True)
class PicturePath:
    """What a path says about its file; `str()` gives the path."""

    sha256: str
    width: int
    format: Format

    def __str__(self) -> str:
        return f"pictures/{self.sha256[:2]}/{self.name}"

    @property
    def name(self) -> str:
        """The file's name without its directory."""
        return f"{self.sha256}-{self.width}.{FORMATS[self.format][0]}"

    @property
    def media_type(self) -> str:
        return FORMATS[self.format][1]


def named(name: str) -> PicturePath | None:
    """Return what the name of a file says, or None for a name that is none of ours."""
    return parsed(f"pictures/{name[:2]}/{name}")


def parsed(path: object) -> PicturePath | None:
    """Return what a path says, or None for anything that is no path of ours."""
    found = _PARTS.fullmatch(path) if isinstance(path, str) else None
    if not found or found[4] not in _BY_ENDING:
        return None
    return PicturePath(found[2], int(found[3]), _BY_ENDING[found[4]])
