"""Search: what is live and has the words that were asked for, the best first.

The database's engine gives candidates, `scoring` orders them, the shelf says what is live. Nothing that is not live now
is ever shown, however far the index is behind: candidates are joined with where items stand, a text that was amended
since is scored from what is live, and excerpts are cut from there. Nothing about a question is kept anywhere.
"""

import heapq
import logging
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.shelf import Edition
from articles.editions.turns import Turns
from articles.search import engines, scoring
from articles.search.engines import Found
from articles.search.entries import entry_of, read, written
from articles.search.following import BATCH, follow, is_behind
from articles.search.hits import hit
from articles.search.lexicon import Lexicon, lexicon
from articles.search.results import Hit, Results
from articles.search.scoring import Scored, Scorer, Wanted
from articles.search.words.marking import Marker
from articles.search.words.reading import Reading, readings
from articles.search.words.stems import is_stop

log = logging.getLogger(__name__)

# Texts of each language that are scored; of a kind that was asked for, as many again.
CANDIDATES = 150
# Lines of the journal that a search follows by itself before it answers: as many as one transaction takes.
_FOLLOWED = BATCH
# Each holds some megabytes while it scores; seconds that one waits at most.
_TURNS = Turns(2, patience=1.0)
# How fast a reading loses by what it costs to believe in it.
_DOUBT = 0.5


class _Text(NamedTuple):
    """A candidate as it stands now, with its score."""

    id: int
    item: object
    kind: str
    language: Language
    edition: int
    stretches: str
    scored: Scored


@dataclass(frozen=True)
class _Answer:
    reading: Reading
    wanted: list[Wanted]
    texts: list[_Text]

    @property
    def keys(self) -> frozenset[str]:
        """What to mark."""
        return frozenset(key for word in self.wanted for key in word.keys if not word.is_small)

    @property
    def is_sound(self) -> bool:
        """Whether each word, if some are read in another way, is in a live text that answers.

        What finds only half is no better than what was typed; and an index that is behind may know a word from a text
        that was withdrawn since, of which nobody may be told.
        """
        if self.reading.how == "as_typed":
            return True
        return all(
            any(max(text.scored.places[number].values(), default=0.0) == 1.0 for text in self.texts)
            for number, word in enumerate(self.wanted)
            if not word.is_small
        )

    @property
    def worth(self) -> float:
        """How much of what was asked for it finds in one text, and how likely it was meant."""
        return _worth(max((text.scored.coverage for text in self.texts), default=0.0), self.reading)


def _worth(coverage: float, reading: Reading) -> float:
    return round(coverage * math.exp(-_DOUBT * reading.cost), 9)


