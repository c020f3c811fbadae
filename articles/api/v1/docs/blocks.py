"""Kinds of blocks as the page shows them: what each is, an example in JSON, and its HTML as it looks."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.api.v1 import examples
from articles.api.v1.docs.markdown import inline
from articles.api.v1.docs.schemas import anchor
from articles.api.v1.shapes.blocks import AnyBlockOut

# No links and no pictures: what they lead to is not there.
_TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "b", "i", "br", "h2", "h3", "h4", "table", "caption", "thead", "tbody", "tr",
    "th", "td", "figure", "figcaption", "blockquote", "section", "aside", "sup", "sub", "dl", "dt", "dd", "div", "cite",
}  # fmt: skip
_PICTURE = re.compile(r'<img[^>]*\balt="([^"]*)"[^>]*>')


@dataclass(frozen=True)
class BlockView:
    kind: str
    shape: str
    about: SafeString
    schema: str
    json: str
    html: SafeString


def shown() -> Sequence[BlockView]:
    """Return every kind that there is, with its example."""
    views = []
    for shape in get_args(AnyBlockOut):
        kind = str(shape.__struct_config__.tag)
        block = examples.of_block(kind)
        views.append(
            BlockView(
                kind=kind,
                shape=anchor(shape.__name__),
                about=inline(" ".join((shape.__doc__ or "").split())),
                schema=f"/api/v1/schema/blocks/{kind}/",
                json=json.dumps(block, ensure_ascii=False, indent=2) if block else "",
                html=safe(str(block["html"])) if block else SafeString(),
            )
        )
    return views


def safe(html: str) -> SafeString:
    """Return the HTML of a block without anything that leads or reaches elsewhere; of a picture its words stay."""
    words = _PICTURE.sub(lambda found: f"<i>[{escape(found[1])}]</i>", html)
    return mark_safe(nh3.clean(words, tags=_TAGS, attributes={"th": {"scope"}, "ol": {"start"}}))
