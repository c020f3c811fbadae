"""A mirror of its own for each test, and the wire between it and the site."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.docs.api.client.inside import Site, Wire, client
from tests.services.clocks import tells


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the client would have waited."""
    cache.clear()  # what other tests asked counts against nobody's limit
    waited: list[float] = []
    tells(monkeypatch, client, sleep=waited.append)
    return waited


@pytest.fixture
def mirror(tmp_path: Path) -> Any:
    return client.Mirror(str(tmp_path / "mirror.sqlite3"))


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def site(wire: Wire) -> Site:
    return Site(wire=wire)
