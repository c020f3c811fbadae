"""From a page's values to its HTML."""

from collections.abc import Sequence
from typing import Any, Protocol

from articles.reader.foreign import with_marks
from articles.reader.machine.data_block import data_block
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.links import Link
from articles.reader.templating import html_of


class Page(Protocol):
    @property
    def frame(self) -> Frame: ...


def render(template: str, page: Page, *, about: Sequence[Link] = ()) -> str:
    """Return the HTML of a page; call inside the language's override. `about` are the footer's pages about the site.

    Without a request on purpose: what a reader sees is the same for everybody, so no visitor may reach a template.
    """
    return rendered(f"reader/{template}.html", page, about=about)


def rendered(template: str, page: Page, *, about: Sequence[Link] = ()) -> str:
    """Return the same of a template that is named by its whole path: pages of other apps have their own."""
    context: dict[str, Any] = {"page": page, "frame": page.frame, "about": about, "data": data_block(page)}
    return with_marks(html_of(template, context), page.frame.language)
