"""The publish page as values: for each language what readers see now, what they would see, and what is in the way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.admin.press import addresses
from articles.admin.press.standing import badge
from articles.admin.press.words import CHANGE_NAMES, LANGUAGE_NAMES, PART_NAMES, Answer, answers
from articles.canonical.languages import Language
from articles.canonical.text import excerpt
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.measures import measure
from articles.content.problems import DeskProblem
from articles.content.terms import Term
from articles.content.topics import Topic
from articles.editions.differences import PartDifference, differences
from articles.editions.document import Document
from articles.editions.envelope import Credits
from articles.editions.reading import part_texts, text_of
from articles.editions.weaving import Run, shortened
from articles.publishing.gate import may_go_unreviewed
from articles.publishing.preflight import Proof
from articles.publishing.states import TextState

# What a document knows by its id alone.
_NAMED: Mapping[str, type[DeskObject]] = {"topics": Topic, "conditions": Term}


@dataclass(frozen=True)
class Typed:
    """What the publisher said about one language, kept through every refusal."""

    ticked: bool
    change_class: str
    note: str
    reason: str
    this_language_only: bool = False


@dataclass(frozen=True)
class Obstacle:
    """A problem with the way to the field that mends it."""

    sentence: str
    url: str


@dataclass(frozen=True)
class ShownDifference:
    name: Promise | str
    change: Promise | str
    runs: list[Run]
    words_differ: bool


@dataclass(frozen=True)
class Pair:
    """A translated part beside its original, to be read and confirmed."""

    part: str
    name: Promise | str
    russian: str
    english: str
    ticked: bool


@dataclass(frozen=True)
class Panel:
    """One language of the page."""

    kind: str
    item: UUID
    proof: Proof
    pairs: list[Pair]
    typed: Typed

    @property
    def language(self) -> Language:
        return self.proof.language

    @property
    def name(self) -> Promise:
        return LANGUAGE_NAMES[self.language]

    @property
    def seen(self) -> str:
        return self.proof.composition.content_digest

    @property
    def state(self) -> SafeString:
        standing = self.proof.standing
        if standing is None:
            return badge(TextState.NEVER)
        if not standing.is_live:
            return badge(TextState.WITHDRAWN)
        is_same = self.proof.is_unchanged and not self.proof.is_newly_credited
        return badge(TextState.LIVE if is_same else TextState.CHANGED)

    @property
    def live_url(self) -> str:
        """The path of the page that readers see now, empty where there is none."""
        standing = self.proof.standing
        return standing.page_path if standing and standing.is_live else ""

    @property
    def asks_class(self) -> bool:
        return not (self.proof.is_first or self.proof.is_unchanged)

    @property
    def answers(self) -> list[Answer]:
        return answers()

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        # What is still to be said stands in the checklist, with the field to say it in.
        asked = [entry.problem for entry in self.proof.checklist if entry.level != "block" or entry.takes_reason]
        return [obstacle(one, self.kind, self.item) for one in self.proof.problems if one not in asked]

    @cached_property
    def differences(self) -> list[ShownDifference]:
        return shown_differences(self.proof.live_document, self.proof.composition.document)

    @property
    def reviewers(self) -> str:
        """Who has signed these very words; empty if nobody has, so that a reason is asked for."""
        return ", ".join(one.name for one in self.proof.review.by) if self.proof.review else ""

    @property
    def needs_approval(self) -> bool:
        """Whether no reviewer's signature stands on these words, and the site lets no decision stand in its place."""
        return self.proof.review is None and not may_go_unreviewed(self.kind)

    @property
    def reviewed_on(self) -> date | None:
        return date.fromisoformat(self.proof.review.on) if self.proof.review else None

    @property
    def next_review_on(self) -> date | None:
        return date.fromisoformat(self.proof.review.next_on) if self.proof.review else None

    @property
    def credits(self) -> list[tuple[Promise, str]]:
        """Who wrote and who translated the text, as readers are to see it; nothing where nobody is named."""
        named = self.proof.credits
        if named is None:
            return []
        return [(name, "; ".join(people)) for name, people in _roles(named) if people]

    @property
    def lacking(self) -> int:
        """How many blocks of the other language readers of this one do not get."""
        return len(self.proof.composition.document.missing)

    @property
    def word_count(self) -> int:
        document = self.proof.composition.document
        texts = [document.title, document.summary, *(text_of(block) for block in document.blocks)]
        return measure("\n".join(texts)).words


