"""What the desk and the press know of protocols."""

from articles.content.aggregates import Rows
from articles.publishing.desks import Desk
from triage.protocols.composing import compose, document_of
from triage.protocols.drafts import READS
from triage.protocols.releasing import released, together
from triage.protocols.reviewing import review_of, still_stands
from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question, Rule

# In the order in which they can be loaded.
OBJECTS = (
    ("protocol", Protocol, Rows("rules", (Rule,))),
    ("triage_level", Level, Rows("first_aid", (FirstAid,))),
    ("triage_question", Question, Rows("options", (Option,))),
)

_rows = Protocol._default_manager

DESK = Desk(
    kind="protocol",
    compose=compose,  # type: ignore[arg-type]
    lock=lambda item: _rows.select_for_update().filter(pk=item).first(),
    items=lambda: _rows.order_by("pk").values_list("pk", flat=True),
    original_language=lambda protocol: protocol.original_language,  # type: ignore[attr-defined]
    released=released,  # type: ignore[arg-type]
    together=together,
    review=review_of,  # type: ignore[arg-type]
    still_stands=still_stands,
    document=document_of,  # type: ignore[arg-type]
    reads=READS,
)
