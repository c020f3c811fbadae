"""From the working tables to a document: what a protocol would be in one language if it were released as it stands."""

from articles.canonical.languages import Language
from articles.publishing.compose import Composition
from triage.engine.document import ProtocolDocument
from triage.protocols import tables
from triage.protocols.completeness import problems
from triage.protocols.drafts import draft


def compose(working: tables.Protocol, language: Language) -> Composition:
    """Return the protocol in one language as it stands at the desk, with everything that keeps it from a release."""
    rows = draft(working)
    return Composition(rows.documents[language], problems(rows, language))


def document_of(working: tables.Protocol, language: Language) -> ProtocolDocument:
    """Return the document of one language; a fixed number of queries."""
    return draft(working).documents[language]
