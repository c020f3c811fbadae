"""Whose signatures approve a text: those of reviewers who did not write the words that they signed.

Who wrote a translation is no more its only checker than who wrote the original: in each language those who wrote it
there are left out.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editorial import revisions
from articles.editorial.signoffs import SignOff

Places = Mapping[tuple[UUID, Language], str]


def digests_held(places: Places) -> Mapping[tuple[UUID, Language], set[str]]:
    """Return for each text (its content digest as it is) the digests for which what was done holds now too."""
    return {place: {digest} for place, digest in places.items()}


def authors(item: UUID | str, language: Language, document: Document) -> set[int]:
    """Return the ids of everybody who wrote what readers of this document meet: the text itself and its parts."""
    parts = [UUID(part.id) for part in document.shared_parts()]
    return revisions.authors([UUID(str(item)), *parts], language)


def independent(rows: Collection[SignOff], item: UUID | str, language: Language, document: Document) -> list[SignOff]:
    """Return the signatures of those who wrote nothing of what they signed; no query where there is none."""
    wrote = authors(item, language, document) if rows else set()
    return [row for row in rows if row.reviewer_id not in wrote]
