"""What an amendment does to the review that a live text has: only what a reviewer confirmed goes out under it."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.content.labels import label
from articles.content.problems import DeskProblem, Where
from articles.editions.document import Document
from articles.editions.envelope import ChangeClass, Review, Signatory
from articles.editions.shelf import Edition
from articles.editions.store import Part, standing_of
from articles.publishing.covering import unconfirmed_between
from articles.publishing.desks import desk
from articles.publishing.problems import press_problem
from articles.publishing.replacing import Replacements, replaced

# Readers do not wait for a signature where they are in danger; the text says then that nobody has checked the change.
AT_ONCE: frozenset[ChangeClass] = frozenset({"safety"})

NOT_CHECKED_YET = _(
    "A correction went out at once for the safety of readers. A medical reviewer has not checked it yet."
)


def amended_review(live: Edition, document: Document, *, by: User, at: datetime) -> Review:
    """Return the review record of a live text whose parts were exchanged.

    It stays where a reviewer confirmed every difference. Otherwise the text is not reviewed any more: readers see who
    sent the change out, when, and why nobody waited.
    """
    review = live.envelope.review
    if not _asks_for_confirmation(live) or not unconfirmed_between(live, document):
        return review
    language: Language = live.language  # type: ignore[assignment]
    with override(language):
        reason = str(NOT_CHECKED_YET)
    sender = Signatory(name=by.get_full_name() or by.get_username(), role="editor")
    return Review(state="not_reviewed", by=[sender], on=at.date().isoformat(), next_on="", reason=reason)


def unconfirmed(
    item: str, language: Language, new: Replacements, working: Mapping[Part, models.Model]
) -> list[DeskProblem]:
    """Return the parts that may not go out into a live text yet: it is reviewed, and nobody confirmed the difference.

    `working` has the rows of the parts that go out.
    """
    standing = standing_of(item, language)
    if standing is None or not _asks_for_confirmation(standing.edition):
        return []
    if not unconfirmed_between(standing.edition, replaced(standing.edition.document, new)):
        return []
    return [
        press_problem("part-unconfirmed", language, Where(row._meta.model_name or "", part.id), name=label(row))
        for part, row in working.items()
    ]


def _asks_for_confirmation(live: Edition) -> bool:
    """Kinds that are signed in a way of their own have their own rule for amendments."""
    return live.envelope.review.state == "reviewed" and desk(live.kind).review is None
