"""Promised reviews at the press: a live text waits for the day after the one that was promised."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.editions import store
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.editions.shelf import Standing
from articles.publishing.dues import Due, forget, waiting_of


def await_review(
    journal: Journal,
    item: UUID | str,
    language: Language,
    *,
    standing: Standing | None = None,
    waiting: Collection[Due] | None = None,
    by: User,
) -> None:
    """Let a live text wait for the day after its promised review, and for no other; the journal must be open.

    `standing` is where the text stands, `waiting` everything that waits for a moment of the item, where they are at
    hand already.

    Where that day is past already, which is so for what is restored late, the text is overdue at once: no page shows
    a promise that was not kept, not even for the second until the worker comes.
    """
    standing = standing or store.standing_of(str(item), language)
    if standing is None or not standing.is_live:
        return
    moment = overdue_from(standing.edition.envelope.review, standing.edition.document.lapses_on)
    waiting = waiting_of(item) if waiting is None else waiting
    known = [due for due in waiting if due.act == Due.Act.REVIEW and due.language == language]
    forget(due for due in known if due.due_at != moment)
    if moment is None or standing.overdue_since == moment:
        return
    if moment <= journal.at:
        store.fall_due(journal, standing)
        return
    if not any(due.due_at == moment for due in known):
        Due.objects.create(
            act=Due.Act.REVIEW, kind=standing.kind, item=item, language=language, due_at=moment, arranged_by=by
        )
