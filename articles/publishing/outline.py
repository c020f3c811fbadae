"""A document in short: which parts it has words in, and the digest of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from articles.content.showing import HEAD
from articles.editions.document import Document


@dataclass(frozen=True)
class Outlined:
    """A part that says something; `is_whole` is False for a head of which the title or the summary is empty."""

    kind: str
    digest: str
    required: bool
    is_whole: bool = True


# Part id to what is known of it, in reading order.
Outline = Mapping[str, Outlined]


def outline(document: Document) -> Outline:
    """Return the parts that say something; a head without title and summary says nothing."""
    digests = document.parts()
    says = [bool(document.title), bool(document.summary)]
    head = {HEAD: Outlined(HEAD, digests[HEAD], True, is_whole=all(says))} if any(says) else {}
    return head | {block.id: Outlined(block.kind, digests[block.id], block.required) for block in document.blocks}


def outline_json(found: Outline) -> str:
    """Return the outline as text that keeps the order of its parts."""
    return json.dumps([[part, one.kind, one.digest, one.required, one.is_whole] for part, one in found.items()])


def outline_of_json(text: str) -> Outline:
    """Return the outline that `outline_json` wrote."""
    return {part: Outlined(*rest) for part, *rest in json.loads(text)}
