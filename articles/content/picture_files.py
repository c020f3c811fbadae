"""A file that somebody chose, made into the files that readers get: recognised, refused or re-encoded.

What a picture is, its first bytes say and never its name. Everything that leaves here was drawn anew from pixels, so
where it was taken, with what and by whom, comments, profiles and whatever else was hidden in the file stay behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

from articles.canonical import text
from articles.canonical.picture_paths import Format, PicturePath
from articles.content.picture_pixels import normal, resized

MAX_BYTES = 10 * 1000 * 1000
MAX_PIXELS = 40 * 1000 * 1000
MAX_SIDE = 10_000
MIN_SIDE = 32
WIDTHS = (480, 960, 1600)
# The file for browsers that know neither AVIF nor WebP, and for e-mail and partners' old systems.
FALLBACK_WIDTH = 960
_LONGEST_NAME = 200

Reason = Literal["empty", "heavy", "huge", "tiny", "moving", "broken", "svg", "heic", "foreign", "not-kept"]

REFUSALS: Mapping[Reason, Promise] = {
    "empty": _("The file is empty. Choose it again."),
    "heavy": _(
        "The file is larger than %(megabytes)s MB. Save the picture smaller, %(wide)s pixels wide is enough, "
        "and upload that."
    ),
    "huge": _(
        "The picture has more than %(megapixels)s megapixels, or a side longer than %(side)s pixels. "
        "Save it smaller, %(wide)s pixels wide is enough, and upload that."
    ),
    "tiny": _(
        "The picture is too small to be seen: a side has fewer than %(least)s pixels. "
        "Upload a larger one; %(wide)s pixels wide is best."
    ),
    "moving": _(
        "The picture moves, and pages show still pictures only. Save the one frame that you need as PNG or JPEG "
        "and upload that."
    ),
    "broken": _(
        "The file is damaged or was cut off, so the picture cannot be read to its end. Copy or save it again and "
        "upload that."
    ),
    "svg": _(
        "This is an SVG drawing, which can hold a program. Export it as PNG, %(wide)s pixels wide, and upload that."
    ),
    "heic": _("This is a HEIC picture, which most browsers cannot show. Save it as JPEG and upload that."),
    "foreign": _(
        "This is not a JPEG, PNG, WebP, AVIF or GIF picture, whatever its name says. Save the picture in one of "
        "these formats and upload that."
    ),
    "not-kept": _("The server could not keep the file. Choose it again in a moment."),
}
_LIMITS = {
    "megabytes": MAX_BYTES // 1_000_000,
    "megapixels": MAX_PIXELS // 1_000_000,
    "side": MAX_SIDE,
    "least": MIN_SIDE,
    "wide": WIDTHS[-1],
}

# First bytes to the name under which Pillow knows the format.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}

# What readers of our own files find beside the pixels: how densely they lie, in what order they are sent.
_HARMLESS = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "background", "loop",
    "duration", "timestamp",
}  # fmt: skip

# A grainy photograph of 1600 × 1200 pixels: AVIF 124 kB in 0.8 s, WebP 231 kB in 0.2 s, JPEG 308 kB.
_AVIF: dict[str, Any] = {"quality": 60, "speed": 6}
_WEBP: dict[str, Any] = {"quality": 80, "method": 4}
_AVIF_FLAT: dict[str, Any] = {"quality": 70, "speed": 6, "subsampling": "4:4:4"}
_WEBP_FLAT: dict[str, Any] = {"lossless": True, "quality": 80, "method": 4}
_JPEG: dict[str, Any] = {"quality": 82, "optimize": True, "progressive": True}
_PNG: dict[str, Any] = {"optimize": True}


class RefusedPictureError(ValueError):
    """Raised when a file cannot become a picture; `sentence` says in the interface language what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return str(REFUSALS[self.reason]) % _LIMITS


@dataclass(frozen=True)
class Rendition:
    """One file of a picture: its bytes, and the digest of them that names it for good."""

    format: Format
    width: int
    height: int
    data: bytes = field(repr=False)
    sha256: str

    @property
    def path(self) -> PicturePath:
        return PicturePath(self.sha256, self.width, self.format)


