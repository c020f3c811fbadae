"""What the description and the guide show a partner is true: every example is sent, and answers as they say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.articles.api.v1.conftest import description, resolved, strict_components
from tests.factories.triage import shelve_protocol
from tests.triage.api.conftest import Asker

pytestmark = pytest.mark.usefixtures("demonstration")

OPERATION = description()["paths"]["/api/v1/triage/protocols/{item}/decide/"]["post"]
BODY = OPERATION["requestBody"]["content"]["application/json"]

# What comes of each example: level, and the question to ask next.
EXPECTED = {
    "begin": (None, "danger"),
    "emergency": ("emergency", None),
    "unsure": (None, "general"),
    "no_signs": ("self_care", None),
}

GUIDE = Path(__file__).parents[3] / "docs" / "api" / "triage.md"


def test_every_example_has_an_expectation() -> None:
    assert set(BODY["examples"]) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_fits_its_schema_and_is_answered_as_told(decide: Asker, name: str) -> None:
    shelve_protocol()
    sent = BODY["examples"][name]["value"]
    assert list(Draft202012Validator(BODY["schema"] | {"components": strict_components()}).iter_errors(sent)) == []
    answer = json.loads(decide.send(json.dumps(sent), 200).content)
    assert (answer["level"], answer["next"]) == EXPECTED[name]


def test_not_being_sure_about_everything_never_ends_in_self_care(decide: Asker) -> None:
    shelve_protocol()
    given: dict[str, Any] = dict(BODY["examples"]["unsure"]["value"]["answers"])
    while following := (answer := decide(given))["next"]:
        given[following] = ["unsure"]
    assert answer["level"] not in {None, "self_care"}


def test_every_status_is_described() -> None:
    assert set(OPERATION["responses"]) == {
        "200", "400", "401", "403", "404", "405", "409", "410", "413", "415", "429", "500", "503"
    }  # fmt: skip
    assert set(resolved(OPERATION["responses"]["429"])["headers"]) >= {"Retry-After", "RateLimit", "RateLimit-Policy"}
    assert "ETag" not in OPERATION["responses"]["200"]["headers"]


def test_every_body_in_the_guide_is_answered(decide: Asker) -> None:
    shelve_protocol()
    bodies = re.findall(r"-d '(\{.*?\})'", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(bodies) >= 3
    for body in bodies:
        decide.send(body, 200)


def test_every_status_and_type_of_refusal_is_in_the_guide() -> None:
    told = GUIDE.read_text(encoding="utf-8")
    from triage.api.views import Decide

    assert [name for name in Decide.refuses if f"`{name}`" not in told] == []
    assert [
        status for status in ("interactive", "demonstration", "table", "expired") if f"`{status}`" not in told
    ] == []
