"""Editions written under an older schema, brought to the current one when they are read.

An edition is never rewritten; a document class changes by adding a step here. Schema 1 is the first; schema 2 knows
topics.
"""

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]


def _with_topics(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"schema": 2, "topics": []}


# (kind, schema) -> the step from that schema to the next
STEPS: Mapping[tuple[str, int], Step] = {("article", 1): _with_topics}

CURRENT_SCHEMA = 2


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document in the current schema; raise ValueError if it was written by newer code than this."""
    schema = document["schema"]
    if schema > CURRENT_SCHEMA:
        raise ValueError(f"document of schema {schema} is newer than this code, which reads up to {CURRENT_SCHEMA}")
    while schema < CURRENT_SCHEMA:
        document = STEPS[document["kind"], schema](document)
        schema = document["schema"]
    return document
