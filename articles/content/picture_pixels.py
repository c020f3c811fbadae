"""The pixels of a picture that somebody made somehow, as every browser shows them: upright, 8 bits, sRGB, nothing else.

Values in, values out. What comes back is a new picture: of the metadata of the old one it has nothing.
"""

from io import BytesIO

from PIL import ExifTags, Image, ImageCms

# What each value of the EXIF tag asks for (EXIF 2.32, 4.6.4); 1 is upright already.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = {5, 6, 7, 8}

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# Colour space of a profile to the mode whose pixels it describes.
_PROFILED = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}

# A drawing is mostly a few flat colours; a photograph, a grey one too, is not. Lossy formats blur the edges of one.
_FEW, _MOST = 8, 0.7


def orientation(image: Image.Image) -> int:
    """Return the number that says how the camera was held; 1 where nothing readable says so."""
    try:
        turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        # Damaged metadata around good pixels: other programs show the picture as it lies, too.
        return 1
    return turn if turn in _TURNS else 1


def normal(image: Image.Image, widest: int) -> tuple[Image.Image, bool]:
    """Return the picture upright in sRGB, at most `widest` pixels wide, and whether it is a drawing in flat colours.

    The mode is RGB, or RGBA where anything shows through. Raises what a decoder raises on damaged data.
    """
    image.load()
    turn, profile = orientation(image), image.info.get("icc_profile")
    pixels = _eight_bits(image)
    flat = _is_flat(pixels)
    # Made small first: the rest then costs the same for every picture.
    pixels = _in_srgb(_shrunk(pixels, widest, on_its_side=turn in _ON_ITS_SIDE), profile)
    if turn in _TURNS:
        pixels = pixels.transpose(_TURNS[turn])
    pixels.info = {}
    return pixels, flat


def resized(image: Image.Image, width: int) -> Image.Image:
    """Return the picture at this width with its proportions."""
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture as L, RGB, CMYK, or, where anything may show through, LA or RGBA."""
    if image.mode.startswith("I"):
        # Pillow cuts such values off at 255 instead of scaling them.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _is_flat(image: Image.Image) -> bool:
    colours = image.getcolors(256)
    if colours is None:
        return False
    commonest = sorted((count for count, _colour in colours), reverse=True)[:_FEW]
    return sum(commonest) >= _MOST * image.width * image.height


def _shrunk(image: Image.Image, widest: int, *, on_its_side: bool) -> Image.Image:
    width = image.height if on_its_side else image.width
    if width <= widest:
        return image
    size = (max(1, round(side * widest / width)) for side in image.size)
    return image.resize((next(size), next(size)), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA"} else None
    colours = image.convert({"LA": "L", "RGBA": "RGB"}.get(image.mode, image.mode))
    colours = _converted(colours, profile) if profile else colours
    # Always another picture than the one that was opened, whose metadata stays with it.
    pixels = colours.convert("RGB") if colours.mode != "RGB" else colours.copy()
    if alpha is not None and alpha.getextrema() != (255, 255):
        pixels.putalpha(alpha)
    return pixels


def _converted(colours: Image.Image, profile: bytes) -> Image.Image:
    """Return the colours in sRGB; as they are where the profile is damaged or describes other pixels than these."""
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _PROFILED.get(given.profile.xcolor_space.strip())
        if mode == "RGB" and colours.mode == "L":
            colours = colours.convert("RGB")
        if mode != colours.mode:
            return colours
        converted = ImageCms.profileToProfile(
            colours,
            given,
            _SRGB,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return colours
    return converted or colours
