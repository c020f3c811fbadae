"""The name of the code that makes the index: when any of it changes, the index is made anew, and nobody forgets it."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from articles.search import entries, impacts, passages
from articles.search.words import functions, irregular, stems, tokens

_MODULES: tuple[ModuleType, ...] = (passages, entries, impacts, tokens, stems, functions, irregular)
_PACKAGES = ("pymorphy3", "pymorphy3-dicts-ru", "snowballstemmer")


def _recipe() -> str:
    made = sha256()
    for module in _MODULES:
        made.update(Path(str(module.__file__)).read_bytes())
    for package in _PACKAGES:
        made.update(f"{package} {version(package)}".encode())
    return made.hexdigest()[:20]


RECIPE = _recipe()
