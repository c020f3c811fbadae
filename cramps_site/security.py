"""Whom to tell of a weakness of the site (RFC 9116)."""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.canonical.languages import LANGUAGES


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Return /.well-known/security.txt; 404 while nobody has said whom to write to."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    lines = [
        f"Contact: mailto:{quote(settings.CONTACT_EMAIL, safe='@+')}",
        f"Expires: {expires(timezone.now())}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    ]
    # An address without encryption proves nothing, and the standard does not allow it here.
    if settings.SITE_URL.startswith("https://"):
        lines.append(f"Canonical: {settings.SITE_URL}/.well-known/security.txt")
    text = "".join(f"{line}\n" for line in lines)
    return headers.apply(HttpResponse(text, content_type="text/plain; charset=utf-8"), "constant")


def expires(now: datetime) -> str:
    """Return until when the file may be trusted: the beginning of this month in a year.

    That is less than a year away, as the standard recommends, and the file stays the same for a month.
    """
    return f"{now.year + 1}-{now.month:02d}-01T00:00:00Z"
