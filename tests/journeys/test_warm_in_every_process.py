"""Several processes never give out what was withdrawn more than a second ago, nor leave out what was published then.

Somebody walks over the shelf at random while every address is asked all the time. Each edition bears a mark of its own,
so an answer says of which editions it was made, and the moment of the request says which of them it may still be. A
slow machine makes the test longer and nothing else. `ROUNDS` says how many steps; SEED takes the same ones again.
"""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from articles.canonical.languages import LANGUAGES
from tests.factories.walking import ITEMS, Place, Span, Walk, every_address, marks, of_all, of_one
from tests.services.patience import PATIENCE
from tests.services.serving import Reply, Server, served

SERVERS, WORKERS, ASKERS = 2, 2, 4
GRACE = 1.0
STEPS = int(os.environ.get("ROUNDS", "12"))
IS_LONG = STEPS > 100
# How long nothing happens behind a step: now and then longer than the second, so that what is left out is noticed too.
# Many steps follow each other fast enough that texts stand for some seconds between two of theirs.
PAUSES = [*([0.0] * 19), GRACE * 1.5] if IS_LONG else [GRACE * 0.7]

PLACES: list[Place] = [(item, language) for item in ITEMS for language in LANGUAGES]
# News of what was withdrawn names it: of those addresses it is only compared at the end what they say.
_NEWS = {"/ru/", "/en/", "/ru/corrections/", "/en/corrections/", "/ru/feed.atom", "/en/feed.atom"}

# What is asked all the time; the place is there where an answer shows the live edition of one text.
ASKED: list[tuple[str, Place | None]] = [
    *((path, place) for place in PLACES for path in of_one(place)),
    *((path, None) for language in LANGUAGES for path in of_all(language) if path not in _NEWS),
]


@dataclass
class Answers:
    """What was answered: path, place, moment before and after, and the marks; only what has marks or should."""

    server: Server
    seen: list[tuple[str, Place | None, float, float, int, set[str]]] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, place: Place | None, dice: random.Random) -> None:
        """Every third time as somebody who holds what was there; a 304 is no answer with marks."""
        headers = {"Accept-Encoding": "identity"}
        if (tag := self.held.get(path)) and dice.random() < 0.3:
            headers["If-None-Match"] = tag
        reply = self.server.get(path, **headers)
        self._keep(path, place, reply)

    def _keep(self, path: str, place: Place | None, reply: Reply) -> None:
        if reply.status == 304:
            return
        if tag := reply.headers.get("etag") or reply.headers.get("ETag"):
            self.held[path] = tag
        # The word that a text was withdrawn names the text.
        found = set() if reply.status == 410 else marks(reply.text)
        self.seen.append((path, place, reply.begun, time.monotonic(), reply.status, found))


def wrong(walk: Walk, answers: Answers, lives: dict[str, list[Span]]) -> Iterator[str]:
    """Yield what was said too late, left out too long, or broke."""
    by_place: dict[Place, list[tuple[str, Span]]] = {}
    for mark, place in walk.places.items():
        by_place.setdefault(place, []).extend((mark, span) for span in lives[mark])
    for path, place, begun, ended, status, found in answers.seen:
        if status >= 500:
            yield f"{path}: {status}"
        for mark in found:
            if not any(span.may <= ended and span.gone >= begun - GRACE for span in lives[mark]):
                yield f"{path}: {mark} was taken down {begun - lives[mark][-1].gone:.2f} s before it was asked for"
        for mark, span in by_place.get(place, ()) if place else ():
            if span.must < begun - GRACE and span.gone > ended and mark not in found:
                yield f"{path}: {mark} is missing {begun - span.must:.2f} s after it came out, status {status}"


