"""One form of plain text: NFC, ordinary spaces, nothing invisible that misleads.

The same line typed on a Mac, pasted from Word or read from a file becomes the same characters, and so the same
digest. Typography (no-break spaces, dashes, quotation marks) is added when an edition is composed, never here.
"""

import re
import unicodedata

from articles.canonical.problems import Problem, Refused, problem

# Unicode 15.1, sections 23.1 (controls), 23.6 (surrogates), 23.7 (noncharacters) and UAX #9 (directional formatting).
# Tab, line feed and carriage return are ordinary white space of forms and files.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SURROGATES = "\ud800-\udfff"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)

_DANGEROUS = re.compile(
    f"(?P<control>[{_CONTROLS}])|(?P<surrogate>[{_SURROGATES}])|(?P<bidi>[{_BIDI}])|(?P<none>[{_NONCHARACTERS}])"
)
_CODES = {
    "control": "control-character",
    "surrogate": "lone-surrogate",
    "bidi": "bidi-control",
    "none": "noncharacter",
}

# Soft hyphen, zero-width space, word joiner, byte order mark: hints for breaking lines, which are not words.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))

# The joiners shape letters (Persian, Indic scripts, emoji) and are kept, except where there is nothing to join.
JOINERS = "\u200c\u200d"
_GAP = re.compile(rf"[\s{JOINERS}]+")
_BREAKS = re.compile(r"\r\n|[\n\r\u2028]")


def dangers(value: str, place: str = "") -> list[Problem]:
    """Every kind of character in ``value`` that must not be stored, once each, in order of first appearance."""
    found: dict[str, Problem] = {}
    for match in _DANGEROUS.finditer(value):
        character = match.group()
        if character not in found:
            name, near = f"U+{ord(character):04X}", _near(value, match.start())
            found[character] = problem(_CODES[str(match.lastgroup)], place, character=name, near=near)
    return list(found.values())


def line(value: str) -> str:
    """One line in its one form: NFC, single ordinary spaces, trimmed. Raises ``Refused`` on dangerous characters."""
    _refuse(value)
    return normal(value)


def normal(value: str) -> str:
    """What ``line`` returns, for text whose characters were checked before."""
    visible = value.translate(INVISIBLE)
    return unicodedata.normalize("NFC", spaced(visible).strip(f" {JOINERS}"))


def passage(value: str) -> str:
    """Like ``line``, with single line breaks kept as ``\\n`` and paragraphs as ``\\n\\n``. Raises ``Refused``."""
    _refuse(value)
    paragraphs: list[list[str]] = [[]]
    for row in _BREAKS.sub("\n", value).replace("\u2029", "\n\n").split("\n"):
        if words := normal(row):
            paragraphs[-1].append(words)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(rows) for rows in paragraphs if rows)


def spaced(value: str) -> str:
    """Single ordinary spaces; a joiner beside a space joins nothing and goes with it."""
    return _GAP.sub(lambda gap: gap[0] if gap[0].strip(JOINERS) == "" else " ", value)


def excerpt(value: str, length: int) -> str:
    """At most ``length`` characters of ``value``, cut at the end of a word and closed with “…” when cut."""
    words = spaced(value).strip()
    if len(words) <= length:
        return words
    cut = words[: max(length - 1, 0)]
    if " " in cut and f"{cut[-1]}{words[len(cut)]}".isalnum():
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–—-") + "…"


def shown(value: str, length: int) -> str:
    """A value as a message about it may show it: short, on one line, without dangerous characters."""
    return excerpt(_DANGEROUS.sub("", value[: 4 * length]), length) or "…"


def without_dangers(value: str) -> str:
    """The value without the characters that must not be stored: for looking things up, where nothing is kept."""
    return _DANGEROUS.sub("", value)


def _refuse(value: str) -> None:
    if problems := dangers(value):
        raise Refused(problems)


def _near(value: str, at: int) -> str:
    return shown(value[max(at - 25, 0) : at + 25], 60)
