"""What was sent in the body of a request: read whole, within a bound, or not at all."""

from django.http import HttpRequest, UnreadablePostError


class CutOffError(ValueError):
    """Raised for a body whose sender has gone in the middle: what has come may look whole."""


class TooLargeError(ValueError):
    """Raised for a body beyond the bound."""


def whole_body(request: HttpRequest, *, largest: int) -> bytes:
    """Return the body, of at most `largest` bytes; raise CutOffError or TooLargeError, which say nothing of it."""
    try:
        content = request.read(largest + 1)
    except UnreadablePostError as fault:
        raise CutOffError from fault
    if len(content) > largest:
        raise TooLargeError
    if len(content) < int(request.META.get("CONTENT_LENGTH") or 0):
        raise CutOffError
    return content
