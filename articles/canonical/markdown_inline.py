"""The inline part of our Markdown: one paragraph of text into runs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from articles.canonical.html_tokens import unescaped
from articles.canonical.identifiers import is_kind, is_uuid, language_tag
from articles.canonical.manuscript import Manuscript
from articles.canonical.problems import Refused
from articles.canonical.runs import PLAIN, Break, Cite, Marks, StarMark, Words
from articles.canonical.targets import Own, Target, link, term
from articles.canonical.text import dangers, normal, shown

_SPECIAL = re.compile(
    r"(?P<line_break>\\\n|(?<!\ )\ {2,}+\n)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<newline>\n)"
    r"|(?P<stars>\*+)"
    r"|(?P<unknown>`+|~~+|(?<![^\W_])_+(?=[^\W_]))"
    r"|\[@(?P<cited>[^\s,\]]{0,64})(?P<located>,)?"
    r"|(?P<opening>!?\[)"
    r"|(?P<closing>\])"
    r"|<(?P<address>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|(?P<tag><[A-Za-z/!?][^<>]{0,500}>)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_LOCATOR = re.compile(r"((?:\\.|[^\]\\])*+)\]", re.DOTALL)
_TARGET = re.compile(
    r"\(\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<plain>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))"
    r"(?P<title>\s++\"[^\"\n]{0,500}\")?\s*+\)"
)
_LANGUAGE = re.compile(r"\{lang=([^\s{}]{1,40})\}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#?[A-Za-z0-9]{1,32});)")
_STARS: tuple[tuple[StarMark, str], ...] = (("strong", "**"), ("emphasis", "*"))
# Brackets inside brackets: a link around a foreign phrase needs two.
_DEEPEST_BRACKET = 8


@dataclass
class _Opened:
    """Something that was opened and may never be closed: the empty run that stands in its place, and its line."""

    at: int
    row: int
    written: str


def read_inline(text: str, manuscript: Manuscript, *, own: Own) -> None:
    """Read a paragraph into the line that the manuscript is writing; its first row is the manuscript's row.

    Raises ``Refused`` when a character reference stands for a dangerous character.
    """
    _Paragraph(text, manuscript, own).read()


class _Paragraph:
    def __init__(self, text: str, manuscript: Manuscript, own: Own) -> None:
        self.text, self.manuscript, self.own = text, manuscript, own
        self.runs = manuscript.line.runs
        self.at = 0
        self.marks = PLAIN
        self.stars: dict[StarMark, _Opened] = {}
        self.brackets: list[_Opened] = []
        self.is_locator_possible = True

    def read(self) -> None:
        while found := _SPECIAL.search(self.text, self.at):
            self.words(self.text[self.at : found.start()])
            self.at = found.end()
            self.special(found)
        self.words(self.text[self.at :])
        for opened in self.brackets:
            self.restore(opened)
        for mark, opened in self.stars.items():
            self.manuscript.row = opened.row
            self.manuscript.report("markup-not-closed", markup=opened.written)
            self.restore(opened)
            self.remark(opened.at, partial(Marks.switched, mark=mark, on=False))

    def special(self, found: re.Match[str]) -> None:
        written = found[0]
        match found.lastgroup:
            case "escaped":
                self.words(found["escaped"])
            case "line_break":
                self.runs.append(Break(self.marks))
            case "newline":
                self.words(" ")
            case "stars":
                self.toggle(found)
            case "cited" | "located":
                self.cite(found)
            case "opening":
                self.open(written)
            case "closing":
                self.close()
            case "address":
                self.link(link(found["address"], self.own), self.placed(found["address"]))
            case "entity":
                self.words(self.entity(written))
            case _:
                self.manuscript.report("markup-not-known", markup=shown(written, 30))
        self.manuscript.row += written.count("\n")

    def words(self, text: str) -> None:
        if text:
            self.runs.append(Words(text, self.marks))

    def placed(self, text: str) -> int:
        """Add words, and return where they stand."""
        self.runs.append(Words(text, self.marks))
        return len(self.runs) - 1

    def toggle(self, found: re.Match[str]) -> None:
        """One star for emphasis, two for strong, three for both; between spaces a star is a star."""
        before, after = self.text[max(found.start() - 1, 0) : found.start()], self.text[self.at : self.at + 1]
        if len(found[0]) > 3 or (before.strip() == after.strip() == ""):
            self.words(found[0])
            return
        for mark, written in _STARS:
            if len(found[0]) in (len(written), 3):
                if self.stars.pop(mark, None) is None:
                    self.stars[mark] = _Opened(self.placed(""), self.manuscript.row, written)
                self.marks = self.marks.switched(mark, on=mark in self.stars)

    def cite(self, found: re.Match[str]) -> None:
        locator = None
        if is_uuid(found["cited"]) and found["located"] and self.is_locator_possible:
            locator = _LOCATOR.match(self.text, self.at)
            self.is_locator_possible = bool(locator)
        if locator:
            self.at = locator.end()
            self.manuscript.row += locator[0].count("\n")
            self.runs.append(Cite(found["cited"], normal(self.plain(locator[1]))))
        elif is_uuid(found["cited"]) and self.text.startswith("]", self.at):
            self.at += 1
            self.runs.append(Cite(found["cited"]))
        else:
            self.manuscript.report("citation-broken")
            self.words(found[0])

    def open(self, written: str) -> None:
        if len(self.brackets) < _DEEPEST_BRACKET:
            self.brackets.append(_Opened(self.placed(""), self.manuscript.row, written))
        else:
            self.words(written)

    def close(self) -> None:
        """What was opened becomes a link, a foreign phrase or a picture; with nothing behind it, it is a bracket."""
        opened = self.brackets.pop() if self.brackets else None
        target, language = _TARGET.match(self.text, self.at), _LANGUAGE.match(self.text, self.at)
        found = target or language
        if not opened or not found:
            self.words("]")
            if opened:
                self.restore(opened)
            return
        self.at = found.end()
        if opened.written == "![":
            self.manuscript.report("image-lost")
        elif target:
            if target["title"]:
                self.manuscript.report("markup-not-known", markup=shown(target["title"].strip(), 30))
            self.link(self.target(self.plain(target["angled"] or target["plain"] or "")), opened.at)
        elif tag := language_tag(found[1]):
            self.remark(opened.at, lambda marks: marks._replace(foreign=marks.foreign or tag))
        else:
            self.manuscript.report("language-not-known", language=shown(found[1], 20))
        self.manuscript.row += found[0].count("\n")

    def restore(self, opened: _Opened) -> None:
        """What was never closed was only a character."""
        self.runs[opened.at] = Words(opened.written, self.runs[opened.at].marks)

    def target(self, written: str) -> Target:
        if written.startswith("term:"):
            return term(written.removeprefix("term:"))
        if written.startswith("item:"):
            kind, _, item = written.removeprefix("item:").partition("/")
            is_whole = is_kind(kind) and is_uuid(item)
            return Target(("item_link", kind, item)) if is_whole else Target(code="item-link-broken")
        return link(written, self.own)

    def link(self, found: Target, at: int) -> None:
        """Lay a link over the runs from there on; over a link inside it, it holds."""
        if found.code:
            self.manuscript.report(found.code, **dict(found.params))
            return
        words = [run for run in self.runs[at:] if isinstance(run, Words)]
        if any(run.marks.anchor for run in words):
            self.manuscript.report("link-in-link")
        if not any(run.text.strip() for run in words):
            self.manuscript.report("link-without-words", href=shown(found.anchor[-1], 80))
        self.remark(at, lambda marks: marks._replace(anchor=found.anchor))

    def remark(self, at: int, change: Callable[[Marks], Marks]) -> None:
        for index in range(at, len(self.runs)):
            run = self.runs[index]
            if not isinstance(run, Cite):
                self.runs[index] = run._replace(marks=change(run.marks))

    def entity(self, written: str) -> str:
        text = unescaped(written)
        if problems := dangers(text, self.manuscript.place):
            raise Refused(problems)
        return text

    def plain(self, written: str) -> str:
        """Text in which a backslash stands for nothing but itself and the character after it."""
        return _ESCAPED.sub(lambda found: found[1] or self.entity(found[2]), written)
