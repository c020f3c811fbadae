"""The rules of typesetting as tables, one for each language. A rule returns a text of the same length.

Sources: for Russian, Milchin and Cheltsova, "Spravochnik izdatelya i avtora", and GOST 8.417 (units);
for English, New Hart's Rules; for both, the SI Brochure, sections 5.4.3 and 5.4.7 (units, the percent sign).
"""

import re
from collections.abc import Callable
from functools import partial

from articles.canonical.quotation_marks import ENGLISH, RUSSIAN, apostrophes, quoted

Rule = Callable[[str], str]

NBSP = "\u00a0"
_SP = "[ \u00a0]"

# Addresses and identifiers are not prose.
NOT_PROSE = re.compile(r"[^\s\ufffc]*(?:://|@|\bwww\.|\bdoi:|\b10\.\d{4,9}/)[^\s\ufffc]*")


def _glue(pattern: str) -> Rule:
    """A no-break space for the one that follows the first group, or for the whole match without groups."""
    compiled = re.compile(pattern)
    return partial(compiled.sub, rf"\1{NBSP}" if compiled.groups else NBSP)


def _dash(dash: str) -> Rule:
    """A dash for a hyphen between spaces; between numbers it may be a minus."""
    return partial(re.compile(rf"(?<=\S{_SP})-(?={_SP}\S)(?!(?<=\d{_SP}-){_SP}\d)").sub, dash)


_SPAN = re.compile(
    rf"(?<![\w.,:/+=#)\-–])(?<!\){_SP})(\d{{1,4}}(?:[.,]\d{{1,2}})?)-(\d{{1,4}}(?:[.,]\d{{1,2}})?)(?![\w:/(\-–]|[.,]\d)"
)


def _spans(text: str) -> str:
    """An en dash for the hyphen of a span (5–10); not in telephone numbers, dates or codes."""

    def set_span(found: re.Match[str]) -> str:
        first, last = found[1], found[2]
        is_padded = any(re.match(r"0\d", number) for number in (first, last))
        is_telephone = len(first) == 3 and len(last) == 4
        grows = float(first.replace(",", ".")) < float(last.replace(",", "."))
        return f"{first}–{last}" if grows and not is_padded and not is_telephone else found[0]

    return _SPAN.sub(set_span, text)


_TELEPHONE = re.compile(rf"(?<!\w)(?:\+7|8){_SP}\(?\d{{3}}\)?{_SP}?\d{{3}}-\d{{2}}-\d{{2}}(?!\w)")


def _telephones(text: str) -> str:
    """A Russian telephone number stays on one line."""
    return _TELEPHONE.sub(lambda found: found[0].replace(" ", NBSP), text)


# A space between groups of three digits, not between a year and a number after it.
_thousands = _glue(rf"(?<![\w.,])(\d{{1,3}}(?:{_SP}\d{{3}})*?) (?=\d{{3}}(?!\w))")

_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_UNITS = (
    # GOST 8.417, and what doses and prices are counted in
    "нм|мкм|мм|см|дм|м|км|мкг|мг|г|кг|мкл|мл|дл|л|мс|с|сек|мин|ч|сут|нед|мес|ккал|кал|кДж|Дж|Вт|Гц|Па|кПа|моль|ммоль|"
    "мкмоль|МЕ|ЕД|мЕд|тыс|млн|млрд|руб|коп|шт|экз|гг?|вв?|°C|°С|°|%|‰|₽|€|"
    # nouns after a number, in every case and number
    r"секунд\w{0,3}|минут\w{0,3}|час(?:а|ов|у|ам|ами|ах)?|день|дн(?:я|ей|ю|ям|ями|ях)|сут(?:ки|ок|кам|ками|ках)|"
    r"недел\w{1,3}|месяц\w{0,3}|год(?:а|у|ом|ы|ов|ам|ами|ах)?|лет|раза?|человека?|процент\w{0,3}|градус\w{0,3}|"
    r"таблет\w{1,4}|капс\w{2,5}|кап(?:ля|ли|ель)|ложк\w{1,3}|ложек|литр\w{0,3}|грамм\w{0,3}|метр\w{0,3}|"
    r"миллиграмм\w{0,3}|миллилитр\w{0,3}|сантиметр\w{0,3}|килограмм\w{0,3}|тысяч\w{0,3}|миллион\w{0,3}|миллиард\w{0,3}"
)
_PARTICLES = "ли|же|бы|ж|б"

