"""Requests made from the description of the interface, and what every answer to one of them must be.

Whatever is asked, right or wrong, the answer is one that the description tells of: its status, its headers, its media
type, and a body with no member that is not described.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import CheckContext, load_all_checks, not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.generation.modes import GenerationMode
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from articles.api.v1.description import described

# Of every answer of the site, whoever made it.
GENERAL = {
    "content-type", "content-length", "content-encoding", "x-content-type-options", "referrer-policy",
    "cross-origin-opener-policy", "permissions-policy", "content-security-policy", "x-frame-options", "x-robots-tag",
    "access-control-expose-headers", "allow", "access-control-allow-origin", "vary",
}  # fmt: skip

CHECKS: list[Callable[[CheckContext, Response, Case], bool | None]] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    allow_header_conformance,
]
MODES = {"right": GenerationMode.POSITIVE, "wrong": GenerationMode.NEGATIVE}


def described_strictly(document: bytes | None = None) -> BaseSchema:
    """The description with every object closed: partners ignore unknown members, we may not send any."""
    load_all_checks()
    made = json.loads(document or described())
    made["components"] = closed(made["components"])
    schema = schemathesis.openapi.from_dict(made)
    # Keys are shown by tests, so that most of them open.
    schema.config.generation.update(with_security_parameters=False)
    schema.app = get_wsgi_application()
    return schema


@contextmanager
def connections_stay_open() -> Iterator[None]:
    """For the time of a test, which lies in one transaction, requests leave its connection alone, as they do to
    Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made["additionalProperties"] = False
    return made


def operations(schema: BaseSchema) -> list[APIOperation]:
    return [found.ok() for found in schema.get_all_operations()]


def collection_of(operation: APIOperation) -> str:
    """Which ids an address takes, such as `articles`."""
    return str(operation.path).removeprefix("/api/v1/").partition("/{")[0]


def cases(operation: APIOperation, mode: GenerationMode, ids: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Case]:
    """Requests of one address; most of them ask for something that there is."""
    anything = operation.as_strategy(generation_mode=mode)
    known = [*ids.get(collection_of(operation), ())]
    if "{item}" not in operation.path or not known:
        return anything
    numbers = ("1", "2") if "{number}" in operation.path else (None,)
    asked = [{"item": item} | ({"number": number} if number else {}) for item in known for number in numbers]

    @st.composite
    def led(draw: st.DrawFn) -> Case:
        case = draw(anything)
        where = draw(st.sampled_from([None, *asked]))
        if where:
            case.path_parameters = dict(where)
        return case

    return led()


def systematic(schema: BaseSchema, operation: APIOperation) -> Iterator[Case]:
    """The limits of every parameter, each left out, doubled, of another type, and methods that there are not."""
    config = schema.config.generation_for(operation=operation)
    yield from schema.iter_coverage_cases(operation, generation_modes=list(MODES.values()), generation_config=config)


def answer(case: Case, headers: Mapping[str, str] | None = None) -> Response:
    """Ask, check the answer against the description, and return it. No limit on requests is in the way."""
    cache.clear()
    response = case.call(headers={"Host": "testserver", "Accept-Encoding": "identity", **(headers or {})})
    case.validate_response(response, checks=CHECKS)
    keeps_promises(response)
    tells_of_its_headers(case, response)
    return response


def keeps_promises(response: Response) -> None:
    assert response.status_code < 500, response.content[:500]
    assert "set-cookie" not in response.headers
    assert b"Traceback" not in response.content
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]
        document = json.loads(response.content) if response.content else {"title": "HEAD", "fix": "HEAD"}
        assert document["title"]
        assert document["fix"]


def tells_of_its_headers(case: Case, response: Response) -> None:
    """Every header of an answer stands in the description of that answer, or is one of every answer of the site."""
    known = case.operation.responses.find_by_status_code(response.status_code)
    if known is None:
        return
    named = {name.lower() for name, _ in known.headers.items()} if known.headers else set()
    untold = {name for name in response.headers if name.lower() not in named | GENERAL}
    assert not untold, f"{response.status_code} of {case.method} {case.path} sends {untold}"
