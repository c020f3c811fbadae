"""What has fallen due is carried out by whoever notices first: the worker, or a request that comes while it is away."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.answers.watching import Watcher
from articles.editions import noting
from articles.publishing.settle import next_due, settle

# What says nothing of any text, and must be answered also while the database is away.
_ASIDE = ("/health/", "/media/", "/static/")

# Requests that are answered from finished bytes ask it too (cramps_site/wsgi.py).
WATCHER = Watcher(next_due, settle)


class Settles:
    """Looks before each answer whether a moment has passed; off where `SETTLE_ON_REQUESTS` is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.SETTLE_ON_REQUESTS:
            raise MiddlewareNotUsed
        self._get_response = get_response
        self._watcher = WATCHER

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(_ASIDE):
            # What is done here comes before the answer is read.
            with noting.aside():
                self._watcher.look()
        return self._get_response(request)