@pytest.fixture
def servers(transactional_db: None, tmp_path: Path, repository: Path) -> Iterator[list[Server]]:
    given = connection.settings_dict
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    # The first one makes its answers from a copy of the shelf, as in production; its processes share the copy.
    more = [{"TEST_SHELF_MIRROR": str(tmp_path / "shelf.sqlite3"), "TEST_WARM_AHEAD": "24"}, {"TEST_WARM_AHEAD": "24"}]
    with ExitStack() as stack:
        yield [
            stack.enter_context(served(address, tmp_path / f"{one}.log", repository, workers=WORKERS, more=more[one]))
            for one in range(SERVERS)
        ]
        assert list(tmp_path.glob("shelf-*.sqlite3"))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_no_process_gives_out_what_was_withdrawn_a_second_ago(servers: list[Server]) -> None:
    seed = int(os.environ.get("SEED", random.SystemRandom().randint(0, 10**9)))
    print(f"SEED={seed}")
    walk = Walk(random.Random(seed))
    walk.begin()
    answers = [Answers(server) for server in servers for _ in range(ASKERS // SERVERS)]
    stopped, faults = threading.Event(), list[BaseException]()

    def ask(mine: Answers, number: int) -> None:
        dice = random.Random(seed + number)
        try:
            while not stopped.is_set():
                mine.ask(*dice.choice(ASKED), dice)
        except BaseException as fault:
            faults.append(fault)
            stopped.set()

    askers = [threading.Thread(target=ask, args=[mine, number]) for number, mine in enumerate(answers)]
    for asker in askers:
        asker.start()
    dice, began = random.Random(seed), time.monotonic()
    try:
        for step in range(STEPS):
            if IS_LONG and step % 500 == 0:
                print(
                    f"{step} steps, {sum(len(mine.seen) for mine in answers)} answers, {time.monotonic() - began:.0f} s"
                )
            so_far = sum(len(mine.seen) for mine in answers)
            walk.step()
            pause = time.monotonic() + dice.choice(PAUSES)
            _until(lambda so_far=so_far, pause=pause: (
                time.monotonic() > pause and sum(len(mine.seen) for mine in answers) > so_far
            ) or stopped.is_set())  # fmt: skip
        # What is asked is drawn at random: a slow machine needs longer until most texts were among it.
        _until(lambda: len(_places_seen(answers)) > len(PLACES) // 2 or stopped.is_set())
    finally:
        stopped.set()
        for asker in askers:
            asker.join()

    assert faults == []
    found = [one for mine in answers for one in wrong(walk, mine, walk.lives())]
    assert sorted({one.split(":")[0] for one in found}) == [], found[:5]
    # What was said of the last step may be a second old.
    last = time.monotonic()
    _until(lambda: time.monotonic() > last + GRACE)
    assert [path for path in every_address() if not _is_alike(servers, path)] == []


def _places_seen(answers: Sequence[Answers]) -> set[Place]:
    return {place for mine in answers for _path, place, *_ in list(mine.seen) if place}


def _is_alike(servers: Sequence[Server], path: str) -> bool:
    """Whether every server says what Django says here and now, after the last step."""
    expected = Client().get(path, headers={"Accept-Encoding": "identity"})
    body = b"".join(expected.streaming_content) if expected.streaming else expected.content
    return all(
        (reply.status, reply.body) == (expected.status_code, body)
        for server in servers
        for reply in [server.get(path, **{"Accept-Encoding": "identity"})]
    )


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_what_comes_too_late_and_what_is_left_out_would_be_noticed() -> None:
    """The measure itself."""
    place = PLACES[0]
    walk = Walk(random.Random(0))
    walk.places["m"] = place
    lives = {"m": [Span(9.9, 10.0, 20.0)]}

    def told(begun: float, found: set[str], status: int = 200) -> list[str]:
        mine = Answers(server=None)  # type: ignore[arg-type]
        mine.seen = [("/x", place, begun, begun + 0.1, status, found)]
        return list(wrong(walk, mine, lives))

    assert told(20.9, {"m"}) == []
    assert len(told(21.1, {"m"})) == 1
    assert told(10.9, set()) == []
    assert len(told(11.2, set())) == 1
    assert told(19.95, set()) == []
    assert len(told(5.0, set(), 500)) == 1
