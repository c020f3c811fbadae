"""What each method of an address does, where they differ: a table that the view answers by and is described by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

JSON = "application/json"

OF_BODIES = ("malformed-body", "unknown-member", "invalid-member", "body-too-large", "unsupported-media-type")


@dataclass(frozen=True)
class Act:
    """`words` are a sentence and, after a blank line, more. Without `answers` there is nothing to answer with."""

    name: str
    words: str
    answers: type[msgspec.Struct] | None = None
    status: int = 200
    refuses: tuple[str, ...] = ()
    body: type[msgspec.Struct] | None = None
    examples: Mapping[str, Any] = field(default_factory=dict)
