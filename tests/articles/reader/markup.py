"""Reads a page as a checker would: every element is closed, ids are unique, links within the page lead somewhere."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "source"}
CLOSED_BY_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
}
CLOSED_BY_BLOCKS |= {"header", "main", "nav", "ol", "p", "section", "table", "ul"}
# What begins on a line of its own.
SPACED = CLOSED_BY_BLOCKS | {"dd", "dt", "li", "small", "span"}


class UnsoundError(AssertionError):
    """Raised with the place of the first fault."""


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Markup:
    html: str
    elements: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a reader sees, no-break spaces as ordinary ones."""
        body = next(element for element in self.elements if element.name == "body")
        return " ".join(body.text.replace("\N{WORD JOINER}", "").split())

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """Elements of a name whose attributes contain the words given (`class_` for class)."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.name == name
            and all(value in element.attributes.get(key, "").split() for key, value in wanted.items())
        ]

    def one(self, name: str, /, **attributes: str) -> Element:
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} elements {name} {attributes}"
        return found[0]

    def alternates(self) -> dict[str, str]:
        """The addresses of the page by language, as search engines are told them."""
        links = [link.attributes for link in self.all("link", rel="alternate")]
        return {link["hreflang"]: link["href"] for link in links if "hreflang" in link}

    def data(self) -> list[dict[str, Any]]:
        """What the page says to programs (JSON-LD), block by block."""
        return [json.loads(element.text) for element in self.all("script", type="application/ld+json")]

    def scripts(self) -> list[Element]:
        """What a browser would run."""
        return [one for one in self.all("script") if one.attributes.get("type") != "application/ld+json"]

    def words(self, name: str, /, **attributes: str) -> list[str]:
        """The text of each such element, spaces made ordinary."""
        return [
            " ".join(element.text.replace("\N{WORD JOINER}", "").split()) for element in self.all(name, **attributes)
        ]


def read(html: str) -> Markup:
    """Return the page; raise UnsoundError where a browser would have to guess."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    if reader.open:
        raise UnsoundError(f"never closed: {[element.name for element in reader.open]}")
    markup = reader.markup
    ids = [element.attributes["id"] for element in markup.elements if "id" in element.attributes]
    if len(ids) != len(set(ids)):
        raise UnsoundError(f"ids used twice: {sorted({id for id in ids if ids.count(id) > 1})}")
    for element in markup.elements:
        href = element.attributes.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            raise UnsoundError(f"a link within the page leads nowhere: {href}")
        for label in element.attributes.get("aria-labelledby", "").split():
            if label not in ids:
                raise UnsoundError(f"labelled by nothing: {label}")
    return markup


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = Markup(html)
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise UnsoundError(f"an attribute twice on {tag}: {names}")
        if tag in CLOSED_BY_BLOCKS and any(element.name == "p" for element in self.open):
            raise UnsoundError(f"{tag} inside a paragraph")
        if tag == "a" and any(element.name == "a" for element in self.open):
            raise UnsoundError("a link inside a link")
        if tag in SPACED:
            self.handle_data(" ")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.markup.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            raise UnsoundError(f"</{tag}> closes {self.open[-1].name if self.open else 'nothing'}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        # What is inside a script is read by programs, and is no word of the page around it.
        inside = self.open[-1:] if self.open and self.open[-1].name == "script" else self.open
        for element in inside:
            element.text += data
