"""Files of vignettes, read strictly: a story, the level that its author expects, and a careful reader's answers.

What stands in a file is never mended: a story whose answers were dropped or guessed would measure something else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from articles.canonical.shapes import learn
from articles.publishing import yaml_text
from triage.engine.answers import Answers, AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.exchange import ProtocolFile, Words
from triage.engine.protocol import LevelId

FORMAT = "triage-vignettes/1"
LARGEST_BYTES = 1_000_000

_Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
_Id = Annotated[str, Meta(max_length=60)]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Vignette(_Part, frozen=True):
    """`because` says why this level is expected, with keys of the protocol's `sources`; `ratings` are levels that
    others gave, by rater."""

    id: _Name
    story: Words
    expected: LevelId
    answers: dict[_Id, list[_Id]]
    because: Words = Words("", "")
    sources: list[_Id] = []
    ratings: dict[_Name, LevelId] = {}


@learn
class VignetteFile(_Part, frozen=True):
    """`label` is what every report says of the file. `otherwise` are the answers to questions that a vignette does not
    mention. `independent` says whether people expected their levels who neither wrote nor saw the protocol."""

    format: Literal["triage-vignettes/1"]
    protocol: str
    label: Words
    written_by: Words
    independent: bool
    vignettes: Annotated[list[Vignette], Meta(min_length=1, max_length=2000)]
    otherwise: dict[_Id, list[_Id]] = {}

    def answers(self, vignette: Vignette) -> Answers:
        return {**self.otherwise, **vignette.answers}


Code = Literal[
    "too-large", "not-readable", "not-vignettes", "repeated", "blank", "unknown-source", "other-protocol",
    "answers-refused", "result-open",
]  # fmt: skip


@dataclass(frozen=True)
class VignetteProblem:
    """What is wrong with a file, and where in it."""

    code: Code
    file: str
    place: str
    got: str


class VignettesRefusedError(ValueError):
    """Raised for files that measure nothing; `problems` is everything that was found."""

    def __init__(self, problems: list[VignetteProblem]) -> None:
        super().__init__("\n".join(f"{one.file}: {one.place}: {one.code}: {one.got}" for one in problems))
        self.problems = problems


def read_files(contents: Mapping[str, bytes], protocol: ProtocolFile, engine: Engine) -> dict[str, VignetteFile]:
    """Return the files by name; raise VignettesRefusedError with what is wrong with all of them."""
    files: dict[str, VignetteFile] = {}
    problems: list[VignetteProblem] = []
    for name, content in contents.items():
        try:
            files[name] = _shape(name, content)
        except VignettesRefusedError as fault:
            problems += fault.problems
    for name, file in files.items():
        problems += _problems(name, file, protocol, engine)
    problems += _repeated(files)
    if problems:
        raise VignettesRefusedError(problems)
    return files


def _shape(name: str, content: bytes) -> VignetteFile:
    def refused(code: Code, got: str) -> VignettesRefusedError:
        return VignettesRefusedError([VignetteProblem(code, name, "$", got)])

    if len(content) > LARGEST_BYTES:
        raise refused("too-large", str(len(content)))
    try:
        return msgspec.convert(yaml_text.read(content), VignetteFile)
    except yaml_text.UnreadableError as fault:
        raise refused("not-readable", str(fault)) from fault
    except msgspec.ValidationError as fault:
        raise refused("not-vignettes", str(fault)) from fault


def _problems(name: str, file: VignetteFile, protocol: ProtocolFile, engine: Engine) -> Iterator[VignetteProblem]:
    if file.protocol not in (protocol.slug.ru, protocol.slug.en):
        yield VignetteProblem("other-protocol", name, "$.protocol", file.protocol)
    for field in ("label", "written_by"):
        if not _said(getattr(file, field)):
            yield VignetteProblem("blank", name, f"$.{field}", "")
    for vignette in file.vignettes:
        if not _said(vignette.story):
            yield VignetteProblem("blank", name, f"{vignette.id}.story", "")
        for key in vignette.sources:
            if key not in protocol.references:
                yield VignetteProblem("unknown-source", name, f"{vignette.id}.sources", key)
        yield from _of_answers(name, file, vignette, engine)


def _of_answers(name: str, file: VignetteFile, vignette: Vignette, engine: Engine) -> Iterator[VignetteProblem]:
    try:
        decision = engine.decide(file.answers(vignette))
    except AnswersRefusedError as fault:
        for one in fault.problems:
            place = f"{vignette.id}.answers.{one.place}"
            yield VignetteProblem("answers-refused", name, place, f"{one.code} {one.got}".strip())
        return
    if not decision.final:
        yield VignetteProblem("result-open", name, f"{vignette.id}.answers", ", ".join(decision.needed))


def _said(words: Words) -> bool:
    return bool(words.ru.strip() or words.en.strip())


def _repeated(files: Mapping[str, VignetteFile]) -> Iterator[VignetteProblem]:
    """A story that is counted twice makes any share look surer than it is, under whatever name it stands."""
    seen: dict[str, str] = {}
    for name, file in files.items():
        for vignette in file.vignettes:
            here = f"{name}: {vignette.id}"
            for mark in (vignette.id, f"{vignette.story.ru}\n{vignette.story.en}"):
                if mark in seen:
                    yield VignetteProblem("repeated", name, vignette.id, seen[mark])
                seen[mark] = here
