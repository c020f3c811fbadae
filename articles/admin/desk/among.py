"""What a search of the desk looks through where there is more than can be read at once.

Whoever looks for words has mostly just written them, or remembers them from the site: so it is what was saved last, and
what readers would find.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES
from articles.editions.kinds import kinds as published_kinds
from articles.editorial.revisions import last_saved
from articles.search.finding import search

# A kind that has no more objects than this is read whole.
MOST = 1000
_FOUND = 100


def looked_through(kinds: Collection[str], typed: str) -> Mapping[str, Collection[UUID]]:
    """Return, for each of these kinds that has very many objects, which of them are worth reading; empty where all
    are."""
    large = [kind for kind in kinds if AGGREGATES[kind]._default_manager.order_by()[MOST : MOST + 1].exists()]
    return {kind: set(last_saved([kind], MOST)) | _found(kind, typed) for kind in large}


def _found(kind: str, typed: str) -> set[UUID]:
    if not any(one.name == kind and one.searched for one in published_kinds()):
        return set()
    hits = [
        hit
        for language in LANGUAGES
        for hit in search(typed, language, kinds=[kind], limit=_FOUND, exact=True, others=False).hits
    ]
    return {UUID(hit.item) for hit in hits}
