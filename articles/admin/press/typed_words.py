"""Sentences for readers that are typed on the pages of the press, held to the same rules as every field of the desk."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from articles.canonical.problems import Refused
from articles.canonical.text import passage
from articles.content.words import sentence


def tidy(value: str) -> str:
    """Return the text in its one form; unsafe text comes back as it is, for `refusals` to name and the page to show."""
    try:
        return passage(value)
    except Refused:
        return value


def refusals(post: QueryDict | Mapping[str, str], names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (field, sentence) for every character that no text may hold, such as NUL or a reversal of direction."""
    found: list[tuple[str, str]] = []
    for name in names:
        try:
            passage(post.get(name, ""))
        except Refused as refusal:
            found += [(name, sentence(problem)) for problem in refusal.problems]
    return found
