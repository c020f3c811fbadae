"""How static files are collected: named by content, compressed, and our style sheets without what only we read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("articles/", "triage/")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")
_AROUND = re.compile(r" (?=[{}])|(?<=[{};,]) ")
_STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")


def smaller(style: str) -> str:
    """Return a style sheet that means the same without comments, lines and the spaces around its signs.

    Strings stay as they are. Nothing is rewritten: what a browser reads are the declarations that we wrote.
    """
    # Comments first: an odd quotation mark in one would turn what follows it inside out.
    pieces = _STRING.split(_COMMENT.sub("", style))
    # Every second piece is a string.
    pieces[::2] = [_AROUND.sub("", _LINES.sub(" ", piece)) for piece in pieces[::2]]
    return "".join(pieces).strip()


class SmallStaticFiles(CompressedManifestStaticFilesStorage):
    """Beside each file whitenoise lays a gzip and, because the library is there, a brotli of it.

    Only beside those that pages lead to. To pack what libraries bring under its first name too, and maps that only
    tools of developers read, took as long as all the rest of a first run.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        named_by_content = set(self.hashed_files.values())
        # The page of our own faults names the style sheet without its digest.
        led_to = [name for name in paths if name in named_by_content or name.startswith(_OURS)]
        yield from super().compress_files([name for name in led_to if not name.endswith(".map")])

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in [name for name in paths if name.startswith(_OURS) and name.endswith(".css")]:
                with self.open(name) as file:
                    style = file.read().decode()
                self.delete(name)
                self._save(name, ContentFile(smaller(style).encode()))
                # From here on the file is what was collected, not what it was collected from.
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
