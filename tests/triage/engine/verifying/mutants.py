"""The bundled protocol with one thing wrong in it, in every way that a slip of the hand could make it wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import bundled
from triage.engine.protocol import (
    EMERGENCY,
    PLACEHOLDER,
    SELF_CARE,
    UNSURE,
    FirstAid,
    Level,
    Option,
    Protocol,
    Question,
    Rule,
)

Both = dict[Language, Protocol]

# A part that holds another list of parts, from the protocol inwards.
_Change = Callable[[Any], Any]

NOWHERE = "00000000-0000-4000-8000-00000000dead"


@dataclass(frozen=True)
class Mutant:
    """`kind` groups mutants of one sort; `name` says what was changed."""

    kind: str
    name: str
    protocols: Both


def mutants() -> Iterator[Mutant]:
    yield from _ranks()
    yield from _rules()
    yield from _options()
    yield from _questions()
    yield from _levels()
    yield from _texts()
    yield from _references()


def _ranks() -> Iterator[Mutant]:
    for question, option in _every_option():
        for rank in range(SELF_CARE, EMERGENCY + 1):
            if rank != option.rank:
                yield _mutant(
                    "rank of an answer",
                    f"{question.id}.{option.id}: {option.rank} to {rank}",
                    _on_option(question.id, option.id, lambda one, rank=rank: replace(one, rank=rank)),
                )


def _rules() -> Iterator[Mutant]:
    for rule in bundled().rules:
        yield _mutant("rule removed", rule.id, _on_rule(rule.id, lambda one: None))
        for rank in range(SELF_CARE, EMERGENCY + 1):
            if rank != rule.rank:
                yield _mutant(
                    "rank of a rule",
                    f"{rule.id}: {rule.rank} to {rank}",
                    _on_rule(rule.id, lambda one, rank=rank: replace(one, rank=rank)),
                )
        for number, answer in enumerate(rule.when):
            rest = [*rule.when[:number], *rule.when[number + 1 :]]
            yield _mutant(
                "condition dropped",
                f"{rule.id} without {answer}",
                _on_rule(rule.id, lambda one, rest=rest: replace(one, when=rest)),
            )
            for other in _neighbours(answer):
                when = [*rule.when[:number], other, *rule.when[number + 1 :]]
                yield _mutant(
                    "condition replaced",
                    f"{rule.id}: {answer} to {other}",
                    _on_rule(rule.id, lambda one, when=when: replace(one, when=when)),
                )


def _options() -> Iterator[Mutant]:
    for question, option in _every_option():
        name = f"{question.id}.{option.id}"
        yield _mutant(
            "standing alone flipped",
            name,
            _on_option(question.id, option.id, lambda one: replace(one, exclusive=not one.exclusive)),
        )
        kind = "unsure removed" if option.id == UNSURE else "answer removed"
        yield _mutant(kind, name, _on_option(question.id, option.id, lambda one: None))


def _questions() -> Iterator[Mutant]:
    for question in bundled().questions:
        without = _on_question(question.id, lambda one: None)
        yield _mutant("question removed", question.id, without)

        def with_its_rules(protocol: Protocol, without: _Change = without, id: str = question.id) -> Protocol:
            kept = [rule for rule in protocol.rules if not any(one.startswith(f"{id}.") for one in rule.when)]
            return replace(without(protocol), rules=kept)

        yield _mutant("question removed with its rules", question.id, with_its_rules)
        other = "multi" if question.kind == "single" else "single"
        yield _mutant(
            "one answer or several",
            question.id,
            _on_question(question.id, lambda one, kind=other: replace(one, kind=kind)),
        )


def _levels() -> Iterator[Mutant]:
    for level in bundled().levels:
        yield _mutant("level removed", level.id, _on_level(level.id, lambda one: None))
        for number, aid in enumerate(level.first_aid):
            place = f"{level.id}[{number}]"
            yield _mutant("first aid removed", place, _on_first_aid(level.id, number, lambda one: None))
            for at, answer in enumerate(aid.when):
                for other in _neighbours(answer):
                    when = [*aid.when[:at], other, *aid.when[at + 1 :]]
                    yield _mutant(
                        "first aid for another answer",
                        f"{place}: {answer} to {other}",
                        _on_first_aid(level.id, number, lambda one, when=when: replace(one, when=when)),
                    )


def _texts() -> Iterator[Mutant]:
    """In one language each: emptied, the other language's words, and the number to call written out in digits."""
    for language in LANGUAGES:
        other = bundled("en" if language == "ru" else "ru")
        for (name, text, put), (_name, foreign, _put) in zip(
            _every_text(bundled(language)), _every_text(other), strict=True
        ):
            for kind, words in (
                ("text emptied", ""),
                ("text only a space", " "),
                ("text left in the other language", foreign),
                ("number to call written out", text.replace(PLACEHOLDER, "103")),
            ):
                if words != text:
                    yield Mutant(kind, f"{name}, {language}", _in_one(language, put(words)))


