"""Words of the other language on a page say so, for voices and hyphenation (WCAG 3.1.2).

Editors mark phrases in running text themselves, and titles of sources know their language. This is for what stands in
plain values: names, publishers, words typed without a mark. It goes over finished pages, so no template can forget it.
"""

import re
from functools import cache

from articles.canonical.languages import Language

# Cyrillic can only be Russian here, and an English voice leaves it out, names too.
_CYRILLIC = re.compile(r"[А-ЯЁа-яё][А-ЯЁа-яё\u0301-]*(?:[ \u00a0]+[А-ЯЁа-яё][А-ЯЁа-яё\u0301-]*)*")
# Latin letters may be names, brands, units, abbreviations, or Latin: a Russian voice knows how to say those. Of several
# words with one of the small words of English among them we know that they are English.
_LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]*+(?:(?:,?[ \u00a0]+|[ \u00a0]&amp;[ \u00a0])[A-Za-z][A-Za-z’'-]*+)++")
_ENGLISH = re.compile(
    r"\b(?:about|and|are|by|for|from|in the|is|of|on|or|the|to|with|without|what|when|why|you|your)\b"
)

# Words between tags that may be foreign: whatever else stands on the page is not looked at. Letters of Cyrillic are
# looked for as one range, which takes half the time of the two that Russian needs.
_CANDIDATES = {
    "en": re.compile(r">[^<\u0400-\u04FF]*+[\u0400-\u04FF][^<]*+"),
    "ru": re.compile(r">[^<A-Za-z]*+[A-Za-z][^<]*+"),
}
# Elements in which no element may stand, or no words do, and those that name their language.
_TURNS = re.compile(
    r"<(?:(script|style|svg|title|textarea|option)\b"
    r'|([a-z0-9]++)(?:\s++(?!lang=")[^\s>]*+)*+\s+lang="([a-zA-Z-]+)")[^>]*+(?<!/)>'
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def with_marks(html: str, language: Language) -> str:
    """Return the page with its words of the other language inside `<span lang>`; what is marked already stays.

    For a page whose elements are closed and whose text has no `<` of its own, as templates write it.
    """
    pieces: list[str] = []
    copied, places = 0, _Places(html)
    for words in _CANDIDATES[language].finditer(html):
        if places.language_at(words.start() + 1) == language:
            pieces += html[copied : words.start()], _marked(words[0], language)
            copied = words.end()
    return "".join([*pieces, html[copied:]])


class _Places:
    """In which language each place of a page is; asked from its beginning to its end."""

    def __init__(self, html: str) -> None:
        self._html, self._seen = html, 0
        # Of each element that the place is in: where it ends, and its language, empty where no mark may stand.
        self._open: list[tuple[int, str]] = []
        # By the name of an element and where its content begins: where it ends. See `_end`.
        self._ends: dict[tuple[str, int], int] = {}

    def language_at(self, place: int) -> str:
        """Return its language, empty where no mark may stand."""
        while turn := _TURNS.search(self._html, self._seen, place):
            self._seen = turn.end()
            is_free = self._leave(turn.start()) or not self._open
            name, language = turn[1] or turn[2], turn[3] if is_free else None
            if name not in _VOID:
                self._open.append((self._end(name, turn.end()), language or ""))
        self._seen = place
        return self._leave(place)

    def _leave(self, place: int) -> str:
        """Leave the elements that end before a place, and return the language there."""
        while self._open and self._open[-1][0] <= place:
            self._open.pop()
        return self._open[-1][1] if self._open else ""

    def _end(self, name: str, start: int) -> int:
        """Return where the element ends whose content begins here.

        On the way there the ends of those of its name inside it are found too, and kept: however deep they stand in
        each other, each tag is looked at once.
        """
        # It ends with the page.
        if name == "html":
            return len(self._html)
        if (name, start) in self._ends:
            return self._ends[name, start]
        begun = [start]
        for tag in _tags(name).finditer(self._html, start):
            if not tag[1]:
                begun.append(tag.end())
                continue
            self._ends[name, begun.pop()] = tag.end()
            if not begun:
                return tag.end()
        self._ends |= dict.fromkeys(((name, one) for one in begun), len(self._html))
        return len(self._html)


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?:\s[^>]*)?(?<!/)>")


def _marked(words: str, language: Language) -> str:
    if language == "en":
        return _CYRILLIC.sub(lambda found: f'<span lang="ru">{found[0]}</span>', words)
    return _LATIN.sub(
        lambda found: f'<span lang="en">{found[0]}</span>' if _ENGLISH.search(found[0]) else found[0], words
    )
