"""Releasing a protocol: both languages from the desk to the shelf in one transaction, by the one press there is."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.shelf import Edition
from articles.publishing.publish import Decision, Terms, publish
from triage.protocols.composing import document_of
from triage.protocols.tables import Protocol


def release(
    protocol: Protocol, *, terms: Mapping[Language, Terms], decision: Decision, by: User, at: datetime
) -> dict[Language, Edition]:
    """Release the protocol in the languages of `terms`; return the live edition of each, new or unchanged.

    Whoever releases vouches that both languages say the same: a protocol is translated as a whole or not at all.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    parts = {part for language in LANGUAGES for part in document_of(protocol, language).parts()}
    return publish("protocol", protocol.pk, terms, decision=decision, confirming=parts, by=by, at=at)
