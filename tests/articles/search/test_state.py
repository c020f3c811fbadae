"""Where journal and index stand, asked in one query whatever is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions.shelf import JournalHead
from articles.search.following import follow
from articles.search.state import Head, State, head_and_state, index_state
from articles.search.tables import IndexState
from tests.factories.searching import shelve_text

pytestmark = pytest.mark.django_db


def both() -> tuple[Head | None, State | None]:
    with CaptureQueriesContext(connection) as made:
        found = head_and_state()
    assert len(made) == 1
    assert found[1] == index_state()
    return found


def test_each_is_told_whether_the_other_is_there_or_not() -> None:
    IndexState.objects.all().delete()
    JournalHead.objects.all().delete()
    assert both() == (None, None)
    IndexState.objects.create(id=1, sequence=7, hash="seven", recipe="a recipe")
    assert both() == (None, (7, "seven", "a recipe"))
    JournalHead.objects.create(id=1, sequence=9, hash="nine")
    assert both() == ((9, "nine"), (7, "seven", "a recipe"))
    IndexState.objects.all().delete()
    assert both() == ((9, "nine"), None)


def test_they_say_the_same_once_the_index_has_followed() -> None:
    shelve_text("Магний")
    follow()
    head, state = both()
    assert head is not None
    assert state is not None
    assert state[:2] == head
