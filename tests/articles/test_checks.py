from __future__ import annotations

from typing import Any

import pytest
from PIL import features

from articles.checks import kinds_that_go_out_unreviewed_exist, pictures_can_be_encoded


def test_every_format_of_a_picture_can_be_written_here() -> None:
    assert pictures_can_be_encoded() == []


def test_a_missing_encoder_is_found_at_the_start_and_not_by_an_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda codec: codec != "avif")
    [found] = pictures_can_be_encoded()
    assert (found.id, "without avif" in found.msg) == ("articles.E003", True)


def test_a_misspelt_kind_among_those_that_go_out_unreviewed_stops_the_start(settings: Any) -> None:
    assert kinds_that_go_out_unreviewed_exist() == []
    settings.UNREVIEWED_KINDS = frozenset({"page", "artcle"})

    [found] = kinds_that_go_out_unreviewed_exist()

    assert (found.id, "artcle" in found.msg, "article, expert" in str(found.hint)) == ("articles.E004", True, True)
