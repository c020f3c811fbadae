"""How far two languages of an item are in step, computed from what is on the shelf alone."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import msgspec

from articles.canonical.shapes import reader
from articles.editions.envelope import ChangeClass, TranslationOf, worst
from articles.editions.value import Value

PartStateName = Literal["behind", "ahead", "missing"]
StateName = Literal["in_step", "behind", "ahead", "missing"]


class PartState(Value, frozen=True):
    """A part that is not in step; `lacks` is the worst change class it has not followed, empty if none is known."""

    id: str
    state: PartStateName
    lacks: str


class TranslationState(Value, frozen=True):
    """State of one language of an item towards the other. Parts that are in step are not listed."""

    state: StateName
    lacks: str
    parts: list[PartState]


read_translation = reader(TranslationState)


class Wording(Value, frozen=True):
    """The parts of one edition (id to digest) and the class of the change that brought it."""

    parts: dict[str, str]
    change_class: ChangeClass


class Turn(Value, frozen=True):
    """One edition of the translation, as it came out beside the original.

    `agreed` are the wordings of the original that its parts were confirmed against. `before` is how many editions of
    the original were out ahead of it, `out` counts those too that came in the same press. `by_itself` says that
    somebody published it, and that it was not amended with a part that other texts show too. `this_language_only` is
    the publisher's word that what this language has changed so far needs nothing of the other.
    """

    wording: Wording
    agreed: dict[str, str]
    before: int
    out: int
    by_itself: bool = True
    this_language_only: bool = False


# The class of change that nobody may be left without: where one language lacks it, its page warns.
GAP: ChangeClass = "safety"

# What a change for safety in the translation may be in the original: a mere change of words has not followed it.
_ANSWERS: frozenset[ChangeClass] = frozenset({"safety", "advice", "correction"})

IN_STEP = TranslationState(state="in_step", lacks="", parts=[])


def states(
    original: Sequence[Wording],
    translation: Wording,
    confirmed: TranslationOf | None,
    *,
    seen: Mapping[str, int] = MappingProxyType({}),
    turns: Sequence[Turn] = (),
) -> tuple[TranslationState, TranslationState]:
    """Return the state of the original and of the translation, both live.

    `original` are the wordings of the original's editions, oldest first, the live one last. A part that was never
    confirmed counts as behind: nobody has said that it says the same. `seen` tells how many of these wordings were out
    when a part was confirmed against one that was not: what the original said after that, it did not follow. `turns`
    are the translation's editions, oldest first, the live one last: where it went ahead for safety, the original is
    behind.
    """
    live = original[-1]
    agreed: Mapping[str, str] = confirmed.parts if confirmed else {}
    of_original: list[PartState] = []
    of_translation: list[PartState] = []
    turns = _without_own(turns)
    unanswered = _unanswered(original, turns)
    own = [turn.wording for turn in turns] or [translation]
    for part in [*live.parts, *(part for part in translation.parts if part not in live.parts)]:
        if part not in translation.parts:
            lacks = worst(_classes_since_appearance(original, part))
            of_translation.append(PartState(part, "missing", lacks))
            of_original.append(PartState(part, "behind", GAP) if part in unanswered else PartState(part, "ahead", ""))
        elif part not in live.parts:
            of_original.append(PartState(part, "missing", worst(_classes_since_appearance(own, part))))
            of_translation.append(PartState(part, "ahead", ""))
        elif agreed.get(part) != live.parts[part]:
            lacked = _classes_since(original, part, agreed.get(part), seen.get(part, len(original)))
            if lacked is None:
                of_translation.append(PartState(part, "ahead", ""))
                of_original.append(PartState(part, "behind", worst(_classes_since_agreed(own, turns, part))))
            else:
                of_translation.append(PartState(part, "behind", worst(lacked)))
                of_original.append(
                    PartState(part, "behind", GAP) if part in unanswered else PartState(part, "ahead", "")
                )
        elif part in unanswered:
            of_translation.append(PartState(part, "ahead", ""))
            of_original.append(PartState(part, "behind", GAP))
    return _summary(of_original), _summary(of_translation)


def _classes_since(original: Sequence[Wording], part: str, agreed: str | None, seen: int) -> list[ChangeClass] | None:
    """Classes of the original's changes to a part after the agreed wording; None if that wording is yet to come."""
    if agreed is None or seen == 0:
        return _classes_since_appearance(original, part)
    same = [number for number, wording in enumerate(original) if wording.parts.get(part) == agreed]
    return _classes_of_changes(original, part, same[-1] if same else seen - 1) or None


