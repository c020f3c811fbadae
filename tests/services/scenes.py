"""What all tests of a module or a class begin with: built once, and never seen by another module."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def scene(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Within the block the database is open, and whatever is written there is taken back behind it.

    For fixtures of a module or class that ask for `django_db_setup` and `django_db_blocker`: a test with `django_db`
    begins with what the fixture wrote and takes back what it wrote itself. Not for tests that commit: those of the
    same module would meet an open transaction. Hand on ids and no objects, which a test may change.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
