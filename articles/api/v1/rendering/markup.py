"""Plain words as HTML. Everything that is shown passes through here or through the writer of rich text."""

from collections.abc import Iterable
from html import escape


def inline(text: str) -> str:
    """Return one line of plain text as HTML."""
    return escape(text, quote=False)


def paragraphs(text: str, marks: str = "") -> str:
    """Return a passage as paragraphs; a line break inside one stays. `marks` are HTML and stand at the end."""
    parts = [inline(part).replace("\n", "<br>") for part in text.split("\n\n") if part]
    if marks:
        parts = [*parts[:-1], (parts[-1] if parts else "") + marks]
    return "".join(f"<p>{part}</p>" for part in parts)


def title(text: str) -> str:
    """Return the title of a block, one rank below the headings of the text; nothing for an empty one."""
    return f"<h3>{inline(text)}</h3>" if text else ""


def bullets(items: Iterable[str]) -> str:
    """Return a list of items that are HTML already; nothing without items."""
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{listed}</ul>" if listed else ""


def link(words: str, address: str) -> str:
    """Return words that lead to an address of ours."""
    return f'<a href="{escape(address)}">{inline(words)}</a>'


def plain_bullets(items: Iterable[str]) -> str:
    """Return a list as plain text, an item a line."""
    return "\n".join(f"• {item}" for item in items)


def apart(*parts: str) -> str:
    """Return the parts that there are, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str) -> str:
    """Return the parts that there are, a line each."""
    return "\n".join(part for part in parts if part)
