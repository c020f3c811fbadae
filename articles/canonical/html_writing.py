"""Writers of HTML: one for the editor, which loses nothing, and one for readers, which resolves every pointer."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

from articles.canonical.runs import Node
from articles.canonical.tree import Body

Cite = Callable[[str, str], str]
Link = Callable[[str, str], tuple[str, str] | None]
Term = Callable[[str], str | None]

_Inline = Callable[[Node, str], str]


def editor_html(body: Body, *, label: Cite | None = None) -> str:
    """HTML in the editor's vocabulary: ``read_html`` gives the same body back, without a problem.

    ``label(source, locator)`` is the plain text that the editor shows for a citation («Allen 2012»); it is not read.
    """
    return _blocks(body, partial(_editor_inline, label=label or (lambda source, locator: "")))


def reader_html(body: Body, *, cite: Cite, link: Link, term: Term | None = None) -> str:
    """Safe HTML for a page.

    ``cite(source, locator)`` returns the HTML of a citation's marker. ``link(kind, item)`` returns the address and the
    title of an item, or None while it is not published: then only the words stand. ``term(id)`` returns the address of
    a term, or None. All words and attributes are escaped here; only what ``cite`` returns is taken as HTML.
    """
    return _blocks(body, partial(_reader_inline, cite=cite, link=link, term=term or (lambda found: None)))


def _blocks(body: Body, inline: _Inline) -> str:
    return "".join([_block(node, inline) for node in body])


def _block(node: Node, inline: _Inline) -> str:
    match node["type"]:
        case "list":
            items = "".join([f"<li>{_blocks(item, inline)}</li>" for item in node["items"]])
            return _element("ol" if node["ordered"] else "ul", items)
        case "heading":
            return _element(f"h{node['level']}", _inlines(node["content"], inline))
        case _:
            return f"<p>{_inlines(node['content'], inline)}</p>"


def _inlines(content: list[Node], inline: _Inline) -> str:
    written = []
    for node in content:
        # Most nodes are plain words, and no writer has an opinion of its own on these.
        if node["type"] == "text":
            written.append(escape(node["text"], quote=False))
        else:
            inner = node.get("content")
            written.append(inline(node, _inlines(inner, inline) if inner else ""))
    return "".join(written)


def _marked(node: Node, words: str) -> str:
    """What the editor and the reader see alike."""
    match node["type"]:
        case "break":
            return "<br>"
        case "strong":
            return _element("strong", words)
        case "emphasis":
            return _element("em", words)
        case "foreign":
            return _element("i", words, lang=node["language"])
        case _:
            return _element("a", words, href=node["href"])


def _editor_inline(node: Node, words: str, *, label: Cite) -> str:
    match node["type"]:
        case "citation":
            shown = escape(label(node["source"], node["locator"]), quote=False)
            return _element("cite", shown, data_source=node["source"], data_locator=node["locator"])
        case "item_link":
            return _element("a", words, data_kind=node["kind"], data_item=node["item"])
        case "term":
            return _element("span", words, data_term=node["term"])
        case _:
            return _marked(node, words)


def _reader_inline(node: Node, words: str, *, cite: Cite, link: Link, term: Term) -> str:
    match node["type"]:
        case "citation":
            return cite(node["source"], node["locator"])
        case "item_link":
            found = link(node["kind"], node["item"])
            return _element("a", words, href=found[0], title=found[1]) if found else words
        case "term":
            address = term(node["term"])
            return _element("a", words, href=address) if address else words
        case _:
            return _marked(node, words)


def _element(name: str, content: str, **attributes: Any) -> str:
    written = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{written}>{content}</{name}>"
