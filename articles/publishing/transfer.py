"""The desk's content as readable files: one object a file, kept by id, the same bytes from the same content.

A tree has one directory for each kind. A file's name is only for people: what an object is, its directory says, and
which one it is, its id. Files also keep confirmations: which wording of the original each part
of the translation was last said to match. What a file does not say, nobody vouches for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from articles.canonical.languages import LANGUAGES
from articles.content import aggregates, loading
from articles.content.aggregates import AGGREGATES, Data, LoadError
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.texts import TEXTS, Text
from articles.editions.store import has_withdrawn
from articles.editorial.confirmations import confirm, confirmed, forget
from articles.editorial.revisions import claim_version, keep, revisions
from articles.publishing import picture_transfer, yaml_text
from articles.publishing.erasures import any_expunged
from articles.publishing.manuscript_shapes import shape_problems
from articles.publishing.uses import part_of, texts_with

_PLURALS = {"accounts": "accounts", "care_box": "care_boxes", "faq": "faq"}

_CONFIRMATIONS = "confirmations"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 60

# Called after each object with its file and whether anything changed.
Told = Callable[[Path, bool], None]


def directories() -> dict[str, str]:
    """Return the directory of each kind, named after what lies in it, in the order in which they can be loaded."""
    return {kind: _PLURALS.get(kind, f"{kind}s") for kind in AGGREGATES}


@dataclass(frozen=True)
class Manuscript:
    """One object as a file holds it."""

    path: Path
    kind: str
    data: Data


def _tell_nobody(path: Path, changed: bool) -> None:
    pass


def dump_content(directory: Path, *, tell: Told = _tell_nobody) -> list[Path]:
    """Write every object of the desk into `directory` and return the files in order.

    Files of the same kind that hold nothing of the desk any more are removed, so the tree is the desk and nothing else.
    """
    written: list[Path] = []
    for obj in _objects():
        kind = aggregates.kind_of(obj)
        path = directory / directories()[kind] / f"{_name(obj)}.yaml"
        text = yaml_text.write(data_of(obj))
        changed = not path.exists() or path.read_text(encoding="utf-8") != text
        if changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        written.append(path)
        tell(path, changed)
    for stale in {path for path, _ in _files(directory)} - set(written):
        stale.unlink()
    picture_transfer.dump_files(directory / directories()["picture"])
    return written


def read_content(directory: Path) -> list[Manuscript]:
    """Return what the tree holds, in the order in which it can be loaded.

    Raises LoadError with every file that cannot be read, each problem with its file and line.
    """
    problems: list[str] = []
    found: list[Manuscript] = []
    first: dict[str, Path] = {}
    for path, kind in _files(directory):
        try:
            data = yaml_text.read(path.read_bytes())
        except yaml_text.UnreadableError as fault:
            problems.append(f"{path}: {fault}")
            continue
        id = str(data.get("id", ""))
        if first.setdefault(id, path) != path:
            problems.append(f"{path}: the id {id} is also in {first[id]}")
        found.append(Manuscript(path, kind, data))
    if not found and not problems:
        problems.append(f"{directory}: no content here; expected directories {', '.join(directories().values())}")
    if problems:
        raise LoadError(problems)
    return found


def load_content(content: list[Manuscript], *, by: User | None, at: datetime, tell: Told = _tell_nobody) -> int:
    """Bring the desk to what the manuscripts say, all of it or nothing; return how many objects changed.

    Each changed object gets a new version that is kept like any other save. Nothing is published and nothing is
    removed. Raises LoadError with every problem, each with its file and place.
    """
    changes = 0
    problems: list[str] = []
    with transaction.atomic():
        announced = _announce(content)
        for manuscript in content:
            try:
                changed = _load(manuscript, announced, by, at)
            except LoadError as fault:
                problems += [f"{manuscript.path}: {problem}" for problem in fault.problems]
                continue
            changes += changed
            tell(manuscript.path, changed)
        if problems:
            raise LoadError(problems)
    return changes


def _announce(content: list[Manuscript]) -> set[str]:
    """Make empty rows for texts that are new, and return their ids: questions lead to each other in a circle."""
    announced: set[str] = set()
    for manuscript in content:
        key = aggregates.uuid_of(manuscript.data.get("id"))
        if manuscript.kind in TEXTS and key and not Text.objects.filter(pk=key).exists():
            TEXTS[manuscript.kind]._default_manager.create(pk=key)
            announced.add(str(key))
    return announced


def _load(manuscript: Manuscript, announced: set[str], by: User | None, at: datetime) -> bool:
    data = dict(manuscript.data)
    agreed = _agreed(data.pop(_CONFIRMATIONS, None))
    if problems := shape_problems(manuscript.kind, data):
        raise LoadError(problems)
    if (key := aggregates.uuid_of(data.get("id"))) and any_expunged([key]):
        # Before the files of a picture: they would lie in the storage again, whatever becomes of its row.
        raise LoadError(["id: it was erased for good and cannot come back"])
    if manuscript.kind == "picture":
        picture_transfer.load_files(manuscript.path.parent, data)
    is_new = str(key) in announced
    existing = None if is_new else _existing(manuscript.kind, data.get("id"))
    before = data_of(existing) if existing else None
    obj = loading.load(manuscript.kind, data)
    if data.get("withdrawn_at") and not (before or {}).get("withdrawn_at") and _is_shown_as_valid(obj):
        raise LoadError(["withdrawn_at: readers still see it; withdraw it from the live texts first"])
    for language in LANGUAGES:
        had, parts = confirmed(obj.pk, language), agreed.get(language, {})
        if gone := had.keys() - parts.keys():
            forget(obj.pk, gone, language=language)
        if new := {part: digest for part, digest in parts.items() if had.get(part) != digest}:
            confirm(obj.pk, language, new, by=by, at=at)
    if before is not None and before == data_of(obj):
        return False
    if before is not None:
        obj.version = claim_version(obj, obj.version)
    elif earlier := revisions(obj).first():
        # It was deleted once; what was kept of it stays, so its versions are counted on.
        obj.version = earlier.number + 1
        obj.save(update_fields=["version"])
    keep(obj, by=by, at=at)
    return True


def _is_shown_as_valid(obj: DeskObject) -> bool:
    part = part_of(obj)
    return bool(texts_with(part)) and not has_withdrawn([part])


def _existing(kind: str, id: object) -> DeskObject | None:
    # What is wrong with an id that is none, the loader says.
    key = aggregates.uuid_of(id)
    return AGGREGATES[kind]._default_manager.filter(pk=key).first() if key else None


def _agreed(value: object) -> dict[str, dict[str, str]]:
    """Return the confirmations of a file; raise LoadError unless each leads from a language and a part to a digest."""
    agreed = value if value is not None else {}
    well_formed = isinstance(agreed, dict) and all(
        language in LANGUAGES and isinstance(parts, dict) and all(_DIGEST.fullmatch(str(d)) for d in parts.values())
        for language, parts in agreed.items()
    )
    if not well_formed:
        raise LoadError([f"{_CONFIRMATIONS}: expected a language, below it a part and the digest of its original"])
    return agreed  # type: ignore[return-value]


def _objects() -> Iterator[DeskObject]:
    for model in AGGREGATES.values():
        yield from model._default_manager.order_by("pk").iterator(chunk_size=500)


def data_of(obj: DeskObject) -> Data:
    """Return the object as its file holds it: all that is saved with it, and what was confirmed of its translation."""
    data = aggregates.dump(obj)
    agreed = {language: dict(sorted(confirmed(obj.pk, language).items())) for language in LANGUAGES}
    if known := {language: parts for language, parts in agreed.items() if parts}:
        data[_CONFIRMATIONS] = known
    return data


def _name(obj: DeskObject) -> str:
    """Return a readable and unique file name without its ending, such as `gemotest-laboratory-47724544`."""
    words = slugify(label(obj, "en"), allow_unicode=True)[:_LONGEST_NAME].rstrip("-")
    return f"{words}-{str(obj.pk)[:8]}"


def _files(directory: Path) -> Iterator[tuple[Path, str]]:
    for kind, name in directories().items():
        for path in sorted((directory / name).glob("*.yaml")):
            yield path, kind
