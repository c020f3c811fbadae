"""What the description says of the parameters of an operation, and its examples."""

from collections.abc import Mapping
from typing import Any

from articles.answers.problems import TYPES
from articles.api.v1 import deprecations, examples

PATH_PARAMETERS = {
    "item": ("Id of the item.", {"type": "string", "format": "uuid"}),
    "number": ("Number of the edition.", {"type": "integer", "minimum": 1}),
    "name": ("Name of the type of problem.", {"type": "string", "enum": list(TYPES)}),
}


def path_parameters(path: str, view: Any) -> list[dict[str, Any]]:
    """Return what stands in the address, each with its example."""
    example = examples.of_operation(view.operation)
    return [
        {"name": name, "in": "path", "required": True, "description": text, "schema": schema}
        | _shown(name, example.path if example else {})
        for name, (text, schema) in (PATH_PARAMETERS | view.path_texts).items()
        if f"{{{name}}}" in path
    ]


def query_parameters(view: Any) -> list[dict[str, Any]]:
    """Return what stands behind the address, each with its example; what will go says so."""
    example = examples.of_operation(view.operation)
    return [
        {
            "name": parameter.name,
            "in": "query",
            "required": parameter.required,
            "description": f"{parameter.description} {going.sentence}" if going else parameter.description,
            **({"deprecated": True} if going else {}),
            "schema": parameter.described,
        }
        | _shown(parameter.name, example.query if example else {})
        for parameter in view.parameters
        for going in [deprecations.of_parameter(view.operation, parameter.name)]
    ]


def _shown(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The example of a parameter; what is a number in an address is one here."""
    if name not in given:
        return {}
    return {"example": int(given[name]) if given[name].isascii() and given[name].isdigit() else given[name]}


def answered(view: Any) -> dict[str, Any]:
    """Return the example of an answer. Long texts in it are left out."""
    example = examples.of_operation(view.operation)
    return {"examples": {"answer": {"value": example.answer}}} if example else {}


def is_going(view: Any) -> bool:
    """Return whether the operation, or a parameter of it, is deprecated."""
    names = [parameter.name for parameter in view.parameters]
    return bool(
        deprecations.of_operation(view.operation)
        or any(deprecations.of_parameter(view.operation, name) for name in names)
    )
