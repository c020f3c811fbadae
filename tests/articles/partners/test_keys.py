"""Two keys at a time, shown once, closed at once."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from articles.partners import keys
from articles.partners.keys import BadExpiryError, Key, TooManyKeysError
from articles.partners.partner import Partner
from tests.factories.partners import make_key, make_partner
from tests.services.locks import locks_waited_for

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.mark.django_db
class TestIssuing:
    def test_a_key_is_found_by_its_text_alone(self) -> None:
        key, text = make_key()
        assert keys.find(text) == key
        for other in (
            key.prefix,
            text[:-1],
            f"{text}x",
            text.upper(),
            key.digest,
            "",
            "cramps_",
            f"{text}\n",
            f" {text}",
        ):
            assert keys.find(other) is None

    def test_a_partner_has_two_usable_keys_and_no_third(self, now: datetime) -> None:
        partner = make_partner()
        first, _ = make_key(partner)
        make_key(partner)
        with pytest.raises(TooManyKeysError):
            make_key(partner)
        keys.revoke(first, at=now)
        make_key(partner)
        assert keys.usable(partner, timezone.now()).count() == 2

    def test_an_expired_key_takes_no_place(self, now: datetime) -> None:
        partner = make_partner()
        make_key(partner, expires_at=now - HOUR)
        make_key(partner)
        make_key(partner)

    def test_the_keys_of_one_partner_take_no_place_of_another(self) -> None:
        first, second = make_partner("First of the tests"), make_partner("Second of the tests")
        for partner in (first, first, second, second):
            make_key(partner)

    def test_a_key_that_would_be_expired_at_once_is_not_issued(self, now: datetime) -> None:
        for end in (now, now - HOUR):
            with pytest.raises(BadExpiryError):
                keys.issue(make_partner(f"Until {end}"), at=now, expires_at=end)
        assert not Key.objects.exists()

    @pytest.mark.parametrize("scope", [{"kinds": ["recipe"]}, {"languages": ["de"]}, {"kinds": ["article", ""]}])
    def test_a_scope_that_does_not_exist_is_refused(self, scope: Any) -> None:
        with pytest.raises(ValueError, match="scope"):
            make_key(**scope)

    def test_what_was_issued_stands_in_the_row_and_the_text_does_not(self, now: datetime) -> None:
        key, text = make_key(label="app", kinds=["faq", "article"], languages=["ru"], expires_at=now + HOUR)
        row = Key.objects.filter(pk=key.pk).values().get()
        assert (row["label"], row["kinds"], row["languages"]) == ("app", ["article", "faq"], ["ru"])
        assert row["expires_at"] == now + HOUR
        assert text.removeprefix(key.prefix) not in repr(row)


@pytest.mark.django_db
class TestEnding:
    def test_a_key_opens_until_its_last_moment_and_not_at_it(self, now: datetime) -> None:
        key, _ = make_key(expires_at=now + HOUR)
        assert key.is_usable(now + HOUR - timedelta(microseconds=1))
        assert not key.is_usable(now + HOUR)
        assert not keys.usable(key.partner, now + HOUR).exists()

    def test_a_revoked_key_never_opens_again(self, now: datetime) -> None:
        key, text = make_key()
        keys.revoke(key, at=now)
        found = keys.find(text)
        assert found is not None
        assert not found.is_usable(now - HOUR)

    def test_the_moment_of_revoking_stays_the_first_one(self, now: datetime) -> None:
        key, _ = make_key()
        keys.revoke(key, at=now)
        keys.revoke(key, at=now + HOUR)
        assert (key.revoked_at, Key.objects.get().revoked_at) == (now, now)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, from one moment on; return what came out or was raised."""
    outcomes: list[Any] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait(60)
            outcomes.append(work())
        except Exception as fault:
            outcomes.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_many_who_issue_at_once_two_succeed() -> None:
    partner = make_partner()
    outcomes = together(*[lambda: make_key(partner)] * 6)
    assert sum(isinstance(one, TooManyKeysError) for one in outcomes) == 4
    assert keys.usable(partner, timezone.now()).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_key_that_another_connection_revokes_is_closed_to_the_very_next_look() -> None:
    key, text = make_key()
    assert keys.find(text).revoked_at is None  # type: ignore[union-attr]
    together(lambda: keys.revoke(Key.objects.get(pk=key.pk), at=timezone.now()))
    assert keys.find(text).revoked_at is not None  # type: ignore[union-attr]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_issues_waits_for_somebody_who_is_issuing_to_the_same_partner() -> None:
    partner, other = make_partner("First of the tests"), make_partner("Second of the tests")
    make_key(partner)
    outcomes: list[Any] = []
    thread = threading.Thread(target=lambda: outcomes.extend(together(lambda: make_key(partner))))
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        make_key(partner)
        thread.start()
        # Nobody waits for the lock of another partner.
        [free] = together(lambda: make_key(other))
        assert not isinstance(free, Exception)
        while thread.is_alive() and not locks_waited_for():
            pass
    thread.join()
    assert isinstance(outcomes[0], TooManyKeysError)
