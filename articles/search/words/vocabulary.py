"""The words that the index has: which words are known, and which known word a misspelt one is nearest to."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search.words.stems import is_stop, weighted_keys


class Vocabulary:
    """Word forms of the index with their frequencies, in both languages together.

    Give the keys of the index too where it has them at hand; without them they are made from the forms (slow: 0.1 ms
    for a form). Only strong keys count as known.
    """

    def __init__(self, forms: Iterable[tuple[str, int]], keys: Iterable[str] | None = None) -> None:
        self._frequency: dict[str, int] = {}
        for form, count in forms:
            self._frequency[form] = self._frequency.get(form, 0) + count
        self._keys = set(keys) if keys is not None else {key for form in self._frequency for key in weighted_keys(form)}
        by_length: dict[int, list[str]] = defaultdict(list)
        for form in sorted(self._frequency):
            if not any(letter.isdigit() for letter in form):
                by_length[len(form)].append(form)
        self._by_length = dict(by_length)

    def frequency(self, word: str) -> int:
        """How often this very form stands in the index."""
        return self._frequency.get(word, 0)

    def known(self, word: str) -> bool:
        """Whether the index has this folded word in any form, or it is a function word."""
        if word in self._frequency or is_stop(word):
            return True
        return any(weight == 1.0 and key in self._keys for key, weight in weighted_keys(word).items())

    def near(self, word: str, limit: int = 5) -> list[tuple[str, float]]:
        """Known forms that a misspelt folded word may mean, with the cost of each, the nearest first.

        None under four letters; one mistake in four to six letters, two in longer words.
        """
        allowed = _allowed(word)
        found = []
        for length in range(len(word) - allowed, len(word) + allowed + 1) if allowed else ():
            for form, distance, _ in process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=allowed,
                limit=None,
            ):
                found.append((form, distance + (0.5 if form[0] != word[0] else 0.0)))
        found.sort(key=lambda pair: (pair[1], -self._frequency[pair[0]], pair[0]))
        return found[:limit]

    def completions(self, prefix: str, limit: int = 5) -> list[str]:
        """Known forms that begin with this, the most frequent first; none for fewer than three letters."""
        if len(prefix) < 3:
            return []
        found = [form for form in self._frequency if form.startswith(prefix)]
        return sorted(found, key=lambda form: (-self._frequency[form], form))[:limit]


def _allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2
