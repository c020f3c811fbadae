"""What partners rely on stays: the description may only gain."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repository.breaking import breaking_changes

API = Path(__file__).parents[2] / "docs" / "api"
RELEASED = sorted((API / "released").glob("*.json"))

LISTED = "/api/v1/articles/"
ONE = "/api/v1/articles/{item}/"


@pytest.fixture(scope="module")
def now() -> dict[str, Any]:
    return json.loads((API / "openapi.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("released", RELEASED, ids=[file.stem for file in RELEASED])
def test_nothing_that_was_described_is_gone_or_means_something_else(now: dict[str, Any], released: Path) -> None:
    assert breaking_changes(json.loads(released.read_text(encoding="utf-8")), now) == []


def test_there_is_a_description_to_compare_with() -> None:
    assert RELEASED


def test_the_same_description_breaks_nothing(now: dict[str, Any]) -> None:
    assert breaking_changes(now, copy.deepcopy(now)) == []


def operation(description: dict[str, Any], path: str, method: str = "get") -> dict[str, Any]:
    found: dict[str, Any] = description["paths"][path][method]
    return found


def parameter(description: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    return next(one for one in operation(description, path)["parameters"] if one["name"] == name)


def shape(description: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = description["components"]["schemas"][name]
    return found


def an_address_goes(new: dict[str, Any]) -> None:
    del new["paths"][LISTED]


def an_operation_is_renamed(new: dict[str, Any]) -> None:
    operation(new, LISTED)["operationId"] = "texts"


def an_open_address_wants_a_key(new: dict[str, Any]) -> None:
    operation(new, LISTED)["security"] = [{"key": []}]


def a_parameter_goes(new: dict[str, Any]) -> None:
    operation(new, LISTED)["parameters"].remove(parameter(new, LISTED, "topic"))


def a_parameter_becomes_required(new: dict[str, Any]) -> None:
    parameter(new, LISTED, "lang")["required"] = True


def a_new_parameter_is_required(new: dict[str, Any]) -> None:
    operation(new, LISTED)["parameters"].append(
        {"name": "country", "in": "query", "required": True, "schema": {"type": "string"}}
    )


def a_parameter_takes_less(new: dict[str, Any]) -> None:
    parameter(new, LISTED, "lang")["schema"]["enum"].remove("ru")


def a_limit_sinks(new: dict[str, Any]) -> None:
    parameter(new, LISTED, "limit")["schema"]["maximum"] = 100


def a_member_goes(new: dict[str, Any]) -> None:
    for name in ("Article", "ArticleSelection"):
        del shape(new, name)["properties"]["summary"]


def a_member_may_be_missing(new: dict[str, Any]) -> None:
    shape(new, "Line")["required"].remove("hash")


def a_member_may_be_null(new: dict[str, Any]) -> None:
    shape(new, "Line")["properties"]["hash"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def a_member_gets_another_type(new: dict[str, Any]) -> None:
    shape(new, "Line")["properties"]["sequence"] = {"type": "string"}


def a_closed_list_grows(new: dict[str, Any]) -> None:
    shape(new, "ReviewOut")["properties"]["state"]["enum"].append("perhaps")


def a_kind_of_block_goes(new: dict[str, Any]) -> None:
    for name in ("Article", "ArticleSelection"):
        items = shape(new, name)["properties"]["blocks"]["items"]
        items["anyOf"] = [one for one in items["anyOf"] if "NoteBlockOut" not in one["$ref"]]


def a_body_wants_more(new: dict[str, Any]) -> None:
    shape(new, "DecideIn")["required"].append("country")


def an_answer_is_another_kind(new: dict[str, Any]) -> None:
    content = operation(new, LISTED)["responses"]["200"]["content"]
    content["text/plain"] = content.pop("application/json")


BREAKING: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (an_address_goes, "is gone"),
    (an_operation_is_renamed, "is called texts now"),
    (an_open_address_wants_a_key, "needs a key now"),
    (a_parameter_goes, "no parameter topic"),
    (a_parameter_becomes_required, "lang is required now"),
    (a_new_parameter_is_required, "wants the new parameter country"),
    (a_parameter_takes_less, "may not be any more: ru"),
    (a_limit_sinks, "another maximum: 100"),
    (a_member_goes, ".summary is gone"),
    (a_member_may_be_missing, ".hash may be missing now"),
    (a_member_may_be_null, ".hash may be null now"),
    (a_member_gets_another_type, ".sequence may be string now"),
    (a_closed_list_grows, ".state may be something new: perhaps"),
    (a_kind_of_block_goes, "no alternative NoteBlockOut"),
    (a_body_wants_more, ".country is required now"),
    (an_answer_is_another_kind, "is no application/json any more"),
]


@pytest.mark.parametrize(("breaking", "told"), BREAKING, ids=[change.__name__ for change, _ in BREAKING])
def test_what_breaks_is_told(now: dict[str, Any], breaking: Callable[[dict[str, Any]], None], told: str) -> None:
    new = copy.deepcopy(now)
    breaking(new)
    found = breaking_changes(now, new)
    assert found
    assert any(told in sentence for sentence in found), found


def an_address_comes(new: dict[str, Any]) -> None:
    new["paths"]["/api/v1/more/"] = copy.deepcopy(new["paths"][LISTED])


def an_optional_parameter_comes(new: dict[str, Any]) -> None:
    operation(new, LISTED)["parameters"].append(
        {"name": "country", "in": "query", "required": False, "schema": {"type": "string"}}
    )


def a_parameter_takes_more(new: dict[str, Any]) -> None:
    parameter(new, LISTED, "lang")["schema"]["enum"].append("kk")
    parameter(new, LISTED, "limit")["schema"]["maximum"] = 500


def a_member_comes(new: dict[str, Any]) -> None:
    shape(new, "Line")["properties"]["urgent"] = {"type": "boolean"}
    shape(new, "Line")["required"].append("urgent")


def a_kind_of_block_comes(new: dict[str, Any]) -> None:
    new["components"]["schemas"]["FilmBlockOut"] = copy.deepcopy(shape(new, "NoteBlockOut"))
    shape(new, "Article")["properties"]["blocks"]["items"]["anyOf"].append(
        {"$ref": "#/components/schemas/FilmBlockOut"}
    )


def a_refusal_comes(new: dict[str, Any]) -> None:
    operation(new, LISTED)["responses"]["451"] = {"description": "For reasons of law."}


def a_body_may_hold_more(new: dict[str, Any]) -> None:
    shape(new, "DecideIn")["properties"]["age"] = {"type": "integer"}


ADDITIONS = [
    an_address_comes, an_optional_parameter_comes, a_parameter_takes_more, a_member_comes, a_kind_of_block_comes,
    a_refusal_comes, a_body_may_hold_more,
]  # fmt: skip


@pytest.mark.parametrize("adding", ADDITIONS, ids=[change.__name__ for change in ADDITIONS])
def test_an_addition_breaks_nothing(now: dict[str, Any], adding: Callable[[dict[str, Any]], None]) -> None:
    new = copy.deepcopy(now)
    adding(new)
    assert breaking_changes(now, new) == []
