"""Under which keys a word is found: what joins кашля to кашель and feet to foot.

Russian words of the dictionary have two kinds of keys: their lemmas (кашель) and, marked and weaker, the stems of the
lemmas (0кашел), which also join боль to болит. Words that the dictionary does not have stand under the stem of the
word and of its guessed lemmas. English words stand under the stem of the word and of its irregular lemma. Every key
is made of letters and digits alone, so that any index takes it as one word.
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

OWN = 1.0
STEM = 0.5
_LONGEST = 40
_LIKELY = 0.02
_GUESSES = 2

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_NOT_KEY = re.compile(r"[^\w]|_")
_TO_LATIN = str.maketrans("авекмнорстух", "abekmhopctyx")
_TO_CYRILLIC = str.maketrans("abekmhopctyx", "авекмнорстух")

# Lemmas whose stem is that of a word with another meaning.
_APART = frozenset(["лечь", "печенье", "печение", "мочь", "нос", "вес", "рано", "часто", "вода", "водить", "весить"])

_lock = threading.Lock()


def keys(word: str) -> tuple[str, ...]:
    """The keys under which a folded word is found, the strongest first; never empty for a word of letters or digits."""
    return tuple(weighted_keys(word))


@lru_cache(maxsize=16384)
def weighted_keys(word: str) -> Mapping[str, float]:
    """The same keys, each with its weight: 1.0 for what is this word, less for what is of its family."""
    if len(word) > _LONGEST:
        word = word[:_LONGEST]
    if any(letter.isdigit() for letter in word):
        return MappingProxyType(_code(word))
    with _lock:
        found = _russian(_one_script(word)) if _CYRILLIC.search(word) else _english(word)
    return MappingProxyType({key: weight for key, weight in found.items() if key})


def is_stop(word: str) -> bool:
    """Whether a folded word is a function word of Russian or English."""
    return word in functions.RUSSIAN or word in functions.ENGLISH


def is_russian(word: str) -> bool:
    """Whether the Russian dictionary has this folded word."""
    return bool(_CYRILLIC.search(word)) and any(parse.is_known for parse in _parses(word))


def _code(word: str) -> dict[str, float]:
    plain = unicodedata.normalize("NFC", word).translate(_TO_LATIN)
    whole = _NOT_KEY.sub("", plain.replace(".", "p"))
    found = {whole: OWN}
    head, dot, _ = plain.partition(".")
    if dot and not head.isdigit():
        found[_NOT_KEY.sub("", head)] = STEM
    return found


def _one_script(word: str) -> str:
    latin = sum("a" <= letter <= "z" for letter in word)
    return word.translate(_TO_CYRILLIC) if latin else word


def _russian(word: str) -> dict[str, float]:
    parses = _parses(word)
    found: dict[str, float] = {}
    known = [parse for parse in parses if parse.is_known]
    if not known:
        found[_stemmed("russian", word)] = OWN
        for parse in parses[:_GUESSES]:
            found.setdefault(_stemmed("russian", _plain(parse.normal_form)), OWN)
        return {"0" + stem: weight for stem, weight in found.items() if stem}
    lemmas = dict.fromkeys(_plain(parse.normal_form) for parse in known if parse.score >= _LIKELY)
    found = dict.fromkeys(lemmas, OWN)
    for lemma in lemmas:
        if lemma not in functions.RUSSIAN and lemma not in _APART:
            found.setdefault("0" + _stemmed("russian", lemma), STEM)
    return found


def _english(word: str) -> dict[str, float]:
    word = word.removesuffix("'").removesuffix("'s")
    found = {}
    for form in (word, *irregular.lemmas(word)):
        for spelling in (form, irregular.american(form)):
            found.setdefault(_plain(_stemmed("english", spelling)), OWN)
    return found


def _plain(word: str) -> str:
    return _NOT_KEY.sub("", word.replace("ё", "е"))


def _stemmed(language: str, word: str) -> str:
    return _stemmer(language).stemWord(word)


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


@cache
def _dictionary() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


def _parses(word: str) -> list[Any]:
    return _dictionary().parse(word)
