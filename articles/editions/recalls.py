"""Whether an old edition still carries something that was withdrawn since: then its bytes are not given out again."""

from collections.abc import Sequence

from articles.editions.document import ArticleDocument, PartWithdrawal, Value
from articles.editions.shelf import Change, Edition


class Recall(Value):
    """The withdrawal of a part: which part, when, why, and the journal line that says so."""

    part_kind: str
    part: str
    withdrawn_at: str
    reason_code: str
    reason: str
    sequence: int


def recall(edition: Edition) -> Recall | None:
    """Return the newest withdrawal of a quote or source that the edition shows, None if all still stands.

    Two queries for an edition after which nothing was withdrawn, four otherwise. It is the shelf's own knowledge: the
    amendments of later editions of the same text.
    """
    later = [
        (candidate, cause)
        for candidate in _amended_by_withdrawals(edition)
        if (cause := candidate.envelope.caused_by) and cause.event == "withdrawn"
    ]
    if not later:
        return None
    carried = {(mention.part_kind, str(mention.part)) for mention in edition.mentions.all()}
    for candidate, cause in later:
        if (cause.kind, cause.id) in carried:
            return _recall(candidate, cause.kind, cause.id)
    return None


def _amended_by_withdrawals(edition: Edition) -> Sequence[Edition]:
    # The envelope is canonical JSON, so this text stands in it exactly so; the caller reads it properly.
    return Edition.objects.filter(
        item=edition.item,
        language=edition.language,
        number__gt=edition.number,
        envelope_json__contains='"event":"withdrawn"',
    ).order_by("-number")


def _recall(amended: Edition, kind: str, part: str) -> Recall:
    envelope = amended.envelope
    line = Change.objects.filter(
        item=amended.item, language=amended.language, edition=amended.number, event="amended"
    ).order_by("sequence")
    return Recall(
        part_kind=kind,
        part=part,
        withdrawn_at=envelope.published_at,
        reason_code=_reason_code(amended.document, kind, part, envelope.change.note),
        reason=envelope.change.note,
        sequence=line.values_list("sequence", flat=True)[0],
    )


def _reason_code(document: ArticleDocument, kind: str, part: str, reason: str) -> str:
    """The code stands in the notice; a quote's notice no longer names the quote, so it is known by its reason."""
    notices: list[PartWithdrawal] = []
    if kind == "source":
        notices = [source.withdrawn for source in document.sources if source.id == part and source.withdrawn]
    else:
        notices = [notice for block in document.blocks if (notice := getattr(block, "withdrawn", None))]
    return next((notice.reason_code for notice in notices if notice.reason == reason), "error")
