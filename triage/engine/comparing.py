"""What changed between two versions of a protocol, as values.

What decides comes first, and of that what may make somebody wait longer; then sources, then the words of each language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.protocol import SELF_CARE, FirstAid, Level, Option, Protocol, Question, Rule

Part = Literal["protocol", "question", "option", "rule", "level", "first_aid"]

# Whoever reads a list of changes may stop early, so this is its order. `milder`: somebody may now be told to wait
# longer than before, or be told less of what to do at once. `other` leaves open which way it works.
Effect = Literal["milder", "other", "graver", "sources", "wording"]
EFFECTS: tuple[Effect, ...] = ("milder", "other", "graver", "sources", "wording")

Code = Literal[
    "added", "removed", "reordered", "rank-lowered", "rank-raised", "one-answer-only", "several-answers",
    "stands-alone", "stands-beside", "answers", "sources", "words", "version", "last-day", "language-added",
    "language-removed",
]  # fmt: skip

Held = str | int | tuple[str, ...] | None

_Kept = TypeVar("_Kept", Question, Option, Rule, Level)


@dataclass(frozen=True)
class Difference:
    """One change. `id` is that of the part: `danger`, `danger.none`, `K01`, `emergency`, `emergency[0]` for a case of
    first aid, empty for the protocol as a whole.

    `before` and `after` are what changed: a rank, answers as `question.option`, ids in their order, ids of sources, a
    text, a day (ISO). `inside` says what was reordered, or which text changed: the name of its field. `rank` is that of
    a rule that came or went. `language` is None for what both languages share. `texts` is what the part says in each
    language, now or before it was removed.
    """

    code: Code
    effect: Effect
    part: Part
    id: str = ""
    before: Held = None
    after: Held = None
    inside: str = ""
    rank: int | None = None
    language: Language | None = None
    texts: tuple[tuple[Language, str], ...] = ()

    @property
    def is_logic(self) -> bool:
        """Whether it changes what is asked or decided, or until when, and not only what is said or cited."""
        return self.effect not in ("sources", "wording")

    def text(self, language: Language) -> str:
        """Return what the part says in a language, empty if that is not known."""
        return dict(self.texts).get(language, "")


def compare(before: Mapping[Language, Protocol], after: Mapping[Language, Protocol]) -> list[Difference]:
    """Return every change from one version to another, what lowers urgency first.

    Each version is given in one language or both; ids must be sound (`faults`). Raises ValueError where the versions
    have no language in common.
    """
    shared = [language for language in LANGUAGES if language in before and language in after]
    if not shared:
        raise ValueError("the two versions have no language in common")
    # What both languages share is found in each and said once.
    found = dict.fromkeys(
        one for language in shared for one in _of_protocol(before[language], after[language], language)
    )
    come_or_gone: list[Difference] = [
        Difference(
            "language-added" if language in after else "language-removed", "other", "protocol", language=language
        )
        for language in LANGUAGES
        if (language in before) != (language in after)
    ]
    texts = [({language: _texts(one) for language, one in version.items()}) for version in (before, after)]
    named = [replace(one, texts=_texts_of(one, *texts)) for one in [*come_or_gone, *found]]
    return sorted(named, key=lambda one: EFFECTS.index(one.effect))


def _of_protocol(before: Protocol, after: Protocol, language: Language) -> Iterator[Difference]:
    if before.version != after.version:
        yield Difference("version", "other", "protocol", "", before.version, after.version)
    if before.expires_on != after.expires_on:
        yield Difference("last-day", "other", "protocol", "", before.expires_on, after.expires_on)
    yield from _words("protocol", "", before, after, ("danger",), language)
    yield from _order("protocol", "", "questions", before.questions, after.questions)
    for question, new_question in _pairs(before.questions, after.questions):
        yield from _of_question(question, new_question, language)
    yield from _order("protocol", "", "rules", before.rules, after.rules)
    for rule, new_rule in _pairs(before.rules, after.rules):
        yield from _of_rule(rule, new_rule, language)
    yield from _order("protocol", "", "levels", before.levels, after.levels)
    for level, new_level in _pairs(before.levels, after.levels):
        yield from _of_level(level, new_level, language)


# More questions, rules, levels and first aid can only raise a result or say more; fewer only the other way.


def _of_question(before: Question | None, after: Question | None, language: Language) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not None:
            yield Difference("removed", "milder", "question", before.id, before=_ids(before.options))
        if after is not None:
            yield Difference("added", "graver", "question", after.id, after=_ids(after.options))
        return
    if before.kind != after.kind and after.kind == "single":
        # Where one answer must be chosen, a second symptom goes untold.
        yield Difference("one-answer-only", "milder", "question", after.id)
    elif before.kind != after.kind:
        yield Difference("several-answers", "graver", "question", after.id)
    yield from _words("question", after.id, before, after, ("text", "exclusive_because"), language)
    yield from _order("question", after.id, "options", before.options, after.options)
    for option, new_option in _pairs(before.options, after.options):
        yield from _of_option(after.id, option, new_option, language)


def _of_option(question: str, before: Option | None, after: Option | None, language: Language) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not None:
            # Without "none of these" people choose something graver; any other answer is a sign that goes untold.
            effect: Effect = "graver" if before.exclusive and before.rank == SELF_CARE else "milder"
            yield Difference("removed", effect, "option", f"{question}.{before.id}", before=before.rank)
        if after is not None:
            # People who had only graver answers to choose from may choose a new harmless one.
            effect = "milder" if after.rank == SELF_CARE or after.exclusive else "graver"
            yield Difference("added", effect, "option", f"{question}.{after.id}", after=after.rank)
        return
    id = f"{question}.{after.id}"
    yield from _rank("option", id, before.rank, after.rank)
    if after.exclusive and not before.exclusive:
        yield Difference("stands-alone", "milder", "option", id)
    elif before.exclusive and not after.exclusive:
        yield Difference("stands-beside", "graver", "option", id)
    yield from _sources("option", id, before.references, after.references)
    yield from _words("option", id, before, after, ("text",), language)


def _of_rule(before: Rule | None, after: Rule | None, language: Language) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not None:
            yield Difference("removed", "milder", "rule", before.id, before=tuple(before.when), rank=before.rank)
        if after is not None:
            yield Difference("added", "graver", "rule", after.id, after=tuple(after.when), rank=after.rank)
        return
    yield from _rank("rule", after.id, before.rank, after.rank)
    # Fewer conditions are met by more people. Any other change leaves out somebody who met the old ones.
    wider = set(after.when) < set(before.when)
    yield from _answers("rule", after.id, before.when, after.when, wider)
    yield from _sources("rule", after.id, before.references, after.references)
    yield from _words("rule", after.id, before, after, ("text",), language)


def _of_level(before: Level | None, after: Level | None, language: Language) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not None:
            yield Difference("removed", "milder", "level", before.id)
        if after is not None:
            yield Difference("added", "graver", "level", after.id)
        return
    yield from _sources("level", after.id, before.references, after.references)
    yield from _words("level", after.id, before, after, ("title", "text"), language)
    pairs = _first_aid_pairs(before.first_aid, after.first_aid)
    stayed = [new for old, new in pairs if old is not None and new is not None]
    if stayed != sorted(stayed):
        yield Difference("reordered", "other", "level", after.id, inside="first_aid")
    for old, new in pairs:
        yield from _of_first_aid(
            after.id,
            None if old is None else (old, before.first_aid[old]),
            None if new is None else (new, after.first_aid[new]),
            language,
        )


def _of_first_aid(
    level: str, before: tuple[int, FirstAid] | None, after: tuple[int, FirstAid] | None, language: Language
) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not None:
            yield Difference("removed", "milder", "first_aid", f"{level}[{before[0]}]", before=tuple(before[1].when))
        if after is not None:
            yield Difference("added", "graver", "first_aid", f"{level}[{after[0]}]", after=tuple(after[1].when))
        return
    id, old, new = f"{level}[{after[0]}]", before[1], after[1]
    wider = set(old.when) < set(new.when)
    yield from _answers("first_aid", id, old.when, new.when, wider)
    yield from _sources("first_aid", id, old.references, new.references)
    yield from _words("first_aid", id, old, new, ("text",), language)


def _first_aid_pairs(before: list[FirstAid], after: list[FirstAid]) -> list[tuple[int | None, int | None]]:
    """Which case of before is which of now, by number: first aid has no id, so it is known by its answers.

    First those with the very same answers, then those that share one, each with the first that is left.
    """
    taken: dict[int, int] = {}
    for exactly in (True, False):
        for old, one in enumerate(before):
            for new, other in enumerate(after):
                alike = set(one.when) == set(other.when) if exactly else set(one.when) & set(other.when)
                if alike and old not in taken and new not in taken.values():
                    taken[old] = new
    pairs: list[tuple[int | None, int | None]] = [(old, taken.get(old)) for old in range(len(before))]
    return pairs + [(None, new) for new in range(len(after)) if new not in taken.values()]


def _pairs(before: Iterable[_Kept], after: Iterable[_Kept]) -> list[tuple[_Kept | None, _Kept | None]]:
    """Everything that is there now with what it was, in the order of now; then what was removed."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    now: list[tuple[_Kept | None, _Kept | None]] = [(old.get(id), one) for id, one in new.items()]
    return now + [(one, None) for id, one in old.items() if id not in new]