def _references() -> Iterator[Mutant]:
    for name, held, put in _every_reference(bundled()):
        if held:
            yield _mutant("sources removed", name, put([]))
        for number in range(len(held)):
            rest = [*held[:number], *held[number + 1 :]]
            yield _mutant("a source misspelt", f"{name}[{number}]", put([*rest, NOWHERE]))
            if rest:
                yield _mutant("a source removed", f"{name}[{number}]", put(rest))
            for language in LANGUAGES:
                yield Mutant(
                    "a source removed in one language", f"{name}[{number}], {language}", _in_one(language, put(rest))
                )


def _every_option() -> Iterator[tuple[Question, Option]]:
    return ((question, option) for question in bundled().questions for option in question.options)


def _every_text(protocol: Protocol) -> Iterator[tuple[str, str, Callable[[str], _Change]]]:
    """Every text that must be there, with what puts another in its place."""
    yield "signs to call with", protocol.danger, lambda words: lambda whole: replace(whole, danger=words)
    for question in protocol.questions:
        yield (
            question.id,
            question.text,
            lambda words, id=question.id: _on_question(id, lambda one: replace(one, text=words)),
        )
        if question.kind == "single":
            yield (
                f"{question.id} because",
                question.exclusive_because,
                lambda words, id=question.id: _on_question(id, lambda one: replace(one, exclusive_because=words)),
            )
        for option in question.options:
            yield (
                f"{question.id}.{option.id}",
                option.text,
                lambda words, q=question.id, id=option.id: _on_option(q, id, lambda one: replace(one, text=words)),
            )
    for rule in protocol.rules:
        yield rule.id, rule.text, lambda words, id=rule.id: _on_rule(id, lambda one: replace(one, text=words))
    for level in protocol.levels:
        yield (
            f"{level.id} title",
            level.title,
            lambda words, id=level.id: _on_level(id, lambda one: replace(one, title=words)),
        )
        yield level.id, level.text, lambda words, id=level.id: _on_level(id, lambda one: replace(one, text=words))
        for number, aid in enumerate(level.first_aid):
            yield (
                f"{level.id}[{number}]",
                aid.text,
                lambda words, id=level.id, at=number: _on_first_aid(id, at, lambda one: replace(one, text=words)),
            )


def _every_reference(protocol: Protocol) -> Iterator[tuple[str, list[str], Callable[[list[str]], _Change]]]:
    for question in protocol.questions:
        for option in question.options:
            yield (
                f"{question.id}.{option.id}",
                option.references,
                lambda ids, q=question.id, id=option.id: _on_option(q, id, lambda one: replace(one, references=ids)),
            )
    for rule in protocol.rules:
        yield rule.id, rule.references, lambda ids, id=rule.id: _on_rule(id, lambda one: replace(one, references=ids))
    for level in protocol.levels:
        yield (
            level.id,
            level.references,
            lambda ids, id=level.id: _on_level(id, lambda one: replace(one, references=ids)),
        )
        for number, aid in enumerate(level.first_aid):
            yield (
                f"{level.id}[{number}]",
                aid.references,
                lambda ids, id=level.id, at=number: _on_first_aid(id, at, lambda one: replace(one, references=ids)),
            )


def _neighbours(answer: str) -> list[str]:
    """The answers next to this one in its question."""
    id, _, option = answer.partition(".")
    options = [one.id for question in bundled().questions if question.id == id for one in question.options]
    at = options.index(option)
    return [f"{id}.{options[next]}" for next in (at - 1, at + 1) if 0 <= next < len(options)]


def _mutant(kind: str, name: str, change: _Change) -> Mutant:
    return Mutant(kind, name, {language: change(bundled(language)) for language in LANGUAGES})


def _in_one(language: Language, change: _Change) -> Both:
    return {one: change(bundled(one)) if one == language else bundled(one) for one in LANGUAGES}


def _each(parts: list[Any], is_it: Callable[[Any], bool], change: _Change) -> list[Any]:
    """The parts with the one changed, or gone where nothing is left of it."""
    return [new for one in parts if (new := change(one) if is_it(one) else one) is not None]


def _on_question(id: str, change: Callable[[Question], Question | None]) -> _Change:
    return lambda whole: replace(whole, questions=_each(whole.questions, lambda one: one.id == id, change))


def _on_option(question: str, id: str, change: Callable[[Option], Option | None]) -> _Change:
    return _on_question(
        question, lambda whole: replace(whole, options=_each(whole.options, lambda one: one.id == id, change))
    )


def _on_rule(id: str, change: Callable[[Rule], Rule | None]) -> _Change:
    return lambda whole: replace(whole, rules=_each(whole.rules, lambda one: one.id == id, change))


def _on_level(id: str, change: Callable[[Level], Level | None]) -> _Change:
    return lambda whole: replace(whole, levels=_each(whole.levels, lambda one: one.id == id, change))


def _on_first_aid(level: str, number: int, change: Callable[[FirstAid], FirstAid | None]) -> _Change:
    def of_level(whole: Level) -> Level:
        it = whole.first_aid[number]
        return replace(whole, first_aid=_each(whole.first_aid, lambda one: one is it, change))

    return _on_level(level, of_level)
