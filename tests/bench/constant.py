"""The least that the server of production can do: the same answer every time, from a file that BENCH_ANSWER names."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_HELD = json.loads(Path(os.environ["BENCH_ANSWER"]).read_text())
HEADERS: list[tuple[str, str]] = [(name, value) for name, value in _HELD["headers"]]
BODY: bytes = _HELD["body"].encode("latin-1")


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the same headers and bytes as the site does."""
    start("200 OK", HEADERS)
    return [BODY]
