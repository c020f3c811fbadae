"""Promised reviews at the press: a live text waits for the day after the one that was promised."""

from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.editions import store
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.publishing.dues import Due


def await_review(journal: Journal, item: UUID | str, language: Language, *, by: User) -> None:
    """Let a live text wait for the day after its promised review, and for no other; the journal must be open.

    Where that day is past already, which is so for what is restored late, the text is overdue at once: no page shows
    a promise that was not kept, not even for the second until the worker comes.
    """
    standing = store.standing_of(str(item), language)
    if standing is None or not standing.is_live:
        return
    moment = overdue_from(standing.edition.envelope.review, standing.edition.document.lapses_on)
    waiting = Due.objects.filter(act=Due.Act.REVIEW, item=item, language=language, settled_at__isnull=True)
    waiting.exclude(due_at=moment).delete() if moment else waiting.delete()
    if moment is None or standing.overdue_since == moment:
        return
    if moment <= journal.at:
        store.fall_due(journal, standing)
        return
    Due.objects.get_or_create(
        act=Due.Act.REVIEW,
        item=item,
        language=language,
        settled_at=None,
        defaults={"kind": standing.kind, "due_at": moment, "arranged_by": by},
    )
