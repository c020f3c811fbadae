"""Whether an old edition still carries something that was withdrawn since: then its bytes are not given out again."""

from articles.editions.expunged import Expunged
from articles.editions.shelf import Edition, WithdrawnPart

# Both answer the same questions: reason, code, moment, sequence and part.
Recall = WithdrawnPart | Expunged


def recall(edition: Edition) -> Recall | None:
    """Return why this edition is not given out: its erasure, or the newest withdrawal of a quote or source in it.

    None if all still stands. One query where nothing it mentions was withdrawn, two otherwise: an edition that
    already shows the notice in the part's place carries the part no longer, or carries a source with its notice.
    """
    if edition.is_erased:
        return Expunged.objects.get(edition=edition)
    noted = {source.id for source in edition.document.sources if source.withdrawn}
    carried = WithdrawnPart.objects.filter(part__in=edition.mentions.values("part")).order_by("-sequence")
    return next((gone for gone in carried if str(gone.part) not in noted), None)
