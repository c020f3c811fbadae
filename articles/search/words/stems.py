"""Under which keys a word is found: what joins кашля to кашель and feet to foot.

Three kinds of keys, each made of letters and digits alone, so that any index takes a key as one word:

- the lemma of a word that the Russian dictionary has (кашель), or the stem of an English word and of its irregular
  lemma (cramp, foot): the same word in another form;
- 1 and the stem of a Cyrillic word that the dictionary does not have, and of its guessed lemmas (1крамп): as strong;
- 0 and the stem of a Cyrillic word and of its lemmas (0бол): a family of words. It joins боль to болит, but рот to
  рота as well, so it weighs half, and function words have none.
"""

import re
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import pymorphy3
import snowballstemmer

from articles.search.words import functions, irregular
from articles.search.words.mapped import map_graphs

SAME_WORD = 1.0
SAME_FAMILY = 0.5

_LONGEST = 40
_LIKELY = 0.04
_GUESSES = 2

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z]")
_NOT_WRITTEN = re.compile(r"[^\w.']")
_NOT_KEY = re.compile(r"[\W_]")
_ALIKE_LATIN = "abekmhopctyx"
_ALIKE_CYRILLIC = "авекмнорстух"
_TO_LATIN = str.maketrans(_ALIKE_CYRILLIC, _ALIKE_LATIN)
_TO_CYRILLIC = str.maketrans(_ALIKE_LATIN, _ALIKE_CYRILLIC)

# Words whose stem is also that of a word with another meaning: to lie down and to treat, biscuits and the liver.
_NO_FAMILY = frozenset(
    [
        "вес",
        "весить",
        "вода",
        "водить",
        "железа",
        "железо",
        "калий",
        "кома",
        "лечь",
        "мочь",
        "носить",
        "печение",
        "печенье",
        "ранний",
        "рано",
        "род",
        "стать",
        "частый",
        "часто",
    ]
)
_OWN_STEM = frozenset(["important", "international", "organization", "several", "secretion"])

# Neither the stemmers nor the dictionary promise to serve several threads at once.
_lock = threading.Lock()


def keys(word: str) -> tuple[str, ...]:
    """The keys under which a folded word is found, the strongest first; never empty for a word of tokens()."""
    return tuple(weighted_keys(word))


@lru_cache(maxsize=8192)
def weighted_keys(word: str) -> Mapping[str, float]:
    """The same keys, each with its weight: 1.0 for the same word in any form, 0.5 for its family."""
    word = _one_script(_NOT_WRITTEN.sub("", word[:_LONGEST]))
    if any(map(str.isdigit, word)):
        found = _code(word)
    elif _CYRILLIC.search(word):
        with _lock:
            found = _russian(word)
    else:
        with _lock:
            found = _english(word)
    return MappingProxyType({key: weight for key, weight in found.items() if key})


def is_stop(word: str) -> bool:
    """Whether a folded word is a function word of Russian or English in any of its forms."""
    if word in functions.RUSSIAN or word in functions.ENGLISH or word.removesuffix("'s") in functions.ENGLISH:
        return True
    same = {key for key, weight in weighted_keys(word).items() if weight == SAME_WORD}
    return bool(same) and same <= functions.RUSSIAN


def in_dictionary(word: str) -> bool:
    """Whether the Russian dictionary has this folded word; of English words nobody knows."""
    if not _CYRILLIC.search(word):
        return False
    with _lock:
        return bool(_known_parses(_one_script(_NOT_WRITTEN.sub("", word[:_LONGEST]))))


def warm() -> None:
    """Load the dictionary now, so that the first question does not wait for it."""
    keys("судорога")
    keys("cramp")


def _code(word: str) -> dict[str, float]:
    plain = word.translate(_TO_LATIN)
    found = {_NOT_KEY.sub("", plain.replace(".", "p")): SAME_WORD}
    head, dot, _ = plain.partition(".")
    if dot and not head.isdigit():
        found[_NOT_KEY.sub("", head)] = SAME_FAMILY
    return found


def _russian(word: str) -> dict[str, float]:
    known = _known_parses(word)
    if not known:
        guessed = [_lemma(parse) for parse in _parses(word)[:_GUESSES]]
        stems = dict.fromkeys(_stem("russian", form) for form in (word, *guessed))
        return {"1" + stem: SAME_WORD for stem in stems} | {"0" + stem: SAME_FAMILY for stem in stems}
    likely = [parse for parse in known if parse.score >= _LIKELY] or known[:1]
    lemmas = dict.fromkeys(map(_lemma, likely))
    found = dict.fromkeys(lemmas, SAME_WORD)
    if not any(lemma in functions.RUSSIAN or lemma in _NO_FAMILY for lemma in lemmas):
        found |= {"0" + _stem("russian", form): SAME_FAMILY for form in (word, *lemmas)}
    return found


def _english(word: str) -> dict[str, float]:
    word = word.removesuffix("'s")
    found = {_english_stem(word): SAME_WORD}
    weight = SAME_FAMILY if word in irregular.DOUBTFUL else SAME_WORD
    for lemma in irregular.lemmas(word):
        found.setdefault(_english_stem(lemma), weight)
    return found


def _english_stem(word: str) -> str:
    word = irregular.american(word)
    return word if word in _OWN_STEM else _stem("english", word)


def _one_script(word: str) -> str:
    """The word in the script of most of its letters, where the strays are letters that look alike in both."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    whole = word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
    return word if _CYRILLIC.search(whole) and _LATIN.search(whole) else whole


def _stem(language: str, word: str) -> str:
    return _NOT_KEY.sub("", _stemmer(language).stemWord(word)) or _NOT_KEY.sub("", word)


def _lemma(parse: Any) -> str:
    return _NOT_KEY.sub("", parse.normal_form.replace("ё", "е"))


def _known_parses(word: str) -> list[Any]:
    return [parse for parse in _parses(word) if parse.is_known]


def _parses(word: str) -> list[Any]:
    """The dictionary asks for the name of each letter and fails where it has none, as those of Tangut."""
    has_names = all(unicodedata.name(letter, "") for letter in word)
    return _dictionary().parse(word) if has_names else []


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


@cache
def _dictionary() -> Any:
    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    map_graphs(analyzer)
    return analyzer
