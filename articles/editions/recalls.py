"""Whether an old edition still carries something that was withdrawn since: then its bytes are not given out again."""

from articles.editions.shelf import Edition, WithdrawnPart


def recall(edition: Edition) -> WithdrawnPart | None:
    """Return the newest withdrawal of a quote or source that this edition shows, None if all still stands.

    One query where nothing it mentions was withdrawn, two otherwise: an edition that already shows the notice in the
    part's place carries the part no longer, or carries a source with its notice.
    """
    noted = {source.id for source in edition.document.sources if source.withdrawn}
    carried = WithdrawnPart.objects.filter(part__in=edition.mentions.values("part")).order_by("-sequence")
    return next((gone for gone in carried if str(gone.part) not in noted), None)
