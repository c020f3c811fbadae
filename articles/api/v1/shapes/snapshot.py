"""The lines of a snapshot that are not items."""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.common import Sha256, Shape
from articles.api.v1.shapes.problems import Tombstone
from articles.canonical.languages import Language


class SnapshotStart(Shape, kw_only=True):
    """The first line. What follows was live at line `sequence` of the journal; go on with `changes/` from there."""

    kind: Literal["snapshot"] = "snapshot"
    sequence: Annotated[int, msgspec.Meta(ge=0)]
    head_hash: Annotated[Sha256, msgspec.Meta(description="Hash of that line.")]
    count: Annotated[int, msgspec.Meta(ge=0, description="How many lines stand between this one and the last.")]
    kinds: Annotated[
        list[str] | None, msgspec.Meta(description="The kinds that it was narrowed to; null where it holds all.")
    ]
    languages: Annotated[
        list[Language] | None, msgspec.Meta(description="The languages that it was narrowed to; null for all.")
    ]


class SnapshotWithdrawn(Shape, kw_only=True):
    """In the place of a text that was live at that line and was withdrawn before its turn came."""

    kind: Literal["withdrawn"] = "withdrawn"
    tombstone: Annotated[Tombstone, msgspec.Meta(description="What the address of the item answers now.")]


class SnapshotEnd(Shape, kw_only=True):
    """The last line. A file without it was broken off: throw it away."""

    kind: Literal["end"] = "end"
    count: Annotated[int, msgspec.Meta(ge=0, description="As in the first line.")]
