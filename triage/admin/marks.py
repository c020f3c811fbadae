"""How soon, as editors see it in lists: the word, and a colour that only repeats it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.content.care import CareLevel
from triage.engine.protocol import LEVELS


def level_mark(rank: int) -> SafeString:
    """Return the level of a rank as a mark."""
    return format_html('<span class="triage-level is-{}">{}</span>', LEVELS[rank], CareLevel(LEVELS[rank]).label)