_RUSSIAN: tuple[Rule, ...] = (
    partial(quoted, marks=RUSSIAN),
    _dash("—"),
    _spans,
    _telephones,
    _thousands,
    _glue(r"(?<=\S) (?=[—·])"),
    _glue(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))"),
    _glue(rf"(?<=\d) (?=(?:{_MONTHS})(?!\w))"),
    _glue(rf"(?<!\w)({_MONTHS}) (?=\d{{4}}(?!\d))"),
    _glue(r"(?<=[№§]) (?=\d)"),
    _glue(r"(?<!\w)((?:стр|с|рис|табл|гл|пп?|тт?|стт?|ч|вып)\.) (?=\d)"),
    _glue(r"(?<!\w)((?:г|ул|пер|пл|им|проф|акад|доц)\.) (?=[А-ЯЁ])"),
    _glue(r"(?<!\w)(т\.) (?=[едкнпо]\.)"),
    _glue(r"(?<!\w)(н\.) (?=э\.)"),
    # Two initials are a name; one capital letter with a full stop may end a sentence (vitamin C).
    _glue(r"(?<!\w)([А-ЯЁ]\.) (?=[А-ЯЁ]\.)"),
    _glue(rf"(?<=[а-яё]) (?=[А-ЯЁ]\.{_SP}?[А-ЯЁ]\.)"),
    _glue(rf"(?<!\w)([А-ЯЁ]\.{_SP}?[А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])"),
    _glue(rf"(?<=\w) (?=(?:{_PARTICLES})(?![\w-]))"),
    # A short word leans on the next one; not a particle, which leans on the last, nor a unit after its number.
    _glue(rf"(?<![\w.’'-])(?!(?:{_PARTICLES}) )(?!(?<=\d{_SP})(?:{_UNITS}) )([А-Яа-яЁё]{{1,2}}) (?=[^\s—–-])"),
)

_ENGLISH_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_ENGLISH_NOUNS = (
    "seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|times?|percent|per cent|degrees|people|tablets?|"
    "capsules?|drops?|spoons?|teaspoons?|tablespoons?|litres?|metres?|grams?|thousand|million|billion"
)
_ENGLISH: tuple[Rule, ...] = (
    partial(quoted, marks=ENGLISH),
    apostrophes,
    _dash("–"),
    _spans,
    _thousands,
    _glue(r"(?<=\S) (?=[–·])"),
    _glue(
        r"(?<=\d) (?=(?:nm|µm|mm|cm|m|km|mcg|µg|mg|g|kg|µl|µL|ml|mL|dl|dL|l|L|ms|s|min|h|kcal|kJ|J|W|Hz|Pa|kPa|mol|"
        r"mmol|µmol|IU|lb|oz|ft|°C|°F|°|%)(?!\w))"
    ),
    _glue(rf"(?<=\d) (?=(?:{_ENGLISH_NOUNS})(?!\w))"),
    _glue(r"(?<=\d) (?=[ap]\.m\.)"),
    _glue(rf"(?<!\d)(\d{{1,2}}) (?=(?:{_ENGLISH_MONTHS})(?!\w))"),
    _glue(rf"(?<!\w)({_ENGLISH_MONTHS}) (?=\d{{4}}(?!\d))"),
    _glue(r"(?<!\w)((?:pp?|vol|no|No|ch|ed|Fig|fig|Figs|figs)\.) (?=\d)"),
    _glue(r"(?<!\w)((?:Dr|Mr|Mrs|Ms|Prof|St)\.?) (?=[A-Z])"),
)

# A language without an entry is left as it was typed.
LANGUAGES: dict[str, tuple[Rule, ...]] = {"ru": _RUSSIAN, "en": _ENGLISH}
