"""Editions of the past as partners receive them."""

from typing import Any

import msgspec

from articles.api.v1.presenters.items import change_out, review_out
from articles.api.v1.shapes import history as shapes
from articles.editions.envelope import Cause
from articles.editions.queries import Shelved
from articles.editions.shelf import Edition


def edition_out(edition: Edition, shelved: Shelved) -> shapes.EditionOut:
    """Return one edition of a live item without its words."""
    return shapes.EditionOut(**_members(edition, shelved))


def edition_detail(edition: Edition, shelved: Shelved) -> shapes.EditionDetail:
    """Return one edition with the envelope that its digest covers."""
    return shapes.EditionDetail(**_members(edition, shelved), envelope=edition.envelope)


def _members(edition: Edition, shelved: Shelved) -> dict[str, Any]:
    envelope = edition.envelope
    is_current = edition.pk == shelved.standing.edition_id
    home, _, query = shelved.api_url.partition("?")
    address = f"{home}editions/{edition.number}/"
    return {
        "id": shelved.item,
        "kind": edition.kind,
        "language": shelved.language,
        "edition": edition.number,
        "is_current": is_current,
        "digest": edition.digest,
        "content_digest": edition.content_digest,
        "published_at": envelope.published_at,
        "content_changed_at": envelope.content_changed_at,
        "review": review_out(envelope.review, shelved.language, is_overdue=is_current and shelved.is_overdue),
        "change": change_out(envelope.change),
        "caused_by": _cause(envelope.caused_by),
        "api_url": f"{address}?{query}",
        "document_url": f"{address}document/?{query}",
    }


def _cause(cause: Cause | None) -> shapes.CauseOut | None:
    return shapes.CauseOut(**msgspec.structs.asdict(cause)) if cause else None
