"""Numbers, units, telephone numbers and placeholders, compared between the two languages of one passage.

Each language writes them in its own way: 0,5 and 0.5, 10 000 and 10,000, мг and mg, 5–10 and “5 to 10”. Words for
numbers are not guessed: “two” and “2” are not compared, so a figure that only one language has is a finding.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from articles.canonical.languages import Language
from articles.editorial.checks.findings import Finding, about

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u2002\u2003"), " ")
_DASHES = "\u2010-\u2015\u2212-"

_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
# With +, or with so many digits in groups that nothing else is written so.
_PHONE = re.compile(
    r"(?<![\w+])(?:\+\d(?:[ ()\u2010-\u2013-]{0,2}\d){6,14}"
    r"|8[ \u2010-\u2013-]?\(?\d{3}\)?[ \u2010-\u2013-]?\d{3}[ \u2010-\u2013-]?\d{2}[ \u2010-\u2013-]?\d{2}"
    r"|0\d{2,4} \d{3} ?\d{3,4})(?!\d)"
)
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_NUMBER: dict[str, re.Pattern[str]] = {
    # 10 000 and 10.000,5 are not both Russian: a point stands before decimals there only in careless writing.
    "ru": re.compile(r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?|[½¼¾]"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[½¼¾]"),
}
_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")

_SCALES: tuple[tuple[str, int], ...] = (
    (r"тыс\.?(?!\w)|тысяч\w*|thousand\w*", 1_000),
    (r"млн(?!\w)|миллион\w*|million\w*", 1_000_000),
    (r"млрд(?!\w)|миллиард\w*|billion\w*|bn(?!\w)", 1_000_000_000),
)
# In the order in which they are tried; each is one unit in both languages.
_UNITS: tuple[tuple[str, str], ...] = (
    ("%", r"%|per ?cent|процент\w*"),
    ("°C", r"° ?[CСcс](?!\w)|℃|degrees? (?:C|Celsius)|градус\w* Цельсия"),
    ("°F", r"° ?F(?!\w)|℉|degrees? F(?!\w)"),
    ("degree", r"°|градус\w*|degrees?"),
    ("mmHg", r"мм рт\. ?ст|mm ?Hg"),
    ("mmol", r"ммоль|mmol"),
    ("µmol", r"мкмоль|[µμ]mol"),
    ("µg", r"мкг(?!\w)|микрограмм\w*|[µμ]g(?!\w)|mcg(?!\w)|micrograms?"),
    ("mg", r"мг(?!\w)|миллиграмм\w*|mg(?!\w)|milligrams?"),
    ("kg", r"кг(?!\w)|килограмм\w*|kg(?!\w)|kilograms?"),
    ("g", r"г(?!\w|\.)|грамм\w*|g(?!\w)|grams?(?!\w)"),
    ("ml", r"мл(?!\w)|миллилитр\w*|ml(?!\w)|millilit\w*"),
    ("l", r"л(?!\w)|литр\w*|l(?!\w)|lit(?:re|er)s?"),
    ("IU", r"МЕ(?!\w)|IU(?!\w)|международн\w* единиц\w*|international units?"),
    ("mm", r"мм(?!\w)|миллиметр\w*|mm(?!\w)|millimet\w*"),
    ("cm", r"см(?!\w)|сантиметр\w*|cm(?!\w)|centimet\w*"),
    ("km", r"км(?!\w)|километр\w*|km(?!\w)|kilomet\w*"),
    ("m", r"м(?!\w)|метр(?:а|ов|ы|у|ах)?(?!\w)|m(?!\w)|met(?:re|er)s?(?!\w)"),
    ("kcal", r"ккал(?!\w)|kcal(?!\w)"),
    ("second", r"секунд\w*|сек\.?(?!\w)|с(?!\w)|seconds?|sec(?!\w)"),
    ("minute", r"минут\w*|мин\.?(?!\w)|minutes?|min(?!\w)"),
    ("hour", r"час(?:а|ов|ы|у|ам|ах|овой|овая|ового)?(?!\w)|ч\.?(?!\w)|hours?|h(?!\w)|hrs?(?!\w)"),
    ("day", r"дн(?:я|ей|и|ю|ям|ях|ями)(?!\w)|день(?!\w)|дн\.?(?!\w)|сут(?:ки|ок)(?!\w)|days?(?!\w)"),
    ("week", r"недел\w*|нед\.?(?!\w)|weeks?(?!\w)|wk(?!\w)"),
    ("month", r"месяц\w*|мес\.?(?!\w)|months?(?!\w)"),
    ("year", r"год(?:а|у|ом|ы|ах)?(?!\w)|лет(?!\w)|years?(?!\w)|yrs?(?!\w)"),
)
_SCALE = [(re.compile(rf" ?(?:{pattern})", re.IGNORECASE), by) for pattern, by in _SCALES]
# Case tells units apart: МЕ is none of me.
_UNIT = [(unit, re.compile(rf"[ {_DASHES}]?(?:{pattern})")) for unit, pattern in _UNITS]
_ADJECTIVE = re.compile(r"[\u2010-\u2013-](?:й|я|е|го|му|м|х|ти|ми|st|nd|rd|th)(?!\w)|(?:st|nd|rd|th)(?!\w)")
# Between two numbers of which the second has the unit of both.
_RANGE = re.compile(rf" ?(?:[{_DASHES}]|to|до|or|или|and|и) ?")
# 24 hours are written out in Russian; they answer for the English figure and ask for none.
_DAY_AND_NIGHT = re.compile(r"\bсут(?:ки|ок|кам|ками|ках)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Fact:
    """`kind` is `placeholder`, `phone` or `number`; `unit` is empty where none follows."""

    kind: str
    value: str
    unit: str = ""


@dataclass
class _Facts:
    found: Counter[_Fact]
    written: dict[_Fact, str]
    # What may stand on the other side without standing here in figures.
    understood: Counter[_Fact]


def differing(original: str, original_language: Language, translation: str, language: Language) -> Iterator[Finding]:
    """Yield what the translation says otherwise in figures: one finding for each of the three kinds at most.

    `lacks` is what only the original has, `adds` what only the translation has, each as it is written there.
    """
    here, there = _facts(translation, language), _facts(original, original_language)
    for kind, code in (
        ("placeholder", "placeholders-differ"), ("phone", "phones-differ"), ("number", "numbers-differ"),
    ):  # fmt: skip
        lacks, adds = _missing(there, here, kind), _missing(here, there, kind)
        lacks, adds = _unit_left_out(lacks, adds)
        if lacks or adds:
            yield about(
                code,
                translation,
                lacks=", ".join(there.written[fact] for fact in lacks) or "—",
                adds=", ".join(here.written[fact] for fact in adds) or "—",
            )


def _missing(whole: _Facts, other: _Facts, kind: str) -> list[_Fact]:
    left = whole.found - other.found - other.understood
    return [fact for fact in left.elements() if fact.kind == kind]


def _unit_left_out(lacks: list[_Fact], adds: list[_Fact]) -> tuple[list[_Fact], list[_Fact]]:
    """The same figure without a unit beside one with a unit: in one language the sentence may carry it elsewhere.

    Only units that change no dose are let go: of time and years one says “at 65” and «в 65 лет».
    """
    lacks, adds = list(lacks), list(adds)
    for fact in list(lacks):
        other = next((one for one in adds if one.kind == fact.kind == "number" and one.value == fact.value), None)
        if other and "" in (fact.unit, other.unit) and (fact.unit or other.unit) in ("", "year"):
            lacks.remove(fact)
            adds.remove(other)
    return lacks, adds


def _facts(text: str, language: Language) -> _Facts:
    plain = text.translate(_SPACES)
    facts = _Facts(Counter(), {}, Counter())
    plain = _taken(_PLACEHOLDER, plain, lambda found: _Fact("placeholder", found), facts)
    plain = _taken(_PHONE, plain, lambda found: _Fact("phone", _dialled(found)), facts)
    plain = _DATE.sub(lambda match: " ".join(match.groups()).rjust(len(match.group())), plain)
    numbers = list(_NUMBER[language].finditer(plain))
    units = [_scaled_and_unit(plain, match) for match in numbers]
    # From the end, so that the unit of the last figure goes to every one before it: 10 и 15 мг.
    for place in range(len(numbers) - 2, -1, -1):
        between = plain[numbers[place].end() : numbers[place + 1].start()]
        if units[place] == (1, "") and _RANGE.fullmatch(between):
            units[place] = units[place + 1]
    for match, (scale, unit) in zip(numbers, units, strict=True):
        sign = "-" if _is_negative(plain, match.start()) else ""
        value = Decimal(_plain_number(match.group(), language)) * scale
        fact = _Fact("number", f"{sign}{value.normalize():f}", unit)
        facts.found[fact] += 1
        facts.written.setdefault(fact, f"{sign}{match.group()}{_shown(unit)}")
    if language == "ru":
        facts.understood[_Fact("number", "24", "hour")] += len(_DAY_AND_NIGHT.findall(plain))
    return facts


def _taken(pattern: re.Pattern[str], text: str, fact_of: Callable[[str], _Fact], facts: _Facts) -> str:
    """Note what the pattern finds, and return the text with blanks in its place."""
    for match in pattern.finditer(text):
        fact = fact_of(match.group())
        facts.found[fact] += 1
        facts.written.setdefault(fact, match.group())
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _dialled(phone: str) -> str:
    """The digits of a number; 8 before ten digits is how Russians dial +7."""
    digits = re.sub(r"\D", "", phone)
    return f"7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" else digits


def _scaled_and_unit(text: str, match: re.Match[str]) -> tuple[int, str]:
    end = match.end()
    if ordinal := _ADJECTIVE.match(text, end):
        end = ordinal.end()
    scale = 1
    for pattern, by in _SCALE:
        if found := pattern.match(text, end):
            scale, end = by, found.end()
            break
    return scale, next((unit for unit, pattern in _UNIT if pattern.match(text, end)), "")


def _is_negative(text: str, start: int) -> bool:
    before = text[:start]
    return before[-1:] in ("-", "\u2212") and (len(before) == 1 or before[-2] in " (\n")


def _plain_number(written: str, language: Language) -> str:
    if written in _FRACTIONS:
        return _FRACTIONS[written]
    written = written.replace(" ", "")
    return written.replace(",", "." if language == "ru" else "")


def _shown(unit: str) -> str:
    return f" {unit}" if unit else ""
