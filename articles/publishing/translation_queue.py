"""The queue of translations: which wait, counted anew whenever something has moved that they show.

Composing is the dear part, so it is done once for each change, by the worker or by whoever looks at the queue first,
a few texts at a time; the queue itself reads rows.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from articles.canonical.languages import Language, other_language
from articles.content.aggregates import AGGREGATES, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.showing import parts_showing, translation_language
from articles.editions.envelope import CHANGE_CLASSES
from articles.editions.shelf import Standing
from articles.editions.translations import TranslationState, read_translation
from articles.editorial.translation_tasks import MovedObject, TranslationTask
from articles.partners.rounds import Seldom, repeat
from articles.publishing.desks import ITEMS
from articles.publishing.steps import Steps, StepState, counted, steps_of

# Objects, and then texts, that are looked at in one transaction.
_AT_ONCE = 50
# What no edition of the original has brought to readers yet comes after everything that they lack.
_NOT_LIVE = len(CHANGE_CLASSES)


def follow(*, most: int = _AT_ONCE, at: datetime) -> int:
    """Count anew the translations that show what has moved; return how many objects were followed.

    Any number of workers may do it at once: what moves while one counts leaves a row of its own.
    """
    rows = list(MovedObject.objects.order_by("pk").values_list("pk", "object_id")[:most])
    if not rows:
        return 0
    with transaction.atomic():
        # Deleted ahead of the reading: what moves from here on comes again.
        MovedObject.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        count(_items({moved for _, moved in rows}), at=at)
    return len(rows)


def fill(*, most: int = _AT_ONCE, at: datetime) -> int:
    """Count translations that were never counted, such as those of loaded content; return how many."""
    found: list[UUID] = []
    for model in _translated():
        if len(found) < most:
            known = TranslationTask.objects.values("item")
            new = model._default_manager.exclude(pk__in=known).order_by("pk")
            found += new.values_list("pk", flat=True)[: most - len(found)]
    if found:
        count(found, at=at)
    return len(found)


def count(keys: Collection[UUID], *, at: datetime) -> None:
    """Write down how the translations of these items stand; the same few queries for any number."""
    with transaction.atomic():
        # Behind the rows' locks, so that nobody writes what they counted before another change.
        rows = TranslationTask.objects.select_for_update().filter(item__in=keys).order_by("item")
        known = {row.item: row for row in rows}
        items = [item for model in _translated() for item in model._default_manager.filter(pk__in=keys)]
        TranslationTask.objects.filter(item__in=known.keys() - {item.pk for item in items}).delete()
        steps, live = steps_of(items), _live(items)
        TranslationTask.objects.bulk_create(
            [_counted(item, steps[item.pk], live, known.get(item.pk), at) for item in items],
            update_conflicts=True,
            unique_fields=["item"],
            update_fields=["kind", "language", "title", "missing", "behind", "lacks", "rank", "since"],
        )


Live = Mapping[tuple[UUID, str], TranslationState]


def _live(items: Sequence[DeskObject]) -> Live:
    rows = Standing.objects.filter(item__in=[item.pk for item in items], state=Standing.State.LIVE)
    return {
        (row.item, row.language): read_translation(row.translation_json)
        for row in rows.defer("tombstone_json", "check_json")
    }


def _counted(
    item: DeskObject, steps: Steps, live: Live, before: TranslationTask | None, at: datetime
) -> TranslationTask:
    language: Language = translation_language(item)  # type: ignore[assignment]
    numbers, state = counted(steps), live.get((item.pk, language))
    missing, behind = numbers.get(StepState.MISSING, 0), numbers.get(StepState.BEHIND, 0)
    waits = bool(missing or behind or (state and state.state == "behind"))
    # Readers of a language in which the text is not live at all lack its first publication.
    lacks = state.lacks if state else ("first" if (item.pk, other_language(language)) in live else "")
    lacks = lacks if waits else ""
    since = before.since if before else None
    return TranslationTask(
        item=item.pk,
        kind=kind_of(item),
        language=language,
        title=label(item, other_language(language))[:200],
        missing=missing,
        behind=behind,
        lacks=lacks,
        rank=CHANGE_CLASSES.index(lacks) if lacks else _NOT_LIVE,
        since=(since or at) if waits else None,
    )


def serve(stopped: threading.Event, *, every: float = 1.0, filled_every: float = 60.0) -> None:
    """Follow until stopped, and look once a minute for what was never counted."""
    fills = Seldom(filled_every)

    def round_of_counting() -> None:
        at = timezone.now()
        while not stopped.is_set() and follow(at=at) == _AT_ONCE:
            pass
        if fills.is_time():
            while not stopped.is_set() and fill(at=at) == _AT_ONCE:
                pass

    repeat(stopped, round_of_counting, name="queue of translations", every=every)


def _translated() -> list[type[DeskObject]]:
    return [model for model in ITEMS.values() if getattr(model, "translation_language", None) is not None]


def _items(objects: Collection[UUID]) -> set[UUID]:
    """These objects, of which some are items, and the items that show one of them."""
    shown: set[UUID] = set(objects)
    for model in AGGREGATES.values():
        for obj in model._default_manager.filter(pk__in=objects):
            shown |= {ref.item for ref, _ in parts_showing(obj)}
    return shown
