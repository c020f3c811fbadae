"""Whose signatures approve a text: those of reviewers who did not write the words that they signed.

Who wrote a translation is no more its only checker than who wrote the original: in each language those who wrote it
there are left out.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editorial import revisions
from articles.editorial.revisions import Revision
from articles.editorial.signoffs import SignOff


def approved(
    held: Mapping[tuple[UUID, Language], Collection[SignOff]], documents: Mapping[tuple[UUID, Language], Document]
) -> set[tuple[UUID, Language]]:
    """Return the texts on which the signature of somebody stands who wrote nothing of it.

    One query for any number of texts; a few more for each at which a signer has ever had a hand.
    """
    signed = {place: rows for place, rows in held.items() if rows}
    made_of = {place: {place[0], *_parts(documents[place])} for place in signed}
    signers = {row.reviewer_id for rows in signed.values() for row in rows}
    at_hand = Revision.objects.filter(Q(saved_by__in=signers) | Q(copied_from__isnull=False))
    everything = set().union(*made_of.values())
    looked_into = set(at_hand.filter(object_id__in=everything).values_list("object_id", flat=True)) if signed else set()
    return {
        place
        for place, rows in signed.items()
        if made_of[place].isdisjoint(looked_into) or independent(rows, *place, documents[place])
    }


def authors(item: UUID | str, language: Language, document: Document) -> set[int]:
    """Return the ids of everybody who wrote what readers of this document meet: the text itself and its parts."""
    return revisions.authors([UUID(str(item)), *_parts(document)], language)


def independent(rows: Collection[SignOff], item: UUID | str, language: Language, document: Document) -> list[SignOff]:
    """Return the signatures of those who wrote nothing of what they signed; no query where there is none."""
    wrote = authors(item, language, document) if rows else set()
    return [row for row in rows if row.reviewer_id not in wrote]


def _parts(document: Document) -> list[UUID]:
    return [UUID(part.id) for part in document.shared_parts()]
