"""After a step the next reader finds what was made ahead; nothing that is gone, nothing old, and never too much."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from articles.answers import ahead
from articles.answers.ahead import LATELY, Ahead, Wanted
from articles.answers.encoding import Whole
from articles.answers.finished import Finished, Key
from articles.answers.following import Follower
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.answers.warm import Warm
from articles.content.texts import Article
from articles.editions.followed import Moved
from articles.partners.counting import TALLY
from articles.publishing.withdraw import withdraw
from tests.articles.answers.asking import Shown, shown
from tests.factories.desk import an_article
from tests.factories.shelf import BOTH, later, publish_article
from tests.services.clocks import tells
from tests.services.patience import PATIENCE

WHY = {"ru": "Ошибка.", "en": "An error."}


@dataclass
class Site:
    """Finished answers as a process has them: a follower with its thread, and answers made ahead. `made` is what Django
    was asked for, in order, with the thread that asked."""

    most: int = 24
    made: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self.django, self.store = get_wsgi_application(), Store(8 * 1024 * 1024)
        # A share of one: nobody else needs this process.
        self.ahead = Ahead(self.most, share=1.0)
        self.follower = Follower(self.store, KeyTable(), waiting=PATIENCE, told=self.ahead.note)
        self.warm = Warm(self._asked, self.store, self.follower, has_fallen_due=lambda: False, ahead=self.ahead)
        self.follower.start()
        assert self.follower.catch_up(PATIENCE)

    def _asked(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.made.append((environ["PATH_INFO"], threading.current_thread().name))
        answer = self.django(environ, start_response)
        if threading.current_thread() is self.ahead._thread:
            self.before()
        return answer

    def ask(self, path: str, **headers: str) -> Shown:
        return shown(self.warm, path, **headers)

    def settles(self) -> None:
        """Wait until the last step has been seen and all is made."""
        assert self.follower.catch_up(PATIENCE)
        assert self.ahead.is_done_by_then(PATIENCE)

    def end(self) -> None:
        self.ahead.stop()
        self.follower.stop()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.end()


def published(slug: str, turn: int, by: User) -> Article:
    """An article that comes out once more with another title."""
    article = Article.objects.filter(slug_en=slug).first() or an_article(slug)
    Article.objects.filter(pk=article.pk).update(title_ru=f"Название {turn}", title_en=f"Title {turn}")
    publish_article(article, by=by, at=later(turn))
    return article


def held() -> int:
    """How much the cache has, wherever it is: whoever is counted leaves something there."""
    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return len(cache._cache)
    return sum(1 for _key in cache._cache.get_client().scan_iter())


@pytest.mark.django_db(transaction=True)
def test_the_next_reader_and_partner_of_a_text_find_it_finished(
    site: Site, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    """The text that came out, though nobody has asked for it, and what was dropped with it; nobody is counted."""
    published("leg", 0, editor)
    site.settles()
    site.ask("/ru/articles/")
    site.ask("/en/articles/leg/", accept_encoding="gzip")
    cache.clear()

    article = published("leg", 1, editor)
    site.settles()
    item = f"/api/v1/articles/{article.pk}/"
    before, _figures = list(site.made), site.warm.figures()

    for path in ("/ru/articles/leg-ru/", "/en/articles/leg/", f"{item}?lang=ru", f"{item}?lang=en", "/ru/articles/"):
        for coding in ("", "gzip", "br"):
            ours = site.ask(path, accept_encoding=coding)
            assert ours == shown(site.django, path, accept_encoding=coding)
            assert ours[0] == 200
    assert "Title 1" in site.ask("/en/articles/leg/")[2].decode()
    assert site.made == before
    assert sum(site.warm.figures().values()) == 16
    assert (TALLY._seen.figures, held()) == ({}, 0)
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.django_db(transaction=True)
def test_a_text_that_was_withdrawn_is_not_made_again(site: Site, editor: User) -> None:
    article = published("leg", 0, editor)
    places = ["/ru/articles/leg-ru/", "/ru/articles/leg-ru/handout/", "/en/articles/leg/", "/ru/articles/"]
    site.settles()
    for path in places:
        site.ask(path)
    site.made.clear()

    withdraw("article", article.pk, BOTH, reason_code="error", reasons=WHY, by=editor, at=later(1))
    site.settles()

    assert [path for path, _thread in site.made if "leg" in path] == []
    assert "/ru/articles/" in {path for path, _thread in site.made}
    assert [site.ask(path)[0] for path in places] == [410, 410, 410, 200]


@pytest.mark.django_db(transaction=True)
def test_a_step_while_an_answer_is_made_wins(site: Site, editor: User) -> None:
    published("leg", 0, editor)
    site.settles()
    turns = iter([1, 2])

    def once_more() -> None:
        # The answer is made by now, and not kept yet.
        if (turn := next(turns, None)) is not None:
            published("leg", turn + 1, editor)
            assert site.follower.catch_up(PATIENCE)

    site.before = once_more
    published("leg", 1, editor)
    site.settles()
    before = len(site.made)

    assert "Title 3" in site.ask("/en/articles/leg/")[2].decode()
    assert "Название 3" in site.ask("/ru/articles/leg-ru/")[2].decode()
    assert len(site.made) == before


@pytest.mark.django_db(transaction=True)
def test_where_nobody_can_be_answered_by_the_name_of_the_site_nothing_is_made(
    site: Site, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Django would refuse the name, and write a line of the log for each answer."""
    with override_settings(ALLOWED_HOSTS=["elsewhere.example.org"]):
        published("leg", 0, editor)
        site.settles()

    assert site.made == []
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.django_db(transaction=True)
def test_it_is_off_where_nothing_is_to_be_made(editor: User) -> None:
    site = Site(most=0)
    try:
        published("leg", 0, editor)
        site.settles()
        site.ask("/en/articles/leg/")
        published("leg", 1, editor)
        site.settles()
        assert len(site.made) == 1
    finally:
        site.end()


