"""JSON-LD inside a page: a block of data, which no browser runs."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.reader.machine.describing import described

CONTEXT = "https://schema.org"

# What could end the block or begin another one, and line breaks that some programs take for the end of a text.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def data_block(page: Any) -> SafeString:
    """Return the block of a page; empty for a page that search engines are asked not to keep, drafts among them."""
    if not page.frame.is_told:
        return SafeString("")
    return in_html({"@context": CONTEXT} | described(page))


def in_html(data: Mapping[str, Any]) -> SafeString:
    """Return data as a block that no word in it can end."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')
