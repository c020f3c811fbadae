"""The words of stored rich text, fast: for looking through everything at the desk and for counting.

What is stored is `html_writing.editor_html`: attributes are escaped, so a tag ends at its first “>”, and every
element is known. That is why a few patterns are enough here, a hundred times as fast as the parser; what comes from
outside goes through `html_reading` and nothing else. A word that markup breaks is whole again.
"""

import re
from html import unescape

# The words inside a citation are its label, which is not stored text.
_CITATION = re.compile(r"<cite\b[^>]*>.*?</cite>", re.DOTALL)
_EDGE = re.compile(r"<(?:/?(?:p|h[1-6]|[uo]l|li)\b[^>]*|br[ /]*)>")
_TAG = re.compile(r"<[^>]*>")
_TYPED = re.compile(r'\b(?:href|data-locator)="([^"]+)"')


def stored_words(html: str) -> str:
    """Return the words alone, each paragraph and item on a line of its own; no marks, no attributes."""
    if "<" in html:
        html = _TAG.sub("", _EDGE.sub("\n", _CITATION.sub("", html) if "<cite" in html else html))
    return unescape(html) if "&" in html else html


def typed_in_attributes(html: str) -> str:
    """Return what editors typed that stands in attributes, a line each: addresses of links, places within sources."""
    if "href=" not in html and "data-locator=" not in html:
        return ""
    return "\n".join(unescape(typed) for typed in _TYPED.findall(html))
