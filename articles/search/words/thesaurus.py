"""Expressions that mean the same: lay and medical, Russian and English, words and phrases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from articles.search.words.stems import SAME_WORD, is_stop, weighted_keys
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
    """Another way to say it: its language, and the keys of its words with what finding one of them is worth.

    The words of a phrase share its weight, so that a part of the phrase is worth less than the whole.
    """

    language: str
    keys: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands in a row of words (words[start:end]), and its alternatives."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: tuple[frozenset[str], ...]
    language: str
    group: int


class Thesaurus:
    """Groups of equivalent expressions, each group in any number of languages; never changed once built.

    An expression may stand in several groups. Function words alone and phrases of more than eight words are left out.
    """

    def __init__(self, groups: Iterable[Iterable[Expression]] = ()) -> None:
        self._groups: list[list[tuple[_Entry, tuple[str, ...]]]] = []
        self._by_key: dict[str, list[_Entry]] = {}
        for group in groups:
            self._add(group)

    def places(self, words: Sequence[str]) -> list[Place]:
        """The expressions that stand in these folded words in any of their forms, the longer ones first."""
        rows = [_same_word(word) for word in words]
        found: dict[_Entry, tuple[int, int]] = {}
        for start, row in enumerate(rows):
            for key in sorted(row):
                for entry in self._by_key.get(key, ()):
                    end = start + len(entry.pattern)
                    if end <= len(rows) and all(map(frozenset.intersection, entry.pattern, rows[start:end])):
                        found.setdefault(entry, (start, end))
        ordered = sorted(found.items(), key=lambda pair: (pair[1][0] - pair[1][1], pair[1][0], pair[0].group))
        return [Place(start, end, self._alternatives(entry)) for entry, (start, end) in ordered]

    def _add(self, group: Iterable[Expression]) -> None:
        members: dict[_Entry, tuple[str, ...]] = {}
        for expression in group:
            words = tuple(token.word for token in tokens(expression.text))
            if 0 < len(words) <= _LONGEST and not all(map(is_stop, words)):
                pattern = tuple(map(_same_word, words))
                members.setdefault(_Entry(pattern, expression.language, len(self._groups)), words)
        if len(members) < 2:
            return
        self._groups.append(list(members.items()))
        for entry in members:
            for key in sorted(entry.pattern[0]):
                self._by_key.setdefault(key, []).append(entry)

    def _alternatives(self, entry: _Entry) -> tuple[Alternative, ...]:
        return tuple(
            Alternative(
                other.language, _shared(words, SAME_LANGUAGE if other.language == entry.language else OTHER_LANGUAGE)
            )
            for other, words in self._groups[entry.group]
            if other is not entry
        )


def _shared(words: tuple[str, ...], weight: float) -> Mapping[str, float]:
    meant = [word for word in words if not is_stop(word)]
    keys: dict[str, float] = {}
    for word in meant:
        for key, own in weighted_keys(word).items():
            keys[key] = max(keys.get(key, 0.0), round(weight * own / len(meant), 3))
    return MappingProxyType(keys)


def _same_word(word: str) -> frozenset[str]:
    return frozenset(key for key, weight in weighted_keys(word).items() if weight == SAME_WORD)
