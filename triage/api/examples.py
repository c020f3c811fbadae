"""What partners may send, as the description shows it. The suite sends each of them and looks at the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Example:
    summary: str
    body: Mapping[str, Any]


REQUESTS: Mapping[str, Example] = {
    "begin": Example(
        "No answers yet: `next` is the first question, and there is no level.",
        {"language": "en", "answers": {}},
    ),
    "emergency": Example(
        "A red flag: final at once, with the numbers of the country.",
        {"language": "en", "country": "GB", "answers": {"danger": ["breath"]}},
    ),
    "unsure": Example(
        "Not being sure is an answer, and never leads to self-care.",
        {"language": "en", "answers": {"danger": ["unsure"], "leg": ["unsure"]}},
    ),
    "no_signs": Example(
        "Every question answered, and no sign among the answers.",
        {
            "language": "en",
            "answers": {
                "danger": ["none"],
                "leg": ["none"],
                "general": ["none"],
                "feel": ["none"],
                "strength": ["ok"],
                "where": ["legs"],
                "duration": ["short"],
                "trigger": ["night"],
                "background": ["none"],
                "meds": ["none"],
                "exposure": ["none"],
                "impact": ["rare"],
            },
        },
    ),
}
