"""What measurements say: rows with what is measured, beside what, how many times, and what was aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Aim:
    """A ratio that is to be reached: at least or at most so much."""

    ratio: float
    at_least: bool = True

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.ratio:g}"

    def is_met(self, ratio: float) -> bool:
        return ratio >= self.ratio if self.at_least else ratio <= self.ratio


@dataclass(frozen=True)
class Line:
    """A ratio beside its aim."""

    what: str
    beside: str
    ratio: float
    aim: Aim

    def cells(self) -> list[str]:
        met = "yes" if self.aim.is_met(self.ratio) else "**no**"
        return [self.what, self.beside, f"{self.ratio:.2f}", str(self.aim), met]


@dataclass
class Report:
    """One measurement: a table of figures, and the ratios that follow from them."""

    title: str
    head: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"### {self.title}", table(self.head, self.rows)]
        if self.lines:
            ratios = [line.cells() for line in self.lines]
            parts.append(table(["what", "beside", "ratio", "aim", "met"], ratios))
        return "\n\n".join([*parts, *self.notes])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
