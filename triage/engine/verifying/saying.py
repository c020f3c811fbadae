"""Does every part say what it has to, in both languages, and name what it rests on?"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.protocol import PLACEHOLDER, SELF_CARE, Protocol
from triage.engine.verifying.findings import Code, Finding, Part, finding

_BRACED = re.compile(r"\{[^{}]*\}?|\}")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True)
class _Said:
    """A text that must be there, and the finding if it is not. `numbered` texts may name the emergency numbers."""

    part: Part
    id: str
    text: str
    numbered: bool = False
    missing: Code = "text-missing"


@dataclass(frozen=True)
class _Resting:
    """What must rest on at least one source where `needed`."""

    part: Part
    id: str
    references: Sequence[str]
    needed: bool = True


def saying(protocol: Protocol, language: Language, known_references: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong with the words and the sources of one language."""
    for said in _texts(protocol):
        yield from _of_text(said, language)
    yield from _numbers(protocol, language)
    known = set(known_references)
    for resting in _sources(protocol):
        yield from _of_sources(resting, known, language)


def side_by_side(protocols: Mapping[Language, Protocol]) -> Iterator[Finding]:
    """Yield where the two languages do not say the same. Both must be there, with the same logic."""
    first, second = (protocols[language] for language in LANGUAGES)
    for one, other in zip(_texts(first), _texts(second), strict=True):
        if one.text == other.text and _has_letters(one.text):
            yield finding("text-equal", one.part, one.id)
        if one.text.strip() and other.text.strip() and one.text.count(PLACEHOLDER) != other.text.count(PLACEHOLDER):
            yield finding("placeholders-differ", one.part, one.id)
    for resting, also in zip(_sources(first), _sources(second), strict=True):
        if list(resting.references) != list(also.references):
            yield finding("references-differ", resting.part, resting.id)


def _texts(protocol: Protocol) -> Iterator[_Said]:
    yield _Said("protocol", "", protocol.danger, numbered=True)
    for question in protocol.questions:
        yield _Said("question", question.id, question.text)
        if question.kind == "single":
            yield _Said("question", question.id, question.exclusive_because, missing="single-without-reason")
        for option in question.options:
            yield _Said("option", f"{question.id}.{option.id}", option.text)
    for rule in protocol.rules:
        yield _Said("rule", rule.id, rule.text)
    for level in protocol.levels:
        yield _Said("level", level.id, level.title, numbered=True)
        yield _Said("level", level.id, level.text, numbered=True)
        for number, aid in enumerate(level.first_aid):
            yield _Said("first_aid", f"{level.id}[{number}]", aid.text, numbered=True)


def _sources(protocol: Protocol) -> Iterator[_Resting]:
    for question in protocol.questions:
        for option in question.options:
            yield _Resting("option", f"{question.id}.{option.id}", option.references, option.rank > SELF_CARE)
    for rule in protocol.rules:
        yield _Resting("rule", rule.id, rule.references)
    for level in protocol.levels:
        yield _Resting("level", level.id, level.references)
        for number, aid in enumerate(level.first_aid):
            yield _Resting("first_aid", f"{level.id}[{number}]", aid.references)


def _of_text(said: _Said, language: Language) -> Iterator[Finding]:
    if not said.text.strip():
        yield finding(said.missing, said.part, said.id, language)
        return
    if "<" in said.text or ">" in said.text:
        yield finding("markup", said.part, said.id, language)
    for braced in sorted(set(_BRACED.findall(said.text))):
        if braced != PLACEHOLDER:
            yield finding("placeholder-unknown", said.part, said.id, language, got=braced)
        elif not said.numbered:
            yield finding("placeholder-not-here", said.part, said.id, language)
    if _has_letters(said.text) and bool(_CYRILLIC.search(said.text)) != (language == "ru"):
        yield finding("not-in-its-language", said.part, said.id, language)


def _numbers(protocol: Protocol, language: Language) -> Iterator[Finding]:
    """Whoever is told to call must be told whom."""
    if PLACEHOLDER not in protocol.danger:
        yield finding("number-missing", "protocol", "", language)
    for level in protocol.levels:
        if level.id == "emergency" and PLACEHOLDER not in level.title + level.text:
            yield finding("number-missing", "level", level.id, language)


def _of_sources(resting: _Resting, known: set[str], language: Language) -> Iterator[Finding]:
    if resting.needed and not resting.references:
        yield finding("reference-missing", resting.part, resting.id, language)
    for reference in dict.fromkeys(resting.references):
        if reference not in known:
            yield finding("reference-unknown", resting.part, resting.id, language, reference=reference)
        if resting.references.count(reference) > 1:
            yield finding("reference-repeated", resting.part, resting.id, language, reference=reference)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text.replace(PLACEHOLDER, ""))
