from __future__ import annotations

import pytest
from django.test import Client

from articles.answers.pictures import address
from articles.content.picture_files import Rendition, prepare
from articles.content.picture_store import store
from tests.factories.pictures import a_drawing, a_photo, encoded

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
DIGEST = "ab" + "0" * 62


@pytest.fixture(scope="module")
def kept() -> dict[str, Rendition]:
    """One file of each format."""
    found: dict[str, Rendition] = {}
    for data in (encoded(a_photo(64, 64)), encoded(a_drawing(64, 64), "PNG")):
        prepared = prepare(data, name="a")
        store(prepared)
        found |= {one.format: one for one in prepared.renditions}
    return found


@pytest.mark.parametrize("format", TYPES)
def test_a_file_is_sent_as_what_it_is_and_kept_for_good(
    client: Client, kept: dict[str, Rendition], format: str
) -> None:
    one = kept[format]
    answer = client.get(address(str(one.path)))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, one.data, TYPES[format])
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not {"Vary", "Set-Cookie"} & set(answer.headers)


def test_a_picture_opened_by_itself_may_do_nothing(client: Client, kept: dict[str, Rendition]) -> None:
    policy = client.get(address(str(kept["webp"].path)))["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";")} == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    }


def test_whoever_has_it_is_sent_nothing(client: Client, kept: dict[str, Rendition]) -> None:
    place = address(str(kept["png"].path))
    tag = client.get(place)["ETag"]
    again = client.get(place, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"].endswith("immutable")


def test_a_head_has_the_headers_alone(client: Client, kept: dict[str, Rendition]) -> None:
    answer = client.head(address(str(kept["png"].path)))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"", "image/png")


def test_nothing_can_be_sent_to_a_picture(client: Client, kept: dict[str, Rendition]) -> None:
    assert client.post(address(str(kept["png"].path))).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        f"pictures/ab/{DIGEST}-480.png",
        f"pictures/cd/{DIGEST}-480.png",
        f"pictures/ab/{DIGEST}-480.svg",
        f"pictures/ab/{DIGEST}-480.html",
        "pictures/",
        "pictures/ab/",
        "",
        "../db.sqlite3",
        "pictures/ab/../../../secret_key",
        f"pictures/ab/%2e%2e/{DIGEST}-480.png",
        "secret_key",
        f"pictures/ab/{DIGEST}-480.png%00.html",
        f"pictures/ab/{DIGEST}-480.png/",
    ],
)
@pytest.mark.django_db
def test_what_is_no_picture_of_ours_is_not_there(client: Client, path: str) -> None:
    answer = client.get(f"/media/{path}")
    assert answer.status_code == 404
    assert "immutable" not in answer["Cache-Control"]
