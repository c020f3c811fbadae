"""Whatever is made from the description and sent, right or wrong, is answered as the description says.

Here a few requests of each address, always the same ones; `make soak` sends thousands, other ones each time, to the
bundled content.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from schemathesis import Case
from schemathesis.schemas import APIOperation

from tests.articles.api.v1 import generating
from tests.articles.api.v1.generating import MODES
from tests.factories.documents import NOON
from tests.factories.partners import make_key, make_partner
from tests.factories.whole_shelf import ids_by_collection, shelve_everything

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROUNDS = int(os.environ.get("ROUNDS", "0"))
# `make soak` says 600 rounds.
REQUESTS = ROUNDS * 20
SEED = int(os.environ.get("SEED", "0")) or secrets.randbits(32)
EXAMPLES = 2
# So many of the systematic requests of an address are left out between two that are sent.
STEP = 24

STRICT = generating.described_strictly()
OPERATIONS = generating.operations(STRICT)

calm = settings(database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is asked for, put on the shelf once for all tests here."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), generating.connections_stay_open():
        if REQUESTS:
            from cramps_site.first_run import create_accounts, load_starter

            create_accounts(lambda name, password: None)
            load_starter(NOON)
        else:
            shelve_everything()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ids(shelf: None) -> Mapping[str, Sequence[str]]:
    return ids_by_collection()


@pytest.fixture(scope="module")
def keys(shelf: None) -> list[str]:
    """What somebody may show as a key: one that opens, one for little, and three that do not open."""
    now = timezone.now()
    partner, suspended = make_partner(), make_partner("Suspended in tests", state="suspended")
    _, opens = make_key(partner)
    _, narrow = make_key(partner, kinds=["article"], languages=["en"])
    _, expired = make_key(make_partner("Another of the tests"), expires_at=now - timedelta(days=1))
    _, of_nobody = make_key(suspended)
    return [f"Bearer {opens}", f"Bearer {narrow}", f"Bearer {expired}", f"Bearer {of_nobody}", "Bearer x", "Basic eDp4"]


@pytest.fixture(autouse=True)
def questions_are_open(settings: object) -> None:
    settings.TRIAGE_DEMONSTRATION = True  # type: ignore[attr-defined]


def asked(operation: APIOperation, mode: str, ids: Mapping[str, Sequence[str]], keys: list[str]) -> st.SearchStrategy:
    """A request and what is shown as a key with it; a third of them shows none."""
    shown = st.sampled_from([None, None, None, None, keys[0], keys[0], keys[0], *keys[1:]])
    return st.tuples(generating.cases(operation, MODES[mode], ids), shown)


def answered(case: Case, key: str | None) -> int:
    return generating.answer(case, {"Authorization": key} if key else {}).status_code


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_few_requests_of_each_address_are_answered_as_described(
    operation: APIOperation, mode: str, ids: Mapping[str, Sequence[str]], keys: list[str]
) -> None:
    @settings(calm, max_examples=EXAMPLES, derandomize=True)
    @given(request=asked(operation, mode, ids, keys))
    def ask(request: tuple[Case, str | None]) -> None:
        answered(*request)

    ask()


@pytest.mark.parametrize("number", range(len(OPERATIONS)), ids=[operation.label for operation in OPERATIONS])
def test_limits_types_and_methods_are_tried_one_by_one(number: int, shelf: None) -> None:
    # Each address begins elsewhere in the list, so that together they try everything.
    every = generating.systematic(STRICT, OPERATIONS[number])
    for case in islice(every, None if REQUESTS else number % STEP, None, None if REQUESTS else STEP):
        answered(case, None)


def ask_often(
    operation: APIOperation, mode: str, number: int, requests: st.SearchStrategy, statuses: Counter[int]
) -> None:
    @seed(number)
    @settings(calm, max_examples=60)
    @given(request=requests)
    def ask(request: tuple[Case, str | None]) -> None:
        statuses[answered(*request)] += 1

    try:
        ask()
    except BaseException as fault:
        fault.add_note(f"{operation.label}, {mode} requests: SEED={SEED}")
        raise


if REQUESTS:

    def test_ten_thousand_requests(ids: Mapping[str, Sequence[str]], keys: list[str]) -> None:
        statuses: Counter[int] = Counter()
        turn = 0
        while statuses.total() < REQUESTS:
            for operation in OPERATIONS:
                for mode in MODES:
                    ask_often(operation, mode, SEED + turn, asked(operation, mode, ids, keys), statuses)
                    turn += 1
        print(
            f"{statuses.total()} requests of {len(OPERATIONS)} operations, seed {SEED}: {dict(sorted(statuses.items()))}"
        )


def test_every_operation_of_the_description_is_tried() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in STRICT.raw_schema["paths"].values())
