"""Pictures: the one block whose HTML loads a file."""

from html import escape

from django.conf import settings
from django.utils.translation import gettext

from articles.api.v1.rendering.markup import inline, lines, link, paragraphs
from articles.editions import wording
from articles.editions.parts import Picture, Rendition

# What every browser shows; the smallest that is wide enough for a column of text.
_EVERYWHERE = ("jpeg", "png")
_WIDE_ENOUGH = 800


def file_url(file: Rendition) -> str:
    """Return the absolute address of a file of a picture."""
    return f"{settings.SITE_URL}{settings.MEDIA_URL}{file.path}"


def licence_label(picture: Picture) -> str:
    """Return on what terms the picture is shown; a code without words stands for itself."""
    return str(wording.LICENCES.get(picture.licence, picture.licence))


def figure_html(picture: Picture) -> str:
    """Return the picture with its caption, credit and licence."""
    caption = paragraphs(picture.caption) + _rights_html(picture)
    return f"<figure>{_image(picture)}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def figure_text(picture: Picture) -> str:
    """Return what the picture shows, its caption, credit and licence."""
    shown = gettext("Picture: %(alt)s") % {"alt": picture.alt}
    return lines(shown, picture.caption, ". ".join(part for part in (picture.credit, licence_label(picture)) if part))


def _image(picture: Picture) -> str:
    files = [file for file in picture.renditions if file.format in _EVERYWHERE] or picture.renditions
    if not files:
        return f"<p>{inline(picture.alt)}</p>"
    wide = [file for file in files if file.width >= _WIDE_ENOUGH]
    file = min(wide, key=lambda one: one.width) if wide else max(files, key=lambda one: one.width)
    extent = f'width="{file.width}" height="{file.height}"'
    return f'<img src="{escape(file_url(file))}" alt="{escape(picture.alt)}" {extent}>'


def _rights_html(picture: Picture) -> str:
    label = licence_label(picture)
    is_web = picture.licence_url.startswith(("https://", "http://"))
    licence = link(label, picture.licence_url) if label and is_web else inline(label)
    said = ". ".join(part for part in (inline(picture.credit), licence) if part)
    return f"<p><small>{said}</small></p>" if said else ""
