"""What became of a copy, as partners receive it."""

from articles.api.v1.presenters.items import change_out, max_age
from articles.api.v1.shapes import copies as shapes
from articles.api.v1.shapes.problems import Part
from articles.editions.copies import Copy
from articles.editions.envelope import Envelope
from articles.editions.queries import Shelved
from articles.editions.recalls import Recall
from articles.editions.shelf import Edition
from articles.editions.times import rfc3339


def copy_out(asked: str, copy: Copy) -> shapes.CopyOut:
    """Return the answer for one digest."""
    shelved, edition = copy.shelved, copy.edition
    is_live = shelved is not None and shelved.is_live
    return shapes.CopyOut(
        asked=asked,
        state=copy.state,
        id=shelved.item if shelved else None,
        kind=shelved.standing.kind if shelved else None,
        language=shelved.language if shelved else None,
        title=shelved.standing.title if shelved else None,
        copy=_copied(edition) if edition else None,
        live=_live(shelved) if shelved and is_live else None,
        has_same_words=copy.has_same_words if is_live else None,
        gravest=next(iter(copy.classes), None),
        since=[_since(envelope) for envelope in copy.later],
        withdrawn=_withdrawn(copy),
    )


def _copied(edition: Edition) -> shapes.CopiedOut:
    return shapes.CopiedOut(
        edition=edition.number,
        digest=edition.digest,
        content_digest=edition.content_digest,
        published_at=edition.envelope.published_at,
    )


def _live(shelved: Shelved) -> shapes.LiveOut:
    edition = shelved.standing.edition
    return shapes.LiveOut(
        edition=edition.number,
        digest=edition.digest,
        content_digest=edition.content_digest,
        published_at=edition.envelope.published_at,
        url=shelved.page_url,
        api_url=shelved.api_url,
        max_age=max_age(shelved.document),
        is_overdue=shelved.is_overdue,
        under_check=shelved.check is not None,
        lacks=shelved.translation.lacks or None,  # type: ignore[arg-type]
    )


def _since(envelope: Envelope) -> shapes.SinceOut:
    return shapes.SinceOut(
        edition=envelope.number, published_at=envelope.published_at, change=change_out(envelope.change)
    )


def _withdrawn(copy: Copy) -> shapes.CopyWithdrawnOut | None:
    if copy.shelved and copy.recall:
        return _recalled(copy.recall, copy.shelved)
    tombstone = copy.shelved.standing.tombstone if copy.shelved else None
    if tombstone is None:
        return None
    return shapes.CopyWithdrawnOut(
        withdrawn_at=tombstone["withdrawn_at"],
        reason_code=tombstone["reason_code"],
        reason=tombstone["reason"],
        replaced_by=tombstone["replaced_by"],
        sequence=tombstone["sequence"],
        part=None,
    )


def _recalled(gone: Recall, shelved: Shelved) -> shapes.CopyWithdrawnOut:
    return shapes.CopyWithdrawnOut(
        withdrawn_at=rfc3339(gone.withdrawn_at),
        reason_code=gone.reason_code,  # type: ignore[arg-type]
        reason=gone.reason(shelved.language),
        replaced_by=None,
        sequence=gone.sequence,
        part=Part(kind=gone.part_kind, id=str(gone.part)),
    )