@dataclass(frozen=True)
class Prepared:
    """A picture's files, AVIF before WebP before the fallback, small before large; `name` is the chosen file's."""

    name: str
    renditions: tuple[Rendition, ...]


def prepare(data: bytes, *, name: str) -> Prepared:
    """Return the files that readers get instead of this one; the same bytes give the same files.

    Raises RefusedPictureError. Takes a second or two for a large picture, and some 600 MB of memory at worst.
    """
    image = _opened(data)
    with image:
        try:
            pixels, flat = normal(image, WIDTHS[-1])
        except Exception as fault:
            # A decoder that is given hostile bytes raises whatever it likes.
            raise RefusedPictureError("broken") from fault
    return Prepared(shown_name(name), tuple(_renditions(pixels, flat)))


def is_rendition(data: bytes, path: PicturePath, height: int) -> bool:
    """Whether these bytes are the picture that the path and the height promise, whole, and nothing but its pixels."""
    if sha256(data).hexdigest() != path.sha256:
        return False
    try:
        with Image.open(BytesIO(data), formats=[path.format.upper()]) as image:
            image.load()
            return image.size == (path.width, height) and set(image.info) <= _HARMLESS
    except Exception:
        return False


def shown_name(name: str) -> str:
    """Return a file's name without directories and without characters that mislead, cut at 200 characters."""
    return text.shown(name.replace("\\", "/").rpartition("/")[2], _LONGEST_NAME)


def _opened(data: bytes) -> Image.Image:
    """Return the picture, its header read and found sound, its pixels not decoded yet."""
    if not data:
        raise RefusedPictureError("empty")
    if len(data) > MAX_BYTES:
        raise RefusedPictureError("heavy")
    format = _recognised(data)
    if format == "WEBP":
        # Pillow makes room for the whole canvas when it opens one.
        _check_size(*_webp_size(data))
    try:
        image = Image.open(BytesIO(data), formats=[format])
        # A JPEG from a phone may carry a second picture for depth, which does not move.
        moves = format != "JPEG" and getattr(image, "is_animated", False)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise RefusedPictureError("huge") from fault
    except Exception as fault:
        raise RefusedPictureError("broken") from fault
    _check_size(*image.size)
    if moves:
        raise RefusedPictureError("moving")
    if format == "JPEG":
        # Decoded at a half, a quarter or an eighth where that is still wide enough however the camera was held.
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
    return image


def _recognised(data: bytes) -> str:
    for signature, format in _SIGNATURES:
        if data.startswith(signature):
            return format
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = {data[at : at + 4] for at in (8, *range(16, min(int.from_bytes(data[:4], "big"), 256), 4))}
        if brands & _AVIF_BRANDS:
            return "AVIF"
        if brands & _HEIC_BRANDS:
            raise RefusedPictureError("heic")
    if b"<svg" in data[:4096].lower():
        raise RefusedPictureError("svg")
    raise RefusedPictureError("foreign")


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise RefusedPictureError("huge")
    if min(width, height) < MIN_SIDE:
        raise RefusedPictureError("tiny")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height as the header has them (RFC 9649, sections 2.5 to 2.7)."""
    if len(data) < 30:
        raise RefusedPictureError("broken")
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _renditions(pixels: Image.Image, flat: bool) -> list[Rendition]:
    sizes = {width: resized(pixels, width) for width in sorted({min(width, pixels.width) for width in WIDTHS})}
    is_drawn = flat or pixels.mode == "RGBA"
    fallback = resized(pixels, min(FALLBACK_WIDTH, pixels.width))
    return [
        *(_encoded(image, "avif", _AVIF_FLAT if flat else _AVIF) for image in sizes.values()),
        *(_encoded(image, "webp", _WEBP_FLAT if flat else _WEBP) for image in sizes.values()),
        _encoded(fallback, "png", _PNG) if is_drawn else _encoded(fallback, "jpeg", _JPEG),
    ]


def _encoded(image: Image.Image, format: Format, options: dict[str, Any]) -> Rendition:
    out = BytesIO()
    image.save(out, format.upper(), **options)
    data = out.getvalue()
    return Rendition(format, image.width, image.height, data, sha256(data).hexdigest())
