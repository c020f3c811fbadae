"""The bundled protocol on the shelf, and whether its questions are open."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.triage import shelve_protocol
from tests.triage.pages.walking import Walk


@pytest.fixture(autouse=True)
def nobody_has_sent_anything_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shelf(db: None) -> None:
    shelve_protocol()


@pytest.fixture
def open_questions(shelf: None, settings: Any) -> None:
    """As a demonstration: nobody has signed."""
    settings.TRIAGE_DEMONSTRATION = True


@pytest.fixture
def walk(client: Client, open_questions: None) -> Walk:
    return Walk(client)


@pytest.fixture
def english(client: Client, open_questions: None) -> Walk:
    return Walk(client, "en")
