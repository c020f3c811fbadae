"""A protocol as a file, read and written: strict in reading, so that nothing is lost or guessed on the way in."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec

from articles.canonical.addresses import is_address
from articles.canonical.languages import LANGUAGES
from articles.canonical.text import shown
from triage.engine.faults import faults
from triage.engine.file import (
    FORMAT,
    FileFirstAid,
    FileLevel,
    FileOption,
    FileQuestion,
    FileRule,
    FileService,
    FileSource,
    ProtocolFile,
    Words,
    both,
    protocol_of,
)
from triage.engine.file_problems import FileProblem, FileRefusedError
from triage.engine.file_shape import parsed, shape_problems
from triage.engine.file_texts import text_problems

__all__ = [
    "FORMAT", "LARGEST_BYTES", "FileFirstAid", "FileLevel", "FileOption", "FileProblem", "FileQuestion",
    "FileRefusedError", "FileRule", "FileService", "FileSource", "ProtocolFile", "Words", "both", "read_file",
    "write_file",
]  # fmt: skip

LARGEST_BYTES = 1_000_000

_MOST_PROBLEMS = 100
_SHOWN = 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_file(content: bytes) -> ProtocolFile:
    """Return the file; raise FileRefusedError with everything that is wrong with it, up to a hundred problems.

    What a file says is looked at once its shape is right, so a file of the wrong shape is refused for that alone.
    """
    if len(content) > LARGEST_BYTES:
        raise FileRefusedError([FileProblem("too-large", "$", str(len(content)), str(LARGEST_BYTES))])
    value = parsed(content)
    if problems := list(islice(shape_problems(value, ProtocolFile), _MOST_PROBLEMS)):
        raise FileRefusedError(problems)
    file = msgspec.convert(value, ProtocolFile)
    if problems := list(islice(_problems(file), _MOST_PROBLEMS)):
        raise FileRefusedError(problems)
    return file


def write_file(file: ProtocolFile) -> bytes:
    """Return the file as indented JSON, the same bytes for the same protocol."""
    ordered = msgspec.structs.replace(file, references=dict(sorted(file.references.items())))
    return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"


def _problems(file: ProtocolFile) -> Iterator[FileProblem]:
    for found in (text_problems, _of_protocol, _of_references, _of_ids, _of_days, _of_addresses):
        yield from found(file)


def _of_protocol(file: ProtocolFile) -> Iterator[FileProblem]:
    """What makes it unfit for deciding. The logic is the same in both languages, and sources take no part in it."""
    for fault in faults(protocol_of(file, LANGUAGES[0], lambda key: key)):
        yield FileProblem(fault.code, f"$.{fault.place}", fault.got)


def _of_references(file: ProtocolFile) -> Iterator[FileProblem]:
    for place, keys in _cited(file):
        for number, key in enumerate(keys):
            if key not in file.references:
                yield FileProblem("unknown-reference", f"{place}[{number}]", shown(key, _SHOWN))
            elif key in keys[:number]:
                yield FileProblem("repeated-reference", f"{place}[{number}]", shown(key, _SHOWN))


def _cited(file: ProtocolFile) -> Iterator[tuple[str, list[str]]]:
    for number, level in enumerate(file.levels):
        yield f"$.levels[{number}].references", level.references
        for at, aid in enumerate(level.first_aid):
            yield f"$.levels[{number}].first_aid[{at}].references", aid.references
    for number, question in enumerate(file.questions):
        for at, option in enumerate(question.options):
            yield f"$.questions[{number}].options[{at}].references", option.references
    for number, rule in enumerate(file.rules):
        yield f"$.rules[{number}].references", rule.references


def _of_ids(file: ProtocolFile) -> Iterator[FileProblem]:
    """One source under two keys, or one number to call twice: somebody would mend the one and not the other."""
    places = [(f"$.services[{number}].id", service.id) for number, service in enumerate(file.services)]
    places += [(f"$.references[{key}].id", source.id) for key, source in file.references.items()]
    seen = {file.id}
    for place, id in places:
        if id in seen:
            yield FileProblem("repeated-id", place, str(id))
        seen.add(id)


def _of_days(file: ProtocolFile) -> Iterator[FileProblem]:
    """A day that is in no calendar. A source need not have been read on any, but the protocol ends on one."""
    read = [(f"$.references[{key}].accessed_on", source.accessed_on) for key, source in file.references.items()]
    for place, day in [("$.expires_on", file.expires_on), *((place, day) for place, day in read if day)]:
        if not _is_day(day):
            yield FileProblem("not-a-day", place, shown(day, _SHOWN) if day else "", "2027-11-22")


def _is_day(value: str) -> bool:
    try:
        return _DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _of_addresses(file: ProtocolFile) -> Iterator[FileProblem]:
    for key, source in file.references.items():
        for name, href in (("url", source.url), ("archive_url", source.archive_url)):
            if href and not (href.startswith(("http://", "https://")) and is_address(href)):
                yield FileProblem("not-an-address", f"$.references[{key}].{name}", shown(href, _SHOWN))
