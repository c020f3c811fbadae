"""Real servers for commands that look at pages: one with the bundled content, one with every state of a text."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.running import Run

ROOT = Path(__file__).resolve().parents[2]
STARTED = "Ctrl-C stops everything"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]

_FILL = """
import django
django.setup()
from django.core.management import call_command
from tests.pages.shelf import fill
call_command("migrate", verbosity=0, interactive=False)
fill()
"""


@contextmanager
def bundled_site() -> Iterator[str]:
    """Serve the bundled content from a throwaway database; yield the address."""
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        yield from _served(Path(place) / "bundle.sqlite3")


@contextmanager
def site_of_states() -> Iterator[str]:
    """Serve the shelf of examples; yield the address."""
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        database = Path(place) / "states.sqlite3"
        own = {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev"}
        subprocess.run([sys.executable, "-c", _FILL], cwd=ROOT, env=os.environ | own, check=True)
        yield from _served(database)


def _served(database: Path) -> Iterator[str]:
    run = Run(database, ROOT)
    try:
        run.until(STARTED)
        yield f"http://127.0.0.1:{run.port}"
    finally:
        run.stop()
