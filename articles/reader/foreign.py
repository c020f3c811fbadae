"""Words of the other language on a page say so, for voices and hyphenation (WCAG 3.1.2).

Editors mark phrases in running text themselves, and titles of sources know their language. This is for what stands in
plain values: names, publishers, words typed without a mark. It goes over finished pages, so no template can forget it.
"""

import re
from collections.abc import Iterator

from articles.canonical.languages import Language

# Cyrillic can only be Russian here, and an English voice leaves it out, names too.
_CYRILLIC = re.compile(r"[А-ЯЁа-яё][А-ЯЁа-яё\u0301-]*(?:[ \u00a0]+[А-ЯЁа-яё][А-ЯЁа-яё\u0301-]*)*")
# Latin letters may be names, brands, units, abbreviations, or Latin: a Russian voice knows how to say those. Of several
# words with one of the small words of English among them we know that they are English.
_LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:(?:,?[ \u00a0]+|[ \u00a0]&amp;[ \u00a0])[A-Za-z][A-Za-z’'-]*)+")
_ENGLISH = re.compile(
    r"\b(?:about|and|are|by|for|from|in the|is|of|on|or|the|to|with|without|what|when|why|you|your)\b"
)

_PIECES = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_LANG = re.compile(r'\slang="([a-zA-Z-]+)"')
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Where no element may stand, or no words do.
_CLOSED = frozenset({"script", "style", "svg", "title", "textarea", "option"})


def with_marks(html: str, language: Language) -> str:
    """Return the page with its words of the other language inside `<span lang>`; what is marked already stays."""
    if language == "en" and not _CYRILLIC.search(html):
        return html
    return "".join(_pieces(html, language))


def _pieces(html: str, language: Language) -> Iterator[str]:
    # Of each open element: in which language it is, and whether marks may stand in it.
    open_elements: list[tuple[str, bool]] = []
    for number, piece in enumerate(_PIECES.split(html)):
        if number % 2:
            _follow(piece, open_elements)
            yield piece
        elif open_elements and open_elements[-1] == (language, True):
            yield _marked(piece, language)
        else:
            yield piece


def _follow(tag: str, open_elements: list[tuple[str, bool]]) -> None:
    found = _TAG.match(tag)
    if found is None or found[2] in _VOID or tag.endswith("/>"):
        return
    if found[1]:
        open_elements.pop()
        return
    language, is_free = open_elements[-1] if open_elements else ("", True)
    named = _LANG.search(tag)
    open_elements.append((named[1] if named else language, is_free and found[2] not in _CLOSED))


def _marked(words: str, language: Language) -> str:
    if language == "en":
        return _CYRILLIC.sub(lambda found: f'<span lang="ru">{found[0]}</span>', words)
    return _LATIN.sub(
        lambda found: f'<span lang="en">{found[0]}</span>' if _ENGLISH.search(found[0]) else found[0], words
    )
