"""How far two languages of an item are in step, computed from what is on the shelf alone."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

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


class Wording(Value, frozen=True):
    """The parts of one edition (id to digest) and the class of the change that brought it."""

    parts: dict[str, str]
    change_class: ChangeClass


IN_STEP = TranslationState(state="in_step", lacks="", parts=[])


def states(
    original: Sequence[Wording],
    translation: Wording,
    confirmed: TranslationOf | None,
    *,
    seen: Mapping[str, int] = MappingProxyType({}),
) -> tuple[TranslationState, TranslationState]:
    """Return the state of the original and of the translation, both live.

    `original` are the wordings of the original's editions, oldest first, the live one last. A part that was never
    confirmed counts as behind: nobody has said that it says the same. `seen` tells how many of these wordings were out
    when a part was confirmed against one that was not: what the original said after that, it did not follow.
    """
    live = original[-1]
    agreed: Mapping[str, str] = confirmed.parts if confirmed else {}
    of_original: list[PartState] = []
    of_translation: list[PartState] = []
    for part in [*live.parts, *(part for part in translation.parts if part not in live.parts)]:
        if part not in translation.parts:
            lacks = worst(_classes_since_appearance(original, part))
            of_translation.append(PartState(part, "missing", lacks))
            of_original.append(PartState(part, "ahead", ""))
        elif part not in live.parts:
            of_original.append(PartState(part, "missing", translation.change_class))
            of_translation.append(PartState(part, "ahead", ""))
        elif agreed.get(part) != live.parts[part]:
            lacked = _classes_since(original, part, agreed.get(part), seen.get(part, len(original)))
            if lacked is None:
                of_translation.append(PartState(part, "ahead", ""))
                of_original.append(PartState(part, "behind", translation.change_class))
            else:
                of_translation.append(PartState(part, "behind", worst(lacked)))
                of_original.append(PartState(part, "ahead", ""))
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


def _summary(parts: list[PartState]) -> TranslationState:
    if any(part.state in ("behind", "missing") for part in parts):
        lacked: list[ChangeClass] = [part.lacks for part in parts if part.lacks]  # type: ignore[misc]
        return TranslationState("behind", worst(lacked) if lacked else "", parts)
    return TranslationState("ahead" if parts else "in_step", "", parts)
