"""The versions of a protocol that can be compared: the draft, and what was live after each release."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.shelf import Edition
from articles.editions.times import moment
from triage.engine.document import ProtocolDocument
from triage.protocols.drafts import Draft


@dataclass(frozen=True)
class Version:
    """A protocol in each language that it had at a moment; `at` is None for the draft.

    `key` names it in an address: `draft`, or the numbers of its editions such as `ru3-en2`.
    """

    key: str
    at: datetime | None
    documents: Mapping[Language, ProtocolDocument]
    numbers: Mapping[Language, int]


def draft_version(rows: Draft) -> Version:
    """Return the draft as a version."""
    return Version("draft", None, rows.documents, {})


def released_versions(item: UUID) -> list[Version]:
    """Return what was there after each release, newest first; what was erased for good is left out. One query."""
    editions = Edition.objects.filter(item=item, kind="protocol").order_by("number")
    by_moment: dict[str, dict[Language, Edition]] = {}
    for edition in editions:
        if not edition.is_erased:
            by_moment.setdefault(edition.envelope.published_at, {})[edition.language] = edition
    found: list[Version] = []
    there: dict[Language, Edition] = {}
    for at in sorted(by_moment):
        there = {**there, **by_moment[at]}
        ordered = {language: there[language] for language in LANGUAGES if language in there}
        found.append(
            Version(
                "-".join(f"{language}{edition.number}" for language, edition in ordered.items()),
                moment(at),
                {language: _document(edition) for language, edition in ordered.items()},
                {language: edition.number for language, edition in ordered.items()},
            )
        )
    return found[::-1]


def _document(edition: Edition) -> ProtocolDocument:
    document = edition.document
    if not isinstance(document, ProtocolDocument):
        raise TypeError(f"{edition} is no protocol")
    return document
