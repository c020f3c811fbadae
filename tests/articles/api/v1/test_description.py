"""The published description is complete, valid, and the one in the repository."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation
from drf_spectacular.validation import validate_schema

from articles.answers.problems import TYPES
from articles.api.v1.description import described
from articles.api.v1.presenters.blocks import BLOCKS
from tests.articles.api.v1.conftest import Partner, description, resolved

COMMITTED = Path(__file__).parents[4] / "docs" / "api" / "openapi.json"


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, methods in description()["paths"].items() for operation in methods.values()]


def test_the_description_in_the_repository_is_the_one_that_is_served(partner: Partner) -> None:
    served = partner.get("schema/").content
    assert served == COMMITTED.read_bytes(), "write docs/api/openapi.json anew: see docs/api/README.md"


def test_the_description_is_valid_openapi_3_1() -> None:
    assert description()["openapi"].startswith("3.1")
    validate_schema(description())


def test_the_description_is_the_same_for_every_host_and_language() -> None:
    expected = described()
    described.cache_clear()
    with override_settings(SITE_URL="https://elsewhere.example"), translation.override("ru"):
        assert described() == expected
    assert b"testserver" not in expected


@pytest.mark.parametrize(
    "operation", [operation for _, operation in operations()], ids=[path for path, _ in operations()]
)
def test_every_operation_describes_its_answers_headers_parameters_and_problems(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert {"400", "500", "503"} <= set(operation["responses"])
    assert len({"200", "201", "204"} & set(operation["responses"])) == 1
    is_kept = "requestBody" not in operation and "ETag" in operation["responses"].get("200", {}).get("headers", {})
    assert ("304" in operation["responses"]) == is_kept
    for status, answer in ((status, resolved(answer)) for status, answer in operation["responses"].items()):
        assert answer["description"]
        assert all(resolved(header)["description"] for header in answer["headers"].values())
        if status not in {"204", "304"}:
            assert all(content["schema"] for content in answer["content"].values())
    for parameter in operation["parameters"]:
        assert parameter["description"]
        assert parameter["schema"]


def test_every_type_of_problem_is_described_somewhere() -> None:
    told = json.dumps(description(), ensure_ascii=False)
    assert [name for name in TYPES if f"`{name}`" not in told] == []


@pytest.fixture(scope="module")
def guide() -> str:
    """Everything that partners read, page behind page."""
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(COMMITTED.parent.rglob("*.md")))


def test_every_address_is_in_the_guide(guide: str) -> None:
    names = {"{item}": "{id}", "{webhook}": "{id}", "{number}": "{n}", "{block}": "{kind}", "{name}": "{type}"}
    for path, _ in operations():
        for ours, told in names.items():
            path = path.replace(ours, told)
        assert f"`{path}`" in guide


def test_every_kind_of_block_is_in_the_guide(guide: str) -> None:
    assert [block for block in BLOCKS if f"| `{block.__struct_config__.tag}` | " not in guide] == []


def test_every_parameter_of_a_list_is_in_the_guide(guide: str) -> None:
    names = {parameter["name"] for _, operation in operations() for parameter in operation["parameters"]}
    told_otherwise = {"lang", "cursor", "before", "after", "item", "webhook", "number", "name"}
    assert [name for name in names - told_otherwise if f"`{name}`" not in guide] == []


def test_no_two_operations_have_one_name() -> None:
    names = [operation["operationId"] for _, operation in operations()]
    assert len(names) == len(set(names))


def test_what_is_counted_may_tell_what_is_left_on_every_answer() -> None:
    for name, operation in operations():
        answers = {status: resolved(answer) for status, answer in operation["responses"].items()}
        told = {status for status, answer in answers.items() if "RateLimit" in answer.get("headers", {})}
        refused = {status for status in answers if status[0] in "45"}
        assert (refused <= told) if "429" in answers else not told, name
