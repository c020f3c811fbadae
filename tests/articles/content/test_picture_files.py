from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from hashlib import sha256

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content.picture_files import (
    MAX_BYTES,
    REFUSALS,
    Prepared,
    RefusedPictureError,
    is_rendition,
    prepare,
    shown_name,
)
from tests.factories.pictures import SECRET, a_drawing, a_photo, decoded, encoded, talkative

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedPictureError) as refused:
        prepare(data, name="x.jpg")
    return refused.value.reason


def sizes(prepared: Prepared) -> list[tuple[str, int, int]]:
    return [(one.format, one.width, one.height) for one in prepared.renditions]


# what comes out


def test_a_large_photograph_becomes_three_widths_twice_and_a_fallback() -> None:
    assert sizes(prepare(encoded(a_photo(2000, 1500)), name="a.jpg")) == [
        ("avif", 480, 360), ("avif", 960, 720), ("avif", 1600, 1200),
        ("webp", 480, 360), ("webp", 960, 720), ("webp", 1600, 1200),
        ("jpeg", 960, 720),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("width", "expected"), [(300, [300]), (480, [480]), (700, [480, 700]), (1200, [480, 960, 1200])]
)
def test_nothing_is_enlarged(width: int, expected: list[int]) -> None:
    prepared = prepare(encoded(a_photo(width, 200)), name="a.jpg")
    assert [one.width for one in prepared.renditions if one.format == "avif"] == expected
    assert prepared.renditions[-1].width == min(width, 960)


def test_every_file_is_what_it_says_and_is_named_by_its_content() -> None:
    for one in prepare(encoded(a_photo(700, 300)), name="a.jpg").renditions:
        image = decoded(one.data)
        assert (image.format.lower(), image.size, image.mode) == (one.format, (one.width, one.height), "RGB")
        assert one.path.sha256 == one.sha256 == sha256(one.data).hexdigest()
        assert is_rendition(one.data, one.path, one.height)


def test_the_same_file_gives_the_same_files() -> None:
    data = encoded(a_photo(320, 240))
    assert prepare(data, name="a.jpg") == prepare(data, name="a.jpg")


@pytest.mark.parametrize("format", FORMATS)
def test_every_common_format_is_taken_whatever_its_name_ends_in(format: str) -> None:
    assert sizes(prepare(encoded(a_photo(320, 240), format), name="wrong.exe"))[0] == ("avif", 320, 240)


def test_a_progressive_jpeg_is_taken() -> None:
    assert prepare(encoded(a_photo(320, 240), progressive=True), name="a.jpg").renditions[-1].format == "jpeg"


def test_a_drawing_keeps_its_edges() -> None:
    prepared = prepare(encoded(a_drawing(), "PNG"), name="a.png")
    fallback = prepared.renditions[-1]
    assert (fallback.format, decoded(fallback.data).getpixel((100, 100))) == ("png", (0, 0, 128))
    webp = next(one for one in prepared.renditions if one.format == "webp" and one.width == 640)
    assert decoded(webp.data).convert("RGB").tobytes() == a_drawing().tobytes()


def test_a_grey_photograph_is_no_drawing_although_it_has_few_shades() -> None:
    assert prepare(encoded(a_photo(320, 240, mode="L"), "PNG"), name="a.png").renditions[-1].format == "jpeg"


# what stays behind


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_camera_comments_and_what_is_hidden_behind_the_picture_stay_behind(format: str) -> None:
    data = talkative(format)
    assert data.count(SECRET.encode()) >= 3
    for one in prepare(data, name="a.jpg").renditions:
        image = decoded(one.data)
        assert SECRET.encode() not in one.data
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment", "Author"} & set(image.info)


# what is refused


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03" + bytes(200),
        b"\x7fELF\x02\x01\x01" + bytes(200),
        b"#!/bin/sh\nrm -rf .\n",
        b"%PDF-1.7\n" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        b"<!doctype html><script>alert(1)</script>",
        b"BM" + bytes(200),
        b"II*\x00" + bytes(200),
        b"GIF8",
        b"\xff\xd8",
        b"RIFF\x00\x00\x00\x00WAVE" + bytes(40),
        b"\x00\x00\x00\x20ftypisom" + bytes(40),
        b"x",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name_says(data: bytes) -> None:
    assert refusal(data) == "foreign"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<SVG></SVG>",
        b"\n\n  <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''><svg/>",
    ],
)
def test_an_svg_is_refused_by_name(data: bytes) -> None:
    assert refusal(data) == "svg"


