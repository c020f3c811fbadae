"""Expressions that mean the same: lay and medical, Russian and English, words and phrases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.search.words.stems import is_stop, weighted_keys
from articles.search.words.tokens import tokens

SAME_LANGUAGE = 0.7
OTHER_LANGUAGE = 0.5
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or a phrase as it is written, with the code of its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say what the query says: the keys of each of its words, and what a match is worth."""

    words: tuple[Mapping[str, float], ...]
    weight: float
    language: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands in a row of words (words[start:end]), and its alternatives."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


class Thesaurus:
    """Groups of equivalent expressions, each group in any number of languages."""

    def __init__(self, groups: Iterable[Iterable[Expression]] = ()) -> None:
        self._by_key: dict[str, list[tuple[tuple[Mapping[str, float], ...], tuple[Alternative, ...]]]]
        self._by_key = defaultdict(list)
        for group in groups:
            self._add(list(group))

    def places(self, words: list[str]) -> list[Place]:
        """The expressions that stand in these folded words in any inflected form, longer ones first."""
        wanted = [weighted_keys(word) for word in words]
        found = []
        for start, keys in enumerate(wanted):
            for key, weight in keys.items():
                if weight < 1.0:
                    continue
                for pattern, alternatives in self._by_key.get(key, ()):
                    end = start + len(pattern)
                    if end <= len(words) and all(map(_meet, pattern, wanted[start:end])):
                        place = Place(start, end, alternatives)
                        if place not in found:
                            found.append(place)
        return sorted(found, key=lambda place: (place.start - place.end, place.start))

    def _add(self, group: list[Expression]) -> None:
        rows = []
        for expression in group:
            words = [token.word for token in tokens(expression.text)]
            if 0 < len(words) <= _LONGEST and not all(map(is_stop, words)):
                rows.append((expression.language, tuple(weighted_keys(word) for word in words)))
        for language, pattern in rows:
            alternatives = tuple(
                Alternative(other, SAME_LANGUAGE if other_language == language else OTHER_LANGUAGE, other_language)
                for other_language, other in rows
                if other != pattern
            )
            for key, weight in pattern[0].items():
                if weight == 1.0 and alternatives:
                    self._by_key[key].append((pattern, alternatives))


def _meet(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return any(weight == 1.0 and other.get(key) == 1.0 for key, weight in one.items())
