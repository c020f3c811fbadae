"""Words of the glossary: forms that our texts do not write, and terms that the translation does not have.

Words are compared by their stems, so every case and number is found: «судорожного синдрома», “convulsions”.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, found_at

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# «крампи — читатели не знают этого слова»: what stands behind the dash is the reason.
_REASON = re.compile(r"\s+[—–-]\s+|;\s")
_CASE = re.compile(r"(?:ами|ах|ам|ов|ом|ем|ей|а|у|е|ы|и|ю|я)$")
_SHORTEST = 5
_NAMES: dict[str, str] = {"ru": "russian", "en": "english"}


@dataclass(frozen=True)
class TermWords:
    """A term in one language: what it is called, the first by preference, and what it must not be called."""

    id: str
    names: tuple[str, ...]
    avoided: tuple[tuple[str, str], ...] = ()


def read_avoided(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return (form, reason) for each line of a term's forms to avoid."""
    parts = [_REASON.split(line.strip(), maxsplit=1) for line in lines if line.strip()]
    return tuple((part[0].strip(), part[1].strip() if len(part) > 1 else "") for part in parts if part[0].strip())


def avoided(text: str, language: Language, terms: Sequence[TermWords]) -> Iterator[Finding]:
    """Yield each place where the text has a form that a term asks to avoid.

    A term's own name is none, and neither is what another term is called: cramp is no word for a seizure, and yet the
    right word for a cramp.
    """
    words = _Words(text, language)
    for place, term in enumerate(terms):
        for form, reason in term.avoided:
            places = words.places(form)
            if not places or (term.names and _keys(form, language) == _keys(term.names[0], language)):
                continue
            others = (name for other, one in enumerate(terms) if other != place for name in one.names)
            if any(_keys(form, language) == _keys(name, language) for name in others):
                continue
            for start, end in places:
                better = term.names[0] if term.names else ""
                yield found_at("form-avoided", text, start, end, better=better, reason=f" ({reason})" if reason else "")


def untranslated(
    original: str, original_language: Language, translation: str, language: Language,
    terms: Sequence[tuple[TermWords, TermWords]], *, linked: Collection[str] = (),
) -> Iterator[Finding]:  # fmt: skip
    """Yield each term (in the original's language, in the translation's) that only the original names.

    Whole texts are compared: a translation may well say “it” where the original repeats the word. `linked` are ids of
    terms that the translation leads to, in whatever words.
    """
    there, here = _Words(original, original_language), _Words(translation, language)
    for term, counterpart in terms:
        if not (term.names and counterpart.names) or term.id in linked:
            continue
        if not any(there.places(name) for name in term.names) or any(here.places(name) for name in counterpart.names):
            continue
        yield Finding(
            "term-missing", 0, 0, term.names[0], term.names[0],
            (("counterpart", counterpart.names[0]), ("term", term.names[0])),
        )  # fmt: skip


class _Words:
    """The words of a text by what they are known by, so that a term is looked for only where its first word is."""

    def __init__(self, text: str, language: Language) -> None:
        self._language = language
        known = _known if language == "ru" else _stemmed
        self._found = [(known(_lower(match)), match) for match in _WORD.finditer(text)]
        self._at: dict[str, list[int]] = {}
        for place, (keys, _match) in enumerate(self._found):
            for key in keys:
                self._at.setdefault(key, []).append(place)

    def places(self, form: str) -> list[tuple[int, int]]:
        """Return where the text has these words one after the other, in whatever case and number."""
        wanted = _keys(form, self._language)
        if not wanted:
            return []
        first = sorted({place for key in wanted[0] for place in self._at.get(key, ())})
        return [
            (self._found[place][1].start(), self._found[place + len(wanted) - 1][1].end())
            for place in first
            if len(self._found) - place >= len(wanted)
            and all(self._found[place + offset][0] & keys for offset, keys in enumerate(wanted))
        ]


def _lower(match: re.Match[str]) -> str:
    return match.group().lower().replace("ё", "е")


@lru_cache(maxsize=2_000)
def _keys(words: str, language: Language) -> tuple[frozenset[str], ...]:
    """By what each word of a term is known."""
    found = [_lower(match) for match in _WORD.finditer(words)]
    return tuple(frozenset({_stem(word, language), *([word] if language == "ru" else [])}) for word in found)


@lru_cache(maxsize=20_000)
def _known(word: str) -> frozenset[str]:
    """By what a Russian word of a text is known: its stem, itself, and itself without the ending of a case.

    The stem alone would lose «синдроме»: of «синдром» the stemmer takes «ом» off as if it were an ending.
    """
    bare = _CASE.sub("", word)
    return frozenset({_stem(word, "ru"), word, *([bare] if len(bare) >= _SHORTEST else [])})


def _stemmed(word: str) -> frozenset[str]:
    return frozenset({_stem(word, "en")})


@lru_cache(maxsize=20_000)
def _stem(word: str, language: Language) -> str:
    # A stemmer for each call: it keeps the word that it works on, and threads share this module.
    return str(snowballstemmer.stemmer(_NAMES[language]).stemWord(word))
