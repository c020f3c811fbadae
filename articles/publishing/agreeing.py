"""Which parts of translations a save or a look says to be right: the rules by which confirmations come and go.

Both languages stand side by side in every form, so whoever writes the translation has the original before them: saving
a changed translation says that it says what the original says now. Saving a changed original says nothing of the kind,
whoever does it: the translation was written against the old wording, and stays *behind* until it is changed or
confirmed. Two things leave in step what was in step: a change that both languages got alike, such as another number to
call, and one of which the editor says that it changes no meaning.

A shared object is read in its own form, not in the texts that show it. What its form cannot show, it does not confirm:
a care box whose signs are behind stays so when somebody translates the name of the ambulance.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.canonical_json import digest
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.aggregates import Data, dump, kind_of
from articles.content.blocks import Block, blocks
from articles.content.completeness import is_withdrawn
from articles.content.desk_object import DeskObject
from articles.content.own_words import reworded, words_digest
from articles.content.showing import (
    HEAD,
    PartRef,
    blocks_showing,
    heads_showing,
    objects_within,
    part_of,
    translation_language,
)
from articles.content.texts import Text
from articles.editions.reading import part_texts, text_of
from articles.editions.value import plain
from articles.editorial.confirmations import WORDS, carry, confirm, confirm_all, confirmations
from articles.publishing.compose import document_of
from articles.publishing.compose_blocks import block_document
from articles.publishing.following import followed
from articles.publishing.vouching import own_words_said

# (item, part, language of the translation) to the digest of the original that it was confirmed against.
Agreed = Mapping[tuple[UUID, str, str], str]


@dataclass(frozen=True)
class Side:
    """A part in one language: its value, and what it says."""

    value: Any
    words: str

    @property
    def digest(self) -> str:
        return digest(self.value)


@dataclass(frozen=True)
class PartInBoth:
    """A part of an item in both languages; a side is None where it says nothing. `placed` is the object it shows."""

    ref: PartRef
    into: Language
    original: Side | None
    translation: Side | None
    placed: DeskObject | None


@dataclass(frozen=True)
class Before:
    """An object and the parts that show it, as they were before a save; no data of an object that is new."""

    data: Data | None
    parts: Mapping[PartRef, PartInBoth]
    agreed: Agreed


NOTHING_BEFORE = Before(None, {}, {})


def before(obj: DeskObject) -> Before:
    """Return what `note` compares with: to be asked for within the transaction of a save, ahead of its first change."""
    parts = _parts(obj)
    return Before(dump(obj), parts, _agreed([obj.pk, *(ref.item for ref in parts)]))


def note(
    obj: DeskObject,
    was: Before,
    *,
    this_language_only: bool = False,
    unseen: Collection[tuple[str, Language]] = (),
    by: User,
    at: datetime,
) -> None:
    """Record what a save of the object says about translations, its own and those of texts that show it.

    `this_language_only` is the editor's word that nothing changed but the wording of one language: what was in step
    stays so, what was behind stays behind, and nothing is confirmed anew.

    `unseen` is where somebody else changed the words meanwhile, so that this save was merged with theirs, as (row id,
    language): whoever translated beside the older wording has not said that the translation fits the newer one.
    """
    kind, now = kind_of(obj), dump(obj)
    changed = _beside_what_was_seen(obj, reworded(kind, was.data, now), unseen)
    if this_language_only:
        _carry_words(obj, kind, was, now)
    else:
        for language in {language for _row, language in changed}:
            _confirm_words(obj, language, by=by, at=at)
    known = _Known()
    for ref, part in _parts(obj).items():
        if part.original is None or part.translation is None:
            continue
        old = was.parts.get(ref)
        was_in_step = _was_in_step(old, was.agreed)
        if _is_wordless(part) or (not this_language_only and _says_so(obj, part, old, changed, was_in_step, known)):
            confirm(
                ref.item,
                part.into,
                {ref.part: part.original.digest},
                words={ref.part: part.original.words},
                by=by,
                at=at,
            )
        elif was_in_step and old and old.placed == part.placed and (this_language_only or _went_together(old, part)):
            moved = {ref.part: (old.original.digest, part.original.digest)}  # type: ignore[union-attr]
            carry(ref.item, moved, words={ref.part: part.original.words})


def _beside_what_was_seen(
    obj: DeskObject, changed: set[tuple[str, Language]], unseen: Collection[tuple[str, Language]]
) -> set[tuple[str, Language]]:
    """What was changed by somebody who had the other language before them as it now is.

    A shared object is confirmed as a whole, so there one unseen row is enough to leave all of it unconfirmed.
    """
    if isinstance(obj, Text):
        return {(row, language) for row, language in changed if (row, other_language(language)) not in unseen}
    languages = {other_language(language) for _row, language in unseen}
    return {(row, language) for row, language in changed if language not in languages}


def _is_wordless(part: PartInBoth) -> bool:
    """Whether a part has no words of its own in either language, such as a list of questions under the usual title."""
    return part.placed is None and not any(side.words for side in (part.original, part.translation) if side)


def _says_so(
    obj: DeskObject,
    part: PartInBoth,
    old: PartInBoth | None,
    changed: set[tuple[str, Language]],
    was_in_step: bool,
    known: "_Known",
) -> bool:
    """Whether the save says that the translation of a part is right as it now stands."""
    if part.ref.item == obj.pk:
        own = "" if part.ref.part == HEAD else part.ref.part
        if part.placed is None or own == "":
            return (own, part.into) in changed
        is_placed_anew = old is None or old.placed != part.placed
        return is_placed_anew and known.in_step(part.placed, part.into)
    if part.into not in {language for _row, language in changed}:
        return False
    # The form of an object inside another shows nothing of the other.
    return was_in_step or (part.placed is not None and known.in_step(part.placed, part.into, besides=obj))


class _Known:
    """What is known of shared objects by themselves; each is looked at once, in however many texts it stands."""

    def __init__(self) -> None:
        self._answers: dict[tuple[DeskObject, Language, DeskObject | None], bool] = {}

    def in_step(self, placed: DeskObject, language: Language, *, besides: DeskObject | None = None) -> bool:
        """Whether a placed object was confirmed as it is, and nothing inside it is known to have moved on since."""
        key = (placed, language, besides)
        if key not in self._answers:
            inside = objects_within(placed)
            agreed = _agreed([obj.pk for obj in inside])
            said = {obj: agreed.get((obj.pk, WORDS, language)) for obj in inside if obj != besides}
            self._answers[key] = all(
                words == words_digest(kind_of(obj), dump(obj), other_language(language))
                for obj, words in said.items()
                if words is not None or obj == placed
            )
        return self._answers[key]


def _was_in_step(old: PartInBoth | None, agreed: Agreed) -> bool:
    if old is None or old.original is None or old.translation is None:
        return False
    return agreed.get((*old.ref, old.into)) == old.original.digest


def _went_together(old: PartInBoth, new: PartInBoth) -> bool:
    """Whether every value that differs in the original differs in the translation too, or is the same in both."""
    sides = (old.original, new.original, old.translation, new.translation)
    return followed(*(side.value for side in sides if side))


def _confirm_words(obj: DeskObject, language: Language, *, by: User, at: datetime) -> None:
    """What a shared object says in `language` is what it says in the other: for texts that show it later."""
    if said := own_words_said(obj, language):
        confirm_all(said, language, by=by, at=at)


def _carry_words(obj: DeskObject, kind: str, was: Before, now: Data) -> None:
    if was.data is None:
        return
    for language in LANGUAGES:
        moved = (words_digest(kind, was.data, language), words_digest(kind, now, language))
        if was.agreed.get((obj.pk, WORDS, other_language(language))) == moved[0]:
            carry(obj.pk, {WORDS: moved})


def _agreed(items: Iterable[UUID]) -> Agreed:
    return {(one.item, one.part, one.language): one.source_digest for one in confirmations(set(items))}


def _parts(obj: DeskObject) -> dict[PartRef, PartInBoth]:
    """The parts of the object itself, if it is an item, and those of texts that show it."""
    found = [_head(item) for item in heads_showing(obj)]
    own = blocks(obj) if isinstance(obj, Text) else []
    found += [_block(block, obj) for block in own]
    found += [_block(block, block.parent) for block in blocks_showing(obj)]
    return {part.ref: part for part in found}


def _head(item: DeskObject) -> PartInBoth:
    sides: dict[Language, Side | None] = {}
    for language in LANGUAGES:
        document = document_of(item, [], language, sources=lambda ids: {})
        says = bool(document.title or document.summary)
        sides[language] = Side(document.head(), part_texts(document)[HEAD]) if says else None
    return _in_both(PartRef(item.pk, HEAD), item, sides, None)


def _block(block: Block, text: DeskObject) -> PartInBoth:
    sides: dict[Language, Side | None] = {}
    for language in LANGUAGES:
        says = block.has_words(language) and not is_withdrawn(block)
        frozen = block_document(block, language) if says else None
        sides[language] = Side(plain(frozen), text_of(frozen)) if frozen else None
    return _in_both(part_of(block), text, sides, getattr(block, block.shared) if block.shared else None)


def _in_both(
    ref: PartRef, item: DeskObject, sides: Mapping[Language, Side | None], placed: DeskObject | None
) -> PartInBoth:
    into = translation_language(item)
    if into is None:
        raise TypeError(f"{type(item).__name__} is translated into no language by itself")
    return PartInBoth(ref, into, sides[other_language(into)], sides[into], placed)
