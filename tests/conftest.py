"""What every test may rely on: databases with guards, accounts for each role, services, a machine without a network."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.services.choosing import is_of_the_second_pass, mark, services_of
from tests.services.examples import PROFILES
from tests.services.finding import SERVICES, chromium_program, services_are_required
from tests.services.patience import PATIENCE

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tests.services.running import FirstRun, Run

# The machine is shared, so no property fails for being slow; counts and order are what is asserted.
_UNHURRIED: Any = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
for _name, _examples in PROFILES.items():
    hypothesis_settings.register_profile(_name, **_UNHURRIED, max_examples=_examples)
hypothesis_settings.load_profile("suite")

# The sync interface of Playwright keeps an event loop in the main thread, where Django then refuses every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database-only",
        action="store_true",
        help="leave out tests that touch neither a database nor a service: for the pass on a second database",
    )
    parser.addoption("--journeys", choices=["only", "never"], help="only tests in a browser, or none of them")


# Before pytest chooses by markers, so that what is marked here counts.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        mark(item)
    kept = items
    if config.getoption("--with-database-only"):
        kept = [item for item in kept if is_of_the_second_pass(item)]
    if journeys := config.getoption("--journeys"):
        kept = [item for item in kept if bool(item.get_closest_marker("browser")) is (journeys == "only")]
    if len(kept) < len(items):
        left = set(items).difference(kept)
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = kept


def pytest_collection_finish(session: pytest.Session) -> None:
    # Thousands of tests and all modules stay to the end, and pages of the desk make many objects at once: to look
    # through everything after every 700 of them took a fifth of the time of a run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for service in map(SERVICES.__getitem__, services_of(item)):
        if not service.find():
            if services_are_required():
                pytest.fail(service.sentence, pytrace=False)
            pytest.skip(service.sentence)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that reaches beyond this machine fails; servers on loopback and sockets in files are the machine's own."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def nobody_reads_the_whole_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot that the test before did not read to its end keeps its place until memory is cleared up."""
    from articles.answers.streaming import Slots
    from articles.api.v1.views import snapshot

    monkeypatch.setattr(snapshot, "slots", Slots())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each run has a SQLite file of its own, so two runs on one machine never meet. A file and not memory: threads
    and the live server have connections of their own."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            name = tmp_path_factory.mktemp("database") / "test.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(autouse=True, scope="session")
def guarded_tables_can_be_reset() -> Iterator[None]:
    """Tests that commit end with an empty database. Immutable tables refuse that, so their guards are lifted for it.

    This is the one way past them in the suite. What a migrate leaves, such as roles and content types, is put back;
    the journal makes its head anew when it is next opened. No request of the test meets it.
    """
    from django.test import TransactionTestCase

    from articles.editions.guards import lifted
    from tests.services import resetting
    from tests.services.emptying import emptied
    from tests.services.leaving import count_requests, wait_until_quiet

    flush = TransactionTestCase._fixture_teardown

    def unguarded(self: TransactionTestCase) -> None:
        def without_guards() -> None:
            if not resetting.rewind("default"):
                with lifted():
                    flush(self)

        wait_until_quiet()
        emptied(without_guards)

    with pytest.MonkeyPatch.context() as patching:
        count_requests(patching)
        patching.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        resetting.install()
        yield
        resetting.uninstall()


@pytest.fixture(autouse=True)
def language_of_the_interface() -> Iterator[None]:
    """A test that switches the interface language does not leave it to the next."""
    from django.utils import translation

    before = translation.get_language()
    yield
    translation.activate(before) if before else translation.deactivate_all()


@pytest.fixture(autouse=True)
def no_test_counts_against_another() -> Iterator[None]:
    """All tests ask from one address, and many within a minute; and what one asks with a key is never written down in
    another, where there is no such key."""
    from django.core.cache import cache

    from articles.partners.counting import TALLY

    yield
    TALLY.forget()
    cache.clear()


@pytest.fixture(autouse=True)
def nobody_has_just_looked_for_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process asks for it once a second, and tests follow each other faster."""
    from articles.answers.watching import Watcher
    from articles.publishing.settle import next_due, settle
    from cramps_site import settling

    monkeypatch.setattr(settling, "WATCHER", Watcher(next_due, settle))


@pytest.fixture
def standing_clock() -> Iterator[None]:
    """The clock stands still, today: whatever counts within a window or a day does not meet its end in the middle."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may write and publish."""
    return _account("editor", "Мария", "Орлова")


@pytest.fixture
def administrator(db: None) -> User:
    """Somebody who also manages accounts."""
    return _account("administrator", "Анна", "Белова")


def _account(role: str, first_name: str, last_name: str) -> User:
    from django.contrib.auth.models import Group, User

    account = User.objects.create_user(
        f"{role}@tests", password="correct horse battery", first_name=first_name, last_name=last_name, is_staff=True
    )
    account.groups.add(Group.objects.get(name=role))
    return account


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: nothing is downloaded, and it looks for nothing outside the machine."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
    # Chromium refuses to build its sandbox for root, which is what continuous integration often is.
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    program = chromium_program()
    return {**browser_type_launch_args, "args": [*quiet, *alone]} | ({"executable_path": program} if program else {})


@pytest.fixture(autouse=True, scope="session")
def patience_with_the_browser() -> Iterator[None]:
    """Playwright gives up after 5 seconds, or 30: on a busy machine that says nothing about a page."""
    from playwright.sync_api import Browser, BrowserContext, expect

    expect.set_options(timeout=PATIENCE * 1000)
    new_context = Browser.new_context

    def patient(self: Browser, **options: Any) -> BrowserContext:
        context = new_context(self, **options)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    Browser.new_context = patient  # type: ignore[method-assign]
    yield
    Browser.new_context = new_context  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def browsers_end_quietly() -> Iterator[None]:
    """Whoever closes a browser, a fixture of a plugin included, leaves no page behind that still sends something."""
    from playwright.sync_api import BrowserContext

    from tests.services.leaving import end_quietly, wait_until_quiet

    close = BrowserContext.close

    def quietly(self: BrowserContext, **options: Any) -> None:
        end_quietly(self)
        close(self, **options)
        wait_until_quiet()

    BrowserContext.close = quietly  # type: ignore[method-assign]
    yield
    BrowserContext.close = close  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> FirstRun:
    """One first run of the site for all tests that look at what such a run leaves, or begin where it ended."""
    from tests.services.running import first_run
    from tests.services.sharing import once

    asking = ["/ru/articles/", "/en/articles/", "/api/v1/articles/?lang=en"]
    return once(tmp_path_factory.mktemp("filled"), lambda place: first_run(place, repository, asking))


@pytest.fixture
def after_first_run(filled: FirstRun, tmp_path: Path) -> Path:
    """A directory with a copy of the database that the first run left, under the name that `start` gives it."""
    shutil.copy(filled.database, tmp_path / filled.database.name)
    return tmp_path


@pytest.fixture
def run(tmp_path: Path, repository: Path) -> Iterator[list[Run]]:
    """Runs that a test starts by `start`; none of them outlives it."""
    runs: list[Run] = []
    yield runs
    for one in runs:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGTERM)
            one.process.wait(PATIENCE)
