"""Whether an old edition still carries something that was withdrawn since: then its bytes are not given out again."""

from collections.abc import Iterable

from articles.canonical.languages import Language
from articles.editions.expunged import Expunged
from articles.editions.parts import PartWithdrawal
from articles.editions.shelf import Edition, Mention, WithdrawnPart

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


def withdrawn_from(editions: Iterable[Edition]) -> dict[str, WithdrawnPart]:
    """Return, by id, the quotes and sources in these editions that were withdrawn since; one query.

    A source that an edition shows with its notice is among them.
    """
    carried = Mention.objects.filter(edition__in=[edition.pk for edition in editions]).values("part")
    return {str(gone.part): gone for gone in WithdrawnPart.objects.filter(part__in=carried)}


def are_withdrawn(parts: Iterable[str]) -> bool:
    """Return whether any of these quotes or sources (ids) was withdrawn; one query, none without parts."""
    wanted = list(parts)
    return bool(wanted) and WithdrawnPart.objects.filter(part__in=wanted).exists()


def notice(gone: WithdrawnPart, language: Language) -> PartWithdrawal:
    """Return what is told of a withdrawn part wherever it stood."""
    return PartWithdrawal(gone.reason_code, gone.reason(language))
