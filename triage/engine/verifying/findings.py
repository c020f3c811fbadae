"""What is wrong with a protocol, as values with their place. `triage.protocols.finding_words` says them to people."""

from dataclasses import dataclass
from typing import Literal

from articles.canonical.languages import Language

Part = Literal["protocol", "question", "option", "rule", "level", "first_aid"]

Code = Literal[
    # Faults of form, with which the engine decides nothing.
    "wrong-type", "too-many", "no-questions", "no-options", "not-an-id", "repeated-id", "not-a-rank", "level-missing",
    "no-answers", "repeated-answer", "names-a-rule", "unknown-answer", "first-aid-not-for-emergencies",
    # The two languages.
    "language-missing", "languages-differ", "text-equal", "placeholders-differ", "references-differ",
    # What is said, and what it rests on.
    "text-missing", "single-without-reason", "not-in-its-language", "markup", "placeholder-unknown",
    "placeholder-not-here", "number-missing", "reference-missing", "reference-unknown", "reference-repeated",
    # What may be answered.
    "unsure-missing", "unsure-beside-others", "unsure-harmless", "sign-stands-alone", "first-aid-elsewhere",
    # What was found by going through every combination.
    "not-total", "engine-disagrees", "red-flag-outvoted", "milder-for-more", "unsure-in-self-care", "rule-dead",
    "rule-redundant", "stops-early", "too-entangled", "self-care-too-long",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `id` is that of the part: `danger`, `danger.none`, `K01`, `emergency`, `emergency[0]` for a
    case of first aid, empty for the protocol as a whole. `language` is None for what concerns both.

    `params` are what its words name: numbers of combinations in digits, answers as `question.option`.
    """

    code: Code
    part: Part
    id: str = ""
    language: Language | None = None
    params: tuple[tuple[str, str], ...] = ()


def finding(code: Code, part: Part, id: str = "", language: Language | None = None, **params: object) -> Finding:
    """Return the finding with its params in a fixed order."""
    return Finding(code, part, id, language, tuple((name, str(value)) for name, value in sorted(params.items())))
