"""What programs are told of a live text and a reader reads in other words: moments, names and addresses as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.editions.news import Correction
from articles.editions.queries import Shelved
from articles.editions.times import seconds
from articles.editions.wording import CHANGE_CLASSES
from articles.reader.presenters.standing import ReviewView


@dataclass(frozen=True)
class Corrected:
    words: str
    at: str


@dataclass(frozen=True)
class Facts:
    """`reviewed_on` and `reviewers` are empty unless the review holds now. `original` is the address of the text that
    this one was translated from, `translation` that of its translation. People are as they sign."""

    published: str = ""
    changed: str = ""
    reviewed_on: str = ""
    reviewers: Sequence[str] = ()
    written: Sequence[str] = ()
    translated: Sequence[str] = ()
    original: str = ""
    translation: str = ""
    corrections: Sequence[Corrected] = ()


def facts(shelved: Shelved, review: ReviewView | None, corrections: Sequence[Correction]) -> Facts:
    """Return what is known of a live text; `review` is how readers are told of its review, None for kinds without."""
    envelope = shelved.envelope
    holds = bool(review and review.is_reviewed and not review.overdue_since)
    twin = shelved.twin if shelved.twin and shelved.twin.is_live else None
    address = Shelved(twin, shelved.standing).page_url if twin else ""
    return Facts(
        published=seconds(envelope.first_published_at),
        changed=seconds(envelope.content_changed_at),
        reviewed_on=envelope.review.on if holds else "",
        reviewers=[signatory.name for signatory in envelope.review.by] if holds else [],
        written=envelope.credits.written if envelope.credits else [],
        translated=envelope.credits.translated if envelope.credits else [],
        original=address if envelope.translation_of else "",
        translation=address if twin and twin.edition.envelope.translation_of else "",
        corrections=[
            Corrected(one.note or str(CHANGE_CLASSES[one.change_class]), seconds(one.at)) for one in corrections
        ],
    )
