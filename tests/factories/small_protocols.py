"""Small protocols for tests: a few questions with ranks and rules, in both languages, with nothing wrong in them."""

from collections.abc import Mapping, Sequence

import msgspec

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.protocol import LEVELS, FirstAid, Level, Option, Protocol, Question, Rule

# The one source that everything rests on.
SOURCE = "00000000-0000-4000-8000-000000000001"

_WORDS = {"ru": "Слова", "en": "Words"}

# A rank; a rank of an answer that stands alone ends in "!".
Answers = Mapping[str, int | str]


def small(
    questions: Mapping[str, Answers],
    rules: Sequence[tuple[int, str]] = (),
    *,
    single: Sequence[str] = (),
    first_aid: Sequence[str] = (),
) -> dict[Language, Protocol]:
    """Return the protocol: `{"a": {"x": 4, "none": "0!"}}` and rules such as `(3, "a.x b.y")`, named K1, K2…"""
    return {
        language: Protocol(
            version="1.0.0",
            danger=f"{_WORDS[language]} {{emergency}}",
            expires_on="2027-11-22",
            levels=[
                Level(
                    id=id,  # type: ignore[arg-type]
                    title=f"{_WORDS[language]} {{emergency}}",
                    text=_WORDS[language],
                    references=[SOURCE],
                    first_aid=[FirstAid(list(first_aid), _WORDS[language], [SOURCE])]
                    if first_aid and id == LEVELS[-1]
                    else [],
                )
                for id in LEVELS
            ],
            questions=[
                Question(
                    id=question,
                    kind="single" if question in single else "multi",
                    text=_WORDS[language],
                    exclusive_because=_WORDS[language] if question in single else "",
                    options=[
                        Option(id, _WORDS[language], int(str(rank).strip("!")), str(rank).endswith("!"), [SOURCE])
                        for id, rank in answers.items()
                    ],
                )
                for question, answers in questions.items()
            ],
            rules=[
                Rule(f"K{number}", rank, when.split(), _WORDS[language], [SOURCE])
                for number, (rank, when) in enumerate(rules, start=1)
            ],
        )
        for language in LANGUAGES
    }


def changed(protocols: Mapping[Language, Protocol], **parts: object) -> dict[Language, Protocol]:
    """Both languages with other parts, the same in both."""
    return {language: msgspec.structs.replace(protocol, **parts) for language, protocol in protocols.items()}
