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
    words = _words(text, language)
    present = {stem for stem, _, _ in words}
    named = [{_stems(name, language) for name in term.names} for term in terms]
    for place, term in enumerate(terms):
        for form, reason in term.avoided:
            stems = _stems(form, language)
            if (
                not stems
                or not present.issuperset(stems)
                or stems == _stems(term.names[0] if term.names else "", language)
            ):
                continue
            if any(stems in names for other, names in enumerate(named) if other != place):
                continue
            for start, end in _places(words, stems):
                better = term.names[0] if term.names else ""
                yield found_at("form-avoided", text, start, end, better=better, reason=reason)


def untranslated(
    original: str, original_language: Language, translation: str, language: Language,
    terms: Sequence[tuple[TermWords, TermWords]], *, linked: Collection[str] = (),
) -> Iterator[Finding]:  # fmt: skip
    """Yield each term (in the original's language, in the translation's) that only the original names.

    Whole texts are compared: a translation may well say “it” where the original repeats the word. `linked` are ids of
    terms that the translation leads to, in whatever words.
    """
    there, here = _words(original, original_language), _words(translation, language)
    present, has = {stem for stem, _, _ in there}, {stem for stem, _, _ in here}
    for term, counterpart in terms:
        if not (term.names and counterpart.names) or term.id in linked:
            continue
        named = [_stems(name, original_language) for name in term.names]
        if not any(stems and present.issuperset(stems) and _places(there, stems) for stems in named):
            continue
        own = [_stems(name, language) for name in counterpart.names]
        if any(stems and has.issuperset(stems) and _places(here, stems) for stems in own):
            continue
        yield Finding(
            "term-missing", 0, 0, term.names[0], term.names[0],
            (("counterpart", counterpart.names[0]), ("term", term.names[0])),
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def _stem(word: str, language: Language) -> str:
    """Stemmed until nothing comes off: «синдром» itself ends as if it were in another case than «синдроме»."""
    stem = str(_stemmer(language).stemWord(word))
    return stem if stem == word else _stem(stem, language)


@lru_cache(maxsize=2_000)
def _stems(words: str, language: Language) -> tuple[str, ...]:
    return tuple(stem for stem, _, _ in _words(words, language))


def _words(text: str, language: Language) -> list[tuple[str, int, int]]:
    return [
        (_stem(match.group().lower().replace("ё", "е"), language), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def _places(words: Sequence[tuple[str, int, int]], stems: tuple[str, ...]) -> list[tuple[int, int]]:
    found = []
    for place in range(len(words) - len(stems) + 1):
        if all(words[place + offset][0] == stem for offset, stem in enumerate(stems)):
            found.append((words[place][1], words[place + len(stems) - 1][2]))
    return found


def _stemmer(language: Language) -> "snowballstemmer.RussianStemmer":
    # One for each call: a stemmer keeps the word it works on, and threads share this module.
    return snowballstemmer.stemmer(_NAMES[language])
