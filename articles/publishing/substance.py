"""What a signature covers: a text taken apart into its frame and the shared parts that it carries.

A text is its frame, in which every shared part stands by its id alone, and those parts, each by itself. A signature
holds for the very words that were signed. It also holds for a text of the same frame whose parts are the signed ones,
or were led from there to what they are now by confirmations of medical reviewers: one confirmation of what changed in
a care box counts for every text that carries the box.

The table `NOT_VOIDING` names what may differ without anybody reading the text again, and what of it may not. Whatever
it does not name takes the approval back.
"""

import re
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec

from articles.canonical import canonical_json
from articles.editions.document import Document, ItemDocument
from articles.editions.parts import Organisation, Person, Picture, SharedPart, Source
from articles.editions.store import Part
from articles.editions.value import Value, digest

# (part, digest before, digest after): somebody who did not write the change confirmed it. Before is empty where the
# part came anew with a change of what holds it.
Move = tuple[Part, str, str]


@dataclass(frozen=True)
class Left:
    """What of a field still counts, and why the rest needs nobody to read the text again."""

    counts: Callable[[Any], Any]
    because: str


@dataclass(frozen=True)
class Substance:
    """A text as signatures see it: the digest of all its bytes, of its frame, and of each shared part."""

    content_digest: str
    frame: str
    parts: Mapping[Part, str]

    @property
    def parts_by_name(self) -> dict[str, str]:
        """The parts as they are kept: `kind:id` to digest."""
        return {f"{part.kind}:{part.id}": found for part, found in self.parts.items()}


class Signed(Protocol):
    """What a row that stands for a text keeps of it; without a frame it stands for the very bytes alone."""

    content_digest: str
    frame: str
    parts: dict[str, str]


def substance(document: Document) -> Substance:
    """Return what a signature on this document covers."""
    found: dict[Part, set[str]] = {}
    for part in document.shared_parts():
        found.setdefault(Part(part.part_kind, part.id), set()).add(part_digest(part))
    parts = {part: _one(digests) for part, digests in found.items()}
    return Substance(digest(document), canonical_json.digest(_frame(document)), parts)


def part_digest(part: SharedPart) -> str:
    """Return the digest of a shared part by itself: parts inside it stand there by their ids."""
    return canonical_json.digest(_fields(part))


def holds(signed: Signed, text: Substance, moves: Collection[Move]) -> bool:
    """Return whether what was signed is what the text says.

    That is so for the same bytes, and for the same frame with each part unchanged, or led from the signed to the
    present digest by `moves`. A part that only a confirmed change brought in has to be confirmed itself.
    """
    if signed.content_digest == text.content_digest:
        return True
    if not signed.frame or signed.frame != text.frame:
        return False
    return not waiting(signed, text, moves)


def waiting(signed: Signed, text: Substance, moves: Collection[Move]) -> list[tuple[Part, str, str]]:
    """Return the parts of the text whose difference from what was signed nobody has confirmed, with both digests.

    The first is empty for a part that the signed text did not carry.
    """
    edges: dict[tuple[Part, str], set[str]] = {}
    for part, before, after in moves:
        edges.setdefault((part, before), set()).add(after)
    was = {part_named(name): found for name, found in signed.parts.items()}
    return [
        (part, was.get(part, ""), now)
        for part, now in text.parts.items()
        if was.get(part, "") != now and now not in _reachable(part, was.get(part, ""), edges)
    ]


def part_named(name: str) -> Part:
    """Return the part with this name (`kind:id`)."""
    kind, _colon, id = name.partition(":")
    return Part(kind, id)


def _reachable(part: Part, start: str, edges: Mapping[tuple[Part, str], set[str]]) -> set[str]:
    found, open_ends = {start}, deque([start])
    while open_ends:
        for after in edges.get((part, open_ends.popleft()), set()) - found:
            found.add(after)
            open_ends.append(after)
    return found


def _one(digests: set[str]) -> str:
    """A part that stands in one text in two wordings is no wording that could be confirmed by itself."""
    return next(iter(digests)) if len(digests) == 1 else canonical_json.digest(sorted(digests))


