"""From a page's values to its HTML."""

from typing import Any, Protocol

from django.template.loader import get_template

from articles.reader.presenters.frame import Frame


class Page(Protocol):
    @property
    def frame(self) -> Frame: ...


def render(template: str, page: Page) -> str:
    """Return the HTML of a page; call inside the language's override.

    Without a request on purpose: what a reader sees is the same for everybody, so no visitor may reach a template.
    """
    context: dict[str, Any] = {"page": page, "frame": page.frame}
    return get_template(f"articles/reader/{template}.html").render(context)
