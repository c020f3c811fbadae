"""A “not” that only one language has. It is looked for where the other says nothing of the kind at all.

A good translation turns sentences round: «не позднее» is “by”, «недомогание» is “feeling unwell”. So one language is
warned about only if a sentence of it denies or forbids something and its counterpart has neither a negation nor a word
that holds one.
"""

import re
from collections.abc import Iterator

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, Sentence, sentences

_DENIES: dict[str, re.Pattern[str]] = {
    "ru": re.compile(
        r"\b(?:не(?! \w+ ли\b)|нет(?! ли\b)|нельзя|никогда|никто|ничего|никак\w*|ни|без)\b", re.IGNORECASE
    ),
    "en": re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|cannot|without)\b|n[’']t\b", re.IGNORECASE),
}
# Words that hold a negation, and turns of speech that carry one without its word.
_HOLDS: dict[str, re.Pattern[str]] = {
    "ru": re.compile(
        r"\b(?:не\w{3,}|бес\w{3,}|без\w{3,}|вряд|избега\w+|прекра\w+|переста\w+|кроме|лишь|самое большее|отказ\w*"
        r"|запре\w+|противопоказ\w+|исключ\w+|отсутств\w+|лишён\w*|лишен\w*|вместо|потер\w+|утрат\w+|меньше|мало"
        r"|редко|реже|отмен\w+)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:un[a-z]{3,}|in(?:ability|capable|complete|sufficient|effective|adequate|valid|correct|visible|tolera)\w*"
        r"|im(?:possible|balance|mobile)\w*|ir(?:regular|relevant|reversible)\w*|dis[a-z]{4,}|non-?\w+|\w+less"
        r"|avoid\w*|stop\w*|lack\w*|fail\w*|refus\w+|until|rather|instead|less|fewer|few|little|hardly|rarely|seldom"
        r"|rules? out|ruled out|exclud\w+|except|exceptions?|free|forbid\w*|contraindicat\w+|prevent\w*"
        r"|den(?:y|ies|ied)|lose[s]?|lost|losing|loss|keep (?:off|away|out)|at most|missing|absen\w+|doubt\w*"
        r"|apart from|regardless|lasts? (?:more|over|longer|for)|leave (?:it|them|this|that)|stays?"
        r"|ward(?:s|ed)? off)\b",
        re.IGNORECASE,
    ),
}


def negated_alone(
    original: str, original_language: Language, translation: str, language: Language
) -> Iterator[Finding]:
    """Yield what is denied in one language only; sentence by sentence where both have as many of them."""
    here, there = sentences(translation), sentences(original)
    if len(here) != len(there):
        here, there = [Sentence(0, translation)], [Sentence(0, original)]
    for own, other in zip(here, there, strict=True):
        denied = _DENIES[language].search(own.text)
        if denied and not _denies(other.text, original_language):
            start = own.start + denied.start()
            params = (("other", other.text),)
            yield Finding("negation-differs", start, own.start + denied.end(), denied.group(), own.text, params)
        elif not denied and _DENIES[original_language].search(other.text) and not _denies(own.text, language):
            yield Finding("negation-differs", own.start, own.end, own.text, own.text, (("other", other.text),))


def _denies(text: str, language: Language) -> bool:
    return bool(_DENIES[language].search(text) or _HOLDS[language].search(text))
