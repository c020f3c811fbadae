"""The ways into self-care in words that a clinician can read and sign, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.protocol import Protocol
from triage.engine.verifying.self_care import Choice, SelfCareRow


@dataclass(frozen=True)
class Said:
    """What was answered to one question, in each language as (language, question, answers)."""

    question: str
    sides: Sequence[tuple[Language, str, str]]


@dataclass(frozen=True)
class ShownRow:
    """A row to tick. `said` is what tells it from others; what all rows share stands above them once."""

    key: str
    number: int
    count: int
    said: Sequence[Said]
    ticked: bool


def shared(rows: Sequence[SelfCareRow], protocols: Mapping[Language, Protocol]) -> list[Said]:
    """Return what is answered alike in every row."""
    same = _shared(rows)
    return [_said(choice, protocols) for choice in (rows[0].choices if rows else ()) if choice.question in same]


def shown(rows: Sequence[SelfCareRow], protocols: Mapping[Language, Protocol], ticked: Sequence[str]) -> list[ShownRow]:
    """Return every row in its words."""
    same = _shared(rows)
    return [
        ShownRow(
            row.key,
            number,
            row.count,
            [_said(choice, protocols) for choice in row.choices if choice.question not in same],
            row.key in ticked,
        )
        for number, row in enumerate(rows, start=1)
    ]


def _shared(rows: Sequence[SelfCareRow]) -> set[str]:
    first = {choice.question: choice for choice in rows[0].choices} if rows else {}
    # Of a single row everything is its own.
    return {
        question for question, choice in first.items() if len(rows) > 1 and all(choice in row.choices for row in rows)
    }


def _said(choice: Choice, protocols: Mapping[Language, Protocol]) -> Said:
    sides = []
    for language in LANGUAGES:
        question = next(one for one in protocols[language].questions if one.id == choice.question)
        texts = {option.id: option.text for option in question.options}
        with override(language):
            sides.append((language, question.text, words(choice, texts)))
    return Said(choice.question, sides)


def words(choice: Choice, texts: Mapping[str, str]) -> str:
    """Return in the active language which answers to a question these are."""
    alone, all_of, any_of = ([_quoted(texts[id]) for id in ids] for ids in (choice.alone, choice.all_of, choice.any_of))
    if all_of and any_of:
        return _("%(all)s; beside it any of: %(any)s, or none of these") % {
            "all": _together(all_of),
            "any": ", ".join(any_of),
        }
    if all_of:
        return _together(all_of)
    if any_of and alone:
        return _("%(alone)s, or any of: %(any)s") % {"alone": _either(alone), "any": ", ".join(any_of)}
    if len(any_of) > 1:
        return _("one or more of: %(any)s") % {"any": ", ".join(any_of)}
    return _either([*alone, *any_of])


def _together(said: Sequence[str]) -> str:
    return reduce(lambda one, two: _("%(one)s and %(two)s") % {"one": one, "two": two}, said)


def _either(said: Sequence[str]) -> str:
    return reduce(lambda one, two: _("%(one)s or %(two)s") % {"one": one, "two": two}, said)


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
