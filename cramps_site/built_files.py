"""Files that are built from others, each only when what it is built from has changed."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# Beside the collected files and not among them, where it would be served.
_STAMP = Path(settings.VAR) / "static.stamp"


def build_messages() -> None:
    """Compile every catalogue that is newer than its compiled form; raises CommandError if gettext is not installed."""
    catalogues = [path for place in settings.LOCALE_PATHS for path in Path(place).glob("*/LC_MESSAGES/*.po")]
    with _alone("messages"):
        if any(_is_stale(path) for path in catalogues):
            call_command("compilemessages", ignore=[".venv", "var", "node_modules"], verbosity=0)


def build_static() -> None:
    """Collect, name by content and compress the static files if any of them changed since the last time."""
    with _alone("static"):
        state = _state_of_static()
        if _STAMP.exists() and _STAMP.read_text() == state:
            return
        _STAMP.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        _STAMP.write_text(state)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Two runs that start at once build one after the other; the second finds everything built. The lock of a run that
    was killed is gone with it."""
    Path(settings.VAR).mkdir(exist_ok=True)
    with (Path(settings.VAR) / f"{name}.lock").open("w") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def _state_of_static() -> str:
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