def _ids(held: Iterable[_Kept]) -> tuple[str, ...]:
    return tuple(one.id for one in held)


def _order(part: Part, id: str, inside: str, before: Iterable[_Kept], after: Iterable[_Kept]) -> Iterator[Difference]:
    """What came or went moves nothing by itself: only the order of what stayed is looked at."""
    old, new = _ids(before), _ids(after)
    was, now = tuple(one for one in old if one in new), tuple(one for one in new if one in old)
    if was != now:
        yield Difference("reordered", "other", part, id, was, now, inside)


def _rank(part: Part, id: str, before: int, after: int) -> Iterator[Difference]:
    if after < before:
        yield Difference("rank-lowered", "milder", part, id, before, after)
    elif after > before:
        yield Difference("rank-raised", "graver", part, id, before, after)


def _answers(part: Part, id: str, before: list[str], after: list[str], wider: bool) -> Iterator[Difference]:
    """The answers of a rule or of first aid; `wider` when everybody whom they concerned is still among them."""
    if sorted(before) != sorted(after):
        yield Difference("answers", "graver" if wider else "milder", part, id, tuple(before), tuple(after))


def _sources(part: Part, id: str, before: list[str], after: list[str]) -> Iterator[Difference]:
    if before != after:
        yield Difference("sources", "sources", part, id, tuple(before), tuple(after))


def _words(
    part: Part, id: str, before: object, after: object, fields: tuple[str, ...], language: Language
) -> Iterator[Difference]:
    for field in fields:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Difference("words", "wording", part, id, was, now, field, language=language)


def _texts(protocol: Protocol) -> dict[tuple[Part, str], str]:
    found: dict[tuple[Part, str], str] = {}
    for question in protocol.questions:
        found["question", question.id] = question.text
        found |= {("option", f"{question.id}.{option.id}"): option.text for option in question.options}
    for level in protocol.levels:
        found["level", level.id] = level.title
        found |= {("first_aid", f"{level.id}[{at}]"): aid.text for at, aid in enumerate(level.first_aid)}
    return found | {("rule", rule.id): rule.text for rule in protocol.rules}


_Texts = Mapping[Language, Mapping[tuple[Part, str], str]]


def _texts_of(one: Difference, before: _Texts, after: _Texts) -> tuple[tuple[Language, str], ...]:
    version = before if one.code == "removed" else after
    said = ((language, version[language].get((one.part, one.id), "")) for language in LANGUAGES if language in version)
    return tuple((language, text) for language, text in said if text)
