"""What search engines are asked to leave alone, and where they find the rest."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.canonical.languages import LANGUAGES

# Whatever can be searched for is a page of its own already.
CLOSED = ("/admin/", "/health/", *(f"/{language}/search/" for language in LANGUAGES))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return the rules of /robots.txt."""
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    rules = f"User-agent: *\n{closed}\nSitemap: {settings.SITE_URL}/sitemap.xml\n"
    return headers.apply(HttpResponse(rules, content_type="text/plain; charset=utf-8"), "constant")
