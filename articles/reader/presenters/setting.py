"""What the parts of a page need to know of the page around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from articles.canonical.html_writing import reader_html
from articles.canonical.languages import Language
from articles.canonical.tree import without_calls
from articles.editions.parts import Source
from articles.editions.queries import Target
from articles.editions.value import Body
from articles.reader.presenters.citing import Citing, PaperCiting


@dataclass(frozen=True)
class Setting:
    """`sources` are those of the page under their numbers, `targets` the live items that its links may lead to.

    `is_past` says that the text is no longer in force: then no number in it can be called with a touch.
    `on_paper`: nothing can be followed there.
    """

    sources: Sequence[Source]
    language: Language
    targets: Mapping[str, Target] = field(default_factory=dict)
    is_past: bool = False
    on_paper: bool = False
    citing: Citing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "citing", PaperCiting(self.sources) if self.on_paper else Citing(self.sources))

    def html(self, body: Body) -> SafeString:
        """Return running text with its marks and links."""
        body = without_calls(body) if self.is_past else body
        return SafeString(reader_html(body, cite=self.citing.mark, link=self._link, term=self.address))

    def source(self, id: str) -> Source | None:
        """Return a source of the page; None for one that a draft no longer has."""
        return next((source for source in self.sources if source.id == id), None)

    def address(self, item: str) -> str | None:
        """Return where an item is; None while it is not published."""
        return self.targets[item].path if item in self.targets else None

    def _link(self, kind: str, item: str) -> tuple[str, str] | None:
        target = self.targets.get(item)
        return (target.path, target.title) if target else None
