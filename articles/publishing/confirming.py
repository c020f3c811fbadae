"""What changed in shared parts after texts that carry them were signed: a reviewer confirms each difference once.

A difference is a part, a language, and two wordings by their digests. It counts for every text whose signature stands
on the first and which says the second now, and for every reviewed live text into which the change would go out.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.auth.models import User
from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content.aggregates import dump, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.problems import Where
from articles.content.written import written
from articles.editions.document import Document
from articles.editions.parts import SharedPart
from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.editions.times import moment
from articles.editorial import signoffs
from articles.editorial.part_confirmations import (
    LONGEST_REASON,
    PartConfirmation,
    confirm_difference,
    confirmed_differences,
    revoke_confirmation,
)
from articles.editorial.revisions import Revision
from articles.editorial.roles import require
from articles.editorial.signoffs import SignOff
from articles.publishing.covering import Place, as_signed, covering, moves, signed_document
from articles.publishing.desks import ITEMS, desk
from articles.publishing.digests import substances
from articles.publishing.drift import frozen_parts, replacements, working_parts
from articles.publishing.for_readers import for_readers
from articles.publishing.impact import impact
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.replacing import keeping, replaced
from articles.publishing.substance import Move, Signed, Substance, part_digest, substance, waiting
from articles.publishing.uses import drafts_reached

# Among how many of the texts that were signed last a list looks for differences.
SIGNED_LAST = 200


@dataclass(frozen=True)
class Basis:
    """A text that waits: by a signature on it, or because readers see it as reviewed. `since` is when that began."""

    kind: str
    item: UUID
    title: str
    since: datetime
    signed: SignOff | None
    edition: Edition | None

    def document(self, language: Language) -> Document | None:
        """Return what was signed, or what readers see; None where those words were erased."""
        if self.edition:
            return self.edition.document
        assert self.signed is not None
        return signed_document(self.item, self.kind, language, self.signed.content_digest)


@dataclass
class Difference:
    """One shared part in one language, from what was signed to what the desk holds; `bases` are the texts that wait."""

    part: Part
    language: Language
    before: str
    after: str
    bases: list[Basis] = field(default_factory=list)

    @property
    def key(self) -> tuple[Part, Language, str, str]:
        return self.part, self.language, self.before, self.after

    @property
    def since(self) -> datetime | None:
        """From when on somebody wrote the change; None where everything of the part is new to these texts."""
        return min(basis.since for basis in self.bases) if self.before else None


@dataclass(frozen=True)
class ShownDifference:
    """A difference with both wordings, and who has confirmed it already; `is_own`: the reader wrote at it."""

    difference: Difference
    working: models.Model
    was: SharedPart | None
    now: SharedPart
    confirmed: list[PartConfirmation]
    is_own: bool

    @property
    def language(self) -> Language:
        return self.difference.language

    @property
    def is_known(self) -> bool:
        """Whether both wordings can be shown; of a part that is new there is but one."""
        return self.was is not None or not self.difference.before

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Return what differs: field to what it was and what it is now; everything where the part is new."""
        new = msgspec.to_builtins(keeping(self.now, self.was) if self.was else self.now)
        was = msgspec.to_builtins(self.was) if self.was else {}
        return {name: (was.get(name, ""), new[name]) for name in new if name != "id" and was.get(name, "") != new[name]}


def differences(part: Part) -> list[Difference]:
    """Return what waits for a confirmation of a shared part, and of parts that came in with its change.

    Raises KeyError for a kind that is not shared.
    """
    working = SHARED[part.kind].model._default_manager.filter(pk=part.id).first()
    if working is None:
        return []
    texts = {user.pk: user for _depth, user in drafts_reached(working) if isinstance(user, tuple(ITEMS.values()))}  # type: ignore[arg-type]
    if isinstance(working, tuple(ITEMS.values())):
        texts[working.pk] = working  # type: ignore[assignment]
    found = [*_signed(texts.values()), *_live(part)]
    with_it = {(basis.item, one.language) for one in found if one.part == part for basis in one.bases}
    return _together(
        one
        for one in found
        if one.part == part or (not one.before and any((basis.item, one.language) in with_it for basis in one.bases))
    )


def waiting_differences(texts: Collection[DeskObject]) -> list[Difference]:
    """Return what the signatures on these texts wait for; the same few queries for any number."""
    return _together(_signed(texts))


def signed_last() -> list[DeskObject]:
    """Return the texts that were signed last, the newest first; two queries and one for each kind."""
    rows = SignOff.objects.filter(revocation=None).exclude(frame="").order_by("-signed_at")
    places = dict.fromkeys(rows.values_list("kind", "item")[:SIGNED_LAST])
    found: dict[UUID, DeskObject] = {}
    for kind in {kind for kind, _item in places} & ITEMS.keys():
        ids = [item for one, item in places if one == kind]
        found |= {obj.pk: obj for obj in ITEMS[kind]._default_manager.filter(pk__in=ids)}
    return [found[item] for _kind, item in places if item in found]


def shown(found: Collection[Difference], *, to: User) -> list[ShownDifference]:
    """Return differences with both wordings, as somebody sees them."""
    working = working_parts({one.part for one in found})
    made = confirmed_differences(one.part.id for one in found)
    rows = []
    for one in found:
        if one.part not in working:
            continue
        now: SharedPart = SHARED[one.part.kind].freeze(working[one.part], one.language)
        confirmed = [
            row
            for row in made
            if (str(row.part), row.language, row.before, row.after)
            == (one.part.id, one.language, one.before, one.after)
        ]
        rows.append(ShownDifference(one, working[one.part], _was(one), now, confirmed, _wrote(one, to)))
    return rows