def panels(
    kind: str,
    item: UUID,
    proofs: Mapping[Language, Proof],
    *,
    typed: Mapping[Language, Typed] | None = None,
    confirming: Iterable[str] = (),
    under_way: Collection[Language] = (),
) -> list[Panel]:
    """Return a panel per language; without `typed` each starts with what is most likely meant.

    What a reviewer has before them or has returned, the languages in `under_way`, starts unticked and with no reason:
    not to wait for them has to be somebody's own decision.
    """
    both = {language: proof.composition.document for language, proof in proofs.items()}
    return [
        Panel(
            kind,
            item,
            proof,
            _pairs(proof, both, set(confirming)),
            typed[language] if typed else _likely(proof, may_wait=language in under_way),
        )
        for language, proof in proofs.items()
    ]


def obstacle(problem: DeskProblem, kind: str, item: UUID | str) -> Obstacle:
    """Return a problem as the page shows it."""
    return Obstacle(problem.sentence, addresses.place(problem.where, kind, item))


def shown_differences(before: Document | None, after: Document) -> list[ShownDifference]:
    """Return the parts that readers would see differently, as a page shows them."""
    return [_shown(found) for found in differences(before, after)]


def default_reason(language: Language) -> str:
    """Return the reason to publish without a review that is true until the site has a reviewer, in this language."""
    with override(language):
        return _("No medical reviewer works with the site yet.")


def _likely(proof: Proof, *, may_wait: bool = False) -> Typed:
    live = proof.live_edition
    reason = live.envelope.review.reason if live else ""
    # A block that only the other language got is no reason to publish this one anew: the site tells what is missing.
    moved = (
        differences(proof.live_document, proof.composition.document)
        or proof.unconfirmed
        or proof.is_newly_confirmed
        or proof.is_newly_reviewed
        or proof.is_newly_credited
    )
    waits = may_wait and proof.review is None
    return Typed(
        ticked=not proof.problems and bool(moved) and not waits,
        change_class="",
        note="",
        reason="" if waits else reason or default_reason(proof.language),
    )


def _roles(named: Credits) -> list[tuple[Promise, list[str]]]:
    return [(gettext_lazy("Written by"), named.written), (gettext_lazy("Translated by"), named.translated)]


def _pairs(proof: Proof, both: Mapping[Language, Document], confirming: set[str]) -> list[Pair]:
    texts = {language: part_texts(document) for language, document in both.items()}
    kinds = {block.id: block.kind for block in proof.composition.document.blocks}
    return [
        Pair(
            part,
            PART_NAMES.get(kinds.get(part, part), part),
            texts["ru"].get(part, ""),
            texts["en"].get(part, ""),
            part in confirming,
        )
        for part in proof.unconfirmed
    ]


def _shown(found: PartDifference) -> ShownDifference:
    if found.part in _NAMED:
        found = _named(found, _NAMED[found.part])
    runs = shortened(found.runs)
    if found.change in ("removed", "moved") and len(found.before) > 300:
        runs = [Run("removed" if found.change == "removed" else "same", excerpt(found.before, 300))]
    return ShownDifference(
        PART_NAMES.get(found.kind, found.kind),
        CHANGE_NAMES[found.change],
        runs,
        words_differ=found.before != found.after or found.change == "moved",
    )


def _named(found: PartDifference, model: type[DeskObject]) -> PartDifference:
    """The difference with names in the place of ids; what is gone from the desk keeps its id."""
    ids = [*found.before.split(), *found.after.split()]
    names = {str(one.pk): label(one) for one in model._default_manager.filter(pk__in=ids)}
    before, after = (sorted(names.get(id, id) for id in side.split()) for side in (found.before, found.after))
    return replace(found, before="\n".join(before), after="\n".join(after))
