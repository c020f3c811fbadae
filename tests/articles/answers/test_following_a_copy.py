"""The thread that follows the shelf, where answers are made from a copy of it on the machine: what is dropped, and when
nothing is served."""

import pytest
from django.db import DatabaseError, connections

from articles.answers.following import Follower
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.editions import followed, shared_database
from articles.editions.mirror_copying import BrokenChainError
from tests.articles.answers.test_following import keep
from tests.factories.documents import ARTICLE, a_document, an_id, shelve
from tests.factories.documents_of_kinds import a_care_box, a_service, care_box
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks are taken by the test itself, with its own connection: SQLite numbers only what other ones have written."""
    monkeypatch.setattr(Follower, "start", lambda self: None)
    monkeypatch.setattr(followed, "version", lambda: None)


@pytest.mark.usefixtures("by_hand")
def test_what_is_read_from_a_copy_is_dropped_once_the_copy_has_the_line_too() -> None:
    """Else the next answer would be made from the copy as it was, and kept."""
    held: list[int | None] = [followed.place().sequence]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    follower.look()
    assert follower.sees
    keep(follower, f"item:{ARTICLE}")

    shelve(a_document())
    follower.look()
    assert (follower.sees, len(follower.store)) == (False, 1)
    follower.fresh_until = 0
    assert not follower.is_fresh()

    held[0] = followed.place().sequence
    follower.look()
    assert (follower.sees, len(follower.store)) == (True, 0)
    assert follower.is_fresh()


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("is_first", [True, False])
def test_a_number_that_changes_during_a_look_is_told_with_the_line_that_the_copy_lacks(
    monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    """Until the copy has that line, answers are made with the number of before."""
    held: list[int | None] = [None]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    if not is_first:
        held[0] = 0
        follower.look()
    shelve(a_document(slug="other"), item=an_id("other"))
    held[0] = followed.place().sequence
    calls = followed._calls

    def after_a_line() -> dict[str, str]:
        shelve(a_document(care_box(a_care_box(services=[a_service("104")]))))
        return calls()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(followed, "_calls", after_a_line)
        follower.look()
    assert follower.sees
    assert keep(follower, "calls:ru")

    held[0] = followed.place().sequence
    follower.look()
    assert len(follower.store) == 0
    keep(follower, "calls:ru")
    shelve(a_document(slug="third"), item=an_id("third"))
    held[0] = followed.place().sequence
    follower.look()
    assert len(follower.store) == 1


@pytest.mark.usefixtures("by_hand")
def test_everything_is_dropped_when_a_copy_begins_to_be_read_or_has_gone_back() -> None:
    shelve(a_document())
    place = followed.place().sequence
    held: list[int | None] = [None]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    follower.look()
    for now in (place + 1, place):
        keep(follower, f"item:{ARTICLE}")
        held[0] = now
        follower.look()
        assert len(follower.store) == 0
    keep(follower, f"item:{ARTICLE}")
    follower.look()
    assert len(follower.store) == 1


@pytest.mark.parametrize("fault", [OSError("no space left"), DatabaseError("disk is full"), BrokenChainError(1)])
def test_a_copy_that_cannot_be_brought_up_is_no_reason_to_serve_what_was_withdrawn(
    by_hand: None, fault: Exception
) -> None:
    """The shared database is there: whoever asks is answered from it, and not from finished bytes."""
    faults: list[Exception] = []

    def copied() -> int:
        if faults:
            raise faults[0]
        return followed.place().sequence

    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=copied)
    follower.look()
    assert follower.sees
    keep(follower, f"item:{ARTICLE}")

    faults.append(fault)
    shelve(a_document())
    follower.look()
    follower.fresh_until = 0.0
    assert (follower.is_fresh(), follower.sees) == (False, False)

    faults.clear()
    follower.look()
    assert (follower.is_fresh(), follower.sees, len(follower.store)) == (True, True, 0)


def test_while_the_database_is_away_a_copy_that_asks_it_in_vain_changes_nothing(
    by_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    away: list[int] = []

    def copied() -> int:
        if away:
            raise DatabaseError
        return followed.place().sequence

    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=copied)
    follower.look()
    keep(follower, f"item:{ARTICLE}")
    away.append(1)
    monkeypatch.setattr(shared_database, "is_away", lambda: True)
    follower.look()
    follower.fresh_until = 0.0

    assert (follower.is_fresh(), follower.sees, len(follower.store)) == (True, False, 1)


def test_what_the_copy_had_learnt_before_the_database_went_away_is_not_served_as_it_was(
    by_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process of the machine had seen the line, and this one had not looked yet."""

    def lost() -> None:
        raise DatabaseError

    stood = followed.place().sequence
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, stands_at=lambda: stood)
    follower.look()
    keep(follower, f"item:{ARTICLE}")
    with monkeypatch.context() as away:
        away.setattr(followed, "place", lost)
        follower.look()
        assert len(follower.store) == 1
        stood += 1
        follower.look()
        assert (follower.sees, len(follower.store)) == (False, 0)

    follower.look()
    assert (follower.sees, len(follower.store)) == (True, 0)


def test_a_copy_that_cannot_be_asked_leaves_no_lost_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> int:
        raise DatabaseError

    closed: list[bool] = []
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, stands_at=lost)
    follower.look()
    with monkeypatch.context() as away:
        away.setattr(followed, "version", lost)
        away.setattr(type(connections["default"]), "close", lambda self: closed.append(True))
        follower.look()

    assert closed


def test_an_editor_waits_for_the_copy_too() -> None:
    """One look is not enough where somebody else is about to bring it up."""
    looks: list[int] = []

    def copied() -> int:
        looks.append(1)
        return followed.place().sequence - (len(looks) <= 2)

    shelve(a_document())
    follower = Follower(Store(10**6), KeyTable(), copied=copied)
    follower.start()
    try:
        assert follower.sees_by_then(PATIENCE)
        assert len(looks) > 2
    finally:
        follower.stop()
