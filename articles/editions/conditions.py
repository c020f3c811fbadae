"""Live terms that name a condition, found by codes of ICD-10, and the live texts about those conditions.

The classification is a tree, and a code says where it stands in it: R25.2 lies within R25. What is about R25.2 is
about a part of R25, and what is about the whole of R25 is about R25.2 too; R25.3 says nothing of R25.2. Each function
says how many queries it makes.
"""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Literal
from uuid import UUID

import msgspec

from articles.canonical.languages import Language
from articles.editions.linked import newest_carriers
from articles.editions.queries import Shelved
from articles.editions.shelf import Standing

# The nearest first.
Match = Literal["exact", "narrower", "broader"]
# Texts that are looked at for one question.
MOST = 200
MATCHES: tuple[Match, ...] = ("exact", "narrower", "broader")


def match(asked: str, code: str) -> Match | None:
    """Return how a code stands to the one asked for: the same, a part of it, or what it is a part of; else None."""
    if code == asked:
        return "exact"
    if code.startswith(asked):
        return "narrower"
    return "broader" if asked.startswith(code) else None


def nearest(asked: str, codes: Iterable[str]) -> Match | None:
    """Return how the nearest of these codes stands to the one asked for."""
    found = {match(asked, code) for code in codes}
    return next((one for one in MATCHES if one in found), None)


def coded_terms(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the codes of every live term of a language that names a condition, by its id and in order of title; one
    query."""
    rows = Standing.objects.filter(kind="term", language=language, state=Standing.State.LIVE)
    # A term without codes does not have the member at all.
    rows = rows.filter(edition__document_json__contains='"codes":[')
    documents = rows.order_by("title", "item").values_list("item", "edition__document_json")
    found = {str(item): tuple(msgspec.json.decode(document).get("codes", ())) for item, document in documents}
    return {item: codes for item, codes in found.items() if codes}


def texts_about(terms: Iterable[str], language: Language) -> list[Shelved]:
    """Return the newest live texts about any of these conditions, newest change first; two queries, none without terms.

    One that only mentions a condition is not about it. Of very many the newest few hundred are looked at. Their other
    languages are not looked up.
    """
    wanted = set(terms)
    found = newest_carriers("link:term", sorted(map(UUID, wanted)), language, limit=MOST)
    # Keys of standings say nothing of time: each term's are newest first, and of each the same number is taken.
    keys = list(dict.fromkeys(key for rank in zip_longest(*found.values()) for key in rank if key is not None))[:MOST]
    rows = Standing.objects.select_related("edition").in_bulk(keys) if keys else {}
    texts = [Shelved(row, None) for row in rows.values() if row.is_live]
    texts.sort(key=lambda text: text.item)
    texts.sort(key=lambda text: text.standing.content_changed_at, reverse=True)
    return [text for text in texts if not wanted.isdisjoint(text.document.about_conditions())]
