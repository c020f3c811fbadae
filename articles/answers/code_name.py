"""A name for everything in a program that decides what an answer looks like: what one version of it has made must not
be given out by another."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

_ROOT = str(Path(__file__).resolve().parents[2])
# Code, words of the interface, and what else lies beside the code and is read by it.
_SOURCES = ("articles", "triage", "cramps_site", "locale")
_SUFFIXES = (".py", ".mo", ".html", ".txt", ".yaml", ".json")


@lru_cache
def code_name() -> str | None:
    """Return the name of what runs in this process: its sources, the libraries that are installed, and its settings.

    None where a source has changed since this process began: nobody knows which of both it has loaded. To be called as
    the process starts.
    """
    digest = sha256(repr((sys.version, *_libraries())).encode())
    digest.update(repr(_said({name: getattr(settings, name) for name in dir(settings) if name.isupper()})).encode())
    try:
        began = _began()
        for path in _sources():
            with open(path, "rb", buffering=0) as file:
                # Whoever unpacks a release may set the time of a file back, and nobody this one.
                if os.fstat(file.fileno()).st_ctime >= began:
                    return None
                held = file.read()
            digest.update(f"{path[len(_ROOT) :]} {len(held)}\n".encode())
            digest.update(held)
    except OSError:
        return None
    return digest.hexdigest()[:16]


def _sources() -> Iterator[str]:
    for top in _SOURCES:
        for where, below, files in os.walk(f"{_ROOT}/{top}"):
            below.sort()
            yield from (f"{where}/{name}" for name in sorted(files) if name.endswith(_SUFFIXES))


def _libraries() -> list[str]:
    return sorted({found.name for entry in sys.path if entry for found in Path(entry).glob("*.dist-info")})


def _said(value: Any) -> Any:
    """The value as every process that has the same one writes it."""
    if isinstance(value, Mapping):
        return sorted((str(name), _said(one)) for name, one in value.items())
    if isinstance(value, set | frozenset):
        return sorted(repr(_said(one)) for one in value)
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    return repr(value) if isinstance(value, str | int | float | Path | None) else type(value).__qualname__


def _began() -> float:
    """When this process began."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.time() - age
