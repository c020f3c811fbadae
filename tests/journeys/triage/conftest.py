"""The site of the quality matrix, whose questions are open: a demonstration, and one that doctors have signed."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.journeys.reader.conftest import site, tab  # noqa: F401


@pytest.fixture(autouse=True)
def nobody_has_sent_anything_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
