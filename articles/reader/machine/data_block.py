"""JSON-LD inside a page: a block of data, which no browser runs."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.safestring import SafeString, mark_safe

from articles.reader.machine.describing import described

CONTEXT = "https://schema.org"

# What could end the block or begin another one, and line breaks that some programs take for the end of a text.
_DANGEROUS = re.compile("[<>&\u2028\u2029]")


def data_block(page: Any) -> SafeString:
    """Return the block of a page; empty for a page that search engines are asked not to keep, drafts among them."""
    if not page.frame.is_told:
        return SafeString("")
    return in_html({"@context": CONTEXT} | described(page))


def in_html(data: Mapping[str, Any]) -> SafeString:
    """Return data as a block that no word in it can end."""
    # Words of ours may be text of another class, such as one that is translated late.
    written = msgspec.json.encode(data, enc_hook=str).decode()
    written = _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')
