"""A request and its answer for every operation, and one block of every kind: what the description and the page show.

Each operation has a file named after it. The suite sends every request to a site with the bundled content, and holds
the answer against the schema and the example (`tests/articles/api/v1/test_operation_examples.py`, which also says how
to write them anew). Long texts are left out: an example is no copy of a text that may be withdrawn.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OPERATIONS = HERE / "operations"
BLOCKS = HERE / "blocks"

# Stands for the site that answers, and for whatever is too long to be part of an example.
SITE = "https://health.example"
LEFT_OUT = "…"


@dataclass(frozen=True)
class Example:
    """`path` and `query` are what is asked with, `body` what is sent, `answer` what comes back with 200."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    answer: Any = None


@cache
def of_operation(operation: str) -> Example | None:
    """Return the example of an operation, None where there is none."""
    file = OPERATIONS / f"{operation}.json"
    return Example(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


@cache
def of_block(kind: str) -> Mapping[str, Any] | None:
    """Return a block of this kind as it is answered, None where there is none."""
    file = BLOCKS / f"{kind}.json"
    found: Mapping[str, Any] | None = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return found
