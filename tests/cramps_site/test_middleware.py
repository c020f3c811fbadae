"""The policy that an answer carries: that of the settings, made once, or its own."""

import pytest
from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cramps_site.middleware import ContentPolicy


def an_answer(**own: object) -> HttpResponse:
    response = HttpResponse()
    vars(response).update(own)
    return response


@pytest.mark.parametrize("path", ["/ru/", "/api/v1/", "/admin/", "/nothing"])
@pytest.mark.parametrize(
    "own",
    [
        {},
        {"_csp_update": {"script-src": ["'self'"]}},
        {"_csp_replace": {"default-src": ["'none'"]}},
        {"_csp_config": {"img-src": ["'self'"]}},
        {"_csp_exempt": True},
        {"_csp_config_ro": {"img-src": ["'self'"]}},
    ],
)
def test_an_answer_has_the_policy_that_django_csp_gives_it(path: str, own: dict[str, object]) -> None:
    def passed(by: type[CSPMiddleware]) -> tuple[str | None, str | None]:
        def answer(request: HttpRequest) -> HttpResponse:
            return an_answer(**own)

        response = by(answer)(RequestFactory().get(path))
        return response.get(HEADER), response.get(HEADER_REPORT_ONLY)

    assert passed(ContentPolicy) == passed(ContentPolicy) == passed(CSPMiddleware)


def test_a_policy_that_an_answer_brings_stays() -> None:
    response = an_answer()
    response[HEADER] = "default-src 'self'"

    assert ContentPolicy(lambda request: response)(RequestFactory().get("/ru/"))[HEADER] == "default-src 'self'"
