"""What a few dozen stories can say in numbers, and how little: shares with their intervals, agreement beyond chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# The 97.5th percentile of the standard normal distribution: 2.5 % are left out on either side.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`hits` of `of`, with the bounds between which 95 % of such intervals hold the true share, from 0 to 1."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None


def share(hits: int, of: int) -> Share:
    """Return the share with its Wilson 95 % interval, which stays honest near 0 and 1 and with few stories.

    Source of the formula: Wilson EB, J Am Stat Assoc 1927;22:209-212. Nothing counted is compatible with everything.
    Raises ValueError for numbers that are no share.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if not of:
        return Share(0, 0, 0.0, 1.0)
    part = hits / of
    spread = _Z * sqrt(part * (1 - part) / of + _Z**2 / (4 * of**2))
    middle = part + _Z**2 / (2 * of)
    whole = 1 + _Z**2 / of
    # The bounds enclose the share; floating point misses that by a hair where it is 0 or 1.
    return Share(
        hits, of, max(0.0, min(part, (middle - spread) / whole)), min(1.0, max(part, (middle + spread) / whole))
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two raters who labelled the same stories: 1 is full agreement, 0 what chance would give.

    Source: Cohen J, Educ Psychol Meas 1960;20:37-46. None where it says nothing: without stories, or where both
    gave one and the same label to every story.
    """
    count = len(pairs)
    if not count:
        return None
    observed = sum(one == other for one, other in pairs) / count
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / count**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
