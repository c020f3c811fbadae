"""Where the journal and the index stand: every search asks, so the statements are written out."""

from django.db import connection

from articles.editions.shelf import JournalHead
from articles.search.tables import IndexState

_HEADS = JournalHead._meta.db_table
_STATES = IndexState._meta.db_table

# Number and hash of a line of the journal; of the index also the recipe.
Head = tuple[int, str]
State = tuple[int, str, str]


def index_state() -> State | None:
    """Return how far the index has come, None where there is none; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sequence, hash, recipe FROM {_STATES} WHERE id = 1")
        return cursor.fetchone()


def head_and_state() -> tuple[Head | None, State | None]:
    """Return the newest line of the journal and how far the index has come; one query."""
    columns = "h.id, h.sequence, h.hash, s.id, s.sequence, s.hash, s.recipe"
    joined = f"(SELECT 1 AS one) o LEFT JOIN {_HEADS} h ON h.id = o.one LEFT JOIN {_STATES} s ON s.id = o.one"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {joined}")
        has_head, sequence, hash, has_state, *state = cursor.fetchone()
    return (sequence, hash) if has_head else None, (state[0], state[1], state[2]) if has_state else None
