"""Who waits for whom in PostgreSQL: in the database of this test, and not in another that the same server holds."""

from django.db import connection


def locks_waited_for() -> int:
    """Return how many locks somebody waits for; it may be asked again and again within one transaction."""
    with connection.cursor() as cursor:
        # Who waits for the end of a transaction waits for a lock that names no database, and holds others that do.
        cursor.execute(
            "SELECT count(*) FROM pg_locks AS one WHERE NOT granted AND EXISTS (SELECT FROM pg_locks AS other"
            " JOIN pg_database AS place ON place.oid = other.database"
            " WHERE other.pid = one.pid AND place.datname = current_database())"
        )
        return int(cursor.fetchone()[0])
