"""Drift: shared parts that were changed at the desk after they were frozen into live texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language
from articles.content.part_completeness import part_problems, sources_of
from articles.content.problems import DeskProblem, Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.document import Document
from articles.editions.envelope import Cause, ChangeClass, ChangeNote
from articles.editions.parts import SharedPart
from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.editions.value import digest
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing.amend import amend
from articles.publishing.amended_reviews import AT_ONCE, amended_review, unconfirmed
from articles.publishing.for_readers import for_readers
from articles.publishing.holders import newly_broken
from articles.publishing.parts import SHARED, source_part
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.replacing import Replacements, keeping, part_of, replaced
from articles.publishing.safety_gaps import settle_languages

# What a shared part that goes out by itself may be for readers; the other classes belong to whole texts.
CLASSES: frozenset[ChangeClass] = frozenset({"safety", "advice", "correction", "update", "wording"})


@dataclass(frozen=True)
class Drift:
    """A part of a live text that differs from the desk. `before` is what readers see, `now` what the desk holds."""

    item: str
    language: Language
    part: Part
    working: models.Model
    before: SharedPart
    now: SharedPart

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Return what differs: field to what readers see and what the desk holds."""
        was, new = msgspec.to_builtins(self.before), msgspec.to_builtins(self.now)
        return {name: (was[name], new[name]) for name in new if was[name] != new[name]}


def drifted(item: UUID | str) -> list[Drift]:
    """Return every part of the item's live texts that differs from the desk, Russian first."""
    live = Standing.objects.select_related("edition").filter(item=item, state=Standing.State.LIVE).order_by("-language")
    frozen_in = {standing: frozen_parts(standing.edition.document) for standing in live}
    working = working_parts({part for frozen in frozen_in.values() for part in frozen})
    return [
        Drift(str(item), standing.language, part, working[part], before, now)  # type: ignore[arg-type]
        for standing, frozen in frozen_in.items()
        for part, (before, now) in moved(frozen, working, standing.language).items()  # type: ignore[arg-type]
    ]


def moved(
    frozen: Mapping[Part, SharedPart], working: Mapping[Part, models.Model], language: Language
) -> dict[Part, tuple[SharedPart, SharedPart]]:
    """Return the frozen parts that the desk holds otherwise: what readers see, and what the desk holds.

    What was withdrawn, or is gone from the desk, has no other form there.
    """
    found: dict[Part, tuple[SharedPart, SharedPart]] = {}
    for part, before in frozen.items():
        obj = working.get(part)
        if obj is None or getattr(obj, "withdrawn_at", None):
            continue
        now = _now(part, before, obj, language)
        if now != before:
            found[part] = (before, now)
    return found


def republish_changed(
    item: UUID | str,
    parts: Collection[Part],
    *,
    change_class: ChangeClass,
    notes: Mapping[Language, str],
    seen: Collection[str] | None = None,
    by: User,
    at: datetime,
) -> dict[Language, Edition]:
    """Carry the named parts from the desk into the item's live texts; its draft is not read at all.

    `seen` are the marks of what the sender looked at (`mark`), where somebody looked. Returns the amended editions.
    Raises NotAllowedError or RefusedError; then nothing has changed.
    """
    require(by, "publish")
    with transaction.atomic(), journals.opened(at) as journal:
        chosen = [drift for drift in drifted(item) if drift.part in parts]
        where = Where("article", str(item))
        if not chosen:
            raise RefusedError([press_problem("nothing-drifted", "", where)])
        languages = list(dict.fromkeys(drift.language for drift in chosen))
        words, problems = for_readers(notes, languages, where, missing="note-missing")
        if change_class not in CLASSES:
            problems.insert(0, press_problem("class-missing", "", where))
        # Behind the journal's lock: a part may have been saved since the page that sends it was asked for.
        if seen is not None and any(mark(drift) not in seen for drift in chosen):
            problems.append(press_problem("part-changed-meanwhile", "", where))
        problems += [problem for drift in chosen for problem in unfit(drift)]
        problems += [problem for language in languages for problem in _breaks(item, chosen, language)]
        if change_class not in AT_ONCE:
            problems += awaiting_confirmation(chosen)
        if problems:
            raise RefusedError(list(dict.fromkeys(problems)))
        amended = amend(
            journal,
            str(item),
            {language: replacements(chosen, language) for language in languages},
            notes={language: ChangeNote(class_=change_class, note=words[language]) for language in languages},
            cause=Cause(event="drift", kind=chosen[0].part.kind, id=chosen[0].part.id),
            review=partial(amended_review, by=by, at=at),
        )
        settle_languages(journal, item, touched=amended, by=by)
        kind = next(iter(amended.values())).kind
        audit.record("amended", by=by, at=at, kind=kind, about=item, detail=" ".join(amended))
    return amended


