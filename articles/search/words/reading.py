"""How a question may be meant: as typed, on the other keyboard layout, in Latin letters, or misspelt."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from articles.search.words.guesses import (
    AS_TYPED,
    HOWS,
    LAYOUT,
    TRANSLITERATION,
    Guess,
    How,
    furthest,
    guesses,
    in_cyrillic,
    is_strange,
    on_other_layout,
)
from articles.search.words.stems import is_stop, weighted_keys
from articles.search.words.thesaurus import Thesaurus
from articles.search.words.tokens import tokens
from articles.search.words.vocabulary import Vocabulary

LONGEST_QUERY = 200
MOST_WORDS = 16
MOST_READINGS = 6
_MOST_STRANGE = 4
# A question that reads well as a whole is likelier than the same in parts.
_WHOLE = 0.05
# How many guesses of each strange part are combined, by the number of such parts.
_COMBINED = {0: 5, 1: 5, 2: 5, 3: 3, 4: 2}


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
        """What to mark in a text: the keys of the words that carry meaning, or of all words when none does."""
        meant = [word for word in self.words if not word.is_stop] or self.words
        return frozenset(key for word in meant for key in word.keys)


def readings(query: str, vocabulary: Vocabulary, thesaurus: Thesaurus | None = None) -> list[Reading]:
    """How a question may be meant, the likeliest first, as typed always among them; at most six.

    Only words that neither the index nor the dictionary knows are read in another way, and words of one or two
    letters only together with longer ones. What comes before the question as typed can be searched in its place; what
    comes after it is worth trying when nothing is found. Empty when the question has no words; what is
    beyond 200 characters or 16 words is left out.
    """
    chunks = _chunks(query)
    if not chunks:
        return []
    found: dict[tuple[tuple[str, ...], ...], Guess] = {}
    for guess in sorted(
        _guesses(chunks, vocabulary), key=lambda guess: (guess.cost, HOWS.index(guess.how), guess.text)
    ):
        found.setdefault(tuple(tuple(weighted_keys(token.word)) for token in tokens(guess.text)), guess)
    ordered = list(found.values())
    kept = ordered[:MOST_READINGS]
    typed = [guess for guess in ordered if guess.how == "as_typed"]
    if typed and typed[0] not in kept:
        kept[-1] = typed[0]
    return [
        Reading(_wanted(guess.text, thesaurus or Thesaurus()), guess.how, guess.text, round(guess.cost, 3))
        for guess in kept
    ]


def _chunks(query: str) -> list[str]:
    query = _shown(query[:LONGEST_QUERY])
    words = tokens(query)
    if len(words) > MOST_WORDS:
        query = query[: words[MOST_WORDS - 1].end]
    return [chunk for chunk in query.split() if tokens(chunk)]


def _shown(query: str) -> str:
    """The question as it can be shown: controls and broken characters are spaces, invisible ones are gone."""
    kinds = ((letter, unicodedata.category(letter)) for letter in unicodedata.normalize("NFC", query))
    return "".join("" if kind == "Cf" else " " if kind[0] in "CZ" else letter for letter, kind in kinds)


def _guesses(chunks: list[str], vocabulary: Vocabulary) -> Iterator[Guess]:
    """Readings of the whole question at once, and of each of its parts by itself."""
    if any(is_strange(token.word, vocabulary) for chunk in chunks for token in tokens(chunk)):
        yield from _all_on_other_layout(chunks, vocabulary)
        yield from _all_in_cyrillic(chunks, vocabulary)
    rows: list[list[Guess]] = []
    for chunk in chunks:
        tried = sum(row[0].cost > 0.0 for row in rows)
        rows.append(guesses(chunk, vocabulary) if tried < _MOST_STRANGE else [Guess("as_typed", chunk, AS_TYPED)])
    most = _COMBINED[sum(len(row) > 1 for row in rows)]
    for choice in product(*(row[:most] for row in rows)):
        how = furthest(guess.how for guess in choice)
        left = any(guess.how == "as_typed" and len(row) > 1 for guess, row in zip(choice, rows, strict=True))
        if how == "as_typed" or how == "spelling" or not left:
            yield Guess(how, " ".join(guess.text for guess in choice), sum(guess.cost for guess in choice))


def _all_on_other_layout(chunks: list[str], vocabulary: Vocabulary) -> Iterator[Guess]:
    texts = []
    for chunk in chunks:
        if not (made := on_other_layout(chunk, vocabulary)):
            return
        texts.append(made[0].text)
    yield Guess("layout", " ".join(texts), LAYOUT - _WHOLE)


def _all_in_cyrillic(chunks: list[str], vocabulary: Vocabulary) -> Iterator[Guess]:
    words = [token.word for chunk in chunks for token in tokens(chunk)]
    rows = [in_cyrillic(word, vocabulary) if word.isalpha() and word.isascii() else [] for word in words]
    if any(rows) and all(row or not word.isascii() or word.isdigit() for word, row in zip(words, rows, strict=True)):
        text = " ".join(row[0].text if row else word for word, row in zip(words, rows, strict=True))
        yield Guess("transliteration", text, TRANSLITERATION - _WHOLE)


def _wanted(text: str, thesaurus: Thesaurus) -> tuple[WantedWord, ...]:
    words = [token.word for token in tokens(text)]
    wanted = [dict(weighted_keys(word)) for word in words]
    for place in thesaurus.places(words):
        for alternative in place.alternatives:
            for key, weight in alternative.keys.items():
                for keys in wanted[place.start : place.end]:
                    keys[key] = max(keys.get(key, 0.0), weight)
    return tuple(
        WantedWord(word, MappingProxyType(keys), is_stop(word)) for word, keys in zip(words, wanted, strict=True)
    )
