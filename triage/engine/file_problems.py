"""What is wrong with a protocol's file, as values. The words for people are made where their language is known."""

from dataclasses import dataclass
from typing import Literal

from triage.engine import faults

# Every code that a file can be refused with; those of `faults` are of the protocol that the file holds.
Code = (
    Literal[
        # The file as a whole.
        "too-large", "not-utf-8", "byte-order-mark", "not-json", "nested-too-deeply",
        # Its shape; `expected` is what belongs there.
        "repeated-key", "unknown-field", "missing-field", "wrong-type", "wrong-form", "not-one-of", "out-of-range",
        "too-long",
        # Its texts.
        "blank", "one-language-only", "not-plain-text", "forbidden-character", "untidy-text",
        "unknown-placeholder", "placeholder-not-filled-in", "unequal-placeholders",
        # What it refers to.
        "not-a-day", "not-an-address", "unknown-reference", "repeated-reference",
    ]
    | faults.Code
)  # fmt: skip


@dataclass(frozen=True)
class FileProblem:
    """What is wrong with a file. `place` leads to it, such as `$.questions[3].options[0].text.en`; `got` is what stands
    there, short and without characters that could not be shown; `expected` is what belongs there, where that helps."""

    code: Code
    place: str
    got: str
    expected: str = ""


class FileRefusedError(ValueError):
    """Raised for a file that is no protocol; `problems` is everything that was found, up to a hundred problems."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.code} {problem.got}" for problem in problems))
        self.problems = problems
