"""What the index holds of one text: every key with the positions at which it stands.

A position says its place too: `place * SPAN + offset`. Between two passages is a gap, so that their words are never
neighbours.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.canonical.languages import Language
from articles.editions.shelf import Edition
from articles.search.passages import Passage, Place, passages
from articles.search.words.stems import is_stop, keys
from articles.search.words.tokens import tokens

log = logging.getLogger(__name__)

SPAN = 1 << 24
_GAP = 20
# A form that is longer is no word of anybody's, and a text with more words is found by its first ones.
_LONGEST_FORM = 100
_MOST_WORDS = 100_000


@dataclass(frozen=True)
class Entry:
    """`sizes` are the words with meaning in each place, `stretches` the first position of each passage and how many
    such words it has, `postings` lines of a key and its positions, `forms` the words as they are written, folded.
    """

    sizes: tuple[int, ...]
    stretches: tuple[tuple[int, int], ...]
    postings: str
    forms: frozenset[str]

    def found_keys(self) -> Iterator[tuple[str, list[int]]]:
        """Yield every key with its positions."""
        for line in self.postings.split("\n"):
            if line:
                key, *places = line.split(" ")
                yield key, [int(place) for place in places]


def entry_of(edition: Edition, *, codes: Iterable[str] = ()) -> Entry | None:
    """Return what the index holds of an edition; None if it cannot be read.

    That is in the log, and keeps nothing else from being found. `codes` are those of the conditions that it is about.
    """
    try:
        document = edition.document
        language: Language = edition.language  # type: ignore[assignment]
        return entry(passages(document, language, codes=codes))
    except Exception:
        log.exception("%s cannot be read for search", edition)
        return None


def entry(read: Iterable[Passage]) -> Entry:
    """Return what the index holds of these passages."""
    offsets = dict.fromkeys(Place, 0)
    sizes = dict.fromkeys(Place, 0)
    found: dict[str, list[int]] = {}
    forms: dict[str, tuple[tuple[str, ...], bool]] = {}
    stretches: list[tuple[int, int]] = []
    left = _MOST_WORDS
    for passage in read:
        start = passage.place * SPAN + offsets[passage.place]
        words = [token.word for token in tokens(passage.text)[:left]]
        left -= len(words)
        size = 0
        for position, word in enumerate(words, start):
            if word not in forms:
                forms[word] = (keys(word), is_stop(word))
            under, is_small = forms[word]
            size += not is_small
            for key in under:
                found.setdefault(key, []).append(position)
        stretches.append((start, size))
        sizes[passage.place] += size
        offsets[passage.place] += len(words) + _GAP
    postings = "".join(f"{key} {' '.join(map(str, places))}\n" for key, places in sorted(found.items()))
    return Entry(tuple(sizes.values()), tuple(stretches), f"\n{postings}", _kept(forms))


def _kept(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(form for form in forms if len(form) <= _LONGEST_FORM)


def positions(postings: str, key: str) -> list[int]:
    """Return where a key stands in written postings; looking for a line is far cheaper than reading all of them."""
    start = postings.find(f"\n{key} ")
    if start < 0:
        return []
    start += len(key) + 2
    return [int(place) for place in postings[start : postings.index("\n", start)].split(" ")]


def written(numbers: Iterable[Iterable[int]]) -> str:
    """Return rows of numbers as one text."""
    return ";".join(" ".join(map(str, row)) for row in numbers)


def read(text: str) -> list[tuple[int, ...]]:
    """Return the rows of numbers that were written."""
    return [tuple(map(int, row.split(" "))) for row in text.split(";")] if text else []
