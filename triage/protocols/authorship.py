"""Who last changed the logic of a draft, as far as its saved versions tell: nobody is one of the two who check it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from articles.content.aggregates import Data, kind_of
from articles.content.desk_object import DeskObject
from articles.editorial.revisions import revisions
from triage.protocols.drafts import lines
from triage.protocols.tables import Protocol


def logic_authors(protocol: Protocol) -> set[int]:
    """Return the accounts by whose saves the draft came to the logic that it has, one for each object of it.

    Who took out a whole question or level is not kept, and what no account saved has no author.
    """
    objects: list[DeskObject] = [protocol, *protocol.levels.all(), *protocol.questions.all()]
    return {author for obj in objects for author in _author(obj)}


def _author(obj: DeskObject) -> Iterator[int]:
    """Whoever saved the first of the newest versions that all have the logic of now."""
    logic = _LOGIC[kind_of(obj)]
    now: Any = None
    author: int | None = None
    for revision in revisions(obj).iterator(chunk_size=20):
        of_then = logic(revision.data)
        if now is None:
            now = of_then
        if of_then != now:
            break
        author = revision.saved_by_id
    if author is not None:
        yield author


def _of_protocol(data: Data) -> list[Any]:
    return [[rule["code"], rule["rank"], sorted(lines(rule["when_all"]))] for rule in data["rules"]]


def _of_level(data: Data) -> list[Any]:
    return [data["level"], [sorted(lines(aid["when_any"])) for aid in data["first_aid"]]]


def _of_question(data: Data) -> list[Any]:
    options = [[option["code"], option["rank"], option["exclusive"]] for option in data["options"]]
    return [data["code"], data["several"], data["position"], options]


_LOGIC: Mapping[str, Callable[[Data], list[Any]]] = {
    "protocol": _of_protocol,
    "triage_level": _of_level,
    "triage_question": _of_question,
}
