"""How a question may be meant: as typed, on the other keyboard layout, in Latin letters, or misspelt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Literal

from articles.search.words.layout import other_layout
from articles.search.words.stems import is_russian, is_stop, weighted_keys
from articles.search.words.thesaurus import Thesaurus
from articles.search.words.tokens import tokens
from articles.search.words.transliteration import cyrillic
from articles.search.words.vocabulary import Vocabulary

LONGEST_QUERY = 200
MOST_WORDS = 16
MOST_READINGS = 6

How = Literal["typed", "layout", "transliteration", "spelling"]
_ORDER: tuple[How, ...] = ("typed", "layout", "transliteration", "spelling")
_UNKNOWN = 2.0
_LAYOUT = 0.3
_TRANSLITERATION = 0.5
_SPELLING = 1.0


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word of a question: its own keys at 1.0, those of its family and of what means the same at less."""

    word: str
    keys: Mapping[str, float]
    is_stop: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question; text is how to show it to the person; the lower the cost, the likelier."""

    words: tuple[WantedWord, ...]
    how: How
    text: str
    cost: float

    @property
    def keys(self) -> frozenset[str]:
        """All keys of the words that carry meaning (of all words, when none does): what to mark in a text."""
        meant = [word for word in self.words if not word.is_stop] or self.words
        return frozenset(key for word in meant for key in word.keys)


@dataclass(frozen=True, slots=True)
class _Option:
    text: str
    how: How
    cost: float


def readings(query: str, vocabulary: Vocabulary, thesaurus: Thesaurus | None = None) -> list[Reading]:
    """How a question may be meant, the likeliest first, as typed always among them; at most six.

    Empty when the question has no word. Only words that neither language knows are read in another way. What is
    beyond 200 characters or 16 words is left out.
    """
    chunks = _chunks(query)
    if not chunks:
        return []
    options = [_options(chunk, vocabulary) for chunk in chunks]
    found: dict[str, Reading] = {}
    for choice in product(*_narrowed(options)):
        how = max((option.how for option in choice), key=_ORDER.index)
        text = " ".join(option.text for option in choice)
        cost = round(sum(option.cost for option in choice), 6)
        if text not in found or cost < found[text].cost:
            found[text] = Reading((), how, text, cost)
    ordered = sorted(found.values(), key=lambda reading: (reading.cost, _ORDER.index(reading.how), reading.text))
    kept = ordered[:MOST_READINGS]
    if not any(reading.how == "typed" for reading in kept):
        kept[-1] = next(reading for reading in ordered if reading.how == "typed")
    return [
        Reading(_wanted(reading.text, thesaurus or Thesaurus()), reading.how, reading.text, reading.cost)
        for reading in kept
    ]


def _chunks(query: str) -> list[str]:
    query = query[:LONGEST_QUERY]
    found = tokens(query)
    if len(found) > MOST_WORDS:
        query = query[: found[MOST_WORDS - 1].end]
    return [
        chunk for chunk in re.split(r"\s+", query.strip()) if chunk and (tokens(chunk) or tokens(other_layout(chunk)))
    ]


def _options(chunk: str, vocabulary: Vocabulary) -> list[_Option]:
    words = [token.word for token in tokens(chunk)]
    unknown = [word for word in words if not vocabulary.known(word) and not any(map(str.isdigit, word))]
    if words and not unknown:
        return [_Option(chunk, "typed", 0.0)]
    found = [_Option(chunk, "typed", 0.0 if all(map(is_russian, unknown)) and words else _UNKNOWN)]
    swapped = other_layout(chunk)
    other = [token.word for token in tokens(swapped)]
    if swapped != chunk and other and all(map(vocabulary.known, other)):
        found.append(_Option(swapped, "layout", _LAYOUT))
    if len(words) == 1 and not is_russian(words[0]):
        word = words[0]
        candidates = cyrillic(word)
        known = [candidate for candidate in candidates if vocabulary.known(candidate)]
        found += [
            _Option(candidate, "transliteration", _TRANSLITERATION + 0.1 * rank)
            for rank, candidate in enumerate(known[:3])
        ]
        near = vocabulary.near(word, 3)
        found += [_Option(form, "spelling", _SPELLING + 0.2 * cost) for form, cost in near]
    return found


def _narrowed(options: list[list[_Option]]) -> list[list[_Option]]:
    """Fewer options where many words have several, so that their combinations stay few."""
    several = sum(len(row) > 1 for row in options)
    most = 6 if several < 3 else 3 if several < 5 else 2
    return [sorted(row, key=lambda option: (option.cost, option.text))[:most] for row in options]


def _wanted(text: str, thesaurus: Thesaurus) -> tuple[WantedWord, ...]:
    words = [token.word for token in tokens(text)]
    wanted = [dict(weighted_keys(word)) for word in words]
    for place in thesaurus.places(words):
        for alternative in place.alternatives:
            share = alternative.weight / len(alternative.words)
            for keys in alternative.words:
                for key, weight in keys.items():
                    for word in wanted[place.start : place.end]:
                        word[key] = max(word.get(key, 0.0), round(share * weight, 6))
    return tuple(
        WantedWord(word, MappingProxyType(keys), is_stop(word)) for word, keys in zip(words, wanted, strict=True)
    )
