"""The description as the page shows it: groups of operations, each with all that a partner needs to ask."""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.safestring import SafeString

from articles.answers.problems import TYPES
from articles.api.v1.description import EVERYWHERE
from articles.api.v1.docs import schemas
from articles.api.v1.docs.markdown import inline, render

Description = Mapping[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
# How much of an example is worth reading on the page; the whole of it is in the description.
LONGEST_EXAMPLE = 6_000


@dataclass(frozen=True)
class ParameterView:
    """`field` is the id of its field in the form; `choices` are all values that it may have, if they are few."""

    name: str
    place: str
    is_required: bool
    is_deprecated: bool
    words: SafeString
    about: SafeString
    example: str
    field: str
    choices: Sequence[str]


@dataclass(frozen=True)
class AnswerView:
    status: str
    about: SafeString
    contents: Sequence[tuple[str, SafeString]]
    headers: Sequence[str]
    problems: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class OperationView:
    """`try_at` is where its form leads; empty where it is not asked with GET."""

    name: str
    method: str
    path: str
    summary: SafeString
    about: SafeString
    is_deprecated: bool
    needs_key: bool
    parameters: Sequence[ParameterView]
    body: SafeString | None
    bodies: Sequence[tuple[str, str]]
    answers: Sequence[AnswerView]
    curl: str
    example: str
    try_at: str


@dataclass(frozen=True)
class GroupView:
    name: str
    operations: Sequence[OperationView]


def groups(description: Description) -> list[GroupView]:
    """Return the operations below the first part of their addresses, the root first."""
    found: dict[str, list[OperationView]] = {"root": []}
    for path, methods in description["paths"].items():
        for method, operation in _operations(methods):
            view = _operation(description, method, path, operation)
            found.setdefault(operation["tags"][0], []).append(view)
    return [GroupView(name, operations) for name, operations in found.items() if operations]


def webhooks(description: Description) -> list[OperationView]:
    """Return what we send to a partner's own address."""
    return [
        _operation(description, method, name, operation)
        for name, methods in description.get("webhooks", {}).items()
        for method, operation in _operations(methods)
    ]


def shapes(description: Description) -> list[schemas.ShapeView]:
    """Return every shape that answers are made of, in order of the alphabet."""
    found = description["components"]["schemas"]
    return [schemas.shape(name, found[name]) for name in sorted(found) if schemas.is_shown(name)]


def addresses(description: Description) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return the path and the description of every operation that is asked with GET, by its name."""
    return {
        methods["get"]["operationId"]: (path, methods["get"])
        for path, methods in description["paths"].items()
        if "get" in methods
    }


def filled(path: str, values: Mapping[str, str]) -> str:
    """Return the address with these values in their places, and the others as its query; empty ones fall away."""
    rest = {name: value for name, value in values.items() if value}
    for name in [name for name in rest if f"{{{name}}}" in path]:
        path = path.replace(f"{{{name}}}", quote(rest.pop(name), safe=""))
    return f"{path}?{urlencode(rest)}" if rest else path


def _operations(methods: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((method, methods[method]) for method in METHODS if method in methods)


def _operation(description: Description, method: str, path: str, operation: Mapping[str, Any]) -> OperationView:
    name = operation.get("operationId", path)
    body = _content(operation.get("requestBody", {}))
    bodies = [
        (str(example.get("summary", "")), _pretty(example["value"])) for example in body.get("examples", {}).values()
    ]
    if not bodies and "example" in body:
        bodies = [("", _pretty(body["example"]))]
    security = operation.get("security", [{}])
    needs_key = bool(security) and {} not in security
    answered = _content(next(one for status, one in operation["responses"].items() if status.startswith("2")))
    example = next((_pretty(one["value"]) for one in answered.get("examples", {}).values()), "")
    return OperationView(
        name=name,
        method=method.upper(),
        path=path,
        summary=inline(operation.get("summary", "")),
        about=render(operation.get("description", "")).html,
        is_deprecated=operation.get("deprecated", False),
        needs_key=needs_key,
        parameters=[_parameter(one, name) for one in operation.get("parameters", ())],
        body=schemas.words(body["schema"]) if body else None,
        bodies=bodies,
        answers=[_answer(description, status, one) for status, one in operation["responses"].items()],
        curl=_curl(method, path, operation, needs_key=needs_key) if path.startswith("/") else "",
        example=example if len(example) <= LONGEST_EXAMPLE else f"{example[:LONGEST_EXAMPLE]}\n…",
        try_at=f"/api/v1/docs/try/{name}/" if method == "get" else "",
    )


def _content(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first form that is described, which is the one for programs."""
    return next(iter(part.get("content", {}).values()), {})


def _parameter(parameter: Mapping[str, Any], operation: str) -> ParameterView:
    schema = parameter["schema"]
    examples = [parameter["example"]] if "example" in parameter else []
    choices = [str(one) for one in schema.get("enum", ())]
    return ParameterView(
        name=parameter["name"],
        place=parameter["in"],
        is_required=parameter.get("required", False),
        is_deprecated=parameter.get("deprecated", False),
        words=schemas.words(schema),
        about=inline(parameter.get("description", "")),
        example=str(examples[0]) if examples else "",
        field=f"{operation}-{parameter['name']}",
        choices=choices,
    )


def _answer(description: Description, status: str, answer: Mapping[str, Any]) -> AnswerView:
    while "$ref" in answer:
        answer = description["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    told = answer.get("description", "")
    # What any address may refuse is said once for all of them.
    named = [name for name in TYPES if f"`{name}`" in told and name not in EVERYWHERE] if status >= "400" else []
    return AnswerView(
        status=status,
        about=inline(told),
        contents=[
            (media, schemas.words(one["schema"])) for media, one in answer.get("content", {}).items() if "schema" in one
        ],
        headers=list(answer.get("headers", {})),
        problems=[(name, str(TYPES[name].title)) for name in named],
    )


def _curl(method: str, path: str, operation: Mapping[str, Any], *, needs_key: bool) -> str:
    """A line that can be pasted as it is; a key comes from the environment, so that it is in no history."""
    given = {one["name"]: str(one["example"]) for one in operation.get("parameters", ()) if "example" in one}
    parts = ["curl"]
    if method != "get":
        parts += ["-X", method.upper()] if "requestBody" not in operation or method != "post" else []
    if needs_key:
        parts += ["-H", '"Authorization: Bearer $KEY"']
    body = _content(operation.get("requestBody", {}))
    sent = body.get("example") or next((one["value"] for one in body.get("examples", {}).values()), None)
    if sent is not None:
        parts += ["-H", shlex.quote("Content-Type: application/json"), "-d", shlex.quote(json.dumps(sent))]
    return " ".join([*parts, shlex.quote(settings.SITE_URL + filled(path, given))])


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
