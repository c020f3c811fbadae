"""Pictures made on the spot: files as people upload them, hidden words in their metadata included, and rows."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageDraw, PngImagePlugin

from articles.content.picture_files import Prepared, prepare
from articles.content.picture_store import store
from articles.content.pictures import Picture

# Nothing else in a picture's bytes looks like this.
SECRET = "SECRET-OF-THE-CAMERA"


def a_photo(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Soft colours with grain, as cameras give them."""
    grain = Image.effect_noise((width, height), 40)
    sweep = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (grain, sweep, sweep.transpose(Image.Transpose.ROTATE_180))).convert(mode)


def a_drawing(width: int = 640, height: int = 480) -> Image.Image:
    """A few flat colours."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, width // 2, height // 2), fill="navy")
    draw.line((0, height - 10, width, height // 2), fill="crimson", width=6)
    return image


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    """Return the picture as a file of this format."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    """Return the picture of a file, its pixels read."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def told(orientation: int = 1) -> Image.Exif:
    """What a phone notes: how it was held, its maker, and where it was."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (55.0, 45.0, 21.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET
    return exif


def talkative(format: str) -> bytes:
    """Return a photograph with hidden words wherever its format has room for them."""
    options: dict[str, Any] = {"exif": told()}
    if format != "PNG":
        options["xmp"] = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    if format == "JPEG":
        options["comment"] = SECRET
    if format == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", SECRET)
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET)
    # After the end of the picture there is room for a whole program.
    return encoded(a_photo(320, 240), format, icc_profile=a_profile(), **options) + SECRET.encode()


def a_profile(*, swapped: bool = False) -> bytes:
    """Return the profile of sRGB; `swapped`, one whose red is the green of sRGB and the other way round."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if swapped:
        data = data.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    return data


@cache
def _a_prepared_photo() -> Prepared:
    # To draw the files of one picture takes as long as a test or two.
    return prepare(encoded(a_photo()), name="calf.jpg")


def a_picture(image: Image.Image | None = None, **fields: Any) -> Picture:
    """A picture in the library, its files kept, complete enough to be published in both languages."""
    prepared = prepare(encoded(image), name="calf.jpg") if image else _a_prepared_photo()
    defaults = {
        "renditions": store(prepared),
        "original_name": prepared.name,
        "alt_ru": "Икроножная мышца сзади",
        "alt_en": "The calf muscle from behind",
        "caption_ru": "Здесь сводит чаще всего.",
        "caption_en": "This is where cramps come most often.",
        "licence": "own",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О КАРТИНКЕ",
    }
    return Picture.objects.create(**defaults | fields)
