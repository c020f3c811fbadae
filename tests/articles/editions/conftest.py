"""What tests of the shelf begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.local_copy import a_local_copy


@pytest.fixture
def copy(db: None, tmp_path: Path) -> Iterator[Path]:
    """A place for the local copy of the shelf, in which nothing is yet."""
    with a_local_copy(tmp_path) as path:
        yield path
