"""Dates as readers write them. Plain text with no-break spaces, the language as an argument."""

from datetime import date as calendar

from articles.canonical.languages import Language

_NBSP = "\N{NO-BREAK SPACE}"

_MONTHS: dict[Language, tuple[str, ...]] = {
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

# Russian names the month of a day in the genitive.
_MONTHS_OF_DAYS: dict[Language, tuple[str, ...]] = {
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря"),
    "en": _MONTHS["en"],
}  # fmt: skip


def spelled(date: str, language: Language) -> str:
    """Return an ISO year, month, day or moment in words: «22 ноября 2026», "22 November 2026", "August 2012", "2012".

    Of a moment the day in UTC is told. An empty date stays empty; raise ValueError for anything else.
    """
    if not date:
        return ""
    year, *rest = date.partition("T")[0].split("-")
    if not (len(year) == 4 and year.isdecimal() and len(rest) <= 2):
        raise ValueError(f"{date!r} is not an ISO date")
    if not rest:
        return year
    month = int(rest[0]) - 1
    if not 0 <= month < 12:
        raise ValueError(f"{date!r} is not an ISO date")
    if len(rest) == 1:
        return f"{_MONTHS[language][month]}{_NBSP}{year}"
    day = calendar.fromisoformat(date.partition("T")[0]).day
    return f"{day}{_NBSP}{_MONTHS_OF_DAYS[language][month]}{_NBSP}{year}"
