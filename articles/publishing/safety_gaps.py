"""Safety gaps: one language of a live text lacks a change for safety that the other one has.

Readers and partners are told at once, by what stands on the shelf. Here is what the desk does about it: a text that has
not caught up in time leaves the shelf, and until then people are written to (`gap_letters`). The clock runs from the
moment at which readers could first miss something; a second change does not give the first one more time.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.canonical.languages import Language, other_language
from articles.editions import store
from articles.editions.in_step import translation_states
from articles.editions.journal import Journal
from articles.editions.shelf import Standing
from articles.editions.times import rfc3339
from articles.editions.translations import GAP, TranslationState
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.editorial.translation_tasks import moved
from articles.publishing import workflow
from articles.publishing.dues import Due, forget, waiting_of
from articles.publishing.gap_letters import owe

# Keyed by the language of the text that is withdrawn; each is read in that language and names the other.
_REASONS = {
    "ru": _(
        "The English version of this text carries a change that matters for safety. This version was not brought up to"
        " date in time, so we have taken it down."
    ),
    "en": _(
        "The Russian version of this text carries a change that matters for safety. This version was not brought up to"
        " date in time, so we have taken it down."
    ),
}


@dataclass(frozen=True)
class Gap:
    """A live text that lacks a change for safety; at `withdrawn_at` it leaves the shelf."""

    standing: Standing
    since: datetime
    withdrawn_at: datetime

    @property
    def language(self) -> Language:
        return self.standing.language  # type: ignore[return-value]


def open_gaps() -> list[Gap]:
    """Return every open gap, the one with the least time left first; two queries, which read no document."""
    rows = list(Standing.objects.filter(gap_since__isnull=False).order_by("gap_since", "pk"))
    return sorted(_gaps(rows), key=lambda gap: gap.withdrawn_at)


def gaps_of(items: Iterable[UUID | str]) -> dict[tuple[UUID, Language], Gap]:
    """Return the open gaps of these items by item and language; two queries at most."""
    rows = Standing.objects.filter(item__in=list(items), gap_since__isnull=False)
    return {(gap.standing.item, gap.language): gap for gap in _gaps(list(rows))}


def settle_languages(
    journal: Journal,
    item: UUID | str,
    touched: Iterable[Language],
    *,
    standings: Mapping[Language, Standing] | None = None,
    states: Mapping[Language, TranslationState] | None = None,
    waiting: Collection[Due] | None = None,
    is_told: bool = False,
    by: User | None,
) -> None:
    """Compute anew how far an item's languages are in step, and let those that lack a change for safety wait for it.

    Every change of the shelf ends with it: a gap that opens and its last moment are one transaction. `standings` are
    where the item stands now, `states` how far its languages are in step, `waiting` everything that waits for a moment
    of it, where they are at hand already; `is_told` says that the item is known to have moved.
    """
    standings = store.standings_of(str(item)) if standings is None else standings
    store.settle_translations(journal, str(item), touched, standings, states)
    if not is_told:
        moved([item])
    waiting = waiting_of(item) if waiting is None else waiting
    following = [due for due in waiting if due.act == Due.Act.FOLLOW]
    lacking = {row.language for row in standings.values() if row.gap_since}
    forget(due for due in following if due.language not in lacking)
    known = {due.language for due in following}
    for standing in standings.values():
        if standing.gap_since and standing.language not in known:
            Due.objects.create(
                act=Due.Act.FOLLOW,
                kind=standing.kind,
                item=item,
                language=standing.language,
                due_at=standing.gap_since + _span(),
                payload={"since": rfc3339(standing.gap_since)},
                arranged_by=by,
            )


def withdraw_behind(journal: Journal, due: Due) -> None:
    """A text that has not followed a change for safety in time leaves the shelf, if it has not caught up by now."""
    # At once: what no longer waits is deleted with every change of the shelf.
    due.settled_at = journal.at
    due.save(update_fields=["settled_at"])
    standing = store.standing_of(str(due.item), due.language)  # type: ignore[arg-type]
    since = standing.gap_since if standing else None
    if standing is None or since is None:
        return
    language: Language = standing.language  # type: ignore[assignment]
    if translation_states(str(due.item))[language].lacks == GAP:
        store.withdraw(
            journal,
            standing,
            tombstone=_tombstone(due, language),
            change_class=change_class(WithdrawalReason.FOLLOWS),
            effective_at=due.due_at,
        )
        owe(standing, since, at=journal.at)
        workflow.retired([standing], by=None, at=due.due_at)
    settle_languages(journal, due.item, [language], by=None)


def _tombstone(due: Due, language: Language) -> dict[str, str | None]:
    return {
        "id": str(due.item),
        "kind": due.kind,
        "language": language,
        "withdrawn_at": rfc3339(due.due_at),
        "reason_code": WithdrawalReason.FOLLOWS.value,
        "reason": reason_in(language),
        "replaced_by": None,
    }


def reason_in(language: Language) -> str:
    """Return what readers of a language are told of a text that did not follow in time."""
    with override(language):
        return str(_REASONS[language])


def _gaps(rows: list[Standing]) -> list[Gap]:
    dues = Due.objects.filter(
        act=Due.Act.FOLLOW, settled_at__isnull=True, item__in=[row.item for row in rows]
    ).values_list("item", "language", "due_at")
    until = {(item, language): due_at for item, language, due_at in dues} if rows else {}
    return [
        Gap(row, since, until.get((row.item, row.language), since + _span()))
        for row in rows
        if (since := row.gap_since)
    ]


def newer_language(gap: Gap) -> Language:
    """Return the language that has what this one lacks."""
    return other_language(gap.language)


def _span() -> timedelta:
    return timedelta(hours=settings.SAFETY_GAP_HOURS)
