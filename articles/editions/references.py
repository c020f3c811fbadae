"""A source as one line of plain text, and as CSL-JSON (the format of citation managers and publishers)."""

from typing import Any

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.parts import Source

# Our kinds of evidence to the types of CSL 1.0.2; what has no type of its own is a document.
_TYPES = {
    "systematic_review": "article-journal",
    "guideline": "report",
    "trial": "article-journal",
    "study": "article-journal",
    "review": "article-journal",
    "reference": "webpage",
    "regulator": "report",
    "book": "book",
    "news": "article-newspaper",
    "own_policy": "document",
}


def address(source: Source) -> str:
    """Return where a reader finds the source: its DOI, its own address, PubMed or the archive; empty if nowhere."""
    if source.doi:
        return f"https://doi.org/{source.doi}"
    if source.url:
        return source.url
    return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else source.archive_url


def reference(source: Source, language: Language) -> str:
    """Return authors, title, where and when it appeared, and its address as one line.

    A source without a title, such as a news item, is named by publisher, date and author.
    """
    authors = ", ".join(author.replace(",", "") for author in source.authors)
    title = source.title
    if source.translated_title and source.translated_title != title:
        title = f"{title} [{source.translated_title}]" if title else f"[{source.translated_title}]"
    place = ", ".join(part for part in (source.container, source.publisher, spelled(source.issued, language)) if part)
    parts = [authors, title, place, address(source)]
    return ". ".join(part.rstrip(".") if part != parts[-1] else part for part in parts if part)


def csl(source: Source) -> dict[str, Any]:
    """Return the source as a CSL-JSON item; what is not known is left out, a title in its own language."""
    item: dict[str, Any] = {
        "id": source.id,
        "type": _TYPES.get(source.kind, "document"),
        "language": source.language,
        "title": source.title,
        "author": [_name(author) for author in source.authors],
        "publisher": source.publisher,
        "container-title": source.container,
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "issued": _date(source.issued),
        "accessed": _date(source.accessed_on),
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": source.url,
        "archive_location": source.archive_url,
    }
    return {key: value for key, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    """«Allen, R. E.» is a person; a name without a comma is a body and must not be split."""
    family, comma, given = author.partition(",")
    return (
        {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": author.strip()}
    )


def _date(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}