def _frame(document: Document) -> dict[str, Any]:
    """The document with parts by their ids; of its list of sources only what no place in the text accounts for."""
    listed = [source.id for source in document.sources]
    cited = {source for block in document.blocks for source in block.sources()}
    astray = {
        "uncited": sorted(set(listed) - cited),
        "unlisted": sorted(cited - set(listed)),
        "twice": sorted({id for id in listed if listed.count(id) > 1}),
    }
    return _fields(document) | {"sources": astray}


def _fields(value: Value) -> dict[str, Any]:
    """The fields of a value as JSON, masked as the table says, parts inside it as their ids."""
    config = value.__struct_config__
    found: dict[str, Any] = {config.tag_field: config.tag} if config.tag_field else {}
    for field in _fields_of(type(value)):
        held = getattr(value, field.name)
        # A field that was learnt later and says nothing is not there, so older signatures go on holding.
        if config.omit_defaults and held == _default(field):
            continue
        left = _left(type(value), field.name)
        found[field.encode_name] = left.counts(value) if left else _inside(held)
    return found


@cache
def _fields_of(kind: type[Value]) -> tuple[Any, ...]:
    """The fields of a kind of value: msgspec reads every annotation anew whenever it is asked for them."""
    return msgspec.structs.fields(kind)


def _inside(held: Any) -> Any:
    if isinstance(held, SharedPart):
        return {"part": held.part_kind, "id": held.id}
    if isinstance(held, Value):
        return _fields(held)
    if isinstance(held, list | tuple):
        return [_inside(one) for one in held]
    if isinstance(held, dict):
        return {key: _inside(one) for key, one in held.items()}
    return msgspec.to_builtins(held)


def _default(field: Any) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _left(kind: type[Value], name: str) -> Left | None:
    return next((NOT_VOIDING[one, name] for one in kind.__mro__ if (one, name) in NOT_VOIDING), None)


# Sites whose addresses lead to anybody's pages: there the whole address says what is meant.
_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "web.archive.org", "archive.org", "archive.ph", "archive.today"})
_NO_LETTERS = re.compile(r"[\W_]+")


def _site(url: str) -> str:
    """The site of an address; the whole address where it is of no site, or leads to any."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or not host or host in _RESOLVERS:
        return url
    return f"{host}:{port}" if port else host


def _spelt(words: str) -> str:
    """Letters and digits in their order, without case, the dots of ё, and what stands between words."""
    return _NO_LETTERS.sub(" ", words.casefold().replace("ё", "е")).strip()


def _access_day(source: Source) -> str:
    return "" if source.issued or source.doi or source.pmid else source.accessed_on


# Class and field to what of it still counts. Addresses of our own, links inside the running text, whom to call, names,
# numbers and every sentence are not here: readers act on them. Nor is the file of a picture: it may show what to do,
# and nothing tells a better copy of it from another picture. The order of the sources follows from the citations.
NOT_VOIDING: Mapping[tuple[type[Value], str], Left] = {
    (ItemDocument, "schema"): Left(
        lambda document: 0, "how the document is written down is nothing that anybody reads"
    ),
    (Source, "url"): Left(
        lambda source: _site(source.url),
        "a page that moved within its site; title, authors, publisher, date, DOI and PMID say which source it is",
    ),
    (Source, "accessed_on"): Left(
        _access_day, "the day of the last look; where a source has no date or number of its own, it counts"
    ),
    (Organisation, "url"): Left(
        lambda organisation: _site(organisation.url), "the home page of a workplace that moved within its site"
    ),
    (Person, "post"): Left(
        lambda person: _spelt(person.post), "case, quotation marks, hyphens and the dots of ё; never another word"
    ),
    (Picture, "licence_url"): Left(lambda picture: "", "where the licence is read; which licence it is counts"),
    (Picture, "source_url"): Left(lambda picture: _site(picture.source_url), "where the picture was found"),
}
