"""Whether an old edition still carries something that was withdrawn since: then its bytes are not given out again."""

from collections.abc import Iterable
from uuid import UUID

from articles.canonical.languages import Language
from articles.editions import noting
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
    with noting.reads(f"item:{edition.item}", noting.WITHDRAWN_PARTS):
        if edition.is_erased:
            return Expunged.objects.get(edition=edition)
        return _unnoted(edition, WithdrawnPart.objects.filter(part__in=edition.mentions.values("part")))


def recalls(editions: Iterable[Edition]) -> dict[int, Recall]:
    """Return the same of many editions by their keys, without those that still stand; at most four queries.

    Documents may be left on the shelf: those are read that something was withdrawn from.
    """
    keys = [edition.pk for edition in editions]
    if not keys:
        return {}
    found: dict[int, Recall] = {one.edition_id: one for one in Expunged.objects.filter(edition__in=keys)}
    mentions = Mention.objects.filter(edition__in=keys, part__in=WithdrawnPart.objects.values("part"))
    carried: dict[int, list[UUID]] = {}
    for edition, part in mentions.values_list("edition", "part"):
        carried.setdefault(edition, []).append(part)
    if carried:
        gone = {one.part: one for one in WithdrawnPart.objects.filter(part__in=mentions.values("part"))}
        for edition in Edition.objects.filter(pk__in=carried.keys() - found.keys()):
            if recalled := _unnoted(edition, [gone[part] for part in carried[edition.pk] if part in gone]):
                found[edition.pk] = recalled
    return found


def _unnoted(edition: Edition, carried: Iterable[WithdrawnPart]) -> WithdrawnPart | None:
    """The newest of these withdrawals that the edition itself does not tell of."""
    newest_first = sorted(carried, key=lambda gone: -gone.sequence)
    noted = {source.id for source in edition.document.sources if source.withdrawn} if newest_first else set()
    return next((gone for gone in newest_first if str(gone.part) not in noted), None)


def withdrawn_from(editions: Iterable[Edition]) -> dict[str, WithdrawnPart]:
    """Return, by id, the quotes and sources in these editions that were withdrawn since; one query.

    A source that an edition shows with its notice is among them.
    """
    carried = Mention.objects.filter(edition__in=[edition.pk for edition in editions]).values("part")
    with noting.reads(noting.WITHDRAWN_PARTS):
        return {str(gone.part): gone for gone in WithdrawnPart.objects.filter(part__in=carried)}


def are_withdrawn(parts: Iterable[str]) -> bool:
    """Return whether any of these quotes or sources (ids) was withdrawn; one query, none without parts."""
    wanted = list(parts)
    with noting.reads(noting.WITHDRAWN_PARTS):
        return bool(wanted) and WithdrawnPart.objects.filter(part__in=wanted).exists()


def notice(gone: WithdrawnPart, language: Language) -> PartWithdrawal:
    """Return what is told of a withdrawn part wherever it stood."""
    return PartWithdrawal(gone.reason_code, gone.reason(language))
