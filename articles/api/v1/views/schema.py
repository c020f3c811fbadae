"""The description of the interface in OpenAPI 3.1."""

from django.http import HttpResponse
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.api.v1.answering import PublicAddress
from articles.api.v1.description import described

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.1"


class Schema(PublicAddress):
    """This description."""

    is_in_one_language = False
    media_type = MEDIA_TYPE

    def get(self, request: Request) -> HttpResponse:
        response = HttpResponse(described(), content_type=MEDIA_TYPE)
        headers.apply(response, "constant")
        return conditional(self.request, response)
