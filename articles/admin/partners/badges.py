"""States of partners, requests, webhooks and deliveries as marks that say them in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

# What needs somebody's eye, what is as it should be; the others are over. Colours are those of states of texts.
_LOOKS: Mapping[str, str] = {
    "waiting": "changed",
    "active": "live",
    "approved": "live",
    "delivered": "live",
    "paused": "withdrawn",
    "suspended": "withdrawn",
    "failed": "withdrawn",
}


def badge(state: str, words: str | Promise) -> SafeString:
    """Return a state as a mark; colour only repeats the words."""
    return format_html('<span class="state state-{}">{}</span>', _LOOKS.get(state, "draft"), words)
