"""What the verifier finds in a draft, as problems that lead editors to the row. Each draft is gone through once."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import models
from django.utils.functional import lazy

from articles.canonical import canonical_json
from articles.canonical.languages import Language
from articles.content.problems import DeskProblem, Where
from articles.editions.value import plain
from triage.engine.protocol import Protocol
from triage.engine.verifying.findings import Finding
from triage.engine.verifying.verification import Verification, verify
from triage.protocols import finding_words
from triage.protocols.drafts import Draft

# Where it is not the words that have to be mended; anything else is about `text`.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "question": {
        "single-without-reason": "exclusive_because",
        "not-an-id": "code",
        "repeated-id": "code",
    },
    "option": {
        "not-an-id": "code",
        "repeated-id": "code",
        "not-a-rank": "rank",
        "unsure-harmless": "rank",
        "unsure-beside-others": "exclusive",
        "sign-stands-alone": "exclusive",
    },
    "rule": {
        "not-an-id": "code",
        "repeated-id": "code",
        "not-a-rank": "rank",
        "no-answers": "when_all",
        "repeated-answer": "when_all",
        "names-a-rule": "when_all",
        "unknown-answer": "when_all",
        "rule-dead": "when_all",
        "rule-redundant": "when_all",
    },
    "first_aid": {
        "no-answers": "when_any",
        "repeated-answer": "when_any",
        "names-a-rule": "when_any",
        "unknown-answer": "when_any",
        "first-aid-elsewhere": "when_any",
    },
}
_OF_SOURCES = frozenset({"reference-missing", "reference-unknown", "reference-repeated", "references-differ"})


def verification(rows: Draft) -> Verification:
    """Return everything that the verifier says of the draft, remembered for as long as no word of it changes."""
    protocols, known = rows.protocols, [str(source.pk) for source in rows.sources]
    words = {language: plain(protocol) for language, protocol in protocols.items()}
    return _verified(_Verified(canonical_json.digest([words, known]), protocols, known))


def finding_problems(rows: Draft, language: Language) -> list[DeskProblem]:
    """Return a problem for each finding that concerns this language or both."""
    places = _places(rows)
    return [
        _problem(found, places, rows)
        for found in verification(rows).findings
        if found.language is None or found.language == language
    ]


class _Verified(NamedTuple):
    """What is gone through; equal to every other with the same words."""

    digest: str
    protocols: Mapping[Language, Protocol]
    known: Collection[str]

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Verified) and other.digest == self.digest


@lru_cache(maxsize=16)
def _verified(what: _Verified) -> Verification:
    return verify(what.protocols, what.known)


def _problem(found: Finding, places: Mapping[tuple[str, str], models.Model], rows: Draft) -> DeskProblem:
    row = places.get((found.part, found.id), rows.working)
    where = Where(row._meta.model_name or "", str(row.pk), _field(found), found.language or "")
    params = (*found.params, ("part", f"{found.part} {found.id}"))
    return DeskProblem(f"finding-{found.code}", found.language or "", where, params, _said(found))


def _field(found: Finding) -> str:
    if found.code in _OF_SOURCES:
        return "sources"
    if found.part == "protocol":
        # Of its own words only these are gone through; what is about the whole has no field.
        return "danger" if found.language or found.code in ("text-equal", "placeholders-differ") else ""
    return _FIELDS.get(found.part, {}).get(found.code, "text")


def _places(rows: Draft) -> dict[tuple[str, str], models.Model]:
    """Part and id of a finding to the row that it is about."""
    places: dict[tuple[str, str], models.Model] = {("protocol", ""): rows.working}
    for question in rows.questions:
        places["question", question.code] = question
        for option in question.options.all():
            places["option", f"{question.code}.{option.code}"] = option
    for rule in rows.rules:
        places["rule", rule.code] = rule
    for level in rows.levels:
        places["level", level.level] = level
        for number, aid in enumerate(level.first_aid.all()):
            places["first_aid", f"{level.level}[{number}]"] = aid
    return places


def _sentence(found: Finding) -> str:
    words = f"{finding_words.place(found)}: {finding_words.sentence(found)}"
    # Problems fill their own params in; what stands here is filled in already.
    return (words[:1].upper() + words[1:]).replace("%", "%%")


_said = lazy(_sentence, str)
