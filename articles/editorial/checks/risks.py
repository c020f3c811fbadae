"""Relative risks that stand alone: “twice as likely” says nothing until one knows of how many."""

import re
from collections.abc import Iterator

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, found_at

_S = r"[ \u00a0\u202f]"
_FIGURE = rf"\d+(?:[.,]\d+)?(?:{_S}?[–-]{_S}?\d+(?:[.,]\d+)?)?"
_MORE_RU = r"(?:чаще|реже|выше|ниже|больше|меньше|вероятнее|опаснее|сильнее|слабее)"
_MORE_EN = r"(?:more|less|fewer|higher|lower|greater|smaller|likelier|as (?:likely|common|often|high|many|much))"

_RISK_EN = r"(?:risk|chance|odds|likelihood)"

_RELATIVE: dict[str, re.Pattern[str]] = {
    "ru": re.compile(
        rf"в{_S}{_FIGURE}{_S}раза?{_S}{_MORE_RU}|\b(?:вдвое|втрое|вчетверо){_S}{_MORE_RU}"
        rf"|на{_S}{_FIGURE}{_S}?(?:%|процент\w*){_S}{_MORE_RU}"
        rf"|\w*(?:риск|вероятност)\w*{_S}(?:\w+{_S}){{0,3}}(?:на{_S}{_FIGURE}{_S}?%|вдвое|втрое|в{_S}{_FIGURE}{_S}раза?)"
        rf"|(?:снижа|уменьша|повыша|увеличива)\w+{_S}(?:\w+{_S}){{0,3}}(?:риск|вероятност)\w*{_S}(?:\w+{_S}){{0,3}}"
        rf"(?:на{_S}{_FIGURE}{_S}?%|вдвое|втрое|в{_S}{_FIGURE}{_S}раза?)"
        rf"|относительн\w+{_S}риск\w*|отношени\w+{_S}(?:шансов|рисков)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"\b(?:twice|three times|{_FIGURE}{_S}times){_S}(?:as{_S}\w+|{_MORE_EN})"
        rf"|\b(?:doubles?|doubled|halves?|halved|triples?|tripled|trebles?){_S}(?:\w+{_S}){{0,2}}{_RISK_EN}"
        rf"|\b{_FIGURE}{_S}?(?:%|per{_S}?cent){_S}(?:{_MORE_EN}|(?:increase|decrease|reduction|rise|drop|fall){_S}in)"
        rf"|\b{_RISK_EN}s?{_S}(?:\w+{_S}){{0,4}}by{_S}(?:{_FIGURE}{_S}?(?:%|per{_S}?cent)|half|a third)"
        rf"|\brelative{_S}risks?|\b(?:odds|hazard|risk){_S}ratios?",
        re.IGNORECASE,
    ),
}
_OF_RU = r"(?:человек|женщин|мужчин|тыс|пациент|больн|беремен)?"
_ABSOLUTE: dict[str, re.Pattern[str]] = {
    "ru": re.compile(
        rf"\d[\d \u00a0]*{_S}из{_S}(?:каждых{_S})?\d"
        rf"|\d[\d \u00a0]*{_S}(?:случа\w+{_S}|человек{_S})?на{_S}(?:каждые{_S})?\d[\d \u00a0]*"
        rf"{_S}?{_OF_RU}(?!\d|{_S}?%)"
        rf"|абсолютн\w+|с{_S}{_FIGURE}{_S}?%?{_S}до{_S}{_FIGURE}{_S}?%"
        rf"|{_FIGURE}{_S}?%{_S}(?:против|и){_S}{_FIGURE}{_S}?%",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"\b\d[\d,]*{_S}(?:(?:people|women|men|cases){_S})?(?:out{_S}of|in|of|per){_S}(?:every{_S})?\d|\babsolute\b"
        rf"|from{_S}{_FIGURE}{_S}?%?{_S}to{_S}{_FIGURE}{_S}?%"
        rf"|{_FIGURE}{_S}?%{_S}(?:versus|vs\.?|against|and|compared{_S}with){_S}{_FIGURE}{_S}?%"
        rf"|\b(?:one|two|three){_S}in{_S}(?:every{_S})?(?:\d|ten|a{_S}hundred|a{_S}thousand)",
        re.IGNORECASE,
    ),
}


def relative_alone(text: str, language: Language) -> Iterator[Finding]:
    """Yield each relative risk in a passage that gives no absolute one beside it."""
    if _ABSOLUTE[language].search(text):
        return
    for match in _RELATIVE[language].finditer(text):
        yield found_at("relative-risk", text, *match.span())
