"""What a search knows of words: the vocabulary of the index and the glossary as a thesaurus, kept in the process.

Both stand at a line of the journal, as the index does. When that has moved on by a few lines, only the words are looked
at that their texts have or had; else everything is read anew. Only the newest are kept.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from articles.editions.document import TermDocument
from articles.editions.shelf import Standing
from articles.search import engines
from articles.search.moved import moved_words
from articles.search.state import State, index_state
from articles.search.tables import IndexedWord
from articles.search.words.thesaurus import Expression, Thesaurus
from articles.search.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Lexicon:
    """`texts` counts the texts of each language."""

    vocabulary: Vocabulary
    thesaurus: Thesaurus
    texts: dict[str, int]


class _Kept:
    """The newest lexicon, with the mark of the index that it was made from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mark: State | None = None
        self.lexicon = Lexicon(Vocabulary([]), Thesaurus(), {})


_kept = _Kept()


def lexicon() -> Lexicon:
    """Return the lexicon of the index as it is now; one query, and a few more when the index has moved."""
    state = _state()
    if state is None:
        return _made()
    with _kept.lock:
        if _kept.mark != state:
            # While this thread waited, another may have gone beyond what was the newest: nobody goes back.
            state = _state()
            if state is None:
                return _made()
            if _kept.mark != state:
                _kept.lexicon, _kept.mark = _moved_on(state) or _made(), state
        return _kept.lexicon


def _state() -> State | None:
    """The mark of the index; None where it has none, as half an index that is being made anew."""
    state = index_state()
    return state if state and state[0] else None


def _moved_on(state: State) -> Lexicon | None:
    """What is kept, brought up to this mark; None where only reading everything tells what is so."""
    if _kept.mark is None or _kept.mark[2] != state[2]:
        return None
    frequencies = moved_words(_kept.mark[:2], state[:2])
    if frequencies is None:
        return None
    known = _kept.lexicon
    return Lexicon(known.vocabulary.changed(frequencies), known.thesaurus, engines.texts_by_language())


def _made() -> Lexicon:
    frequencies: dict[str, int] = {}

    def keys() -> Iterator[str]:
        for form, texts, held in IndexedWord.objects.values_list("form", "texts", "keys").iterator():
            # Both languages may have a form; it has the same keys in each.
            if form not in frequencies:
                yield from held.split()
            frequencies[form] = frequencies.get(form, 0) + texts

    counted = list(keys())
    return Lexicon(Vocabulary(frequencies.items(), counted), _glossary(), engines.texts_by_language())


def _glossary() -> Thesaurus:
    """Each live term with its synonyms, and its counterpart in the other language."""
    groups: dict[object, list[Expression]] = defaultdict(list)
    rows = Standing.objects.filter(kind="term", state=Standing.State.LIVE).select_related("edition")
    for row in rows.order_by("item", "-language"):
        document = row.edition.document
        assert isinstance(document, TermDocument)
        groups[row.item] += [Expression(words, row.language) for words in (document.title, *document.synonyms)]
    return Thesaurus(groups.values())
