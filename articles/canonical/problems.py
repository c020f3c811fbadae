"""Problems as values: what is wrong with a text, where, and what to do about it.

A problem carries no language. Its code names an English sentence in ``CODES``, which is also the key
(msgid) of its translation; whoever shows it translates and fills in the values.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.canonical.problem_codes import CODES, SEVERITY, Severity


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``place`` names a field, a file with its line, or a node (``body[3].content[1]``)."""

    code: str
    place: str = ""
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def values(self) -> dict[str, str | int]:
        """What fills the placeholders of the sentence."""
        return dict(self.params)

    @property
    def severity(self) -> Severity:
        """``note`` when every word was kept and only its dress was lost, else ``error``; unlisted codes are errors."""
        return SEVERITY.get(self.code, "error")

    def __str__(self) -> str:
        sentence = CODES.get(self.code, self.code)
        words = sentence % self.values if self.code in CODES else sentence
        return f"{self.place}: {words}" if self.place else words


def problem(code: str, place: str = "", **params: str | int) -> Problem:
    """A problem whose params stand in the order of their names, so that equal problems are equal values."""
    return Problem(code, place, tuple(sorted(params.items())))


class Refused(ValueError):
    """Raised where a value cannot be accepted; ``problems`` holds every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__("; ".join(map(str, self.problems)))
