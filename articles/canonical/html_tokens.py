"""HTML cut into tokens in one pass, whatever its state.

Not ``html.parser``: on hostile input (a megabyte of ``<a <a <a``) that looks for the same missing end again and again.
Here nothing that was looked for in vain is looked for twice, and words after a broken tag stay words.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple


class Text(NamedTuple):
    text: str


class Start(NamedTuple):
    name: str
    attributes: dict[str, str]


class End(NamedTuple):
    name: str


class Comment(NamedTuple):
    text: str


class CutOff(NamedTuple):
    """The input ended inside a tag or inside an element whose content is no text."""

    name: str


Token = Text | Start | End | Comment | CutOff

# Their content is not markup: the program, style sheet, title, data island or drawing runs to its own end tag.
_RAW = ("script", "style", "title", "xml", "iframe", "svg")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in _RAW}
_NEVER_TEXT = ("script", "style")

_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*")
_GAP = re.compile(r"[\t\n\f\r /]*")
_SPACE = re.compile(r"[\t\n\f\r ]*")
_ATTRIBUTE = re.compile(r"=?[^\t\n\f\r />=]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")

# ``html.unescape`` reads a number of any length, which Python refuses beyond 4,300 digits; nine are past Unicode's end.
_LEADING_ZEROS = re.compile(r"&#0+(?=[0-9])")
_LONG_NUMBER = re.compile(r"&#([0-9]{9})[0-9]+")


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a piece of HTML, with character references resolved and names in lower case. Never raises."""
    return _Cutter(source).tokens()


def unescaped(text: str) -> str:
    """Text with its character references resolved."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub(r"&#\1", _LEADING_ZEROS.sub("&#", text)))


class _Cutter:
    def __init__(self, source: str) -> None:
        self.source = source
        self.absent: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        told = at = 0  # the text before ``told`` has been handed out
        while (at := self._find("<", at)) >= 0:
            token, end = self._markup(at)
            if token is None:
                at = end
                continue
            if told < at:
                yield Text(unescaped(self.source[told:at]))
            if isinstance(token, CutOff):
                yield Text(unescaped(self.source[at:]))
            yield token
            told = at = end
            if isinstance(token, Start) and token.name in _RAW_END:
                inside = self._raw_end(token.name, at)
                if inside < 0 and token.name in _NEVER_TEXT:
                    yield CutOff(token.name)
                    return
                told = at = max(inside, at)
        if told < len(self.source):
            yield Text(unescaped(self.source[told:]))

    def _markup(self, at: int) -> tuple[Token | None, int]:
        """What the ``<`` at this place begins, and where that ends; no token when it is only a character."""
        if self.source.startswith("<!--", at):
            return self._comment("-->", at + 2)
        if self.source.startswith(("<!", "<?"), at):
            return self._comment(">", at + 2)
        closing = self.source.startswith("</", at)
        found = _NAME.match(self.source, at + 1 + closing)
        if not found:
            return self._comment(">", at + 2) if closing else (None, at + 1)
        attributes, end = self._attributes(found.end())
        name = found[0].lower()
        if end < 0:
            return CutOff(name), len(self.source)
        return (End(name) if closing else Start(name, attributes)), end

    def _comment(self, closed_by: str, at: int) -> tuple[Token | None, int]:
        end = self._find(closed_by, at)
        if end < 0:
            return None, at
        return Comment(self.source[at:end].lstrip("-").strip()), end + len(closed_by)

    def _attributes(self, at: int) -> tuple[dict[str, str], int]:
        """The attributes of a tag, the first of each name, and the place after its ``>``, or -1."""
        attributes: dict[str, str] = {}
        while (at := self._past(_GAP, at)) < len(self.source):
            if self.source[at] == ">":
                return attributes, at + 1
            name_end = self._past(_ATTRIBUTE, at)
            name = self.source[at:name_end].lower()
            value, at = self._value(self._past(_SPACE, name_end))
            if at < 0:
                break
            attributes.setdefault(name, value)
        return {}, -1

    def _value(self, at: int) -> tuple[str, int]:
        if not self.source.startswith("=", at):
            return "", at
        at = self._past(_SPACE, at + 1)
        quote = self.source[at : at + 1]
        if quote in ('"', "'"):
            end = self._find(quote, at + 1)
            return (unescaped(self.source[at + 1 : end]), end + 1) if end >= 0 else ("", -1)
        end = self._past(_UNQUOTED, at)
        return unescaped(self.source[at:end]), end

    def _past(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.source, at)
        return found.end() if found else at

    def _find(self, needle: str, at: int) -> int:
        if needle in self.absent:
            return -1
        found = self.source.find(needle, at)
        if found < 0:
            self.absent.add(needle)
        return found

    def _raw_end(self, name: str, at: int) -> int:
        if name in self.absent:
            return -1
        found = _RAW_END[name].search(self.source, at)
        if not found:
            self.absent.add(name)
        return found.start() if found else -1
