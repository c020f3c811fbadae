"""How a picture's file is sent. Its address names its content, so it may be kept for good and is never looked up."""

from csp.constants import NONE
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.canonical.picture_paths import PATTERN, parsed

# Opened by itself, a picture is a document too: one that may load, run and frame nothing. Browsers set it in the middle
# of their window by a style of their own, which they count among those that a policy forbids.
_POLICY: dict[str, object] = {
    **dict.fromkeys(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]),
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": True,
}


class PicturePathConverter:
    """The part of an address that can be a picture's path; nothing else even reaches the storage."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def address(path: str) -> str:
    """Return the address on this site of the file with this path."""
    return f"{settings.MEDIA_URL}{path}"


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponse:
    """Return the file, or 304 to whoever has it; raise Http404 if there is none."""
    found = parsed(path)
    if found is None:
        raise Http404(path)
    try:
        with default_storage.open(path) as file:
            data = file.read()
    except FileNotFoundError as fault:
        raise Http404(path) from fault
    response = headers.apply(HttpResponse(data, content_type=found.media_type), "picture")
    response["X-Content-Type-Options"] = "nosniff"
    response._csp_replace = _POLICY  # type: ignore[attr-defined]
    return conditional(request, response)
