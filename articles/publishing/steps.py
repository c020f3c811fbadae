"""How far two languages of an item are in step at the desk, part by part: what editors are shown while they write.

The shelf has states of its own (`editions/translations.py`), of what readers see. These are of what is in work.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.canonical_json import digest
from articles.canonical.languages import Language, other_language
from articles.content.blocks import Block, blocks
from articles.content.desk_object import DeskObject
from articles.content.showing import HEAD, translation_language
from articles.content.texts import Text
from articles.editions.document import Document
from articles.editions.reading import part_texts
from articles.editions.shelf import Edition
from articles.editions.weaving import Run, words
from articles.editorial.confirmations import Confirmation, confirmations
from articles.publishing.compose import Composition, document_of
from articles.publishing.digests import outlines
from articles.publishing.outline import Outline, outline


class StepState(models.TextChoices):
    """How a translated part stands towards its original."""

    IN_STEP = "in_step", _("in step")
    BEHIND = "behind", _("behind")
    AHEAD = "ahead", _("ahead")
    MISSING = "missing", _("missing")


@dataclass(frozen=True)
class Step:
    """One part in both languages. `original` and `translation` are digests, empty where a language has no words.

    A head that lacks its title or its summary, that the other language has, has no words either: it is not whole.
    """

    part: str
    kind: str
    required: bool
    original: str
    translation: str
    agreed: str

    @property
    def state(self) -> StepState:
        """The state of the translation: behind also where nobody ever said that it says the same."""
        if not self.translation:
            return StepState.MISSING
        if not self.original:
            return StepState.AHEAD
        return StepState.IN_STEP if self.agreed == self.original else StepState.BEHIND

    @property
    def of_original(self) -> StepState:
        """The state of the original: words that only the translation has are missing in it."""
        return StepState.IN_STEP if self.original else StepState.MISSING

    @property
    def seen(self) -> str:
        """Stands for both wordings, so that nobody confirms what was changed after they looked."""
        return digest([self.original, self.translation])


Steps = Mapping[str, Step]


def steps(original: Outline, translation: Outline, agreed: Mapping[str, str]) -> Steps:
    """Return every part that has words in either language by its id, in the order of the original.

    `agreed` is part id to the digest of the original's wording that the translation was last confirmed against.
    """
    parts = [*original, *(part for part in translation if part not in original)]
    return {part: _step(part, original, translation, agreed.get(part, "")) for part in parts}


def counted(found: Steps) -> dict[StepState, int]:
    """Return how many parts are not in step, by their state, worst first; nothing where all are."""
    return worst_first({state: sum(step.state == state for step in found.values()) for state in StepState})


def worst_first(numbers: Mapping[StepState, int]) -> dict[StepState, int]:
    """Return the numbers of what is not in step, worst first, without those that are nought."""
    ordered = (StepState.MISSING, StepState.BEHIND, StepState.AHEAD)
    return {state: numbers[state] for state in ordered if numbers.get(state)}


def steps_of(items: Collection[DeskObject]) -> dict[UUID, Steps]:
    """Return the steps of many items; the same few queries for any number."""
    return steps_between(items, outlines(items))


def steps_between(items: Collection[DeskObject], known: Mapping[tuple[UUID, Language], Outline]) -> dict[UUID, Steps]:
    """Return the steps of many items whose outlines are at hand; one query."""
    into = {item.pk: _into(item) for item in items}
    agreed: dict[UUID, dict[str, str]] = {key: {} for key in into}
    for one in confirmations(into):
        if one.language == into[one.item]:
            agreed[one.item][one.part] = one.source_digest
    return {
        key: steps(known[key, other_language(language)], known[key, language], agreed[key])
        for key, language in into.items()
    }


@dataclass(frozen=True)
class ItemSteps:
    """One item in both languages, with who confirmed what and when; `placed` are the blocks of a text."""

    item: UUID
    language: Language
    original: Document
    translation: Document
    confirmations: Mapping[str, Confirmation]
    placed: Sequence[Block] = ()

    @cached_property
    def steps(self) -> Steps:
        agreed = {part: one.source_digest for part, one in self.confirmations.items()}
        return steps(outline(self.original), outline(self.translation), agreed)

    @property
    def behind(self) -> list[Step]:
        return [step for step in self.steps.values() if step.state == StepState.BEHIND]

    @property
    def seen(self) -> str:
        """Stands for both wordings of every part."""
        return digest([[step.part, step.seen] for step in self.steps.values()])

    def moved(self, part: str) -> list[Run]:
        """Return the original as it was when the part was confirmed woven together with what it says now.

        Empty where the part is in step, was never confirmed, or the wording of then is not known any more.
        """
        step, agreed = self.steps.get(part), self.confirmations.get(part)
        if step is None or agreed is None or step.state != StepState.BEHIND:
            return []
        was = agreed.source_words or self._published_words.get((part, agreed.source_digest), "")
        return words(was, self._words[part]) if was else []

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return part_texts(self.original)

    @cached_property
    def _published_words(self) -> Mapping[tuple[str, str], str]:
        """What readers of the original saw: the wording of confirmations that came from a file or an amendment.

        Only wordings that are asked for are looked for, newest edition first; no edition is read where none is.
        """
        made = [(step.part, self.confirmations.get(step.part)) for step in self.behind]
        wanted = {(part, one.source_digest) for part, one in made if one and not one.source_words}
        found: dict[tuple[str, str], str] = {}
        source = other_language(self.language)
        editions = Edition.objects.filter(item=self.item, language=source).order_by("-number") if wanted else ()
        for edition in editions:
            if wanted <= found.keys():
                break
            if edition.is_erased:
                continue
            digests, texts = edition.parts(), part_texts(edition.document)
            found |= {(part, digests[part]): text for part, text in texts.items() if (part, digests[part]) in wanted}
        return found


def item_steps(item: DeskObject, known: Mapping[Language, Composition] | None = None) -> ItemSteps:
    """Return how the languages of an item stand; a fixed number of queries. `known` is the item in both, if at hand."""
    language = _into(item)
    if known is None:
        placed: Sequence[Block] = blocks(item) if isinstance(item, Text) else []
        # The list of sources belongs to no part.
        original, translation = (
            document_of(item, placed, code, sources=lambda ids: {}) for code in (other_language(language), language)
        )
    else:
        placed = known[language].placed
        original, translation = known[other_language(language)].document, known[language].document
    made = {one.part: one for one in confirmations([item.pk]) if one.language == language}
    return ItemSteps(item.pk, language, original, translation, made, placed)


def _step(part: str, original: Outline, translation: Outline, agreed: str) -> Step:
    sides = [side[part] for side in (original, translation) if part in side]
    is_whole = any(one.is_whole for one in sides)
    there, here = (
        side[part].digest if part in side and side[part].is_whole == is_whole else ""
        for side in (original, translation)
    )
    return Step(part, sides[0].kind, part == HEAD or any(one.required for one in sides), there, here, agreed)


def _into(item: DeskObject) -> Language:
    language = translation_language(item)
    if language is None:
        raise TypeError(f"{type(item).__name__} is translated into no language by itself")
    return language
