"""The index follows the journal: what was published is found, what was withdrawn is forgotten.

Entries are computed before anything is locked. Then, in one short transaction, rows are written and the index moves on
to the last line that they account for; whoever is killed before has done nothing, and the next one does it again. All
who write lock the one row of `IndexState` first.

A text is also found by the codes of the conditions that it is about. Those are words of terms, so when a term moves,
the texts about its condition are read again.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import UUID

from django.db import connection, transaction

from articles.editions import queries
from articles.editions.kinds import kinds
from articles.editions.shelf import Change, Edition, Mention, Standing
from articles.search import engines
from articles.search.entries import Entry, entry_of
from articles.search.recipe import RECIPE
from articles.search.rows import remove, write
from articles.search.state import head_and_state
from articles.search.tables import IndexedText, IndexState

# Lines that one transaction accounts for.
BATCH = 100
_SOON = "PRAGMA busy_timeout = 50"

Tell = Callable[[Change], None]
_Place = tuple[UUID, str]


def follow(*, most: int | None = None, in_passing: bool = False, tell: Tell | None = None) -> int:
    """Bring the index up to the journal's head, and return how many lines it has followed.

    With `most` it stops after so many lines. An index of another recipe or of another journal is made anew. Whoever
    follows `in_passing` leaves that to others, and everything while another process writes; on SQLite it may raise
    OperationalError then.
    """
    followed = 0
    while most is None or followed < most:
        lines = _follow_some(BATCH if most is None else min(BATCH, most - followed), in_passing)
        if not lines:
            break
        followed += len(lines)
        for line in lines if tell else ():
            tell(line)  # type: ignore[misc]
    return followed


def is_behind() -> bool:
    """Return whether the journal has lines that the index has not followed, or is another one; one query."""
    head, state = head_and_state()
    if state is None:
        return head is not None and head[0] > 0
    return head is not None and state != (*head, RECIPE)


def start_anew() -> None:
    """Forget everything that the index holds, so that following begins with the journal's first line."""
    with transaction.atomic():
        _locked(wait=True)
        _forget_all()


def forget(editions: Collection[int]) -> None:
    """Forget at once what was read from these editions (by their keys), and leave nothing of it: for erasing.

    It is called inside the transaction that erases, and waits for whoever is writing the index.
    """
    with transaction.atomic():
        _locked(wait=True)
        remove(IndexedText.objects.filter(edition__in=list(editions)))
        engines.purge()


def _follow_some(most: int, in_passing: bool) -> list[Change]:
    state = IndexState.objects.filter(id=1).first() or IndexState(id=1)
    if not _continues(state):
        if in_passing:
            return []
        start_anew()
        state = IndexState(id=1)
    lines = list(Change.objects.filter(sequence__gt=state.sequence).order_by("sequence")[:most])
    if not lines:
        return []
    about = _about({line.item for line in lines if line.kind == "term"})
    entries = _entries({(line.item, line.language) for line in lines}, about)
    with _patience(in_passing), transaction.atomic():
        locked = _locked(wait=not in_passing)
        if locked is None or (locked.sequence, locked.hash) != (state.sequence, state.hash):
            # Somebody else has followed meanwhile: with what they left, begin again next time.
            return []
        _write(entries)
        if any(line.event == "expunged" for line in lines):
            engines.purge()
        IndexState.objects.filter(id=1).update(sequence=lines[-1].sequence, hash=lines[-1].hash, recipe=RECIPE)
    return lines


def _continues(state: IndexState) -> bool:
    """Whether the index is of this journal and this recipe; an empty one is of any."""
    if state.sequence == 0:
        return True
    line = Change.objects.filter(sequence=state.sequence).values_list("hash", flat=True).first()
    return state.recipe == RECIPE and line == state.hash


def _about(terms: Collection[UUID]) -> set[_Place]:
    """The live texts about the conditions that these terms name."""
    if not terms:
        return set()
    named = {str(term) for term in terms}
    linking = Mention.objects.filter(part_kind="link:term", part__in=terms).values("edition")
    rows = Standing.objects.select_related("edition").filter(edition__in=linking, state=Standing.State.LIVE)
    return {(row.item, row.language) for row in rows if not named.isdisjoint(_conditions(row.edition))}


def _entries(moved: Collection[_Place], about: Collection[_Place]) -> dict[_Place, tuple[Standing, Entry | None]]:
    """What each item is found by as it stands now; None where it is not found, or is indexed already.

    What stands `about` a condition is read anew, whatever is indexed of it.
    """
    standings = _standings({*moved, *about})
    indexed = dict(IndexedText.objects.filter(item__in={item for item, _ in moved}).values_list("id", "edition"))
    found: dict[_Place, tuple[Standing, Entry | None]] = {}
    for place, standing in standings.items():
        is_new = place in about or indexed.get(_key(standing)) != standing.edition_id
        found[place] = (standing, _read(standing.edition) if is_new and _is_searched(standing) else None)
    return found


def _standings(places: Collection[_Place]) -> dict[_Place, Standing]:
    rows = Standing.objects.select_related("edition").filter(item__in={item for item, _ in places})
    return {(row.item, row.language): row for row in rows if (row.item, row.language) in places}


def _is_searched(standing: Standing) -> bool:
    return standing.is_live and any(kind.name == standing.kind and kind.searched for kind in kinds())


def _key(standing: Standing) -> int:
    return IndexedText.key(standing.item, standing.language)  # type: ignore[arg-type]


def _read(edition: Edition) -> Entry | None:
    return entry_of(edition, codes=codes_of(edition))


def codes_of(edition: Edition) -> list[str]:
    """Return the codes of the conditions that an edition is about, as live terms have them now."""
    terms = queries.targets(_conditions(edition), edition.language)  # type: ignore[arg-type]
    return sorted({code for term in terms.values() for code in term.codes})


def _conditions(edition: Edition) -> list[str]:
    try:
        return edition.document.about_conditions()
    except Exception:
        return []  # it cannot be read: `entry_of` says so in the log


def _write(entries: dict[_Place, tuple[Standing, Entry | None]]) -> None:
    """A row stays only where it is of the edition that is live now; what has moved since it was read is left to the
    line that says so."""
    live = {_key(row): row.edition_id for row in _standings(entries.keys()).values() if _is_searched(row)}
    for standing, made in entries.values():
        if made and live.get(_key(standing)) == standing.edition_id:
            write(standing, made)
    rows = IndexedText.objects.filter(pk__in=[_key(standing) for standing, _ in entries.values()])
    stale = [key for key, edition in rows.values_list("id", "edition") if live.get(key) != edition]
    if stale:
        remove(IndexedText.objects.filter(pk__in=stale))


def _forget_all() -> None:
    remove(IndexedText.objects.all(), all=True)
    IndexState.objects.filter(id=1).update(sequence=0, hash="", recipe=RECIPE)


def _locked(*, wait: bool) -> IndexState | None:
    """Lock the index until the transaction ends; None if another process has it and we do not wait."""
    IndexState.objects.bulk_create([IndexState(id=1, recipe=RECIPE)], ignore_conflicts=True)
    rows = IndexState.objects.filter(id=1)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=not wait)
    return rows.first()


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite waits for another writer only a moment, and is asked again next time."""
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(_SOON)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _patience(in_passing: bool) -> AbstractContextManager[None]:
    return _impatient() if in_passing and connection.vendor == "sqlite" else nullcontext()
