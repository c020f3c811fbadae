"""A page of the site within a frame of the desk: as strict as the site itself, and no script at all."""

from django.http import HttpResponse

_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
}


def framed(page: str) -> HttpResponse:
    """Return a reader's page that only the desk may frame and that no search engine may keep."""
    response = HttpResponse(page)
    response["X-Robots-Tag"] = "noindex"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = _POLICY  # type: ignore[attr-defined]
    return response
