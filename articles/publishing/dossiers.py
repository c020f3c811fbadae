"""All that is known of an item beside its words, read in one statement: the press asks for it once, and hands it on.

Who asks for one of these things alone asks its own module. A dossier is never kept: it is as old as its reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.content.rows_at_once import Asked, Way, rows_at_once
from articles.editions.shelf import Address, Edition, Standing, WithdrawnPart
from articles.editions.store import Part
from articles.editorial.checklists import Answer, Waiver, last_said
from articles.editorial.confirmations import Confirmation
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.publishing.dues import Due
from articles.publishing.erasures import ErasureRequest

# As the journal's readers compare them: language, state and edition.
Stood = list[tuple[str, str, int]]


@dataclass(frozen=True)
class Dossier:
    """Where an item stands, what was done with it and said of it; `taken` are slugs that lead to another one."""

    standings: Mapping[Language, Standing]
    last: Mapping[tuple[UUID, str], Transition]
    signatures: Sequence[SignOff]
    confirmed: Mapping[tuple[str, str], str]
    waivers: Mapping[tuple[str, str, str], Waiver]
    answers: Mapping[tuple[str, str, str], Answer]
    taken: frozenset[str]

    @property
    def stood(self) -> Stood:
        """The standings as they are compared later, to learn whether they have moved."""
        return [(language, one.state, one.edition_id) for language, one in self.standings.items()]

    def confirmed_in(self, language: Language) -> dict[str, str]:
        """Return part id to the digest of the original that it was last confirmed against."""
        return {part: digest for (code, part), digest in self.confirmed.items() if code == language}


def dossier(kind: str, item: UUID, slugs: Iterable[str]) -> Dossier:
    """Return all of it as it is now; one query. `slugs` are those that the item would have."""
    (
        standings,
        editions,
        steps,
        signed,
        revoked,
        said,
        waived,
        answered,
        waived_by,
        answered_by,
        addresses,
    ) = rows_at_once(
        [
            *_standing(item),
            Asked(Transition, "item", [item]),
            Asked(SignOff, "item", [item]),
            Asked(Revocation, "sign_off", [item], (Way(SignOff, "id", "item"),)),
            Asked(Confirmation, "item", [item]),
            Asked(Waiver, "item", [item]),
            Asked(Answer, "item", [item]),
            # Whoever waived or answered is named on the page.
            Asked(User, "id", [item], (Way(Waiver, "said_by", "item"),)),
            Asked(User, "id", [item], (Way(Answer, "said_by", "item"),)),
            _addresses(kind, slugs),
        ]
    )
    gone = {row.sign_off_id for row in revoked}
    people = {row.pk: row for row in [*waived_by, *answered_by]}
    for row in [*waived, *answered]:
        if row.said_by_id in people:
            row.said_by = people[row.said_by_id]
    return Dossier(
        standings=_with_editions(standings, editions),
        last={(row.item, row.language): row for row in sorted(steps, key=lambda row: row.pk)},
        signatures=sorted((row for row in signed if row.pk not in gone), key=lambda row: (row.signed_at, row.pk)),
        confirmed={(row.language, row.part): row.source_digest for row in said},
        waivers=last_said(waived),
        answers=last_said(answered),
        taken=_taken(kind, item, slugs, addresses),
    )


@dataclass(frozen=True)
class Behind:
    """What is final behind the journal's lock: nobody else withdraws, amends, erases or takes an address now."""

    standings: dict[Language, Standing]
    gone: frozenset[str]
    taken: frozenset[str]
    waiting: Sequence[Due]

    @property
    def stand(self) -> Stood:
        return [(language, one.state, one.edition_id) for language, one in self.standings.items()]


def look_again(kind: str, item: UUID, parts: Iterable[Part], slugs: Iterable[str]) -> Behind:
    """Return what may have moved since a dossier was read: one query, to be asked behind the journal's lock.

    `gone` are the ids among the item and the parts that were withdrawn or erased for good.
    """
    ids = list(dict.fromkeys(part.id for part in parts))
    standings, editions, withdrawn, erased, addresses, dues = rows_at_once(
        [
            *_standing(item),
            Asked(WithdrawnPart, "part", ids),
            Asked(ErasureRequest, "object_id", [item, *ids]),
            _addresses(kind, slugs),
            Asked(Due, "item", [item]),
        ]
    )
    done = {str(row.object_id) for row in erased if row.outcome == ErasureRequest.Outcome.DONE}
    return Behind(
        standings=_with_editions(standings, editions),
        gone=frozenset({str(row.part) for row in withdrawn} | done),
        taken=_taken(kind, item, slugs, addresses),
        waiting=[row for row in dues if row.settled_at is None],
    )


def _standing(item: UUID) -> list[Asked]:
    return [Asked(Standing, "item", [item]), Asked(Edition, "id", [item], (Way(Standing, "edition", "item"),))]


def _with_editions(standings: Iterable[Standing], editions: Iterable[Edition]) -> dict[Language, Standing]:
    known = {edition.pk: edition for edition in editions}
    found: dict[Language, Standing] = {}
    for row in sorted(standings, key=lambda row: row.language):
        row.edition = known[row.edition_id]
        found[row.language] = row  # type: ignore[index]
    return found


def _addresses(kind: str, slugs: Iterable[str]) -> Asked:
    return Asked(Address, "slug", [one for slug in slugs for one in (slug, Address.erased(kind, slug))])


def _taken(kind: str, item: UUID, slugs: Iterable[str], rows: Iterable[Address]) -> frozenset[str]:
    led = {row.slug for row in rows if row.kind == kind and row.item != item}
    return frozenset(slug for slug in slugs if led & {slug, Address.erased(kind, slug)})
