"""An address as a picture that a telephone reads from paper."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str, title: str) -> SafeString:
    """Return the address as an inline drawing with a title in words; it has no style of its own, only attributes."""
    code = segno.make(address, error="m", micro=False)
    # On a dark screen too the ground must be light, or no telephone reads it.
    drawn = code.svg_inline(border=3, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    opening, body = drawn.split(">", 1)
    return format_html('{} role="img" aria-label="{}">{}', mark_safe(opening), title, mark_safe(body))
