"""What search engines are asked to leave alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers

_RULES = "User-agent: *\nDisallow: /admin/\nDisallow: /health/\n"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return the rules of /robots.txt."""
    return headers.apply(HttpResponse(_RULES, content_type="text/plain; charset=utf-8"), "constant")
