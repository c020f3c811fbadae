"""A protocol as a file: both languages side by side, readable by clinicians, strict in reading.

The file names its sources by short keys; in a protocol they are the sources' ids. What the file says is checked for its
shape here; whether the protocol is sound, the verifier finds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from articles.canonical.languages import LANGUAGES, Language
from triage.engine import protocol
from triage.engine.protocol import LevelId, Protocol

FORMAT = "triage-protocol/1"
LARGEST_BYTES = 1_000_000

_Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
_RuleId = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,23}$")]
_Answer = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,23}\.[a-z][a-z0-9_]{0,23}$")]
_Rank = Annotated[int, Meta(ge=protocol.SELF_CARE, le=protocol.EMERGENCY)]
_Key = Annotated[str, Meta(min_length=1, max_length=60)]
_Text = Annotated[str, Meta(max_length=2000)]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Words(_Part, frozen=True):
    """The same in both languages."""

    ru: _Text
    en: _Text

    def of(self, language: Language) -> str:
        return self.ru if language == "ru" else self.en


class FileSource(_Part, frozen=True, omit_defaults=True):
    """A source as the desk keeps it; `translated_title` is in the language that the title is not in."""

    id: UUID
    kind: str
    title: _Text = ""
    language: str = "en"
    translated_title: Words = Words("", "")
    authors: list[_Text] = []
    publisher: _Text = ""
    container: _Text = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issued: str = ""
    accessed_on: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    archive_url: str = ""
    access: str = "publisher"


class FileService(_Part, frozen=True):
    """A number to call. It is looked for at the desk and never made: somebody must have checked it."""

    id: UUID
    number: str
    country: str


class FileOption(_Part, frozen=True):
    id: _Id
    rank: _Rank
    exclusive: bool
    text: Words
    references: list[_Key]
    points_to: _Text = ""


class FileQuestion(_Part, frozen=True):
    id: _Id
    kind: Literal["single", "multi"]
    text: Words
    options: Annotated[list[FileOption], Meta(min_length=1, max_length=40)]
    exclusive_because: Words = Words("", "")
    note: _Text = ""


class FileFirstAid(_Part, frozen=True):
    when: Annotated[list[_Answer], Meta(min_length=1, max_length=40)]
    text: Words
    references: list[_Key]


class FileLevel(_Part, frozen=True):
    id: LevelId
    title: Words
    text: Words
    references: list[_Key]
    first_aid: Annotated[list[FileFirstAid], Meta(max_length=20)] = []


class FileRule(_Part, frozen=True):
    id: _RuleId
    rank: _Rank
    when: Annotated[list[_Answer], Meta(min_length=1, max_length=10)]
    text: Words
    references: list[_Key]


class ProtocolFile(_Part, frozen=True):
    """The whole file. `scope` says for whom the questions are, `danger` when nobody should answer them.

    `note` is for colleagues: what a clinician has still to decide. Readers never see it.
    """

    format: Literal["triage-protocol/1"]
    id: UUID
    slug: Words
    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+(-[0-9a-z.]+)?$")]
    expires_on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    title: Words
    scope: Words
    danger: Words
    services: Annotated[list[FileService], Meta(max_length=40)]
    levels: Annotated[list[FileLevel], Meta(min_length=1, max_length=5)]
    questions: Annotated[list[FileQuestion], Meta(min_length=1, max_length=40)]
    rules: Annotated[list[FileRule], Meta(max_length=100)]
    references: Annotated[dict[_Key, FileSource], Meta(max_length=300)]
    note: Annotated[str, Meta(max_length=10_000)] = ""

    def protocol(self, language: Language) -> Protocol:
        """Return one language of the protocol; raise KeyError for a reference that the file does not have."""
        return _protocol(self, language)


@dataclass(frozen=True)
class FileProblem:
    """What is wrong with a file. `place` leads to it, such as `$.questions[3].options[0].text.en`."""

    code: Literal["too-large", "not-a-protocol", "repeated", "unknown-reference", "empty", "not-plain-text"]
    place: str
    got: str


class FileRefusedError(ValueError):
    """Raised for a file that is no protocol; `problems` is everything that was found."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.code} {problem.got}" for problem in problems))
        self.problems = problems


def read_file(content: bytes) -> ProtocolFile:
    """Return the file; raise FileRefusedError with everything that is wrong with it."""
    if len(content) > LARGEST_BYTES:
        raise FileRefusedError([FileProblem("too-large", "$", str(len(content)))])
    try:
        file = msgspec.json.decode(content, type=ProtocolFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise FileRefusedError([FileProblem("not-a-protocol", "$", str(fault))]) from fault
    if problems := list(_problems(file)):
        raise FileRefusedError(problems)
    return file


def write_file(file: ProtocolFile) -> bytes:
    """Return the file as indented JSON, the same bytes for the same protocol."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _problems(file: ProtocolFile) -> Iterator[FileProblem]:
    yield from _repeated(file)
    for place, value in _walk(file, "$"):
        if isinstance(value, str) and ("<" in value or ">" in value):
            yield FileProblem("not-plain-text", place, value[:60])
    for place, key in _references(file):
        if key not in file.references:
            yield FileProblem("unknown-reference", place, key)


def _repeated(file: ProtocolFile) -> Iterator[FileProblem]:
    groups = [("$.questions", [one.id for one in file.questions]), ("$.rules", [one.id for one in file.rules])]
    groups += [("$.levels", [one.id for one in file.levels])]
    groups += [
        (f"$.questions[{number}].options", [one.id for one in question.options])
        for number, question in enumerate(file.questions)
    ]
    for place, ids in groups:
        for number, id in enumerate(ids):
            if id in ids[:number]:
                yield FileProblem("repeated", f"{place}[{number}].id", id)


def _references(file: ProtocolFile) -> Iterator[tuple[str, str]]:
    for place, value in _walk(file, "$"):
        parent, _, last = place.rpartition("[")
        if isinstance(value, str) and parent.endswith(".references") and last[:-1].isdigit():
            yield place, value


def _walk(value: object, place: str) -> Iterator[tuple[str, object]]:
    yield place, value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _walk(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _walk(one, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(one, f"{place}[{key!r}]")


def _protocol(file: ProtocolFile, language: Language) -> Protocol:
    def ids(keys: list[str]) -> list[str]:
        return [str(file.references[key].id) for key in keys]

    return Protocol(
        version=file.version,
        danger=file.danger.of(language),
        expires_on=file.expires_on,
        levels=[
            protocol.Level(
                level.id,
                level.title.of(language),
                level.text.of(language),
                ids(level.references),
                [protocol.FirstAid(aid.when, aid.text.of(language), ids(aid.references)) for aid in level.first_aid],
            )
            for level in file.levels
        ],
        questions=[
            protocol.Question(
                question.id,
                question.kind,
                question.text.of(language),
                question.exclusive_because.of(language),
                [
                    protocol.Option(one.id, one.text.of(language), one.rank, one.exclusive, ids(one.references))
                    for one in question.options
                ],
            )
            for question in file.questions
        ],
        rules=[
            protocol.Rule(rule.id, rule.rank, rule.when, rule.text.of(language), ids(rule.references))
            for rule in file.rules
        ],
    )


def both(file: ProtocolFile) -> Mapping[Language, Protocol]:
    """Return both languages of the protocol."""
    return {language: file.protocol(language) for language in LANGUAGES}
