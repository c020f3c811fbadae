"""A protocol verified from wherever it lies: a file, the desk, or the shelf."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.queries import Found
from triage.engine.document import ProtocolDocument
from triage.engine.exchange import ProtocolFile, both
from triage.engine.protocol import Protocol
from triage.engine.verifying.verification import Verification, verify
from triage.protocols import tables
from triage.protocols.drafts import draft
from triage.protocols.findings import verification


@dataclass(frozen=True)
class Verified:
    """A protocol in the languages in which it was found, and what was found out about it."""

    protocols: Mapping[Language, Protocol]
    verification: Verification


def verified_file(file: ProtocolFile) -> Verified:
    """Return what is found in a protocol as a file."""
    return _verified(both(file), {str(source.id) for source in file.references.values()})


def verified_draft(working: tables.Protocol) -> Verified:
    """Return what is found in a protocol as it stands at the desk."""
    rows = draft(working)
    return Verified(rows.protocols, verification(rows))


def verified_live(found: Found) -> Verified:
    """Return what is found in a protocol as readers have it, in the languages in which it is live."""
    documents = {
        language: shelved.standing.edition.document
        for language in LANGUAGES
        if (shelved := found.shelved(language)) and shelved.is_live
    }
    protocols = {language: one for language, one in documents.items() if isinstance(one, ProtocolDocument)}
    known = [{source.id for source in one.sources} for one in protocols.values()]
    return _verified({language: one.protocol for language, one in protocols.items()}, set().union(*known))


def _verified(protocols: Mapping[Language, Protocol], known: set[str]) -> Verified:
    return Verified(protocols, verify(protocols, known))
