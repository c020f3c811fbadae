"""An item as it stands among results: its title and its best passage, with what was looked for marked."""

from collections.abc import Sequence

import msgspec

from articles.canonical.languages import Language
from articles.editions.anchors import anchor
from articles.editions.document import Document
from articles.editions.kinds import kind as kind_named
from articles.editions.shelf import Edition
from articles.search.engines import LiveRow
from articles.search.passages import Passage, Place, passages
from articles.search.results import Hit
from articles.search.words.marking import Marker

# How much of a passage is shown.
_LENGTH = 220


def hit(row: LiveRow, language: Language, marker: Marker, number: int, score: float) -> Hit:
    """Return a live item as a result for readers of a language; `number` is that of its best passage."""
    its_own: Language = row.language  # type: ignore[assignment]
    document = Edition(kind=row.kind, document_json=row.document_json).document
    best, heading = _shown(_passages(document, its_own, number), number)
    path = kind_named(row.kind).page_path(language=its_own, slug=row.slug)
    return Hit(
        item=str(row.item),
        kind=row.kind,
        language=its_own,
        title=marker.marked(document.title),
        excerpt=marker.excerpt(best.text, _LENGTH) if best.place != Place.TITLE else [],
        path=f"{path}#{anchor(best.block)}" if best.block and "#" not in path else path,
        is_other_language=its_own != language,
        score=score,
        heading=heading,
        block=best.block,
    )


def _passages(document: Document, language: Language, number: int) -> list[Passage]:
    """The passages of a document, up to the one behind this number at least: what follows need not be read."""
    # What a kind says beside its blocks looks at all of them.
    if number + 2 < len(document.blocks) and not document.found_by():
        beginning = msgspec.structs.replace(document, blocks=document.blocks[: number + 2])
        if len(found := passages(beginning, language)) > number + 1:
            return found
    return passages(document, language)


def _shown(found: Sequence[Passage], number: int) -> tuple[Passage, str]:
    """The passage to show, and the heading above it. A heading alone says little: what follows it is shown."""
    # Other code may have made the index, until it is made anew.
    number = min(number, len(found) - 1)
    best = found[number]
    if best.place in (Place.TITLE, Place.NAMES):
        summary = next((passage for passage in found if passage.place == Place.SUMMARY), None)
        return summary or best, ""
    if best.place == Place.HEADING:
        after = found[number + 1 : number + 2]
        if after and after[0].place == Place.BODY:
            return Passage(Place.BODY, after[0].text, best.block), best.text
        return best, ""
    above = (passage.text for passage in reversed(found[:number]) if passage.place == Place.HEADING)
    return best, next(above, "") if best.place == Place.BODY else ""
