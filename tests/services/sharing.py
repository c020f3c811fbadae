"""What takes long to make and is the same for every pass of a run: made by the first that needs it, in a directory that
they share."""

import fcntl
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

# The directory of one run of all passes, which `python -m tests.services` makes and removes.
SHARED = "TEST_SHARED"

Made = TypeVar("Made")


def once(alone: Path, make: Callable[[Path], Made]) -> Made:
    """Return what `make` has made in a directory of its own: by this pass, or by another that is waited for meanwhile.

    A run of a single pass has no directory to share and uses `alone`. What could not be made, the next pass makes.
    """
    place = Path(os.environ.get(SHARED) or alone)
    kept = place / "made"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = make(Path(tempfile.mkdtemp(dir=place)))
            kept.with_suffix(".new").write_bytes(pickle.dumps(made))
            kept.with_suffix(".new").rename(kept)
    found: Made = pickle.loads(kept.read_bytes())
    return found
