"""The words that the index has: which words are known, and which known word a misspelt one is nearest to."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search.words.mistakes import price
from articles.search.words.stems import SAME_WORD, is_stop, weighted_keys

_CONSIDERED = 24
_LONGEST = 40


class Vocabulary:
    """Word forms of the index with their frequencies, in both languages together; never changed once built.

    Give each form's keys too where they are at hand: without them they are made from the forms, 0.15 ms for each.
    """

    def __init__(self, forms: Iterable[tuple[str, int]], keys: Iterable[str] | None = None) -> None:
        self._frequency: dict[str, int] = {}
        for form, count in forms:
            if form:
                self._frequency[form] = self._frequency.get(form, 0) + count
        if keys is None:
            keys = (key for form in self._frequency for key in _same_word(form))
        # How many forms each key is of: with the last of them it goes.
        self._keys = Counter(keys)
        self._sorted = sorted(filter(_is_compared, self._frequency))
        self._by_length: dict[int, list[str]] = {}
        for form in self._sorted:
            self._by_length.setdefault(len(form), []).append(form)

    def __len__(self) -> int:
        return len(self._frequency)

    def __contains__(self, form: str) -> bool:
        return form in self._frequency

    def changed(self, frequencies: Mapping[str, int]) -> "Vocabulary":
        """Return another vocabulary in which these forms are so frequent, and those that are at 0 are gone.

        What it takes is copying what is held, and the keys of forms that come or go.
        """
        held = self._frequency
        come = [form for form, count in frequencies.items() if form and count and form not in held]
        gone = [form for form, count in frequencies.items() if not count and form in held]
        made = Vocabulary.__new__(Vocabulary)
        made._frequency = held | {form: count for form, count in frequencies.items() if form and count}
        for form in gone:
            del made._frequency[form]
        made._keys, made._sorted, made._by_length = self._keys, self._sorted, self._by_length
        if come or gone:
            made._keys = _counted(self._keys, come, gone)
            come, gone = list(filter(_is_compared, come)), list(filter(_is_compared, gone))
            made._sorted = _in_order(self._sorted, come, gone)
            made._by_length = dict(self._by_length)
            for length in {len(form) for form in (*come, *gone)}:
                some = [[form for form in forms if len(form) == length] for forms in (come, gone)]
                made._by_length[length] = _in_order(self._by_length.get(length, []), *some)
        return made

    def frequency(self, form: str) -> int:
        """How often this very form stands in the index."""
        return self._frequency.get(form, 0)

    def known(self, word: str) -> bool:
        """Whether the index has this folded word in any of its forms, or it is a function word."""
        return word in self._frequency or is_stop(word) or any(key in self._keys for key in _same_word(word))

    def near(self, word: str, limit: int = 5) -> list[tuple[str, float]]:
        """Known words that a misspelt folded word may mean, the nearest first, each with what its mistakes cost.

        One form of each word; none for words under four letters, one mistake in four to six letters, two in longer
        words. A wrong first letter counts for more, a neighbouring key, a like sound or a doubled letter for less than
        a mistake.
        """
        allowed = _mistakes(word)
        if not allowed or not word.isalpha():
            return []
        close = [(price(word, form), -self._frequency[form], form) for form in self._close(word, allowed)]
        found: list[tuple[str, float]] = []
        seen: set[str] = set()
        for cost, _, form in sorted(close):
            same = _same_word(form)
            if seen.isdisjoint(same):
                found.append((form, cost))
                if len(found) == limit:
                    break
            seen.update(same)
        return found

    def completions(self, beginning: str, limit: int = 5) -> list[str]:
        """Known forms that begin with this, the most frequent first; none for fewer than three letters."""
        if len(beginning) < 3:
            return []
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + "\U0010ffff")
        return sorted(self._sorted[first:last], key=lambda form: (-self._frequency[form], form))[:limit]

    def _close(self, word: str, allowed: int) -> list[str]:
        found: list[tuple[int, int, str]] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            forms = self._by_length.get(length, ())
            hits = process.extract(word, forms, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None)
            found.extend((distance, -self._frequency[form], form) for form, distance, _ in hits)
        return [form for _, _, form in sorted(found)[:_CONSIDERED]]


def _is_compared(form: str) -> bool:
    return form.isalpha() and len(form) <= _LONGEST


def _counted(keys: Counter[str], come: Iterable[str], gone: Iterable[str]) -> Counter[str]:
    made = keys.copy()
    for form in come:
        made.update(_same_word(form))
    for form in gone:
        for key in _same_word(form):
            made[key] -= 1
            if made[key] <= 0:
                del made[key]
    return made


def _in_order(forms: list[str], come: Iterable[str], gone: Iterable[str]) -> list[str]:
    """Another list of these forms in their order; sorting what is sorted but for a few at the end is quick."""
    made = list(forms)
    for form in gone:
        del made[bisect_left(made, form)]
    made.extend(come)
    made.sort()
    return made


def _mistakes(word: str) -> int:
    return 0 if len(word) < 4 or len(word) > _LONGEST else 1 if len(word) < 7 else 2


def _same_word(word: str) -> list[str]:
    return [key for key, weight in weighted_keys(word).items() if weight == SAME_WORD]
