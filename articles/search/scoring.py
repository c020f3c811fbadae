"""The one scorer: how well a text answers a question, from where the keys of its words stand. Plain Python.

Both databases give the same candidates, counts and postings, so the order is the same on both.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from articles.search.entries import SPAN, positions, read
from articles.search.impacts import impact, shares
from articles.search.passages import Place

# Of a text that lacks some of the words, this share of the score depends on how much it has of what was asked for.
_COMPLETE = 0.9
# What it must have at least, as a share of the weight of all words.
ENOUGH = 0.25
# Words that stand side by side, in the order of the question: at most so much more for each pair.
_TOGETHER = 0.25
_REACH = 8
# A title or a name that is the question and nothing else.
_EXACT = 0.5

# What a small word says, where it stands in a title as it does in the question.
_SMALL = 0.3
_HEADS = frozenset({Place.TITLE, Place.NAMES})
# They come first: whatever stands before this position is in one of them.
_HEADS_END = SPAN * len(_HEADS)
# As plain numbers: those of an enumeration are slow to look up.
_PLACES = range(len(Place))

# How likely a text of a kind is what a reader looks for, whatever its words.
_PRIOR = {"article": 1.0, "faq": 0.95, "term": 1.0, "topic": 0.95, "expert": 0.95, "page": 0.6, "protocol": 1.0}
_OTHER_PRIOR = 0.9


@dataclass(frozen=True)
class Wanted:
    """A word of the question: its keys with their weights, and in each language how telling it is.

    A small word (what, which, by) says something in a title alone: questions are asked with the same ones there.
    """

    keys: Mapping[str, float]
    telling: Mapping[str, float]
    is_small: bool = False


class Scored(NamedTuple):
    """How well a text answers; `places` are for each word of the question its positions with what they are worth."""

    score: float
    coverage: float
    places: tuple[Mapping[int, float], ...]


NOTHING = Scored(0.0, 0.0, ())


def telling(texts: int, having: int) -> float:
    """Return how telling a word is that so many texts have: a rare one says more. Never below a tenth of the most."""
    most = math.log(1 + (max(texts, 1) + 0.5) / 0.5)
    return max(math.log(1 + (max(texts - having, 0) + 0.5) / (having + 0.5)), most / 10)


def prior(kind: str) -> float:
    """Return how likely a text of a kind is what a reader looks for."""
    return _PRIOR.get(kind, _OTHER_PRIOR)


class Scorer:
    """Scores the texts of a language for one question: what does not depend on the text is worked out once."""

    def __init__(self, wanted: Sequence[Wanted], language: str) -> None:
        self._wanted = wanted
        self._weights = [_SMALL if word.is_small else word.telling.get(language, 0.0) for word in wanted]
        self._big = [number for number, word in enumerate(wanted) if not word.is_small]
        self._whole = 0.0
        for number in self._big:
            self._whole += self._weights[number]

    def score(self, kind: str, *, sizes: Sequence[int], postings: str, stretches: str) -> Scored:
        """Return how well a text answers; NOTHING if it has too little of what was asked for.

        `stretches` are as they are written: most texts are scored without reading them.
        """
        weights = self._weights
        places = tuple([_places(word, postings) for word in self._wanted])
        got = 0.0
        for number in self._big:
            if found := places[number]:
                got += weights[number] * max(found.values())
        coverage = got / self._whole if self._whole else 0.0
        if coverage < ENOUGH:
            return NOTHING
        counts = list(map(_share, _PLACES, sizes))
        reached = 0.0
        for weight, found in zip(weights, places, strict=True):
            if found:
                reached += weight * _reached(found, counts)
        if len(places) > 1:
            reached += _TOGETHER * _closeness(places, weights)
        if sizes[Place.NAMES] or sizes[Place.TITLE] == len(self._big):
            reached += _EXACT * self._whole * _exactness([places[number] for number in self._big], stretches)
        reached *= 1 - _COMPLETE + _COMPLETE * coverage
        return Scored(round(reached * prior(kind), 9), coverage, places)


def best_stretch(wanted: Sequence[Wanted], language: str, scored: Scored, stretches: Sequence[Sequence[int]]) -> int:
    """Return the number of the passage that has most of what was asked for, the first of equals; 0 is the title."""
    held: dict[int, dict[int, list[float]]] = {}
    order = sorted((stretch[0], number) for number, stretch in enumerate(stretches))
    starts = [start for start, _ in order]
    for word, found in enumerate(scored.places):
        for position, worth in found.items():
            at = bisect_left(starts, position + 1) - 1
            held.setdefault(order[at][1], {}).setdefault(word, []).append(worth)
    weights = [0.0 if word.is_small else word.telling.get(language, 0.0) for word in wanted]
    best, most = 0, 0.0
    for number in sorted(held):
        if stretches[number][0] // SPAN in _HEADS:
            continue
        value = sum(weights[word] * (max(found) + 0.05 * min(len(found), 4)) for word, found in held[number].items())
        if value > most + 1e-9:
            best, most = number, value
    return best


def _places(word: Wanted, postings: str) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for key, weight in word.keys.items():
        held = positions(postings, key)
        if not held:
            continue
        if not found and weight > 0 and not word.is_small:
            found = dict.fromkeys(held, weight)
            continue
        for position in held:
            if weight > found.get(position, 0.0) and not (word.is_small and position >= SPAN):
                found[position] = weight
    return found


# Titles, names and summaries have few sizes, and texts of a shelf are of some hundred lengths.
@lru_cache(maxsize=1024)
def _share(place: int, size: int) -> float:
    """What one mention counts in a place of this size."""
    return shares([size] * len(Place))[place]


def _reached(places: Mapping[int, float], counts: Sequence[float]) -> float:
    """What a word reaches: many mentions of something alike never count as much as the word itself."""
    weights = set(places.values())
    if len(weights) == 1:
        return weights.pop() * impact(places, counts)
    best = 0.0
    for weight in sorted(weights, reverse=True):
        if weight > best:
            some = [at for at, worth in places.items() if worth >= weight]
            best = max(best, weight * impact(some, counts))
    return best


def _closeness(places: Sequence[Mapping[int, float]], weights: Sequence[float]) -> float:
    """For each two neighbours of the question, how near to each other they stand somewhere in the text."""
    closeness = 0.0
    for number in range(len(places) - 1):
        first, second = places[number], places[number + 1]
        if first and second:
            closeness += (weights[number] + weights[number + 1]) / 2 * _nearest(first, second)
    return closeness


def _nearest(first: Mapping[int, float], second: Mapping[int, float]) -> float:
    few, many, is_turned = (first, second, False) if len(first) <= len(second) else (second, first, True)
    best = 0.0
    # Nothing is nearer than side by side: where a text has the phrase itself, the first place that says so is enough.
    most = min(max(few.values()), max(many.values()))
    order = sorted(many)
    for at, worth in few.items():
        if best >= most:
            break
        # Most stand near none.
        after = bisect_left(order, at - _REACH)
        if after == len(order) or order[after] > at + _REACH:
            continue
        for away in range(1, _REACH + 1):
            if worth / away <= best:
                break
            # In the order of the question it is a phrase, the other way round it is only near.
            for there, share in ((at + away, 0.8 if is_turned else 1.0), (at - away, 1.0 if is_turned else 0.8)):
                if there in many:
                    best = max(best, share * min(worth, many[there]) / away)
    return best


def _exactness(places: Sequence[Mapping[int, float]], stretches: str) -> float:
    """How far the title, or one of the names, is the question: all of its words and no other word with meaning."""
    if not all(found and min(found) < _HEADS_END for found in places):
        return 0.0
    best = 0.0
    rows = sorted(stretch for stretch in read(stretches) if stretch[0] // SPAN in _HEADS)
    ends = [*(start for start, _ in rows[1:]), SPAN * len(Place)]
    for (start, size), end in zip(rows, ends, strict=True):
        if size == len(places):
            worths = [max((worth for at, worth in found.items() if start <= at < end), default=0.0) for found in places]
            best = max(best, min(worths))
    return best