@pytest.mark.parametrize(
    "brands", [b"heic\x00\x00\x00\x00mif1heic", b"mif1\x00\x00\x00\x00mif1heic", b"heix\x00\x00\x00\x00msf1"]
)
def test_a_heic_is_refused_by_name(brands: bytes) -> None:
    assert refusal(struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(100)) == "heic"


def test_an_avif_in_the_dress_of_its_family_is_not_taken_for_a_heic() -> None:
    data = encoded(a_photo(64, 64), "AVIF")
    assert prepare(data[:8] + b"mif1" + data[12:], name="a.avif").renditions


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "empty"


def test_a_file_of_20_mb_is_refused_before_it_is_looked_at() -> None:
    assert refusal(encoded(a_photo()) + bytes(20_000_000)) == "heavy"
    assert refusal(bytes(MAX_BYTES + 1)) == "heavy"


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises this size in 70 bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def webp_header(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x64\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + sides + bytes(80)


@pytest.mark.parametrize(
    "data",
    [
        png_header(50_000, 50_000),
        png_header(9_000, 9_000),
        png_header(12_000, 11_000),
        png_header(10_001, 40),
        webp_header(50_000, 50_000),
        b"GIF89a" + struct.pack("<HH", 50_000, 50_000) + b"\x00\x00\x00,\x00\x00\x00\x00" + bytes(40),
    ],
)
def test_a_decompression_bomb_is_refused_by_its_header_alone(data: bytes) -> None:
    assert len(data) < 200
    assert refusal(data) == "huge"


@pytest.mark.parametrize(("width", "height"), [(1, 1), (31, 200), (200, 31)])
@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_what_nobody_could_see_is_refused(width: int, height: int, format: str) -> None:
    assert refusal(encoded(a_drawing(200, 200).resize((width, height)), format, lossless=True)) == "tiny"


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_what_moves_is_refused_and_not_cut_to_its_first_frame(format: str) -> None:
    frames = [a_photo(64, 64), a_drawing(64, 64)]
    assert refusal(encoded(frames[0], format, save_all=True, append_images=frames[1:])) == "moving"


def test_a_phone_picture_with_a_second_one_for_depth_does_not_move() -> None:
    data = encoded(a_photo(320, 240), "MPO", save_all=True, append_images=[a_photo(320, 240)])
    assert decoded(data).n_frames == 2
    assert prepare(data, name="a.jpg").renditions


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.97])
def test_a_truncated_file_is_refused(format: str, part: float) -> None:
    data = encoded(a_photo(320, 240), format)
    assert refusal(data[: int(len(data) * part)]) == "broken"


def test_a_text_that_unpacks_without_end_is_refused() -> None:
    bomb = b"Comment\x00\x00" + zlib.compress(bytes(80_000_000))
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    data = png_header(64, 64)
    assert refusal(data[:33] + chunk + data[33:]) == "broken"


@settings(max_examples=60)
@given(st.sampled_from(FORMATS), st.integers(0, 10**9), st.binary(min_size=1, max_size=40))
def test_whatever_was_done_to_a_file_it_is_taken_or_refused(format: str, place: int, bytes_put: bytes) -> None:
    data = bytearray(encoded(a_photo(64, 48), format))
    at = place % len(data)
    data[at : at + len(bytes_put)] = bytes_put
    with suppress(RefusedPictureError):
        prepared = prepare(bytes(data), name="x")
        assert all(is_rendition(one.data, one.path, one.height) for one in prepared.renditions)


# what is said


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_is_a_sentence_without_gaps(reason) -> None:
    with translation.override("en"):
        sentence = RefusedPictureError(reason).sentence
    assert sentence.endswith(".")
    assert "%" not in sentence


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("calf.jpg", "calf.jpg"),
        (r"C:\Photos\calf.jpg", "calf.jpg"),
        ("../../etc/passwd", "passwd"),
        ("икра\u202egpj.exe", "икраgpj.exe"),
        ("", "…"),
        ("a" * 300, "a" * 199 + "…"),
    ],
)
def test_the_name_of_a_file_misleads_nobody(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


def test_bytes_under_a_foreign_name_are_no_rendition() -> None:
    one, other = prepare(encoded(a_photo(64, 64)), name="a.jpg").renditions[:2]
    assert not is_rendition(one.data, other.path, one.height)
    assert not is_rendition(one.data, one.path, one.height + 1)
    assert not is_rendition(one.data[:-1], one.path, one.height)
