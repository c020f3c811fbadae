"""Typed quotation marks and apostrophes into those of a language; all of a paragraph or, in doubt, none."""

import re
from typing import NamedTuple


class QuotationMarks(NamedTuple):
    """The outer and the inner pair of a language."""

    outer: str
    inner: str


# Milchin and Cheltsova, "Spravochnik izdatelya i avtora"; New Hart's Rules with double marks outside.
RUSSIAN = QuotationMarks("«»", "„“")
ENGLISH = QuotationMarks("“”", "‘’")

_BEFORE_OPENING = "([{—–/"
_AFTER_CLOSING = '.,;:!?…)]}—–-/"\ufffc'

_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_AFTER_PLURAL = re.compile(r"(?<=s)'(?=[\s.,;:!?)]|$)")
_AS_QUOTE = re.compile(r"(?<![^\s(\[{—–“\"])'")


def quoted(text: str, marks: QuotationMarks) -> str:
    """The text with its straight double quotation marks set; unchanged where they do not pair beyond doubt."""
    if '"' not in text:
        return text
    pairs = (marks.outer, marks.inner)
    opening = marks.outer[0] + marks.inner[0]
    closing = marks.outer[1] + marks.inner[1].replace("’", "")  # ’ is an apostrophe first
    out = list(text)
    depth = 0
    for at, character in enumerate(text):
        if character == '"':
            before, after = (out[at - 1] if at else " "), text[at + 1 : at + 2] or " "
            opens = (before.isspace() or before in _BEFORE_OPENING + opening) and not after.isspace()
            closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING + closing)
            if opens == closes or (opens and depth == len(pairs)) or (closes and depth == 0):
                return text
            depth += 1 if opens else -1
            out[at] = pairs[depth - 1][0] if opens else pairs[depth][1]
        elif character in opening and character != "‘":
            depth += 1
        elif character in closing:
            depth -= 1
        if not 0 <= depth <= len(pairs):
            return text
    return "".join(out) if depth == 0 else text


def apostrophes(text: str) -> str:
    """English apostrophes (“don’t”, “patients’ rights”); a plural’s only where no single quotation mark is open."""
    within = _INSIDE_WORD.sub("’", text)
    return within if _AS_QUOTE.search(within) else _AFTER_PLURAL.sub("’", within)
