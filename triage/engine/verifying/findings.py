"""What is wrong with a protocol, as values with their place. `triage.protocols.finding_words` says them to people."""

from dataclasses import dataclass
from typing import Literal

from articles.canonical.languages import Language

Part = Literal["protocol", "question", "option", "rule", "level", "first_aid"]

Code = Literal[
    # What the protocol is made of.
    "language-missing", "languages-differ", "id-malformed", "id-repeated", "rank-unknown", "no-questions",
    "no-options", "level-missing", "level-repeated",
    # What it says.
    "text-missing", "text-equal", "not-in-its-language", "markup", "placeholder-unknown", "placeholder-not-here",
    "placeholders-differ", "number-missing",
    # What it rests on.
    "reference-missing", "reference-unknown", "reference-repeated", "references-differ",
    # What may be answered.
    "unsure-missing", "unsure-beside-others", "unsure-harmless", "single-without-reason", "sign-stands-alone",
    # Rules and first aid, each by itself.
    "rule-without-answers", "answer-unknown", "answer-repeated", "first-aid-without-answers", "first-aid-elsewhere",
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
