"""How hard a text is to read, by textstat: one formula and one bound for each language.

Russian: Flesch's reading ease with the coefficients of I. V. Oborneva for Russian (2006), 206.835 - 1.3 · words per
sentence - 60.1 · syllables per word. Flesch (1948) calls what is below 50 “difficult”.

English: the Automated Readability Index (Senter and Smith 1967), a school grade of the United States; a grade and five
is the reader's age. NHS asks for texts that people of 9 to 11 can read, and of 14 at most where that is not possible:
grade 9. It counts letters; the formulas that count syllables would have textstat fetch a dictionary from elsewhere.

Both formulas guide and prove nothing: they see neither jargon nor order. So they warn and never block.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, Sentence, sentences

if TYPE_CHECKING:
    from textstat.textstat import textstatistics

EASIEST_ALLOWED: dict[str, float] = {"ru": 50.0, "en": 9.0}
# On less than this a formula says nothing.
FEWEST_WORDS = 100
# Beyond it a sentence has to be read twice; NHS asks for 20.
MOST_WORDS = 35

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Measured:
    score: float
    is_hard: bool


def measured(passages: Sequence[str], language: Language) -> Measured | None:
    """Return how hard running text is to read; None where there is too little of it."""
    if sum(len(_WORD.findall(text)) for text in passages) < FEWEST_WORDS:
        return None
    # Each sentence ends with a point, headings and items of lists too: otherwise they would run into the next.
    text = " ".join(f"{one.text.rstrip('.!?…:;, ')}." for passage in passages for one in sentences(passage))
    scores = _scores(language)
    if language == "ru":
        score = scores.flesch_reading_ease(text)
        return Measured(score, score < EASIEST_ALLOWED["ru"])
    score = scores.automated_readability_index(text)
    return Measured(score, score > EASIEST_ALLOWED["en"])


def hard(passages: Sequence[str], score: Measured, language: Language) -> Finding:
    """Return the finding about a text that is hard to read: it stands by its longest sentence."""
    longest = max((one for text in passages for one in sentences(text)), key=words_in)
    params = (("bound", f"{EASIEST_ALLOWED[language]:.0f}"), ("score", f"{score.score:.0f}"))
    return Finding("hard-to-read", 0, 0, longest.text, longest.text, params)


def long_sentences(text: str) -> list[Finding]:
    """Return each sentence of a passage that is too long to be read at once."""
    return [
        Finding("long-sentence", one.start, one.end, one.text, one.text, (("words", str(count)),))
        for one in sentences(text)
        if (count := words_in(one)) > MOST_WORDS
    ]


def words_in(sentence: Sentence) -> int:
    """Return how many words a sentence has."""
    return len(_WORD.findall(sentence.text))


@cache
def _scores(language: Language) -> "textstatistics":
    """Its own object for each language: the library's common one is switched, which threads would do to each other.

    Imported when first asked for: a page for readers never needs it.
    """
    from textstat.textstat import textstatistics

    scores = textstatistics()
    scores.set_lang({"ru": "ru_RU", "en": "en_GB"}[language])
    return scores
