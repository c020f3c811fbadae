"""What webhooks are sent is what the description says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from articles.api.v1.events import EVENTS, example
from articles.canonical import canonical_json
from tests.articles.api.v1.conftest import description, strict_components
from tests.articles.partners.hooks import bring_back, hook, publish, send, take_down
from tests.factories.documents import an_id, check, fall_due
from tests.services.receiving import Receiver, receivers


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


def described(type: str) -> dict[str, Any]:
    return description()["webhooks"][type]["post"]


def fits(type: str, message: Any) -> None:
    schema = described(type)["requestBody"]["content"]["application/json"]["schema"]
    errors = list(Draft202012Validator(schema | {"components": strict_components()}).iter_errors(message))
    assert not errors, errors[0]


def test_every_event_of_the_journal_is_described(repository: Path) -> None:
    """Each is written down where the shelf tells it, and in the description of a line."""
    about = description()["components"]["schemas"]["Line"]["properties"]["event"]["description"]
    assert set(EVENTS) == set(re.findall(r"`(\w+)`", about))
    written = {
        name
        for path in (repository / "articles" / "editions").glob("*.py")
        for name in re.findall(r'journal\.append\(\s*"(\w+)"', path.read_text())
    }
    assert written <= set(EVENTS)
    assert set(description()["webhooks"]) == {f"item.{event}" for event in EVENTS} | {"test"}


@pytest.mark.parametrize("type", [*(f"item.{event}" for event in EVENTS), "test"])
def test_every_example_fits_its_description(type: str) -> None:
    for value in described(type)["requestBody"]["content"]["application/json"]["examples"].values():
        fits(type, value["value"])
        assert value["value"]["type"] == type


@pytest.mark.parametrize("event", EVENTS)
def test_the_hash_in_every_example_is_right(event: str) -> None:
    line = dict(example(event)["data"])
    assert line.pop("hash") == canonical_json.digest(line)


def test_no_two_messages_have_one_name() -> None:
    names = [told["post"]["operationId"] for told in description()["webhooks"].values()]
    names += [one["operationId"] for methods in description()["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_what_is_sent_fits_the_description(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    check(an_id("one"), started="Проверяем дозу.")
    check(an_id("one"), ended="Всё верно.")
    fall_due(an_id("one"))
    take_down("one")
    bring_back("one")
    send()
    messages = one.verified()
    for message, got in zip(messages, receiver.received, strict=True):
        fits(message["type"], message)
        promised = {header["name"] for header in described(message["type"])["parameters"]}
        assert promised <= set(got.headers)
    types = [message["type"] for message in messages]
    assert types == [
        "item.published", "item.check_started", "item.check_ended", "item.fell_due", "item.withdrawn", "item.restored",
    ]  # fmt: skip
    assert json.loads(receiver.received[0].body) == messages[0]
