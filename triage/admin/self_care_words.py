"""The ways into self-care in words that a clinician can read and sign, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.protocol import Protocol
from triage.engine.verifying.self_care import Choice, SelfCareRow
from triage.protocols.self_care_words import choice_in_words, shared_choices


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
    # Of a single row everything is its own.
    return {choice.question for choice in shared_choices(rows)} if len(rows) > 1 else set()


def _said(choice: Choice, protocols: Mapping[Language, Protocol]) -> Said:
    sides = []
    for language in LANGUAGES:
        question = next(one for one in protocols[language].questions if one.id == choice.question)
        with override(language):
            sides.append((language, question.text, choice_in_words(choice, question, language)))
    return Said(choice.question, sides)
