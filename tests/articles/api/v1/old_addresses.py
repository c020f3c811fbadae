"""The addresses of the site, and one that exists only in tests and will go."""

from typing import Annotated

import msgspec
from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from articles.api.v1.answering import PublicAddress
from articles.api.v1.parameters import LANG, Parameter, opaque
from articles.api.v1.shapes.common import Shape
from cramps_site.urls import handler400, handler404, handler500
from cramps_site.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


class Greeting(Shape):
    """What the old address says."""

    words: Annotated[str, msgspec.Meta(description="A greeting.")]


class OldGreeting(PublicAddress):
    """A greeting that will go.

    It is here for tests.
    """

    parameters = (LANG, Parameter("tone", opaque, {"type": "string"}, "How to greet."))
    answers = Greeting

    def get(self, request: Request) -> HttpResponse:
        return self.answer(Greeting(words=self.asked["tone"] or "Hello"))


urlpatterns = [path("api/v1/old-greeting/", OldGreeting.as_view()), *of_the_site]
