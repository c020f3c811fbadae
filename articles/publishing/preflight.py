"""What publishing would do, and everything that keeps it from being done, before anything is touched."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import models

from articles.canonical.languages import Language, other_language
from articles.content.desk_object import DeskObject
from articles.content.problems import DeskProblem, Where
from articles.editions.document import Document
from articles.editions.envelope import Credits, Review, TranslationOf
from articles.editions.shelf import Edition, Standing
from articles.editions.store import standing_of
from articles.editorial.signoffs import SignOff
from articles.publishing.checklist import Entry, Said, blocking, checklist, is_checked, look, unanswered
from articles.publishing.compose import Composition
from articles.publishing.credits import credits_of
from articles.publishing.desks import Text, Texts, desk
from articles.publishing.dossiers import Dossier, dossier
from articles.publishing.problems import press_problem
from articles.publishing.reviewing import review_of


@dataclass(frozen=True)
class Proof:
    """One language of an item as it would be published, beside what is live.

    `review` is the review record that medical reviewers' signatures on these very words give, None without any;
    `original` is the original's document where this is the translation, `credits` whom readers are to see. `checklist`
    is all that was looked at in the text; what of it is in the way is among the `problems`.
    """

    language: Language
    composition: Composition
    standing: Standing | None
    problems: list[DeskProblem]
    translation_of: TranslationOf | None
    unconfirmed: list[str]
    review: Review | None
    original: Document | None
    credits: Credits | None
    checklist: list[Entry] = field(default_factory=list)

    @property
    def live_edition(self) -> Edition | None:
        """The edition that readers see now."""
        return self.standing.edition if self.standing and self.standing.is_live else None

    @property
    def live_document(self) -> Document | None:
        return self.live_edition.document if self.live_edition else None

    @property
    def is_first(self) -> bool:
        """Whether the item was never published in this language."""
        return self.standing is None

    @property
    def is_unchanged(self) -> bool:
        """Whether readers would see the very words that they see now."""
        return self.live_edition is not None and self.live_edition.content_digest == self.composition.content_digest

    @property
    def is_newly_confirmed(self) -> bool:
        """Whether the words are those that readers see, and only what was confirmed since is not on the shelf yet."""
        live = self.live_edition
        return live is not None and self.is_unchanged and live.envelope.translation_of != self.translation_of

    @property
    def is_newly_reviewed(self) -> bool:
        """Whether signatures say another thing of these very words than readers are told."""
        live = self.live_edition
        if live is None or not self.is_unchanged:
            return False
        return live.envelope.review != self.review if self.review else live.envelope.review.state == "reviewed"

    @property
    def is_newly_credited(self) -> bool:
        """Whether others are named as having written or translated these very words than readers see named."""
        live = self.live_edition
        return live is not None and self.is_unchanged and live.envelope.credits != self.credits


@dataclass(frozen=True)
class Preflight:
    """The proofs, and what they were made from: both languages as the desk holds them, and all that is known beside."""

    proofs: Mapping[Language, Proof]
    compositions: Mapping[Language, Composition]
    known: Dossier


def preflight(
    kind: str,
    working: models.Model,
    languages: Iterable[Language],
    *,
    confirming: Iterable[str] = (),
    at: datetime | None = None,
    asking: bool = True,
) -> Mapping[Language, Proof]:
    """Return a proof for each language. `confirming` are parts of the translation that the publisher vouches for.

    `at` is the moment of publishing, for what may not go out at every moment. Without `asking`, as where readers are in
    danger, warnings and questions of the checklist hold nothing back.
    """
    return whole_preflight(kind, working, languages, confirming=confirming, at=at, asking=asking).proofs


def whole_preflight(
    kind: str,
    working: models.Model,
    languages: Iterable[Language],
    *,
    confirming: Iterable[str] = (),
    at: datetime | None = None,
    asking: bool = True,
) -> Preflight:
    """Return the same with what the proofs were made from, for who goes on with them."""
    original = desk(kind).original_language(working)
    compositions = desk(kind).compositions(working)
    confirming = set(confirming)
    languages = list(languages)
    known = dossier(kind, working.pk, {one.document.slug for one in compositions.values() if one.document.slug})
    standings = {language: known.standings.get(language) for language in compositions}
    texts = _texts(compositions, standings, languages)
    proofs = {
        language: _proof(kind, working, language, original, compositions, known, texts, confirming)
        for language in languages
    }
    together = desk(kind).released(working, {language: compositions[language] for language in languages}, at)
    _check(kind, working, proofs, (known.waivers, known.answers), at or datetime.now(UTC), asking=asking)
    for language, proof in proofs.items():
        proof.problems.extend(problem for problem in together if problem.language == language)
        other = other_language(language)
        if other not in proofs and _in_one_role(standings[other], proof.translation_of):
            proof.problems.append(press_problem("original-switched", language, Where(kind, str(working.pk))))
    return Preflight(proofs, compositions, known)


def _check(
    kind: str, working: models.Model, proofs: Mapping[Language, Proof], said: Said, at: datetime, *, asking: bool
) -> None:
    """Give each proof its checklist, and to its problems what of it is in the way.

    What readers have already is not asked about again: there is nothing to hold back.
    """
    if not (isinstance(working, DeskObject) and is_checked(working)):
        return
    looked = look(working, next(iter(proofs.values())).composition.placed) if proofs else None
    for language, proof in proofs.items():
        complete = proof.composition.problems
        proof.checklist.extend(checklist(working, language, on=at.date(), complete=complete, looked=looked, said=said))
        found = blocking(proof.checklist)
        if asking and not proof.is_unchanged:
            found += unanswered(proof.checklist, kind)
        proof.problems.extend(problem for problem in found if problem not in proof.problems)


def both_original(item: str, language: Language, translation_of: TranslationOf | None) -> bool:
    """Return whether a text in `language` would stand beside a live one in the same role.

    Two originals, or two translations of each other, could not say which of them is behind.
    """
    return _in_one_role(standing_of(item, other_language(language)), translation_of)


def _in_one_role(other: Standing | None, translation_of: TranslationOf | None) -> bool:
    live = other.edition if other and other.is_live else None
    return live is not None and (live.envelope.translation_of is None) == (translation_of is None)


def review_among(
    kind: str,
    working: models.Model,
    language: Language,
    texts: Texts,
    document: Document,
    signatures: Sequence[SignOff] | None = None,
) -> Review | None:
    """Return the review record of a document among the texts that will stand; None where no signatures suffice.

    `signatures` are all that stand on texts of the item, where they are at hand already.
    """
    if signed := desk(kind).review:
        return signed(working, language, texts)
    return review_of(working.pk, language, document, texts[language].live, signatures)


def _texts(
    compositions: Mapping[Language, Composition],
    standings: Mapping[Language, Standing | None],
    going: Collection[Language],
) -> Texts:
    """What each language will say: what goes out now, else what is live, else what the desk holds."""
    texts: dict[Language, Text] = {}
    for language, standing in standings.items():
        live = standing.edition if standing and standing.is_live else None
        stays = live is not None and language not in going
        digest = live.content_digest if live and stays else compositions[language].content_digest
        texts[language] = Text(digest, live)
    return texts


def _proof(
    kind: str,
    working: models.Model,
    language: Language,
    original: Language,
    compositions: Mapping[Language, Composition],
    known: Dossier,
    texts: Texts,
    confirming: set[str],
) -> Proof:
    item: UUID = working.pk
    composition = compositions[language]
    where = Where(kind, str(item), "slug", language)
    problems = list(composition.problems)
    slug = composition.document.slug
    if slug in known.taken:
        problems.append(press_problem("slug-taken", language, where, slug=slug))
    translation_of, unconfirmed = None, []
    if language != original:
        source = compositions[original].document.parts()
        own = composition.document.parts()
        agreed = known.confirmed_in(language) | {part: source[part] for part in confirming & source.keys() & own.keys()}
        kept = {part: agreed[part] for part in own if part in agreed and part in source}
        translation_of = TranslationOf(language=original, parts=kept)
        unconfirmed = [part for part in own if part in source and kept.get(part) != source[part]]
    return Proof(
        language,
        composition,
        known.standings.get(language),
        problems,
        translation_of,
        unconfirmed,
        review=review_among(kind, working, language, texts, composition.document, known.signatures),
        original=compositions[original].document if language != original else None,
        credits=credits_of(working, language),
    )
