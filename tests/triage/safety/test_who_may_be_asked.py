"""When anybody is asked: never by default, never by a protocol that has expired or that two clinicians did not sign."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from msgspec.structs import replace

from articles.editions import journal as journals
from articles.editions import store
from tests.factories.documents import NOON, check, fall_due, withdraw
from tests.factories.triage import SIGNED, SLUG, bundled, bundled_file, shelve_protocol
from triage.live.protocols import LiveProtocol, found, live

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
LAST_DAY = date(2027, 11, 22)
AFTER = date(2027, 11, 23)


def protocol(*, today: date = TODAY, **shelved: Any) -> LiveProtocol:
    shelve_protocol(**shelved)
    held = live(found(SLUG), "ru", today=today)
    assert held is not None
    return held


def mode(settings: Any, *, interactive: bool = False, demonstration: bool = False, **kwargs: Any) -> str:
    settings.TRIAGE_INTERACTIVE = interactive
    settings.TRIAGE_DEMONSTRATION = demonstration
    return protocol(**kwargs).mode


def test_by_default_readers_have_the_table_even_of_a_signed_protocol(settings: Any) -> None:
    assert mode(settings, review=SIGNED) == "table"


def test_the_flag_alone_asks_nobody(settings: Any) -> None:
    assert mode(settings, interactive=True) == "table"


def test_one_signature_is_not_two(settings: Any) -> None:
    assert mode(settings, interactive=True, review=replace(SIGNED, by=SIGNED.by[:1])) == "table"


def test_one_clinician_who_signed_twice_is_one(settings: Any) -> None:
    assert mode(settings, interactive=True, review=replace(SIGNED, by=[SIGNED.by[0]] * 2)) == "table"


def test_flag_and_two_signatures_together_ask(settings: Any) -> None:
    assert mode(settings, interactive=True, review=SIGNED) == "interactive"


def test_a_demonstration_is_one_whatever_else_is_missing(settings: Any) -> None:
    assert mode(settings, demonstration=True) == "demonstration"


def test_an_unsigned_protocol_with_both_flags_is_a_demonstration_and_never_more(settings: Any) -> None:
    assert mode(settings, interactive=True, demonstration=True) == "demonstration"


@pytest.mark.parametrize("flags", [{"interactive": True}, {"demonstration": True}])
def test_an_expired_protocol_asks_nobody(settings: Any, flags: dict[str, bool]) -> None:
    assert mode(settings, review=SIGNED, today=AFTER, **flags) == "table"


@pytest.mark.parametrize("flags", [{"interactive": True}, {"demonstration": True}])
def test_nobody_is_asked_after_the_promised_review_even_before_the_journal_tells_it(
    settings: Any, flags: dict[str, bool]
) -> None:
    promised = date(2027, 11, 20)
    assert mode(settings, review=SIGNED, today=promised + timedelta(days=1), **flags) == "table"


def test_the_day_of_the_promised_review_is_still_a_day(settings: Any) -> None:
    assert mode(settings, interactive=True, review=SIGNED, today=date(2027, 11, 20)) == "interactive"


def test_the_last_day_is_still_a_day(settings: Any) -> None:
    assert mode(settings, demonstration=True, today=LAST_DAY) == "demonstration"


def test_the_journal_tells_it_too_where_the_clock_of_the_machine_is_behind(settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    editions = shelve_protocol()
    fall_due(str(editions["ru"].item), at=datetime(2027, 11, 23, tzinfo=UTC))
    held = live(found(SLUG), "ru", today=TODAY)
    assert held is not None
    assert (held.is_expired, held.mode) == (True, "table")


def test_a_protocol_under_check_asks_nobody_until_the_check_has_ended(settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    editions = shelve_protocol()
    modes = []
    for change in (store.start_check, store.end_check):
        with transaction.atomic(), journals.opened(NOON) as journal:
            standing = store.standing_of(str(editions["ru"].item), "ru")
            assert standing is not None
            change(journal, standing, note="Проверяем правило.")
        held = live(found(SLUG), "ru", today=TODAY)
        assert held is not None
        modes.append(held.mode)
    assert modes == ["table", "demonstration"]


@pytest.mark.parametrize("flags", [{"interactive": True}, {"demonstration": True}])
def test_while_one_language_is_checked_nobody_is_asked_in_the_other_by_the_same_logic(
    settings: Any, client: Client, flags: dict[str, bool]
) -> None:
    assert mode(settings, review=SIGNED, **flags) == next(iter(flags))
    check(str(bundled_file().id), "en", started="A rank may be wrong.")
    held = live(found(SLUG), "ru", today=TODAY)
    assert held is not None
    assert held.mode == "table"
    assert "вопросы закрыты" in client.get(f"/ru/triage/{SLUG}/").content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("safety", "table"), ("error", "table"), ("request", "demonstration"), ("legal", "demonstration")],
)
def test_what_was_withdrawn_as_wrong_in_one_language_asks_nobody_in_the_other(
    settings: Any, code: str, expected: str
) -> None:
    assert mode(settings, demonstration=True) == "demonstration"
    withdraw(str(bundled_file().id), "en", reason="A rank was wrong.", reason_code=code)
    held = live(found(SLUG), "ru", today=TODAY)
    assert held is not None
    assert held.mode == expected


def test_another_logic_is_not_in_doubt_by_what_was_wrong_with_the_old_one(settings: Any) -> None:
    mode(settings, demonstration=True)
    withdraw(str(bundled_file().id), "en", reason="A rule was wrong.", reason_code="safety")
    shelve_protocol({"ru": replace(bundled("ru"), rules=bundled("ru").rules[1:])}, languages=("ru",), change="advice")
    held = live(found(SLUG), "ru", today=TODAY)
    assert held is not None
    assert held.mode == "demonstration"


def test_a_withdrawn_protocol_is_found_and_is_not_live(settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    editions = shelve_protocol()
    withdraw(str(editions["ru"].item))
    assert found(SLUG) is not None
    assert live(found(SLUG), "ru", today=TODAY) is None
