"""The rules of typesetting as tables, one for each language. A rule returns a text of the same length.

Sources: for Russian, Milchin and Cheltsova, "Spravochnik izdatelya i avtora", and GOST 8.417 (a space before a unit);
for English, New Hart's Rules and the SI Brochure, section 5.4.3 (a space before a unit and before the percent sign).
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
