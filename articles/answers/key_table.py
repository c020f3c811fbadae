"""The keys that open everything, known to this process, so that a partner who shows one waits for no query.

The follower reads them again with every look, so a key that is revoked opens nothing here a second later. Whatever this
table does not know (a narrower key, one that has ended, something else) is judged at the door as ever.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from articles.partners import keys

_SCHEME = "bearer"


class KeyTable:
    """What is known of keys: their digests, and nothing that somebody could show."""

    def __init__(self) -> None:
        self._known: Mapping[str, tuple[UUID, datetime | None]] = {}

    def read(self) -> None:
        """Read the keys anew; one query."""
        self._known = keys.opening()

    @sensitive_variables("header", "text")
    def opens(self, header: str) -> UUID | None:
        """Return the id of the key that the header shows, if it opens everything now; None for all else."""
        scheme, _, text = header.strip().partition(" ")
        if scheme.lower() != _SCHEME:
            return None
        found = self._known.get(keys.digest(text.strip()))
        if found is None or (found[1] is not None and timezone.now() >= found[1]):
            return None
        return found[0]
