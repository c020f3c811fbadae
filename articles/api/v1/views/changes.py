"""The journal: everything that was published, amended and withdrawn, in both languages."""

import logging

from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.api.v1.answering import PublicAddress
from articles.api.v1.parameters import LANG, Parameter, whole_number
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.history import Changes
from articles.editions import queries
from articles.editions.journal import public_line
from articles.partners import places
from articles.partners.partner import Partner

log = logging.getLogger(__name__)

MOST_LINES = 1_000
LARGEST_SEQUENCE = 2**63 - 1

AFTER = Parameter(
    "after",
    whole_number(0, LARGEST_SEQUENCE),
    {"type": "integer", "format": "int64", "minimum": 0, "default": 0},
    "Number of the last line that you have; 0 for the whole journal.",
    default=0,
)


class Journal(PublicAddress):
    """Up to 1,000 lines of the journal behind `after`, both languages, oldest first. Follow it to stay current.

    Each line is chained to the one before it: `previous_hash` is the `hash` of the line before (64 zeros before the
    first), and `hash` is SHA-256 of the canonical JSON (RFC 8785) of the line without its `hash`.

    With a key, asking with `after` tells us that you hold everything up to that line: so we know whom a withdrawal has
    reached. That you have carried it out, `acknowledgements/` tells.
    """

    parameters = (LANG, AFTER)
    answers = Changes
    refuses = ("journal-reset",)
    is_in_one_language = False
    limit = "changes"

    def get(self, request: Request) -> HttpResponse:
        after = self.asked["after"]
        head = queries.head()
        if after > head.sequence:
            detail = gettext("The newest line is number %d.") % head.sequence
            raise RefusedError("journal-reset", detail, after=after, head=head.sequence)
        if self.caller:
            _note(self.caller.partner, after)
        # The journal may have grown since its head was read: what lies beyond is left for the next request.
        most = min(MOST_LINES, head.sequence - after)
        lines = queries.changes(after=after, limit=most) if most else []
        reached = lines[-1].sequence if lines else after
        return self.answer(
            {
                "results": [public_line(line) for line in lines],
                "next": self.address(lang=self.language, after=reached) if reached < head.sequence else None,
                "head": head.sequence,
                "head_hash": head.hash,
            }
        )


def _note(partner: Partner, after: int) -> None:
    """Remember what the partner holds. Whatever keeps us from it never keeps a withdrawal from the partner."""
    try:
        places.note_fetched(partner, after, at=timezone.now())
    except DatabaseError:
        log.exception("that a partner holds the journal could not be noted")