def confirm(
    through: Part, part: Part, language: str, before: str, after: str, *, by: User, at: datetime
) -> PartConfirmation:
    """Confirm a difference of a part, found through a part (the same, or the one whose change brought it in).

    Whoever wrote at the change may confirm it too, but it counts only once somebody else has. Raises NotAllowedError
    without the right to review, RefusedError where nothing waits for that difference any more.
    """
    require(by, "review")
    wanted = next((one for one in differences(through) if one.key == (part, language, before, after)), None)
    # What nobody can show any more, nobody has read: then the whole text is signed anew.
    if wanted is None or (before and _was(wanted) is None):
        where = Where(part.kind, part.id)
        raise RefusedError([press_problem("part-changed-meanwhile", language, where)])
    return confirm_difference(
        part.kind, part.id, wanted.language, before, after, is_own=_wrote(wanted, by), by=by, at=at
    )


def take_back(row: PartConfirmation, *, reason: str, by: User, at: datetime) -> None:
    """Take back a confirmation: texts that were signed again by it alone wait once more.

    Readers of live texts are told with the next publication. Raises NotAllowedError for all but whoever confirmed it
    and administrators, RefusedError without a reason that can be kept.
    """
    where = Where(row.kind, str(row.part))
    words, found = for_readers({LANGUAGES[0]: reason}, LANGUAGES[:1], where, missing="part-reason-missing")
    if found:
        raise RefusedError(found)
    revoke_confirmation(row, reason=excerpt(words[LANGUAGES[0]], LONGEST_REASON), by=by, at=at)


def _signed(texts: Iterable[DeskObject]) -> Iterator[Difference]:
    """What keeps signatures of the same frame from holding for these texts as the desk has them."""
    reviewed = {text.pk: text for text in texts if desk(kind_of(text)).review is None}
    rows = [row for row in signoffs.standing(reviewed) if row.frame]
    now = substances([reviewed[item] for item in {row.item for row in rows}])
    covered = {place for place, holding in covering(now).items() if holding}
    places: list[tuple[SignOff, Place]] = [(row, (row.item, row.language)) for row in rows]  # type: ignore[misc]
    open_rows = [(row, place) for row, place in places if place not in covered and row.frame == now[place].frame]
    known = moves({part for row, place in open_rows for part, _before, _after in waiting(row, now[place], ())})
    for row, (item, language) in open_rows:
        basis = Basis(row.kind, item, label(reviewed[item]), row.signed_at, row, None)
        yield from _differences(row, now[item, language], known.get(language, ()), basis, language)


def _live(part: Part) -> Iterator[Difference]:
    """What keeps the part from going out into reviewed live texts."""
    drifts = [text.drift for text in impact(part).differing if text.drift]
    for drift in drifts:
        standing = Standing.objects.select_related("edition").get(item=drift.item, language=drift.language)
        live = standing.edition
        if live.envelope.review.state != "reviewed" or desk(live.kind).review is not None:
            continue
        was, new = substance(live.document), substance(replaced(live.document, replacements([drift], drift.language)))
        asked = {one for one, _before, _after in waiting(as_signed(was), new, ())}
        basis = Basis(live.kind, live.item, standing.title, moment(live.envelope.first_published_at), None, live)
        yield from _differences(as_signed(was), new, moves(asked).get(drift.language, ()), basis, drift.language)


def _differences(
    signed: Signed, text: Substance, known: Collection[Move], basis: Basis, language: Language
) -> Iterator[Difference]:
    for part, before, after in waiting(signed, text, known):
        yield Difference(part, language, before, after, [basis])


def _together(found: Iterable[Difference]) -> list[Difference]:
    """The same difference of several texts as one, Russian before English."""
    grouped: dict[tuple[Part, Language, str, str], Difference] = {}
    for one in found:
        kept = grouped.setdefault(one.key, Difference(*one.key))
        kept.bases += [basis for basis in one.bases if basis not in kept.bases]
    return sorted(grouped.values(), key=lambda one: (one.part.kind, one.part.id, one.language == "en"))


def _was(found: Difference) -> SharedPart | None:
    """The part as it was signed, or as readers see it; None where it is new or those words were erased."""
    for basis in found.bases if found.before else ():
        document = basis.document(found.language)
        held = frozen_parts(document).get(found.part) if document else None
        if held and part_digest(held) == found.before:
            return held
    return None


def _wrote(found: Difference, person: User) -> bool:
    """Whether somebody wrote what the part says now: they saved it since the first of these texts was signed, or ever,
    where it is new to them, or what they saved earlier says the same in this language."""
    rows = Revision.objects.filter(kind=found.part.kind, object_id=found.part.id, saved_by=person)
    if not found.since or rows.filter(saved_at__gt=found.since).exists():
        return rows.exists()
    written_by = [row.data for row in rows if found.language in row.reworded_in.split()]
    working = SHARED[found.part.kind].model._default_manager.filter(pk=found.part.id).first() if written_by else None
    if working is None:
        return False
    now = dump(working)  # type: ignore[arg-type]
    return any(found.language not in written(found.part.kind, data, now).authored for data in written_by)
