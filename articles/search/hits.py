"""An item as it stands among results: its title and its best passage, with what was looked for marked."""

from collections.abc import Collection, Sequence

from articles.canonical.languages import Language
from articles.editions.anchors import anchor
from articles.editions.shelf import Standing
from articles.search.passages import Passage, Place, passages
from articles.search.results import Hit
from articles.search.words.marking import excerpt, marked

# How much of a passage is shown.
_LENGTH = 220


def hit(standing: Standing, language: Language, keys: Collection[str], number: int, score: float) -> Hit:
    """Return a live item as a result for readers of a language; `number` is that of its best passage."""
    document = standing.edition.document
    its_own: Language = standing.language  # type: ignore[assignment]
    found = passages(document, its_own)
    best, heading = _shown(found, number)
    leads_on = best.block and "#" not in standing.page_path
    return Hit(
        item=str(standing.item),
        kind=standing.kind,
        language=its_own,
        title=marked(document.title, keys),
        excerpt=excerpt(best.text, keys, _LENGTH) if best.place != Place.TITLE else [],
        path=f"{standing.page_path}#{anchor(best.block)}" if leads_on else standing.page_path,
        is_other_language=its_own != language,
        score=score,
        heading=heading,
        block=best.block,
    )


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
