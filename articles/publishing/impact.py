"""Impact: what readers would see differently if a shared part went out as the desk holds it, and sending it out.

One change at the desk (a number to call, a person's post, a source's title) is looked at in every live text that
carries the part, of every kind and in both languages, and then amends all of them in one transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical import canonical_json
from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem, Where
from articles.editions import journal as journals
from articles.editions.document import Document
from articles.editions.envelope import Cause, ChangeClass, ChangeNote
from articles.editions.parts import SharedPart, shared_parts
from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.editions.value import digest
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing.amend import amend
from articles.publishing.amended_reviews import AT_ONCE, amended_review
from articles.publishing.drift import (
    CLASSES,
    Drift,
    awaiting_confirmation,
    frozen_parts,
    moved,
    replacements,
    unfit,
    working_parts,
)
from articles.publishing.for_readers import for_readers
from articles.publishing.holders import newly_broken
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.replacing import part_of, replaced
from articles.publishing.safety_gaps import settle_languages
from articles.publishing.uses import texts_with


@dataclass(frozen=True)
class Carried:
    """A live text with the part as it stands in it; `drift` is None where readers see what the desk holds.

    `breaks` are rules of what holds the part there, which it would break if it went out as it is.
    """

    standing: Standing
    before: SharedPart
    drift: Drift | None
    breaks: tuple[DeskProblem, ...] = ()

    @property
    def language(self) -> Language:
        return self.standing.language  # type: ignore[return-value]

    @cached_property
    def seen(self) -> str:
        """A digest of what somebody looks at here: which text, what its readers see, and what they would see."""
        now = digest(self.drift.now) if self.drift else ""
        looked_at = [str(self.standing.item), self.standing.language, digest(self.before), now]
        return canonical_json.digest(looked_at)


@dataclass(frozen=True)
class Impact:
    """`texts` are all live texts that carry the part; `inside` are parts within it that differ by themselves."""

    part: Part
    working: models.Model | None
    texts: list[Carried]
    inside: list[Part]

    @property
    def differing(self) -> list[Carried]:
        """The texts whose readers see something else than the desk holds."""
        return [text for text in self.texts if text.drift]

    @property
    def drifts(self) -> list[Drift]:
        return [text.drift for text in self.texts if text.drift]

    @property
    def languages(self) -> list[Language]:
        """The languages in which something would change, Russian first."""
        return [language for language in LANGUAGES if any(drift.language == language for drift in self.drifts)]

    @cached_property
    def problems(self) -> list[DeskProblem]:
        """Everything that keeps the part from going out as it is: publishing would refuse the same."""
        own = [problem for drift in self.drifts for problem in unfit(drift)]
        return list(dict.fromkeys([*own, *(problem for text in self.texts for problem in text.breaks)]))


def impact(part: Part) -> Impact:
    """Return where readers see a shared part, and what would be different there; no draft is read.

    Raises KeyError for a kind that is not shared. Queries do not grow with the number of texts.
    """
    rows = texts_with(part)
    working = working_parts([part]).get(part)
    carried = _carried(part, {row.edition_id: row for row in rows}, working)
    texts = [carried[row.edition_id] for row in rows if row.edition_id in carried]
    return Impact(part, working, texts, _moved_inside(texts))


def propagate(
    part: Part,
    *,
    change_class: ChangeClass,
    notes: Mapping[Language, str],
    seen: Collection[str],
    by: User,
    at: datetime,
) -> list[Edition]:
    """Carry the part, as the desk holds it, into every live text that shows it otherwise; return the new editions.

    `seen` are the digests that the sender looked at (`Carried.seen`). Parts inside the part stay as readers know them,
    drafts are not read, and each text gets its own journal line. Raises NotAllowedError, or RefusedError with every
    problem at once; then nothing has changed.
    """
    require(by, "publish")
    with transaction.atomic():
        working = SHARED[part.kind].model._default_manager.select_for_update().filter(pk=part.id).first()
        where = Where(working._meta.model_name or "" if working else part.kind, part.id)
        with journals.opened(at) as journal:
            found = impact(part)
            words = _agreed(found, where, change_class=change_class, notes=notes, seen=seen)
            amended: list[Edition] = []
            # In the order of the items' ids, as a withdrawal goes, so that no two writers wait for each other.
            for item in sorted({drift.item for drift in found.drifts}):
                own = [drift for drift in found.drifts if drift.item == item]
                new = amend(
                    journal,
                    item,
                    {drift.language: replacements(own, drift.language) for drift in own},
                    notes={language: ChangeNote(class_=change_class, note=note) for language, note in words.items()},
                    cause=Cause(event="drift", kind=part.kind, id=part.id),
                    review=partial(amended_review, by=by, at=at),
                )
                settle_languages(journal, item, touched=new, by=by)
                amended += new.values()
        languages = sorted({edition.language for edition in amended})
        audit.record("amended", by=by, at=at, kind=part.kind, about=part.id, detail=" ".join(languages))
    return amended


def _agreed(
    found: Impact,
    where: Where,
    *,
    change_class: ChangeClass,
    notes: Mapping[Language, str],
    seen: Collection[str],
) -> Mapping[Language, str]:
    """Return the notes in canonical form; raise RefusedError with everything that keeps the part from going out."""
    if not found.drifts:
        raise RefusedError([press_problem("nothing-drifted", "", where)])
    words, problems = for_readers(notes, found.languages, where, missing="note-missing")
    if change_class not in CLASSES:
        problems.insert(0, press_problem("class-missing", "", where))
    if any(text.seen not in seen for text in found.differing):
        problems.append(press_problem("part-changed-meanwhile", "", where))
    problems += found.problems
    if change_class not in AT_ONCE:
        problems += awaiting_confirmation(found.drifts)
    if problems:
        raise RefusedError(problems)
    return words


def _carried(part: Part, rows: Mapping[int, Standing], working: models.Model | None) -> dict[int, Carried]:
    """The live texts by their editions. Of an edition only the part is kept: there may be thousands."""
    found: dict[int, Carried] = {}
    for edition in Edition.objects.filter(pk__in=list(rows)).iterator(chunk_size=100):
        if before := frozen_parts(edition.document).get(part):
            drift = _drift(rows[edition.pk], part, before, working)
            breaks = _breaks(edition.document, drift) if drift else []
            found[edition.pk] = Carried(rows[edition.pk], before, drift, tuple(breaks))
    return found


def _breaks(text: Document, drift: Drift) -> list[DeskProblem]:
    return newly_broken(text, replaced(text, replacements([drift], drift.language)), drift.language)


def _drift(row: Standing, part: Part, before: SharedPart, working: models.Model | None) -> Drift | None:
    language: Language = row.language  # type: ignore[assignment]
    pair = moved({part: before}, {part: working}, language).get(part) if working else None
    return Drift(str(row.item), language, part, working, *pair) if working and pair else None


def _moved_inside(texts: Collection[Carried]) -> list[Part]:
    """The parts within the part that the desk holds otherwise than one of these texts."""
    held = {
        (part_of(one), text.language, digest(one)): one
        for text in texts
        for one in shared_parts(text.before)
        if part_of(one) != part_of(text.before)
    }
    working = working_parts({part for part, _, _ in held})
    differing = {part for (part, language, _), one in held.items() if moved({part: one}, working, language)}
    return sorted(differing, key=lambda part: (part.kind, part.id))
