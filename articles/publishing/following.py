"""Whether a translation followed its original when both were amended: then what was in step stays so."""

from collections.abc import Mapping
from typing import Any

from articles.editions.document import Document
from articles.editions.value import plain

# A part of the original to the digest of its wording before and after.
Moves = Mapping[str, tuple[str, str]]

# A document before and after.
Amended = tuple[Document, Document]


def parts_followed(original: Amended, translation: Amended) -> Moves:
    """Return the parts of the original that moved in no word that the translation did not follow.

    A new page number moves both texts; if the original got new words with it and the translation did not, nobody has
    said that they still say the same.
    """
    (old, new), (old_translation, new_translation) = original, translation
    before, after = old.parts(), new.parts()
    blocks, translated = _blocks(old, new), _blocks(old_translation, new_translation)
    return {
        part: (before[part], after[part])
        for part in before.keys() & after.keys()
        if part not in blocks or (part in translated and followed(*blocks[part], *translated[part]))
    }


def _blocks(old: Document, new: Document) -> dict[str, tuple[Any, Any]]:
    was = {block.id: plain(block) for block in old.blocks}
    kept = {block.id: (was[block.id], plain(block)) for block in new.blocks if block.id in was}
    return {"head": (_head(old), _head(new))} | kept


def _head(text: Document) -> dict[str, Any]:
    """The words outside blocks as they are, where `parts` has but a digest of the person."""
    return {name: value for name, value in plain(text).items() if name in ("title", "summary", "synonyms", "person")}


def followed(before: Any, after: Any, was: Any, now: Any) -> bool:
    """Return whether each value that differs in the original differs in the translation too, or is the same in both.

    `before` and `after` are the original's, `was` and `now` the translation's.
    """
    if before == after:
        return True
    values = [_keyed(value) for value in (before, after, was, now)]
    if all(isinstance(value, dict) for value in values):
        old, new, old_translation, new_translation = values
        return all(
            followed(old.get(key), new.get(key), old_translation.get(key), new_translation.get(key))
            for key in old.keys() | new.keys()
        )
    return was != now or now == after


def _keyed(value: Any) -> Any:
    """A list of rows by their ids: what happened to one row is no answer to what happened to another."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" in one for one in value):
        return {one["id"]: one for one in value}
    return value
