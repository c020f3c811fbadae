from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from articles.content.renditions import canonical, largest, smallest, summary

DIGEST = "ab" + "0" * 62


def entry(width: int = 480, format: str = "png", **other) -> dict:
    path = f"pictures/ab/{DIGEST}-{width}.{'jpg' if format == 'jpeg' else format}"
    return {"path": path, "width": width, "height": 360, "format": format, "bytes": 1200} | other


def test_a_list_keeps_its_order_and_gets_the_keys_in_theirs() -> None:
    given = [dict(reversed(entry(width, "avif").items())) for width in (960, 480)] + [entry()]
    assert [list(one) for one in canonical(given)] == [["path", "width", "height", "format", "bytes"]] * 3
    assert [one["width"] for one in canonical(given)] == [960, 480, 480]


def test_numbers_may_come_as_text_as_content_files_give_them() -> None:
    assert canonical([entry(480, height="360", bytes="1200") | {"width": "480"}]) == [entry()]


@pytest.mark.parametrize("value", [None, "", []])
def test_without_a_file_there_is_no_picture(value) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="Choose the picture’s file"):
        canonical(value)


@pytest.mark.parametrize(
    "value",
    [
        "pictures",
        {"path": "x"},
        ["x"],
        [{}],
        [entry(path="../../etc/passwd")],
        [entry(path="https://example.org/a.png")],
        [entry(format="svg")],
        [entry() | {"format": ["png"]}],
        [entry() | {"format": "webp"}],
        [entry() | {"width": 960}],
        [entry(height=0)],
        [entry(height=-5)],
        [entry(height=True)],
        [entry(height="many")],
        [entry(height=200_000)],
        [entry(bytes=None)],
        [entry(onload="alert(1)")],
    ],
)
def test_what_is_no_list_of_our_files_is_refused(value) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="is damaged"):
        canonical(value)


def test_a_picture_that_an_old_browser_could_not_show_is_refused() -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="every browser"):
        canonical([entry(format="avif"), entry(format="webp")])


def test_the_largest_and_the_smallest_are_found() -> None:
    files = canonical([entry(480, "avif"), entry(960, "avif"), entry(700, "jpeg")])
    assert (largest(files)["width"], smallest(files, "avif")["width"]) == (960, 480)


def test_two_pictures_are_told_apart_in_words() -> None:
    with translation.override("en"):
        assert summary(canonical([entry()])) == "480 × 360 pixels, mark ab000000"
        assert summary([]) == ""
