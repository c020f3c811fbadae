"""The least that Django can do: a view that returns a constant, without middleware, sessions or a database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from tests.bench.constant import BODY, HEADERS

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="of no use", MIDDLEWARE=[])


def constant(request: HttpRequest) -> HttpResponse:
    """Answer with the same headers and bytes as the site does."""
    return HttpResponse(BODY, headers=dict(HEADERS))


urlpatterns = [re_path("", constant)]
application = get_wsgi_application()