def mark(drift: Drift) -> str:
    """Return what stands for a part as the desk holds it, in a language, on a page that somebody looks at."""
    return f"{drift.part.kind}:{drift.part.id}:{drift.language}:{digest(drift.now)}"


def unfit(drift: Drift) -> list[DeskProblem]:
    """Return what keeps the part from going out as the desk holds it: publishing would refuse the same."""
    return part_problems(drift.working, drift.language, shown=set(drift.before.sources()))


def awaiting_confirmation(drifts: Collection[Drift]) -> list[DeskProblem]:
    """Return the parts that would go out into reviewed texts before a reviewer has confirmed what changed in them."""
    found: list[DeskProblem] = []
    for item, language in dict.fromkeys((drift.item, drift.language) for drift in drifts):
        own = [drift for drift in drifts if (drift.item, drift.language) == (item, language)]
        new = replacements(own, language)
        found += unconfirmed(item, language, new, {drift.part: drift.working for drift in own})
    return list(dict.fromkeys(found))


def differs(part: Part, before: SharedPart, working: models.Model, language: Language) -> bool:
    """Return whether the desk holds a part otherwise than a live text shows it."""
    return _now(part, before, working, language) != before


def frozen_parts(text: Document) -> dict[Part, SharedPart]:
    """Return every shared part that a text carries, as it stands in it."""
    return {part_of(part): part for part in text.shared_parts()}


def working_parts(parts: Iterable[Part]) -> dict[Part, models.Model]:
    """Return the parts that the desk has, with all that freezing them reads; the same few queries for any number."""
    parts = list(parts)
    found: dict[Part, models.Model] = {}
    for kind, shared in SHARED.items():
        if ids := [UUID(part.id) for part in parts if part.kind == kind]:
            rows = shared.model._default_manager.filter(pk__in=ids).prefetch_related(*shared.reads)
            found |= {Part(kind, str(obj.pk)): obj for obj in rows}
    return found


def replacements(drifts: Collection[Drift], language: Language) -> Replacements:
    """Return what carries these parts, as the desk holds them, into a text of a language."""
    mine = [drift for drift in drifts if drift.language == language]
    added = [source_part(source, language) for drift in mine for source, _ in sources_of(drift.working)]
    return Replacements(
        parts={drift.part: drift.now for drift in mine}, added_sources={source.id: source for source in added}
    )


def _breaks(item: UUID | str, chosen: Collection[Drift], language: Language) -> list[DeskProblem]:
    """What the chosen parts together would break of what holds them in the live text of a language."""
    standing = store.standing_of(str(item), language)
    if standing is None:
        return []
    text = standing.edition.document
    return newly_broken(text, replaced(text, replacements(chosen, language)), language)


def _now(part: Part, before: SharedPart, working: models.Model, language: Language) -> SharedPart:
    """The part as the desk holds it; parts inside it that are still the same keep what readers see of them."""
    return keeping(SHARED[part.kind].freeze(working, language), before)
