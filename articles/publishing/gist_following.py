"""Gists follow what was changed: what somebody touched makes those old that read it, and what is old is made anew.

All who write gists lock the one row of `GistState` first. Tracing takes the rows that were touched and says which gists
are old; making composes some of those. A row that is written while its gist is being made was not seen by tracing: it
stays among the touched, and makes that gist old again as soon as its writer has committed.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction

from articles.canonical.languages import LANGUAGES
from articles.content.desk_object import DeskObject
from articles.content.texts import TEXTS, Text
from articles.publishing.desks import ITEMS
from articles.publishing.gist_making import gists_made
from articles.publishing.gists import RECIPE, DriftingPart, Gist, GistState, Reading, Touched, are_behind

# Items that one transaction makes: on SQLite nobody else writes meanwhile.
BATCH = 25
# Touched rows that one transaction traces, and readings it asks for at once.
_TRACED = 500
_AT_ONCE = 2000


def follow(*, most: int | None = None, in_passing: bool = False) -> int:
    """Make gists until none is old, or `most` items; return how many items were made.

    Whoever follows `in_passing` leaves it to others while another process is at it.
    """
    made = 0
    if not are_behind() or not _trace_all(in_passing):
        return 0
    while most is None or made < most:
        number = _make_some(BATCH if most is None else min(BATCH, most - made), in_passing)
        if not number:
            break
        made += number
    return made


def start_anew() -> None:
    """Call every gist old, as after a change of the code that makes them."""
    GistState.objects.update(recipe="")


def _trace_all(in_passing: bool) -> bool:
    """Whether every touched row is traced now; False where another process is at it."""
    while True:
        state = GistState.objects.filter(id=1).first()
        if state and state.recipe == RECIPE and not Touched.objects.exists():
            return True
        with transaction.atomic():
            locked = _locked(wait=not in_passing)
            if locked is None:
                return False
            if locked.recipe != RECIPE:
                if in_passing and locked.recipe:
                    # While other code still serves beside this one, only the worker says whose gists are kept.
                    return False
                _all_old()
            else:
                _trace_some()


def _trace_some() -> None:
    rows = list(Touched.objects.order_by("id").values_list("id", "row")[:_TRACED])
    touched = {row for _id, row in rows}
    items = set(Reading.objects.filter(row__in=touched).values_list("item", flat=True))
    kinds = _kinds(touched | items)
    _call_old(kinds)
    # What is no item any more was deleted; what never was one has no gist.
    gone = list((touched | items) - kinds.keys())
    for table in (Gist, Reading, DriftingPart):
        table.objects.filter(item__in=gone).delete()
    Touched.objects.filter(id__in=[id for id, _row in rows]).delete()


def _call_old(kinds: dict[UUID, str]) -> None:
    keys = list(kinds)
    for start in range(0, len(keys), _TRACED):
        some = keys[start : start + _TRACED]
        Gist.objects.filter(item__in=some).update(is_old=True)
        Gist.objects.bulk_create(
            [Gist(item=key, kind=kinds[key], language=language) for key in some for language in LANGUAGES],
            ignore_conflicts=True,
        )


def _all_old() -> None:
    """Begin with nothing but the names of all items: what was read by other code is read anew."""
    for table in (Gist, Reading, DriftingPart, Touched):
        table.objects.all().delete()
    for kind, model in ITEMS.items():
        _call_old(dict.fromkeys(model._default_manager.values_list("pk", flat=True), kind))
    GistState.objects.filter(id=1).update(recipe=RECIPE)


def _kinds(keys: Collection[UUID]) -> dict[UUID, str]:
    """The kind of each of these that is an item of the desk."""
    found: dict[UUID, str] = {}
    texts = list(Text.objects.filter(pk__in=keys).values_list("pk", "text_kind"))
    found |= dict(texts)
    for kind, model in ITEMS.items():
        if kind not in TEXTS:
            found |= dict.fromkeys(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True), kind)
    return found


def _make_some(most: int, in_passing: bool) -> int:
    with transaction.atomic():
        if _locked(wait=not in_passing) is None:
            return 0
        keys = list(Gist.objects.filter(is_old=True).order_by("item").values_list("item", flat=True).distinct()[:most])
        if not keys:
            return 0
        items: list[DeskObject] = []
        for kind, model in ITEMS.items():
            if kind not in TEXTS:
                items += model._default_manager.filter(pk__in=keys)
        items += Text.objects.filter(pk__in=keys)
        for table in (Gist, Reading, DriftingPart):
            table.objects.filter(item__in=keys).delete()
        made = gists_made(items)
        Gist.objects.bulk_create(made.gists)
        Reading.objects.bulk_create(made.readings, batch_size=_AT_ONCE)
        DriftingPart.objects.bulk_create(made.drifting, batch_size=_AT_ONCE)
    return len(keys)


def _locked(*, wait: bool) -> GistState | None:
    """Lock the gists until the transaction ends; None if another process has them and we do not wait."""
    GistState.objects.bulk_create([GistState(id=1)], ignore_conflicts=True)
    rows = GistState.objects.filter(id=1)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=not wait)
    return rows.first()
