from __future__ import annotations

import re

import pytest

from articles.canonical.picture_paths import FORMATS, PATTERN, PicturePath, named, parsed

DIGEST = "ab" + "0" * 62


@pytest.mark.parametrize("format", FORMATS)
def test_a_path_says_what_it_was_made_of(format) -> None:
    path = PicturePath(DIGEST, 480, format)
    assert parsed(str(path)) == path
    assert named(path.name) == path
    assert re.fullmatch(PATTERN, str(path))


def test_a_path_has_the_digest_the_width_and_the_usual_ending() -> None:
    assert str(PicturePath(DIGEST, 960, "jpeg")) == f"pictures/ab/{DIGEST}-960.jpg"
    assert PicturePath(DIGEST, 960, "jpeg").media_type == "image/jpeg"


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        12,
        f"pictures/ab/{DIGEST}-480.svg",
        f"pictures/ab/{DIGEST}-480.jpeg",
        f"pictures/ab/{DIGEST}-480",
        f"pictures/ab/{DIGEST}-0.png",
        f"pictures/ab/{DIGEST}-048.png",
        f"pictures/ab/{DIGEST}-٤٨٠.png",
        f"pictures/cd/{DIGEST}-480.png",
        f"pictures/AB/{DIGEST.upper()}-480.png",
        f"pictures/ab/../../{DIGEST}-480.png",
        f"/pictures/ab/{DIGEST}-480.png",
        f"pictures/ab/{DIGEST}-480.png\n",
        f"pictures/ab/{DIGEST}-480.png/../../../settings",
    ],
)
def test_what_is_no_path_of_ours_is_none(text) -> None:
    assert parsed(text) is None
