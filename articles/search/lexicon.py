"""What a search knows of words: the vocabulary of the index and the glossary as a thesaurus, kept in the process.

Both are made anew when the index has moved, and only the newest are kept.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from articles.editions.document import TermDocument
from articles.editions.shelf import Standing
from articles.search.tables import IndexedText, IndexedWord, IndexState
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
        self.mark: tuple[int, str, str] | None = None
        self.lexicon = Lexicon(Vocabulary([]), Thesaurus(), {})


_kept = _Kept()


def lexicon() -> Lexicon:
    """Return the lexicon of the index as it is now; one query, and three more when the index has moved."""
    state = IndexState.objects.filter(id=1).values_list("sequence", "hash", "recipe").first()
    if state is None or state[0] == 0:
        # Half an index that is being made anew has no mark of its own.
        return _made()
    with _kept.lock:
        if _kept.mark != state:
            _kept.lexicon, _kept.mark = _made(), state
        return _kept.lexicon


def _made() -> Lexicon:
    words = list(IndexedWord.objects.values_list("form", "texts", "keys"))
    keys = {key for _, _, held in words for key in held.split()}
    texts = IndexedText.objects.order_by().values_list("language").annotate(Count("id"))
    return Lexicon(Vocabulary([(form, count) for form, count, _ in words], keys), _glossary(), dict(texts))


def _glossary() -> Thesaurus:
    """Each live term with its synonyms, and its counterpart in the other language."""
    groups: dict[object, list[Expression]] = defaultdict(list)
    rows = Standing.objects.filter(kind="term", state=Standing.State.LIVE).select_related("edition")
    for row in rows.order_by("item", "-language"):
        document = row.edition.document
        assert isinstance(document, TermDocument)
        groups[row.item] += [Expression(words, row.language) for words in (document.title, *document.synonyms)]
    return Thesaurus(groups.values())
