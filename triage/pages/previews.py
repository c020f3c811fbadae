"""The opening page of a protocol that nobody has published: the very page, made of what the desk has."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.canonical import canonical_json
from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.envelope import ChangeNote, Envelope, Review
from articles.editions.queries import Shelved
from articles.editions.shelf import Edition, Standing
from articles.editions.times import rfc3339
from articles.editions.translations import IN_STEP
from articles.editions.value import digest, plain
from articles.reader import pages, previews
from articles.reader.presenters.item import draft_frame
from articles.reader.rendering import rendered
from triage.engine.document import ProtocolDocument
from triage.engine.faults import faults
from triage.live.protocols import LiveProtocol
from triage.pages.presenters.opening import opening_page

_NOBODY = UUID(int=0)


def render_draft(document: Document, language: Language) -> str:
    """Return the whole page, marked as a draft; of a protocol that nobody could be asked by only why there is none."""
    if not isinstance(document, ProtocolDocument):
        raise TypeError(f"{document.kind} is no protocol")
    if faults(document.protocol) or not document.lapses_on:
        words = _("The page cannot be shown yet: levels, answers, ids or the last day are missing.")
        return str(
            format_html('<!DOCTYPE html><html lang="{}"><title>{}</title><p>{}</p></html>', language, words, words)
        )
    page = replace(opening_page(_as_if_live(document, language)), frame=draft_frame(document, language))
    return rendered("triage/opening.html", page, about=pages.about(language))


def _as_if_live(document: ProtocolDocument, language: Language) -> LiveProtocol:
    """The draft as it would be found; nothing of it is saved, and nobody is asked."""
    now = datetime.now(UTC)
    said = digest(document)
    edition = Edition(item=_NOBODY, kind=document.kind, language=language, number=1, content_digest=said, digest=said)
    edition.__dict__["document"] = document
    edition.__dict__["envelope"] = Envelope(
        item=str(_NOBODY),
        kind=document.kind,
        language=language,
        number=1,
        content_digest=said,
        change=ChangeNote("first", ""),
        review=Review(state="not_reviewed", by=[], on=now.date().isoformat(), next_on="", reason=""),
        translation_of=None,
        caused_by=None,
        published_at=rfc3339(now),
        first_published_at=rfc3339(now),
        content_changed_at=rfc3339(now),
    )
    standing = Standing(
        item=_NOBODY,
        kind=document.kind,
        language=language,
        state=Standing.State.LIVE,
        edition=edition,
        slug=document.slug,
        title=document.title,
        content_changed_at=now,
        translation_json=canonical_json.dumps(plain(IN_STEP)).decode(),
    )
    return LiveProtocol(Shelved(standing, None), date.min)


previews.register("protocol", render_draft)
