"""What a partner tells of itself, and what it is told of its own."""

from typing import Annotated

import msgspec

from articles.api.v1.shapes.common import Shape
from articles.api.v1.shapes.history import Line


class AcknowledgeIn(Shape, forbid_unknown_fields=True):
    """Everything up to and including this line of the journal is carried out."""

    up_to: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Acknowledged(Shape):
    """How far you have come. `urgent` are the lines that must be acted on at once and that you have not acknowledged,
    oldest first, from the day on which you became a partner."""

    up_to: Annotated[int, msgspec.Meta(ge=0, description="The furthest line that you have acknowledged; 0 for none.")]
    fetched_up_to: Annotated[
        int, msgspec.Meta(ge=0, description="The furthest line that you have fetched with a key, as far as we know.")
    ]
    head: Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]
    urgent: Annotated[list[Line], msgspec.Meta(max_length=1000)]
