"""Words of an HTML text flowing into the lines of a manuscript: which line, under which marks, after which gap."""

from articles.canonical.html_elements import RAISED_CHARACTERS
from articles.canonical.html_inline import Inline
from articles.canonical.html_lists import Lists
from articles.canonical.manuscript import Manuscript
from articles.canonical.runs import Break, Cite, Words
from articles.canonical.text import shown


class Flow:
    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.inline = Inline()
        self.lists = Lists(manuscript)
        self.headings: list[int] = []  # the levels that the page gave
        self.cells = 0
        self.preformatted = 0
        self._gap: Words | Break | None = None  # what stands between the last words of a cell and the next ones

    def text(self, text: str) -> None:
        """Text as the page has it: words, the label of a citation, the bullet of a list, or rows of typed text."""
        if label := self.inline.frame("label"):
            label.used = True
        elif self.inline.effect("marker") and self.lists.awaits_marker:
            self.lists.marker += text
        elif self.preformatted:
            for index, row in enumerate(text.split("\n")):
                if index:
                    self.line_break()
                self.words(row)
        else:
            self.words(text)

    def words(self, text: str) -> None:
        runs = self.manuscript.line.runs
        if not text.strip():
            if runs:
                runs.append(Words(" ", self.inline.marks))
            return
        self._begin()
        if frame := self.inline.frame("anchor"):
            frame.used = True
        if self.inline.effect("struck"):
            self.manuscript.report("strike-lost", words=shown(text, 60))
        self.manuscript.line.runs.append(Words(self._raised(text), self.inline.marks))

    def cite(self, source: str, locator: str) -> None:
        self._begin()
        self.manuscript.line.runs.append(Cite(source, locator))

    def line_break(self) -> None:
        """One break is a break; two are how mail programs write the end of a paragraph."""
        runs = self.manuscript.line.runs
        last = next((run for run in reversed(runs) if not isinstance(run, Words) or run.text.strip()), None)
        if isinstance(last, Break) and not self.cells:
            self.manuscript.new_line()
        elif last:
            runs.append(Break(self.inline.marks))

    def boundary(self) -> None:
        """The edge of a block. In a cell, where the whole row becomes one paragraph, it is only a line break."""
        if not self.cells or self.lists.is_open:
            self.row()
        elif self.manuscript.line.runs:
            self._gap = self._gap or Break()

    def row(self) -> None:
        """The edge of a row of a table, or of anything else that is a paragraph of its own."""
        self.manuscript.new_line()
        self._gap = None

    def cell(self) -> None:
        """The edge between two cells of a row."""
        if self.manuscript.line.path:
            self.row()
        elif self.manuscript.line.runs:
            self._gap = Words(" | ")

    def _begin(self) -> None:
        """Before the first words of a line: where it stands. Before later ones: what separates them."""
        line = self.manuscript.line
        if line.runs:
            line.runs.extend([self._gap] if self._gap else [])
        else:
            if self.headings:
                self._begin_heading()
            line.path = self.lists.path()
        self._gap = None

    def _begin_heading(self) -> None:
        number = self.lists.office_heading()
        if self.lists.is_open:
            self.manuscript.report("heading-in-list")
        elif not self.cells:
            self.manuscript.begin_heading(self.headings[-1])
        if number:
            self.manuscript.line.runs.append(Words(f"{number} ", self.inline.marks))

    def _raised(self, text: str) -> str:
        table = RAISED_CHARACTERS.get(self.inline.effect("raised"))
        if table and all(ord(character) in table for character in text.strip()):
            return text.translate(table)
        if table:
            self.manuscript.report("raised-lost", words=shown(text, 60))
        return text
