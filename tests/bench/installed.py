"""A server that is measured finds only what `requirements/production.txt` installs.

Libraries load what they find: Django REST framework takes `requests` and `pygments`, which are here for tests alone,
and every worker would hold them.
"""

import functools
import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

_PRODUCTION = Path(__file__).resolve().parents[2] / "requirements" / "production.txt"
_HIDDEN = "BENCH_HIDDEN"
_PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)


class _Hidden:
    """Finds none of the packages of developers, and says so before anybody else looks for them."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"{name} is not installed in production", name=name)
        return None


@functools.cache
def of_developers() -> frozenset[str]:
    """Return the packages that are installed here, as they are imported, and would not be in production."""
    # A server is only told; what finds it out would be held by each worker.
    from importlib.metadata import packages_distributions

    pinned = {_plain(name) for name in _PINNED.findall(_PRODUCTION.read_text(encoding="utf-8"))}
    providers = packages_distributions()
    return frozenset(name for name, by in providers.items() if not pinned.intersection(map(_plain, by)))


def told() -> Mapping[str, str]:
    """Return what the environment of a server says of it."""
    return {_HIDDEN: " ".join(sorted(of_developers()))}


def as_in_production() -> None:
    """Hide the packages of developers from this process; what its server has loaded already stays."""
    names = frozenset(os.environ.get(_HIDDEN, "").split()).difference(sys.modules)
    sys.meta_path.insert(0, _Hidden(names))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
