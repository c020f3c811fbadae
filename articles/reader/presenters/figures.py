"""Pictures: the file that suits the screen, words in its place, and on what terms it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from articles.editions.parts import Picture, Rendition
from articles.editions.wording import LICENCES
from articles.reader.presenters.links import web_address
from articles.reader.presenters.passages import paragraphs

# What every browser shows, the better form first.
_FALLBACKS = ("jpeg", "png")
# Smallest files first: a browser takes the first form that it knows.
_MODERN = ("avif", "webp")


@dataclass(frozen=True)
class FormView:
    media_type: str
    srcset: str


@dataclass(frozen=True)
class FigureView:
    """`width` and `height` are those of the file at `src`, so the page does not jump when it comes."""

    forms: list[FormView]
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: list[str]
    credit: str
    found_at: str
    licence: str
    licence_address: str


def figure_view(picture: Picture) -> FigureView | None:
    """Return the picture; None for one without a file that every browser shows."""
    fallback = next((files for form in _FALLBACKS if (files := _files(picture, form))), [])
    if not fallback:
        return None
    widest = fallback[-1]
    return FigureView(
        forms=[FormView(f"image/{form}", _srcset(files)) for form in _MODERN if (files := _files(picture, form))],
        src=_address(widest),
        srcset=_srcset(fallback),
        width=widest.width,
        height=widest.height,
        alt=picture.alt,
        caption=paragraphs(picture.caption),
        credit=picture.credit,
        found_at=web_address(picture.source_url),
        licence=str(LICENCES.get(picture.licence, picture.licence)),
        licence_address=web_address(picture.licence_url),
    )


def _files(picture: Picture, form: str) -> list[Rendition]:
    return sorted((one for one in picture.renditions if one.format == form), key=lambda one: one.width)


def _srcset(files: Iterable[Rendition]) -> str:
    return ", ".join(f"{_address(one)} {one.width}w" for one in files)


def _address(file: Rendition) -> str:
    return f"{settings.MEDIA_URL}{file.path}"
