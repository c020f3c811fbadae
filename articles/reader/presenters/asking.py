"""What somebody asks the search page for, read from its address, and the addresses of further answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from articles.canonical.languages import Language
from articles.reader.presenters.sections import SEARCH
from articles.search.typed import LONGEST, beginning, cleaned

_PAGE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """`kind` is empty for every kind; `is_exact` asks for no other spelling; `is_cut` says that more was typed."""

    query: str
    kind: str = ""
    page: int = 1
    is_exact: bool = False
    is_cut: bool = False

    def address(self, language: Language) -> str:
        """Return where this is answered in a language."""
        given = {
            "q": self.query,
            "kind": self.kind,
            "page": str(self.page) if self.page > 1 else "",
            "exact": "1" if self.is_exact else "",
        }
        kept = {name: value for name, value in given.items() if value}
        return SEARCH.path(language) + (f"?{urlencode(kept)}" if self.query else "")

    def of_kind(self, kind: str) -> "Asked":
        """Return the same question about one kind, or every kind, from its first page."""
        return replace(self, kind=kind, page=1)

    def on_page(self, page: int) -> "Asked":
        return replace(self, page=page)

    def exactly(self) -> "Asked":
        return replace(self, is_exact=True, page=1)


def asked(given: Mapping[str, str], kinds: Mapping[str, object]) -> Asked:
    """Return what an address asks for. Whatever cannot be meant counts as not given, so nothing is raised."""
    query = cleaned(given.get("q", ""))
    kind, page = given.get("kind", ""), given.get("page", "")
    return Asked(
        query=beginning(query),
        kind=kind if kind in kinds else "",
        page=int(page) if _PAGE.fullmatch(page) else 1,
        is_exact=given.get("exact") == "1",
        is_cut=len(query) > LONGEST,
    )
