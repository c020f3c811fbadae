"""What a protocol's file says: both languages side by side, readable by clinicians.

The file names its sources by short keys; in a protocol they are the sources' ids.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.shapes import learn
from triage.engine import faults, protocol
from triage.engine.protocol import LevelId, Protocol

FORMAT = "triage-protocol/1"

_Rank = Annotated[int, Meta(ge=protocol.SELF_CARE, le=protocol.EMERGENCY)]
# What an id or an answer must look like, and which there are, says `faults`: it is the same at the desk.
_Id = Annotated[str, Meta(max_length=60)]
_Text = Annotated[str, Meta(max_length=4000)]
_Key = Annotated[str, Meta(pattern=r"\A\w[\w.-]{0,59}\Z", examples=["NHS-LC"])]
_Word = Annotated[str, Meta(pattern=r"\A[a-z_]{1,20}\Z", examples=["guideline"])]


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
    kind: _Word
    title: _Text = ""
    language: Annotated[str, Meta(pattern=r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z", examples=["en"])] = "en"
    translated_title: Words = Words("", "")
    authors: Annotated[list[_Text], Meta(max_length=200)] = []
    publisher: _Text = ""
    container: _Text = ""
    volume: _Id = ""
    issue: _Id = ""
    pages: _Id = ""
    issued: Annotated[
        str,
        Meta(
            pattern=r"\A([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?\Z",
            examples=["2012, 2012-08, 2012-08-15"],
        ),
    ] = ""
    accessed_on: _Id = ""
    doi: Annotated[str, Meta(pattern=r"\A(10\.[0-9]{4,9}/\S{1,180})?\Z", examples=["10.1000/xyz"])] = ""
    pmid: Annotated[str, Meta(pattern=r"\A[0-9]{0,9}\Z", examples=["22218448"])] = ""
    url: Annotated[str, Meta(max_length=1000)] = ""
    archive_url: Annotated[str, Meta(max_length=1000)] = ""
    access: _Word = "publisher"


class FileService(_Part, frozen=True):
    """A number to call. It is looked for at the desk and never made: somebody must have checked it."""

    id: UUID
    number: Annotated[str, Meta(pattern=r"\A\+?[0-9]{2,15}\Z", examples=["103"])]
    country: Annotated[str, Meta(pattern=r"\A([A-Z]{2})?\Z", examples=["RU"])]


class FileOption(_Part, frozen=True):
    id: _Id
    rank: _Rank
    exclusive: bool
    text: Words
    references: Annotated[list[_Id], Meta(max_length=40)]
    points_to: _Text = ""


class FileQuestion(_Part, frozen=True):
    id: _Id
    kind: Literal["single", "multi"]
    text: Words
    options: Annotated[list[FileOption], Meta(max_length=faults.MOST_OPTIONS)]
    exclusive_because: Words = Words("", "")
    note: _Text = ""


class FileFirstAid(_Part, frozen=True):
    when: Annotated[list[_Id], Meta(max_length=faults.MOST_OPTIONS)]
    text: Words
    references: Annotated[list[_Id], Meta(max_length=40)]


class FileLevel(_Part, frozen=True):
    id: LevelId
    title: Words
    text: Words
    references: Annotated[list[_Id], Meta(max_length=40)]
    first_aid: Annotated[list[FileFirstAid], Meta(max_length=20)] = []


class FileRule(_Part, frozen=True):
    id: _Id
    rank: _Rank
    when: Annotated[list[_Id], Meta(max_length=faults.MOST_IN_A_RULE)]
    text: Words
    references: Annotated[list[_Id], Meta(max_length=40)]


@learn
class ProtocolFile(_Part, frozen=True):
    """The whole file. `scope` says for whom the questions are, `danger` when nobody should answer them.

    `note` is for colleagues: what a clinician has still to decide. Readers never see it.
    """

    format: Literal["triage-protocol/1"]
    id: UUID
    slug: Words
    version: Annotated[str, Meta(pattern=r"\A[0-9]{1,5}(\.[0-9]{1,5}){2}(-[0-9a-z.]{1,20})?\Z", examples=["1.0.0"])]
    expires_on: _Id
    title: Words
    scope: Words
    danger: Words
    services: Annotated[list[FileService], Meta(max_length=40)]
    levels: Annotated[list[FileLevel], Meta(max_length=len(protocol.LEVELS))]
    questions: Annotated[list[FileQuestion], Meta(max_length=faults.MOST_QUESTIONS)]
    rules: Annotated[list[FileRule], Meta(max_length=faults.MOST_RULES)]
    references: Annotated[dict[_Key, FileSource], Meta(max_length=300)]
    note: Annotated[str, Meta(max_length=10_000)] = ""

    def protocol(self, language: Language) -> Protocol:
        """Return one language of the protocol; raise KeyError for a reference that the file does not have."""
        return protocol_of(self, language, lambda key: str(self.references[key].id))


def both(file: ProtocolFile) -> Mapping[Language, Protocol]:
    """Return both languages of the protocol."""
    return {language: file.protocol(language) for language in LANGUAGES}


def protocol_of(file: ProtocolFile, language: Language, source: Callable[[str], str]) -> Protocol:
    """Return one language of the protocol; `source` says what stands there for the key of a reference."""

    def ids(keys: list[str]) -> list[str]:
        return [source(key) for key in keys]

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
