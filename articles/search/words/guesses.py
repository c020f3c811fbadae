"""What else one part of a question may be, where neither language knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from articles.search.words.layout import other_layout
from articles.search.words.stems import in_dictionary
from articles.search.words.tokens import Token, tokens
from articles.search.words.transliteration import cyrillic
from articles.search.words.vocabulary import Vocabulary

How = Literal["as_typed", "layout", "transliteration", "spelling"]
HOWS: tuple[How, ...] = ("as_typed", "layout", "transliteration", "spelling")

# What it costs to believe: a word that nobody knows is likelier mistyped than meant.
AS_TYPED = 2.0
LAYOUT = 0.3
TRANSLITERATION = 0.5
SPELLING = 1.0
# Short English words that the index does not have may still be words, unless a letter is missing or it is a likely
# slip: heart is not a slip for hear, but musle is one for muscle.
DOUBTFUL = 2.5
_DOUBTFUL_LENGTH = 5
_DOUBTFUL_PRICE = 0.85
_RANK = 0.1
_PRICE = 0.2

_SHORT = 2
_TWICE_WRONG = 6
_HALFWAY = 4
_MOST = 4
_TOGETHER = 3
_MARKS = ",.;:!?\"'()«»“”„…"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a part of a question may be: how it came about, the text, and what it costs to believe in it."""

    how: How
    text: str
    cost: float


def guesses(chunk: str, vocabulary: Vocabulary) -> list[Guess]:
    """What a part of a question without spaces may be: as typed first, then the likeliest; at most five.

    Only as typed, at no cost, when all its words are known: a known word is never put right. Words of one or two
    letters alone are left as they are.
    """
    strange = [token for token in tokens(chunk) if is_strange(token.word, vocabulary)]
    typed = Guess("as_typed", chunk, AS_TYPED * len(strange))
    if not strange:
        return [typed]
    others = on_other_layout(chunk, vocabulary) or list(_word_by_word(chunk, strange[:_TOGETHER], vocabulary))
    return [typed, *sorted(others, key=lambda guess: (guess.cost, guess.text))[:_MOST]]


def is_strange(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a folded word of three letters or more is neither known nor in the dictionary."""
    if len(word) <= _SHORT or any(map(str.isdigit, word)):
        return False
    return not vocabulary.known(word) and not in_dictionary(word)


def on_other_layout(chunk: str, vocabulary: Vocabulary) -> list[Guess]:
    """The part as the other layout makes it, if its words are then known or in the dictionary; one guess or none."""
    # Mostly both are the same, and what the dictionary does not have takes it long.
    for part in dict.fromkeys((chunk, chunk.strip(_MARKS))):
        swapped = other_layout(part)
        words = [token.word for token in tokens(swapped)]
        if swapped != part and words and all(_is_word(word, vocabulary) for word in words):
            return [Guess("layout", swapped, LAYOUT)]
    return []


def in_cyrillic(word: str, vocabulary: Vocabulary) -> list[Guess]:
    """The known Russian words that a folded word in Latin letters may be, the likeliest first; at most three."""
    known = [made for made in cyrillic(word) if vocabulary.known(made)]
    best = [made for made in known if vocabulary.frequency(made)] or known
    return [Guess("transliteration", made, TRANSLITERATION + _RANK * rank) for rank, made in enumerate(best[:3])]


def _is_word(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.known(word) or word.isdigit() or (len(word) > _SHORT and in_dictionary(word))


def _word_by_word(chunk: str, strange: list[Token], vocabulary: Vocabulary) -> Iterator[Guess]:
    found = [_one_word(token.word, vocabulary) or [Guess("as_typed", token.word, AS_TYPED)] for token in strange]
    most = 3 if len(found) < 3 else 1
    for choice in product(*(row[:most] for row in found)):
        how = furthest(guess.how for guess in choice)
        if how != "as_typed":
            yield Guess(how, _replaced(chunk, strange, choice), sum(guess.cost for guess in choice))


def furthest(hows: Iterator[How]) -> How:
    """Of several ways to read parts, the one that changes most: how the whole was read."""
    return max(hows, key=HOWS.index, default="as_typed")


def _one_word(word: str, vocabulary: Vocabulary) -> list[Guess]:
    for way in (_nearest, _twice_wrong, _finished):
        if made := way(word, vocabulary):
            return sorted(made, key=lambda guess: (guess.cost, guess.text))
    return []


def _nearest(word: str, vocabulary: Vocabulary) -> list[Guess]:
    near = [_respelt(word, form, price) for form, price in vocabulary.near(word, 3)]
    return [*in_cyrillic(word, vocabulary), *near]


def _respelt(word: str, form: str, price: float) -> Guess:
    doubtful = word.isascii() and len(form) <= len(word) <= _DOUBTFUL_LENGTH and price > _DOUBTFUL_PRICE
    return Guess("spelling", form, (DOUBTFUL if doubtful else SPELLING) + _PRICE * price)


def _finished(word: str, vocabulary: Vocabulary) -> list[Guess]:
    """The commonest known word that begins with what was typed, as if the person stopped halfway."""
    if len(word) < _HALFWAY:
        return []
    return [_respelt(word, form, 1.0) for form in vocabulary.completions(word, 1)]


def _twice_wrong(word: str, vocabulary: Vocabulary) -> list[Guess]:
    """Known words that a longer word may be if it is misspelt and in the wrong letters as well."""
    if len(word) < _TWICE_WRONG:
        return []
    ways: list[tuple[How, float, str]] = [("transliteration", TRANSLITERATION, made) for made in cyrillic(word)[:2]]
    swapped = [token.word for token in tokens(other_layout(word))]
    if len(swapped) == 1 and swapped[0] != word:
        ways.append(("layout", LAYOUT, swapped[0]))
    return [
        Guess(how, form, SPELLING + cost + _PRICE * price)
        for how, cost, made in ways
        for form, price in vocabulary.near(made, 1)
    ]


def _replaced(chunk: str, strange: list[Token], choice: tuple[Guess, ...]) -> str:
    pieces, place = [], 0
    for token, guess in zip(strange, choice, strict=True):
        pieces += [
            chunk[place : token.start],
            chunk[token.start : token.end] if guess.how == "as_typed" else guess.text,
        ]
        place = token.end
    return "".join([*pieces, chunk[place:]])
