"""Texts made of blocks as partners receive them: articles, answered questions, pages about the site."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articles.api.v1.presenters.blocks import block_out
from articles.api.v1.presenters.items import common_members, condition_out, link_out
from articles.api.v1.presenters.parts import care_box_out
from articles.api.v1.presenters.quotes import quote_out, source_out
from articles.api.v1.rendering.surroundings import surroundings
from articles.api.v1.shapes.blocks import MissingOut
from articles.editions import wording
from articles.editions.blocks import CareBoxBlock
from articles.editions.document import Document
from articles.editions.parts import Quote, shared_parts
from articles.editions.queries import Shelved, Target
from articles.editions.value import plain

# Gravest first.
_LEVELS = list(wording.CARE_LEVELS)


def short(shelved: Shelved) -> dict[str, Any]:
    """Return the text as lists show it."""
    return common_members(shelved) | {"summary": shelved.document.summary}


def whole(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the text with all its parts; `targets` say where its links lead."""
    document = shelved.document
    around = surroundings(document, shelved.language, targets, shelved.standing.edition.block_digests)
    boxes = [block for block in document.blocks if isinstance(block, CareBoxBlock)]
    return short(shelved) | {
        "blocks": [block_out(block, around) for block in document.blocks],
        "quotes": [quote_out(quote, block, around) for block, quote in _quotes(document)],
        "sources": [source_out(source, around) for source in document.sources],
        "care": [
            care_box_out(block.box, block.id, around.language)
            for block in sorted(boxes, key=lambda block: _LEVELS.index(block.box.level))
        ],
        "missing": [MissingOut(**plain(block)) for block in document.missing],
    }


def whole_with_topics(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the text with all its parts, the live topics that it belongs to and the conditions that it is about."""
    document = shelved.document
    return whole(shelved, targets) | {
        "topics": [link_out(*topic) for topic in _live(document.about(), targets)],
        "conditions": [condition_out(*term) for term in _live(document.about_conditions(), targets)],
    }


def _quotes(document: Document) -> Iterator[tuple[str, Quote]]:
    """The quotes in reading order, those in accounts side by side too, each with the block in which it stands."""
    for block in document.blocks:
        yield from ((block.id, part) for part in shared_parts(block) if isinstance(part, Quote))


def _live(items: Iterable[str], targets: Mapping[str, Target]) -> list[tuple[str, Target]]:
    live = [(item, targets[item]) for item in items if item in targets]
    return sorted(live, key=lambda pair: (pair[1].title, pair[0]))