def finished(used: float, code: int = 200) -> Finished:
    whole = Whole(b"x", '"t"', is_packable=True, with_care=False)
    one = Finished.of("page", f"{code} Said", [], whole, frozenset({"item:1"}))
    one.used = used
    return one


def key(name: object) -> Key:
    return f"/ru/{name}/", "", False, ""


class Making:
    """Makes nothing, and remembers what it was asked for; waits before each where it is told to."""

    def __init__(self, most: int = 5) -> None:
        self.asked: list[str] = []
        self.may, self.began = threading.Event(), threading.Event()
        self.may.set()
        self.ahead = Ahead(most, key_of=key, make=self._make, share=1.0)

    def _make(self, wanted: Wanted) -> bool:
        self.began.set()
        assert self.may.wait(PATIENCE)
        self.asked.append(wanted.key[0].strip("/").removeprefix("ru/"))
        return True

    def drops(self, *used: float, out: tuple[str, ...] = (), gone: tuple[str, ...] = ()) -> None:
        now = time.monotonic()
        self.ahead.note({key(ago): finished(now - ago) for ago in used}, Moved(frozenset({"x"}), out, gone))

    def done(self) -> list[str]:
        assert self.ahead.is_done_by_then(PATIENCE)
        return self.asked


@pytest.fixture
def making() -> Iterator[Making]:
    making = Making()
    yield making
    making.may.set()
    making.ahead.stop()


def test_what_came_out_is_first_then_what_was_asked_for_last_and_no_more_than_so_many(making: Making) -> None:
    making.drops(5, 3, 200, 1, 4, 2, out=("new",))

    assert making.done() == ["new", "1", "2", "3", "4"]


def test_what_nobody_asked_for_lately_stays_dropped(making: Making) -> None:
    making.drops(LATELY + 60, 7, float("inf"))
    making.ahead.note({key("moved"): finished(time.monotonic(), 301)}, Moved(frozenset({"x"})))

    assert making.done() == ["7"]


def test_a_later_step_goes_before_what_an_earlier_one_left(making: Making) -> None:
    making.may.clear()
    making.drops(1, 2, 3)
    assert making.began.wait(PATIENCE)
    making.drops(9, 3, gone=("/ru/2",))
    making.may.set()

    assert making.done() == ["1", "3", "9"]


def test_nothing_is_begun_while_somebody_waits_for_django(making: Making) -> None:
    with making.ahead.reading():
        making.drops(1)
        assert not making.began.wait(0.2)

    assert making.done() == ["1"]


def test_it_takes_no_more_than_its_share(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    spent, waited = iter([10.0, 10.1, 20.0, 20.3]), list[float]()
    making.ahead.share = 0.25
    tells(monkeypatch, ahead, thread_time=lambda: next(spent))
    monkeypatch.setattr(making.ahead._stopped, "wait", waited.append)
    making.drops(1, 2)

    assert making.done() == ["1", "2"]
    assert waited == pytest.approx([0.3, 0.9])


def test_a_fault_keeps_nothing_else_from_being_made(making: Making, caplog: pytest.LogCaptureFixture) -> None:
    made = making.ahead.make

    def failing(wanted: Wanted) -> bool:
        if wanted.key == key(1):
            raise ValueError("secret")
        return made(wanted)

    making.ahead.make = failing
    making.drops(1, 2)

    assert making.done() == ["2"]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_nothing_is_made_while_the_shelf_is_not_seen(making: Making) -> None:
    making.ahead.sees = lambda: False
    making.drops(1, 2)

    assert making.done() == []


def test_it_stops_behind_the_answer_that_is_being_made_and_begins_nothing_then(making: Making) -> None:
    making.may.clear()
    making.drops(1, 2, 3)
    assert making.began.wait(PATIENCE)
    thread = making.ahead._thread
    assert thread is not None
    ending = threading.Thread(target=making.ahead.stop)
    ending.start()
    assert making.ahead._stopped.wait(PATIENCE)
    making.may.set()
    ending.join(PATIENCE)
    thread.join(PATIENCE)
    making.drops(4)

    assert (thread.is_alive(), making.done()) == (False, ["1"])


def test_the_child_of_a_process_makes_what_is_dropped_there(making: Making) -> None:
    """The thread stays behind, and so does what it was about to make."""
    making.may.clear()
    making.drops(1, 2, 3)
    assert making.began.wait(PATIENCE)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        making.may = threading.Event()
        making.may.set()
        making.asked.clear()
        making.drops(7)
        os.write(writing, str(making.done()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reading, 200).decode()
    for end in (reading, writing):
        os.close(end)

    assert told == "['7']"