@_TURNS.taken()
def search(
    query: str,
    language: Language,
    *,
    kinds: Collection[str] = (),
    offset: int = 0,
    limit: int = 20,
    exact: bool = False,
    others: bool = True,
) -> Results:
    """Return what answers a question in a language, then what only the other language has; of `kinds` if given.

    Any string is a question; one without words finds nothing. Of a very common word only the best hundred and fifty
    texts of each language are counted. With `exact` the question is read as it was typed and in no other way; without
    `others` the other language is left out. Equal questions have equal answers while the journal stands still.
    """
    _catch_up()
    known = lexicon()
    meant = readings(query, known.vocabulary, known.thesaurus)
    best = _Asking(language, kinds, known).best([one for one in meant if not exact or one.how == "as_typed"])
    if best is None:
        return Results(query=query)
    texts = [text for text in _in_order(best.texts, language) if others or text.language == language]
    asked = [text for text in texts if not kinds or text.kind in kinds]
    shown = asked[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    is_other = best.reading.how != "as_typed" and bool(texts)
    return Results(
        query=query,
        meant=best.reading.text if is_other else "",
        how=best.reading.how if is_other else "as_typed",
        hits=_hits(shown, best, language),
        total=len(asked),
        by_kind=dict(sorted(Counter(text.kind for text in texts).items())),
    )


def _catch_up() -> None:
    """Follow the journal if it has moved. Whatever stands in the way, search answers from what is there."""
    try:
        if is_behind():
            follow(most=_FOLLOWED, in_passing=True)
    except Exception:
        log.warning("search could not follow the journal", exc_info=True)


class _Asking:
    """One question in its readings; what the engine said of a word is asked once."""

    def __init__(self, language: Language, kinds: Collection[str], known: Lexicon) -> None:
        self.language = language
        self.kinds = frozenset(kinds)
        self.known = known
        self.found: dict[tuple[tuple[str, float], ...], Found] = {}

    def best(self, meant: Iterable[Reading]) -> _Answer | None:
        """The sound answer that is worth most, of equals that of the likeliest reading, else the first; None without.

        Texts are not scored for a reading that could not be better if one of them had all that was asked for.
        """
        best: _Answer | None = None
        for reading in meant:
            if best is not None and (_worth(1.0, reading), -reading.cost) <= (best.worth, -best.reading.cost):
                continue
            answer = self.answer(reading)
            if answer.is_sound and (best is None or (answer.worth, -reading.cost) > (best.worth, -best.reading.cost)):
                best = answer
        return best

    def answer(self, reading: Reading) -> _Answer:
        """Small words are looked for beside others, in titles; where there are no others, like any word."""
        is_all_small = all(word.is_stop for word in reading.words)
        wanted: list[Wanted] = []
        candidates: list[Found] = []
        for word in reading.words:
            keys = {key: weight for key, weight in word.keys.items() if word.is_stop or not is_stop(key)}
            if word.is_stop and not is_all_small:
                wanted.append(Wanted(keys, {}, is_small=True))
                continue
            found = self._candidates(keys)
            candidates.append(found)
            wanted.append(Wanted(keys, self._telling(found)))
        big = [word for word in wanted if not word.is_small]
        return _Answer(reading, wanted, _scored(self._chosen(big, candidates), wanted))

    def _candidates(self, keys: dict[str, float]) -> Found:
        name = tuple(sorted(keys.items()))
        if name not in self.found:
            self.found[name] = engines.candidates(keys)
        return self.found[name]

    def _telling(self, found: Found) -> dict[str, float]:
        """In a language that has the word itself, its own texts count; else those that say it in another way.

        Of a word that very many texts have, those that were looked at say in which languages they are.
        """
        own: Counter[str] = Counter()
        alike: Counter[str] = Counter()
        for about, ids in found.candidates.items():
            alike[about.language] += len(ids)
            if about.is_own:
                own[about.language] += len(ids)
        counted = own or alike
        more = 1.0 if found.texts is None else max(1.0, found.texts / max(counted.total(), 1))
        return {
            language: scoring.telling(
                self.known.texts.get(language, 0), round((own[language] or alike[language]) * more)
            )
            for language in LANGUAGES
        }

    def _chosen(self, wanted: Sequence[Wanted], candidates: Sequence[Found]) -> list[int]:
        """The texts that promise most, by what their words are worth; ties by key, which is the same everywhere."""
        promises: dict[str, dict[int, float]] = {language: defaultdict(float) for language in LANGUAGES}
        of_kinds: set[int] = set()
        for word, found in zip(wanted, candidates, strict=True):
            for about, ids in found.candidates.items():
                value = about.worth * word.telling[about.language] * scoring.prior(about.kind)
                promise = promises[about.language]
                for id in ids:
                    promise[id] += value
                if about.kind in self.kinds:
                    of_kinds.update(ids)
        if len(wanted) > 1 and any(found.texts is not None for found in candidates):
            self._add_those_with_all(wanted, candidates, promises)
        chosen: set[int] = set()
        for promise in promises.values():
            chosen.update(_best(promise, promise))
            chosen.update(_best(promise, of_kinds & promise.keys()))
        return sorted(chosen)

    def _add_those_with_all(
        self, wanted: Sequence[Wanted], candidates: Sequence[Found], promises: Mapping[str, dict[int, float]]
    ) -> None:
        """Texts that have every word may be among those of a frequent one that were not looked at: it is worth to them
        what it is worth to those that are least about it."""
        complete = {id: (kind, language) for id, kind, language in engines.having_all([word.keys for word in wanted])}
        for word, found in zip(wanted, candidates, strict=True):
            least = min((about.worth for about in found.candidates), default=0.0)
            for id in complete.keys() - set().union(*found.candidates.values()):
                kind, language = complete[id]
                promises[language][id] += least * word.telling[language] * scoring.prior(kind)


def _best(promise: Mapping[int, float], ids: Collection[int]) -> list[int]:
    """So many that promise most. Very many promise the same, and are put in their order only where some are left."""
    if len(ids) <= CANDIDATES:
        return list(ids)
    alike: dict[float, list[int]] = defaultdict(list)
    for id in ids:
        alike[promise[id]].append(id)
    best: list[int] = []
    for value in sorted(alike, reverse=True):
        best += heapq.nsmallest(CANDIDATES - len(best), alike[value])
        if len(best) == CANDIDATES:
            break
    return best


def _scored(ids: Sequence[int], wanted: Sequence[Wanted]) -> list[_Text]:
    rows = engines.texts(ids)
    moved = {row.live for row in rows if row.live != row.edition}
    digests = dict(Edition.objects.filter(pk__in=moved).values_list("pk", "digest")) if moved else {}
    scorers = {language: Scorer(wanted, language) for language in LANGUAGES}
    found = []
    for id, item, kind, language, sizes, stretches, postings, edition, live in rows:
        if live != edition:
            sizes, stretches, postings = _read_edition(digests[live])
        if not postings:
            continue
        its_own: Language = language  # type: ignore[assignment]
        scored = scorers[its_own].score(
            kind, sizes=list(map(int, sizes.split(" "))), postings=postings, stretches=stretches
        )
        if scored.score > 0:
            found.append(_Text(id, item, kind, its_own, live, stretches, scored))
    return found


# An edition never changes, and its digest is its name everywhere. The codes of its conditions are not in it: by those
# it is found as soon as the index has followed.
@lru_cache(maxsize=256)
def _read_edition(digest: str) -> tuple[str, str, str]:
    made = entry_of(Edition.objects.get(digest=digest))
    return (written([made.sizes]), written(made.stretches), made.postings) if made else ("", "", "")


def _in_order(texts: Sequence[_Text], language: Language) -> list[_Text]:
    """This language first, each by its score; of an item that has both, this one alone."""
    here = {text.item for text in texts if text.language == language}
    kept = [text for text in texts if text.language == language or text.item not in here]
    return sorted(kept, key=lambda text: (text.language != language, -text.scored.score, text.id))


def _hits(texts: Sequence[_Text], answer: _Answer, language: Language) -> list[Hit]:
    """Cut from what is live at this moment; an item that has gone since it was scored is left out."""
    rows = engines.live([text.edition for text in texts])
    marker = Marker(answer.keys)
    shown = []
    for text in texts:
        if text.edition in rows:
            best = scoring.best_stretch(answer.wanted, text.language, text.scored, read(text.stretches))
            shown.append(hit(rows[text.edition], language, marker, best, text.scored.score))
    return shown
