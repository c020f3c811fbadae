"""Which words of the index have moved between two lines of the journal, and how frequent they are now.

The index tells what it holds, not what it held. What a text may have lost are words of the editions that the journal
names before: those are read again, and the index says which of their words it still has.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from articles.editions.shelf import Change, Edition, ErasedError
from articles.search.following import codes_of
from articles.search.passages import passages
from articles.search.tables import IndexedText, IndexedWord
from articles.search.words.tokens import each_token

log = logging.getLogger(__name__)

# With more lines it is less work to read every word of the index.
STEP = 40
# Words of one statement.
_AT_ONCE = 2000

_Mark = tuple[int, str]
_Place = tuple[UUID, str]


def moved_words(before: _Mark, now: _Mark) -> dict[str, int] | None:
    """Return how many texts have each word that texts have lost or got between two lines (number and hash), 0 for those
    that none has any more, and maybe others that have not moved.

    None where that cannot be told: the journal is another one, or has gone too far; a term has moved, which texts about
    its condition are found by; something was erased, or cannot be read.
    """
    rows = Change.objects.filter(sequence__gte=before[0], sequence__lte=now[0]).order_by("sequence")
    lines = list(rows.values_list("sequence", "hash", "kind", "event", "item", "language")[: STEP + 1])
    # The line where it stood comes along: it says whether this is the same journal.
    if not lines or lines[0][:2] != before or lines[-1][:2] != now:
        return None
    moved = lines[1:]
    if any(kind == "term" or event == "expunged" for _, _, kind, event, _, _ in moved):
        return None
    places = {(item, language) for *_, item, language in moved}
    try:
        words = {word for text in _texts(places, before[0], now[0]) for word in text}
    except ErasedError:
        # Erased while the index is on its way there; that is nothing to report.
        return None
    except Exception:
        log.exception("what texts have lost is not known, so all words are read")
        return None
    return _frequencies(sorted(words))


def _texts(places: set[_Place], before: int, now: int) -> Iterator[Iterable[str]]:
    """The words of each of these texts as it stands in the index, and as it stood from the one line to the other.

    The index reads what is live when it comes by, which may be newer than the line that led it there.
    """
    held: dict[_Place, int] = {}
    items = {item for item, _ in places}
    for item, language, edition, forms in IndexedText.objects.filter(item__in=items).values_list(
        "item", "language", "edition", "forms"
    ):
        if (item, language) in places:
            held[item, language] = edition
            yield forms.split()
    numbers = _numbers(places, before, now)
    every = {number for some in numbers.values() for number in some}
    # Of what was erased by the first line already, the index had nothing any more; of what was erased since, the words
    # that it had are known to nobody, and reading it fails.
    editions = Edition.objects.filter(item__in=items, number__in=every).exclude(expunged__sequence__lte=before)
    for edition in editions:
        place = (edition.item, edition.language)
        if edition.number in numbers.get(place, ()) and held.get(place) != edition.pk:
            yield _words(edition)


def _numbers(places: set[_Place], before: int, now: int) -> dict[_Place, set[int]]:
    """The numbers of the editions that the journal names for these places: of each the last one before, and all that
    came since."""
    found: dict[_Place, set[int]] = defaultdict(set)
    lines = Change.objects.filter(item__in={item for item, _ in places}, sequence__lte=now, edition__isnull=False)
    # An erasure names editions of before, and a newer one may be live.
    lines = lines.exclude(event="expunged")
    for item, language, sequence, number in lines.order_by("sequence").values_list(
        "item", "language", "sequence", "edition"
    ):
        if sequence <= before:
            found[item, language] = {number}
        else:
            found[item, language].add(number)
    return found


def _words(edition: Edition) -> set[str]:
    language = edition.language
    read = passages(edition.document, language, codes=codes_of(edition))  # type: ignore[arg-type]
    return {token.word for passage in read for token in each_token(passage.text)}


def _frequencies(words: list[str]) -> dict[str, int]:
    found = dict.fromkeys(words, 0)
    for start in range(0, len(words), _AT_ONCE):
        rows = IndexedWord.objects.filter(form__in=words[start : start + _AT_ONCE])
        for form, texts in rows.values_list("form", "texts"):
            found[form] += texts
    return found
