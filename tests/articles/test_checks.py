from __future__ import annotations

import pytest
from PIL import features

from articles.checks import pictures_can_be_encoded


def test_every_format_of_a_picture_can_be_written_here() -> None:
    assert pictures_can_be_encoded() == []


def test_a_missing_encoder_is_found_at_the_start_and_not_by_an_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda codec: codec != "avif")
    [found] = pictures_can_be_encoded()
    assert (found.id, "without avif" in found.msg) == ("articles.E003", True)
