"""Words that are surer than evidence can be: «доказано», “always”. What somebody is told to do is no claim."""

import re
from collections.abc import Iterator

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, found_at

# What comes back in the same way is a sign that somebody notices: «всегда одну и ту же ногу», “always the same leg”.
_SAME: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"\bвсегда (?:од(?:ин|н\w+) и т\w+ же)\b", re.IGNORECASE),
    "en": re.compile(r"\balways (?:in |on )?the same\b|\bthe same \w+ always\b", re.IGNORECASE),
}
_SURE: dict[str, re.Pattern[str]] = {
    "ru": re.compile(
        r"\b(?:доказан[оаы]?|доказыва(?:ет|ют)|всегда|никогда|гарантир\w+|несомненно|безусловно|бесспорно"
        r"|(?:полностью|абсолютно|совершенно) (?:безопас|безвред|излечи|исключ)\w+|навсегда|излечива(?:ет|ют)"
        r"|стопроцентн\w+|без всякого сомнения)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:prove[sdn]?|always|never|guarantee[sd]?|undoubtedly|certainly|definitely|unquestionably"
        r"|(?:completely|totally|absolutely|perfectly|100% ?) ?(?:safe|harmless|cured?|effective)"
        r"|cures?|without (?:a )?doubt|beyond doubt)\b",
        re.IGNORECASE,
    ),
}
# Just before such a word: then it is said that something is not sure, or that it is asked about.
_UNSURE_BEFORE: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"(?:\b(?:не|ни|что|ли|пока не|нельзя|вряд ли|как|почти)\s+)$", re.IGNORECASE),
    "en": re.compile(
        r"(?:\b(?:not|nor|never|yet|what is|is it|has it been|almost|nearly|cannot be|hardly|as|to)\s+"
        r"(?:been |be |yet |yet been )?|n[’']t (?:been |be )?|\bno \w+ (?:is |has been )?)$",
        re.IGNORECASE,
    ),
}
# An instruction: «никогда не садитесь», “never ignore” at the head of a sentence or clause.
_INSTRUCTION: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"\b(?:никогда|всегда)\b[^.!?;:]{0,40}?\w{2,}(?:йте|йтесь|ите|итесь|ьте|ьтесь)\b", re.IGNORECASE),
    "en": re.compile(r"(?:^|[.!?;:,—–(]\s*|\b(?:and|but|or|so|then|please)\s+)(?:never|always)\s+\w+", re.IGNORECASE),
}


def overstated(text: str, language: Language) -> Iterator[Finding]:
    """Yield each word of certainty that is claimed, not denied, asked or ordered."""
    let_be = [*_INSTRUCTION[language].finditer(text), *_SAME[language].finditer(text)]
    told = [match.span() for match in let_be]
    for match in _SURE[language].finditer(text):
        if _UNSURE_BEFORE[language].search(text[: match.start()]):
            continue
        if any(start <= match.start() < end for start, end in told):
            continue
        found = found_at("certainty", text, *match.span())
        if not found.sentence.endswith("?"):
            yield found