def _classes_since_appearance(original: Sequence[Wording], part: str) -> list[ChangeClass]:
    first = len(original) - 1
    while first > 0 and part in original[first - 1].parts:
        first -= 1
    return [original[first].change_class, *_classes_of_changes(original, part, first)]


def _classes_of_changes(original: Sequence[Wording], part: str, start: int) -> list[ChangeClass]:
    return [
        later.change_class
        for earlier, later in zip(original[start:], original[start + 1 :], strict=False)
        if earlier.parts.get(part) != later.parts.get(part)
    ]


def _without_own(turns: Sequence[Turn]) -> list[Turn]:
    """The turns with everything that was said to concern the translation alone counted as a matter of words."""
    last = max((number for number, turn in enumerate(turns) if turn.this_language_only), default=-1)
    return [
        msgspec.structs.replace(turn, wording=Wording(turn.wording.parts, "wording")) if number <= last else turn
        for number, turn in enumerate(turns)
    ]


def _classes_since_agreed(own: Sequence[Wording], turns: Sequence[Turn], part: str) -> list[ChangeClass]:
    """Classes of the editions in which the translation has gone by a wording that the original has yet to bring."""
    found = [own[-1].change_class]
    for earlier, turn in reversed(list(pairwise(turns))):
        found.append(turn.wording.change_class)
        if earlier.agreed.get(part) != turn.agreed.get(part):
            break
    return found


def _unanswered(original: Sequence[Wording], turns: Sequence[Turn]) -> set[str]:
    """Parts that the translation changed for safety by itself, and that the original has left as they were since."""
    found: dict[str, tuple[int, str | None]] = {}
    for earlier, turn in pairwise(turns):
        came_with = original[turn.before : turn.out]
        is_own = turn.by_itself and turn.before > 0 and not any(one.change_class == GAP for one in came_with)
        if is_own and turn.wording.change_class == GAP:
            was = earlier.wording.parts
            found |= {part: (turn.before, was.get(part)) for part in _gone_ahead(original, earlier, turn)}
    now = turns[-1].wording.parts if turns else {}
    return {
        part
        for part, (before, was) in found.items()
        if now.get(part) != was and not _has_answered(original[before - 1 :], part)
    }


def _has_answered(original: Sequence[Wording], part: str) -> bool:
    return any(
        later.change_class in _ANSWERS and earlier.parts.get(part) != later.parts.get(part)
        for earlier, later in pairwise(original)
    )


def _gone_ahead(original: Sequence[Wording], earlier: Turn, turn: Turn) -> set[str]:
    """Parts in which an edition for safety went its own way; none where it brought what the original had for safety."""
    was, now = earlier.wording.parts, turn.wording.parts
    touched = {part for part in was | now if was.get(part) != now.get(part)}
    held = original[turn.out - 1].parts
    followed = {
        part
        for part in touched
        if part not in held or (part in now and earlier.agreed.get(part) != turn.agreed.get(part))
    }
    brought = [
        _classes_since(original[: turn.out], part, earlier.agreed.get(part), turn.out) for part in followed & now.keys()
    ]
    return set() if any(GAP in (classes or ()) for classes in brought) else touched - followed


def _summary(parts: list[PartState]) -> TranslationState:
    if any(part.state in ("behind", "missing") for part in parts):
        lacked: list[ChangeClass] = [part.lacks for part in parts if part.lacks]  # type: ignore[misc]
        return TranslationState("behind", worst(lacked) if lacked else "", parts)
    return TranslationState("ahead" if parts else "in_step", "", parts)
