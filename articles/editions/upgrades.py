"""Editions written under an older schema, brought to the current one when they are read.

An edition is never rewritten; a document class changes by adding a step here. Schema 1 is the first; schema 2 knows
topics.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from articles.editions.document import Document

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


def read(stored: str, shape: type[Document]) -> Document:
    """Return a document from its JSON, in the current schema; raise ValueError for what this code does not know.

    Nearly all are in that schema already, and are read in one go.
    """
    try:
        document = msgspec.json.decode(stored, type=shape)
    except msgspec.ValidationError:
        # It lacks what a step adds, or says what this code does not know.
        document = None
    if document is not None and document.schema == CURRENT_SCHEMA:
        return document
    return msgspec.convert(upgraded(msgspec.json.decode(stored)), shape)
