"""Every example of the description is true: what it asks is answered, as the schema says and as the example shows."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator

from articles.api.v1 import examples
from articles.api.v1.description import described
from articles.api.v1.presenters.blocks import BLOCKS
from cramps_site import first_run
from tests.articles.api.v1 import block_examples
from tests.articles.api.v1.conftest import description, strict_components
from tests.articles.api.v1.operation_examples import PARTNER, REQUESTS, ask, shown
from tests.factories.partners import make_key, make_partner
from tests.pages.reaching import open_questions

KINDS = [str(block.__struct_config__.tag) for block in BLOCKS]
OPERATIONS = {
    operation["operationId"]: operation for methods in description()["paths"].values() for operation in methods.values()
}


def schema_of(operation: str) -> dict[str, Any]:
    content = OPERATIONS[operation]["responses"]["200"]["content"]
    schema: dict[str, Any] = next(iter(content.values()))["schema"]
    return schema | {"components": strict_components()}


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    return [fault.message[:300] for fault in Draft202012Validator(schema).iter_errors(value)]


def test_every_operation_has_an_example_and_no_example_is_of_nothing() -> None:
    files = {file.stem for file in examples.OPERATIONS.glob("*.json")}
    assert files == set(OPERATIONS) == set(REQUESTS)


def test_an_example_asks_what_its_file_says() -> None:
    for name, asked in REQUESTS.items():
        example = examples.of_operation(name)
        assert example is not None
        assert (example.path, example.query, example.body) == (asked.path, asked.query, asked.body), name


@pytest.mark.parametrize("operation", REQUESTS)
def test_an_example_of_an_answer_fits_its_schema(operation: str) -> None:
    example = examples.of_operation(operation)
    assert example is not None
    if operation not in {"schema", "blockSchema"}:
        assert faults(schema_of(operation), example.answer) == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_every_example_asks_is_answered_as_its_schema_and_the_example_say(client: Client) -> None:
    """One test for all, because publishing the bundled content is what takes time."""
    first_run.create_accounts(lambda name, password: None)
    first_run.load_starter(datetime.now(UTC))
    _, key = make_key(make_partner(PARTNER))
    told = {}
    for operation in REQUESTS:
        with open_questions():
            answer = ask(client, operation, key)
        example = examples.of_operation(operation)
        assert example is not None
        wrong = faults(schema_of(operation), answer)
        wrong += unlike(example.answer, shown(operation, answer, settings.SITE_URL))
        if wrong:
            told[operation] = wrong
    assert told == {}, "python -m tests.articles.api.v1.operation_examples"


def unlike(example: Any, answer: Any, place: str = "") -> list[str]:
    """Where the two have other members or other types; of a value that may be null nothing is known."""
    if example is None or answer is None:
        return []
    if type(example) is not type(answer):
        return [f"{place}: {type(example).__name__} and {type(answer).__name__}"]
    if isinstance(example, dict):
        odd = [f"{place}.{name}" for name in set(example) ^ set(answer)]
        return odd + [one for name in set(example) & set(answer) for one in unlike(example[name], answer[name], name)]
    if isinstance(example, list):
        return [one for pair in zip(example, answer, strict=False) for one in unlike(*pair, f"{place}[]")]
    return []


def test_an_example_that_looks_otherwise_is_noticed() -> None:
    assert unlike({"a": 1, "b": [{"c": "x"}]}, {"a": 2, "b": [{"c": "y"}, {"c": "z"}]}) == []
    assert unlike({"a": 1}, {"b": 1})
    assert unlike({"a": [{"c": "x"}]}, {"a": [{"c": 1}]})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_block_has_an_example_that_fits_its_schema(kind: str) -> None:
    block = examples.of_block(kind)
    assert block is not None
    shape = next(
        name for name, schema in description()["components"]["schemas"].items()
        if name.endswith("BlockOut") and schema["properties"]["kind"]["enum"] == [kind]
    )  # fmt: skip
    components = {"components": strict_components()}
    assert faults({"$ref": f"#/components/schemas/{shape}"} | components, block) == []
    assert description()["components"]["schemas"][shape]["examples"] == [block]


@pytest.mark.django_db
def test_the_examples_of_blocks_are_what_is_answered(client: Client) -> None:
    assert block_examples.answered(client, settings.SITE_URL) == {kind: examples.of_block(kind) for kind in KINDS}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_of_block_stands_by_itself(client: Client, kind: str) -> None:
    answer = client.get(f"/api/v1/schema/blocks/{kind}/")
    assert answer["Content-Type"] == "application/schema+json"
    schema = json.loads(answer.content)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"http://testserver/api/v1/schema/blocks/{kind}/"
    assert schema["examples"] == [examples.of_block(kind)]
    assert faults(schema, schema["examples"][0]) == []
    assert faults(schema, {**schema["examples"][0], "kind": "nothing"}) != []
    assert faults(schema, {**schema["examples"][0], "more": 1}) == []


@pytest.mark.django_db
def test_a_kind_of_block_that_does_not_exist_has_no_schema(client: Client) -> None:
    answer = client.get("/api/v1/schema/blocks/film/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_examples_name_no_site_and_no_machine() -> None:
    assert b"127.0.0.1" not in described()
    assert b"testserver" not in described()


def test_no_example_holds_a_sentence_that_may_be_withdrawn() -> None:
    """Titles and words about the interface are there; what a text says is not."""
    for operation in (name for name in REQUESTS if name not in {"schema", "blockSchema", "problemPage"}):
        example = examples.of_operation(operation)
        assert example is not None
        long = [
            text for name, text in texts(example.answer) if len(text.split()) > 3 and name not in {"title", "covers"}
        ]
        assert [text for text in long if text != "All rights reserved; ask before you republish"] == [], operation


def texts(value: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in texts(part, key)]
    if isinstance(value, list):
        return [found for part in value for found in texts(part, name)]
    return [(name, value)] if isinstance(value, str) else []
