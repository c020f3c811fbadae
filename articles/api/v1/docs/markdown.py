"""The Markdown of our own documents as HTML: headings, paragraphs, lists, tables, code, links. Raw HTML stays text.

Not the reader of `articles/canonical`: that one keeps what a medical text may hold, and neither tables nor code are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

# Returns where a link of a document leads here, None where only its words stand.
Lead = Callable[[str], str | None]

_FENCE = re.compile(r"```(\w*)$")
_HEADING = re.compile(r"(#{1,4}) (.+)$")
_ITEM = re.compile(r"( *)(?:[-*]|(\d+)\.) +(.*)$")
_RULE = re.compile(r"\|[-| :]+\|$")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass
class Rendered:
    """`headings` are those of the second rank: anchor and words."""

    title: str = ""
    html: SafeString = SafeString()
    headings: list[tuple[str, str]] = field(default_factory=list)


def render(text: str, lead: Lead = lambda target: target, *, rank: int = 1) -> Rendered:
    """Return the document; its first heading is the title and not part of the HTML. `rank` is that of a `#` heading."""
    reader = _Reader(lead, rank)
    reader.read(text.splitlines())
    reader.found.html = mark_safe("\n".join(reader.out))
    return reader.found


def inline(text: str, lead: Lead = lambda target: target) -> SafeString:
    """Return words within a line: code, links, bold."""
    # Code first: what stands in it is nothing but text.
    pieces = _CODE.split(text)
    for number, piece in enumerate(pieces):
        escaped = escape(piece)
        pieces[number] = f"<code>{escaped}</code>" if number % 2 else escaped
    linked = _LINK.sub(lambda found: _link(found[1], found[2], lead), "".join(pieces))
    return mark_safe(_BOLD.sub(r"<b>\1</b>", linked))


def anchor(words: str) -> str:
    """Return the anchor of a heading, as it is where the documents are kept."""
    plain = re.sub(r"[^\w\- ]", "", words.lower())
    return plain.replace(" ", "-")


def _link(words: str, target: str, lead: Lead) -> str:
    address = lead(target.replace("&amp;", "&"))
    return words if address is None else f'<a href="{escape(address)}">{words}</a>'


class _Reader:
    def __init__(self, lead: Lead, rank: int) -> None:
        self.lead = lead
        self.rank = rank
        self.out: list[str] = []
        self.found = Rendered()

    def read(self, lines: list[str]) -> None:
        place = 0
        while place < len(lines):
            place = self._block(lines, place)

    def _block(self, lines: list[str], place: int) -> int:
        """Read the block that begins at this line; return the line after it."""
        line = lines[place]
        if not line.strip():
            return place + 1
        if fence := _FENCE.match(line):
            end = next((n for n in range(place + 1, len(lines)) if lines[n].startswith("```")), len(lines))
            self._code(lines[place + 1 : end], fence[1])
            return end + 1
        if line.startswith("    "):
            end = _until(lines, place, lambda one: not one.startswith("    "))
            self._code([one[4:] for one in lines[place:end]], "")
            return end
        if heading := _HEADING.match(line):
            self._heading(len(heading[1]), heading[2])
            return place + 1
        if line.startswith("|"):
            end = _until(lines, place, lambda one: not one.startswith("|"))
            self._table(lines[place:end])
            return end
        if _ITEM.match(line):
            end = _until(lines, place, lambda one: not (one.startswith(" ") or _ITEM.match(one)))
            self.out.append(self._list(lines[place:end]))
            return end
        end = _until(lines, place, lambda one: bool(_FENCE.match(one) or _HEADING.match(one) or one.startswith("|")))
        self.out.append(f"<p>{self._words(lines[place:end])}</p>")
        return end

    def _code(self, lines: list[str], language: str) -> None:
        kind = f' class="language-{language}"' if language else ""
        # A long line can be moved by the keyboard too.
        self.out.append(f'<pre tabindex="0"><code{kind}>{escape(chr(10).join(lines), quote=False)}</code></pre>')

    def _heading(self, level: int, words: str) -> None:
        if level == 1 and not self.found.title:
            self.found.title = words
            return
        rank = level + self.rank - 1
        name = anchor(words)
        if level == 2:
            self.found.headings.append((name, words.replace("`", "")))
        self.out.append(f'<h{rank} id="{escape(name)}">{inline(words, self.lead)}</h{rank}>')

    def _table(self, lines: list[str]) -> None:
        rows = [[cell.strip() for cell in _CELL.split(line.strip()[1:-1])] for line in lines if not _RULE.match(line)]
        head, *body = rows
        self.out.append('<div class="wide" tabindex="0" role="group"><table><thead><tr>')
        self.out += [f'<th scope="col">{self._cell(cell)}</th>' for cell in head]
        self.out.append("</tr></thead><tbody>")
        for first, *rest in body:
            cells = "".join(f"<td>{self._cell(cell)}</td>" for cell in rest)
            self.out.append(f'<tr><th scope="row">{self._cell(first)}</th>{cells}</tr>')
        self.out.append("</tbody></table></div>")

    def _cell(self, text: str) -> str:
        return inline(text.replace("\\|", "|"), self.lead)

    def _list(self, lines: list[str]) -> str:
        """A list, and lists within it: an item goes on while lines are indented further than its mark."""
        first = _ITEM.match(lines[0])
        assert first
        items: list[list[str]] = []
        for line in lines:
            found = _ITEM.match(line)
            if found and len(found[1]) <= len(first[1]):
                items.append([found[3]])
            else:
                items[-1].append(line)
        tag = "ol" if first[2] else "ul"
        return f"<{tag}>{''.join(f'<li>{self._item(item)}</li>' for item in items)}</{tag}>"

    def _item(self, lines: list[str]) -> str:
        within = next((n for n, line in enumerate(lines) if n and _ITEM.match(line)), len(lines))
        words = self._words(lines[:within])
        return words + (self._list(lines[within:]) if within < len(lines) else "")

    def _words(self, lines: list[str]) -> str:
        return inline(" ".join(line.strip() for line in lines), self.lead)


def _until(lines: list[str], place: int, ends: Callable[[str], bool]) -> int:
    """The first line behind this one that is empty or ends the block."""
    return next((n for n in range(place + 1, len(lines)) if not lines[n].strip() or ends(lines[n])), len(lines))
