"""How much a text is about a word, from where and how often the word stands in it: between 0 and 1.

The lengths that texts are measured by are fixed, and not the average of what is published: a score moves only when its
own text moves, and what the database keeps of it stays true.
"""

from collections.abc import Iterable, Sequence

from articles.search.entries import SPAN, Entry
from articles.search.passages import Place

# Of each place: what one mention counts, how many words it usually has, and how far its length matters.
_COUNTS = {Place.TITLE: 8.0, Place.NAMES: 5.0, Place.SUMMARY: 2.5, Place.HEADING: 3.0, Place.BODY: 0.5}
_USUAL = {Place.TITLE: 4, Place.NAMES: 3, Place.SUMMARY: 20, Place.HEADING: 20, Place.BODY: 400}
_MATTERS = {Place.TITLE: 0.4, Place.NAMES: 0.2, Place.SUMMARY: 0.3, Place.HEADING: 0.4, Place.BODY: 0.6}
_HALF = 4.0

# The database keeps of each key only in which of sixteen equal classes its impact lies, by a letter. The value is the
# middle of the class.
LEVELS = {letter: 1 - (number + 0.5) / 16 for number, letter in enumerate("abcdefghijklmnop")}
_NAMES = tuple(LEVELS)


def shares(sizes: Sequence[int]) -> list[float]:
    """Return what one mention in each place counts in a text of these sizes."""
    return [_COUNTS[place] / (1 - _MATTERS[place] + _MATTERS[place] * sizes[place] / _USUAL[place]) for place in Place]


def impact(positions: Iterable[int], counts: Sequence[float]) -> float:
    """Return the impact of a word that stands at these positions; `counts` are the text's `shares`."""
    mentions = sum(counts[position // SPAN] for position in positions)
    return mentions / (mentions + _HALF)


def levels(entry: Entry) -> dict[str, list[str]]:
    """Return the keys of a text by the class of their impact. A word that is a whole title or name is in the first:
    whoever looks for it alone is given that text whatever else has the word.
    """
    counts = shares(entry.sizes)
    whole = _whole_names(entry)
    found: dict[str, list[str]] = {level: [] for level in LEVELS}
    for key, positions in entry.found_keys():
        if any(start <= position < end for start, end in whole for position in positions):
            found[_NAMES[0]].append(key)
        else:
            found[_NAMES[min(int((1 - impact(positions, counts)) * 16), 15)]].append(key)
    return found


def _whole_names(entry: Entry) -> list[tuple[int, int]]:
    """From where to where titles and names reach that have one word with meaning."""
    heads = sorted(stretch for stretch in entry.stretches if stretch[0] // SPAN in (Place.TITLE, Place.NAMES))
    ends = [*(start for start, _ in heads[1:]), SPAN * (Place.NAMES + 1)]
    return [(start, end) for (start, size), end in zip(heads, ends, strict=False) if size == 1]
