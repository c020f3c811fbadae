from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from articles.content.picture_files import prepare
from tests.factories.pictures import a_photo, a_profile, decoded, encoded, told

RED, GREEN = (255, 0, 0), (0, 255, 0)


def seen(data: bytes) -> Image.Image:
    """The fallback, as the oldest browser shows it."""
    return decoded(prepare(data, name="x").renditions[-1].data)


def near(pixel: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= 14 for a, b in zip(pixel, wanted, strict=True))


def with_a_red_corner() -> Image.Image:
    image = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 39, 39), fill=RED)
    return image


# Where the corner that was stored first is seen (EXIF 2.32, table of the tag Orientation).
CORNERS = {1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left"}
CORNERS |= {5: "top left", 6: "top right", 7: "bottom right", 8: "bottom left"}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", CORNERS)
def test_a_picture_stands_as_the_camera_was_held(orientation: int, format: str) -> None:
    image = seen(encoded(with_a_red_corner(), format, exif=told(orientation)))
    width, height = image.size
    assert (width, height) == ((80, 120) if orientation > 4 else (120, 80))
    places = {"left": 15, "right": width - 16, "top": 15, "bottom": height - 16}
    red = {
        f"{down} {across}"
        for down in ("top", "bottom")
        for across in ("left", "right")
        if near(image.convert("RGB").getpixel((places[across], places[down])), RED)
    }
    assert red == {CORNERS[orientation]}


def test_a_width_is_that_of_the_upright_picture() -> None:
    prepared = prepare(encoded(a_photo(1200, 1800), exif=told(6)), name="x")
    assert [(one.width, one.height) for one in prepared.renditions if one.format == "avif"] == [
        (480, 320), (960, 640), (1600, 1067)
    ]  # fmt: skip


def test_damaged_notes_of_a_camera_do_not_spoil_a_good_picture() -> None:
    data = encoded(with_a_red_corner(), exif=told(6)).replace(b"Exif\x00\x00MM", b"Exif\x00\x00XX")
    assert seen(data).size == (120, 80)


def test_colours_of_another_profile_are_shown_as_they_were_meant() -> None:
    data = encoded(Image.new("RGB", (64, 64), RED), "PNG", icc_profile=a_profile(swapped=True))
    assert near(seen(data).getpixel((30, 30)), GREEN)


def test_a_grey_picture_with_a_profile_for_colours_stays_grey() -> None:
    data = encoded(Image.new("L", (64, 64), 100), "PNG", icc_profile=a_profile())
    assert near(seen(data).getpixel((30, 30)), (100, 100, 100))


@pytest.mark.parametrize("profile", [b"no profile at all", a_profile()[:300]])
def test_a_damaged_profile_does_not_spoil_a_good_picture(profile: bytes) -> None:
    assert near(seen(encoded(Image.new("RGB", (64, 64), RED), "PNG", icc_profile=profile)).getpixel((30, 30)), RED)


@pytest.mark.parametrize("profile", [None, a_profile()])
def test_a_picture_for_print_is_shown_in_its_colours(profile: bytes | None) -> None:
    data = encoded(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG", icc_profile=profile)
    assert near(seen(data).getpixel((30, 30)), RED)


@pytest.mark.parametrize(("given", "shown"), [(0, 0), (0x8000, 127), (0xFFFF, 255)])
def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off(given: int, shown: int) -> None:
    assert near(seen(encoded(Image.new("I;16", (64, 64), given), "PNG")).getpixel((30, 30)), (shown,) * 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "YCbCr", "CMYK"])
def test_pictures_of_every_mode_that_files_have_come_out_the_same(mode: str) -> None:
    given = Image.new("RGB", (64, 64), "white").convert(mode)
    image = seen(encoded(given, "JPEG" if mode in ("YCbCr", "CMYK") else "PNG"))
    assert (image.mode, image.getpixel((30, 30))) == ("RGB", (255, 255, 255))


def test_what_shows_through_still_does_in_every_file() -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 255, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 31, 63), fill=(255, 0, 0, 255))
    prepared = prepare(encoded(image, "PNG"), name="x")
    assert [one.format for one in prepared.renditions] == ["avif", "webp", "png"]
    for one in prepared.renditions:
        pixels = decoded(one.data)
        assert pixels.mode == "RGBA"
        assert near(pixels.getpixel((10, 30)), (255, 0, 0, 255))
        assert pixels.getpixel((50, 30))[3] == 0


@pytest.mark.parametrize(
    ("image", "options"),
    [
        (Image.new("P", (64, 64), 0), {"transparency": 0}),
        (Image.new("L", (64, 64), 0), {"transparency": 0}),
        (Image.new("RGB", (64, 64), RED), {"transparency": RED}),
    ],
)
def test_one_colour_that_stands_for_nothing_shows_through_too(image: Image.Image, options: dict) -> None:
    assert seen(encoded(image, "PNG", **options)).getpixel((30, 30))[3] == 0


def test_the_colour_under_a_transparent_place_does_not_bleed_into_its_edge() -> None:
    image = Image.new("RGBA", (2000, 100), (0, 255, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 1001, 99), fill=(255, 0, 0, 255))
    pixels = seen(encoded(image, "PNG"))
    assert max(pixels.getpixel((x, 20))[1] for x in range(960) if pixels.getpixel((x, 20))[3] > 128) < 20
