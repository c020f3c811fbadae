"""What was withdrawn is served by nobody who was asked a second later: by no process, at no address, in no form.

Servers with several processes each are asked by threads all the time while an editor withdraws a text, a quote and a
source. Whether an answer is too late is told by when it was asked for, so a slow machine makes the test longer and
nothing else.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from articles.editions.shelf import Edition, Standing
from articles.publishing.withdraw import withdraw, withdraw_part
from articles.reader.sitemaps import SIZE
from tests.factories.desk import a_quote, a_source, a_text, an_article, an_expert, place
from tests.factories.desk_kinds import a_condition, a_question, a_topic
from tests.factories.press import publish_item
from tests.factories.shelf import BOTH, publish_article
from tests.services.serving import Reply, Server, served

SERVERS = 2
ASKERS = 4
# How often each address is asked of each server, begun more than a second after the commit.
TIMES = 3
GRACE = 1.0
PATIENCE = 600.0

WHY = {"ru": "Мы нашли ошибку.", "en": "We found an error."}


@dataclass(frozen=True)
class Watched:
    """An address, and what its answer holds before the withdrawal and never afterwards."""

    path: str
    words: str


@dataclass
class Seen:
    """What one address of one server answered, and the tag that it had at first."""

    watched: Watched
    server: Server
    tag: str = ""
    replies: list[tuple[bool, Reply]] = field(default_factory=list)

    def ask(self) -> None:
        """Every second time as somebody who holds what was there."""
        is_conditional = bool(self.tag) and len(self.replies) % 2 == 1
        reply = self.server.get(self.watched.path, **({"If-None-Match": self.tag} if is_conditional else {}))
        self.tag = self.tag or reply.headers.get("etag", reply.headers.get("ETag", ""))
        self.replies.append((is_conditional, reply))

    def begun_after(self, moment: float) -> list[Reply]:
        return [reply for _, reply in self.replies if reply.begun > moment]


@pytest.fixture
def servers(transactional_db: None, tmp_path: Path, repository: Path) -> Iterator[list[Server]]:
    given = connection.settings_dict
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    with ExitStack() as stack:
        yield [stack.enter_context(served(address, tmp_path / f"{one}.log", repository)) for one in range(SERVERS)]


def while_asked(servers: Sequence[Server], watched: Sequence[Watched], withdrawing: Callable[[], Any]) -> list[str]:
    """Withdraw while every address of every server is asked again and again; return what was answered wrongly."""
    seen = [Seen(one, server) for one in watched for server in servers]
    for one in seen:
        one.ask()
        _, first = one.replies[0]
        assert first.status == 200, (one.watched, first.status, first.body[:300])
        assert one.watched.words in first.text, f"{one.watched.path} does not hold {one.watched.words}"
    stopped, faults = threading.Event(), []

    def ask(offset: int) -> None:
        try:
            while not stopped.is_set():
                for one in seen[offset::ASKERS]:
                    if not stopped.is_set():
                        one.ask()
        except Exception as fault:
            faults.append(fault)
            stopped.set()

    askers = [threading.Thread(target=ask, args=[offset]) for offset in range(ASKERS)]
    for asker in askers:
        asker.start()
    try:
        withdrawing()
        committed = time.monotonic()
        end = committed + PATIENCE
        while any(len(one.begun_after(committed + GRACE)) < TIMES for one in seen) and time.monotonic() < end:
            if stopped.wait(0.05):
                break
    finally:
        stopped.set()
        for asker in askers:
            asker.join()
    assert faults == []
    assert all(len(one.begun_after(committed + GRACE)) >= TIMES for one in seen), "the servers are too slow to tell"
    return [wrong for one in seen for wrong in _wrong(one, committed + GRACE)]


def _wrong(seen: Seen, late: float) -> Iterator[str]:
    where = f"{seen.watched.path} ({seen.server.port})"
    for is_conditional, reply in seen.replies:
        # The snapshot refuses whom it cannot serve at once.
        is_busy = reply.status == 503 and "snapshot" in seen.watched.path
        if reply.status >= 500 and not is_busy:
            yield f"{where}: {reply.status}"
        if reply.begun > late and reply.status == 304:
            yield f"{where}: who holds the words was told that nothing has changed"
        if reply.begun > late and seen.watched.words in reply.text:
            yield f"{where}: begun {reply.begun - late + GRACE:.2f} s after the commit, conditional: {is_conditional}"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_text_quote_and_source_are_gone_everywhere_a_second_later(
    servers: list[Server], editor: User
) -> None:
    """One scene for all three: what takes time is starting the servers."""
    topic, condition = a_topic(), a_condition()
    person = an_expert(slug_ru="anna-ru", slug_en="anna")
    source = a_source(title="Ведомость Источниковед")
    cite = f'<cite data-source="{source.pk}" data-locator=""></cite>'
    cited = a_quote(text_ru="Верлиока считает словоцит пустым.", text_en="Verlioka calls it wordycite.", expert=person)
    for item in (topic, condition, person):
        publish_item(item, by=editor)
    gone = an_article("gone", summary_ru="Верлиока тайнослов.", summary_en="Verlioka secretword.")
    a_text(gone, ordering=25, ru="Верлиока тайнослов вдвойне.", en="Verlioka secretword twice.")
    gone.topics.add(topic)
    gone.conditions.add(condition)
    carriers = [an_article("carrier"), an_article("second")]
    for carrier in carriers:
        place(carrier, cited)
        a_text(carrier, ordering=40, ru=f"Так пишут.{cite}", en=f"So they write.{cite}")
    question = a_question()
    for article in (gone, *carriers):
        publish_article(article, by=editor)
    publish_item(question, by=editor)

    def withdrawing_a_text() -> None:
        withdraw("article", gone.pk, BOTH, reason_code="error", reasons=WHY, by=editor, at=timezone.now())

    def withdrawing_a_part(kind: str, part: Any) -> Callable[[], None]:
        def now() -> None:
            withdraw_part(kind, part, reason_code="request", reasons=WHY, by=editor, at=timezone.now())

        return now

    assert while_asked(servers, of_the_text(gone.pk), withdrawing_a_text) == []
    assert while_asked(servers, of_the_quote(carriers[0].pk, cited.pk), withdrawing_a_part("quote", cited.pk)) == []
    assert while_asked(servers, of_the_source(carriers[0].pk, source.pk), withdrawing_a_part("source", source.pk)) == []


def digest(item: Any, language: str, number: int = 1) -> str:
    return str(Edition.objects.get(item=item, language=language, number=number).digest)


def sitemap_of(item: Any, language: str) -> str:
    """Its number follows from how many texts there were before, in other tests too."""
    return f"/sitemaps/{(Standing.objects.get(item=item, language=language).pk - 1) // SIZE + 1}.xml"


IS_CURRENT = '"state":"current"'
SEARCH = percent("верлиока")


def of_the_text(item: Any) -> list[Watched]:
    """Every kind of address that carries a text, in Russian, and the plainest in English."""
    words, link = "тайнослов", "/ru/articles/gone-ru/"
    api = "/api/v1"
    return [
        *(
            Watched(path, words)
            for path in (
                link,
                f"{link}editions/1/",
                f"{link}handout/",
                f"{link}handout/both/",
                "/ru/articles/",
                "/ru/feed.atom",
                "/ru/feed.json",
                f"/ru/search/?q={SEARCH}",
                f"{api}/articles/{item}/?lang=ru",
                f"{api}/articles/{item}/editions/1/document/?lang=ru",
                f"{api}/articles/?lang=ru",
                f"{api}/articles/?lang=ru&code=G25.8",
                f"{api}/lookup/?lang=ru&code=G25.8",
                f"{api}/search/?lang=ru&q={SEARCH}",
                f"{api}/snapshot/",
            )
        ),
        Watched("/ru/", words),
        *(Watched(path, link) for path in ("/ru/topics/myshtsy/", sitemap_of(item, "ru"))),
        Watched(f"/ru/verify/?digest={digest(item, 'ru')}", "Да, копия действует"),
        Watched(f"{api}/verify/?digest={digest(item, 'ru')}", IS_CURRENT),
        *(
            Watched(path, "secretword")
            for path in ("/en/articles/gone/", f"{api}/articles/{item}/?lang=en", "/en/search/?q=verlioka")
        ),
    ]


def of_the_quote(carrier: Any, part: Any) -> list[Watched]:
    """Where the words of a quote stand: in texts that stay, in their past, and by themselves."""
    words, api = "словоцит", "/api/v1"
    return [
        *(
            Watched(path, words)
            for path in (
                "/ru/articles/carrier-ru/",
                "/ru/articles/second-ru/",
                "/ru/articles/carrier-ru/handout/",
                "/ru/articles/carrier-ru/editions/1/",
                "/ru/people/anna-ru/",
                f"/ru/search/?q={SEARCH}",
                f"{api}/articles/{carrier}/?lang=ru",
                f"{api}/articles/{carrier}/editions/1/document/?lang=ru",
                f"{api}/quotes/?lang=ru",
                f"{api}/quotes/{part}/?lang=ru",
                f"{api}/snapshot/",
            )
        ),
        # The words are in no excerpt; the text is found by them.
        Watched(f"{api}/search/?lang=ru&q={SEARCH}", str(carrier)),
        Watched(f"{api}/verify/?digest={digest(carrier, 'ru')}", IS_CURRENT),
        *(Watched(path, "wordycite") for path in ("/en/articles/carrier/", f"{api}/quotes/{part}/?lang=en")),
    ]


def of_the_source(carrier: Any, part: Any) -> list[Watched]:
    """Where a source stands by itself, and what carries it without the notice that a text which stays has instead."""
    words, api = "Источниковед", "/api/v1"
    return [
        *(
            Watched(path, words)
            for path in (
                f"{api}/sources/?lang=ru",
                f"{api}/sources/?lang=en",
                f"{api}/sources/{part}/?lang=ru",
                f"{api}/articles/{carrier}/editions/2/document/?lang=ru",
            )
        ),
        Watched(f"{api}/articles/{carrier}/?lang=ru", digest(carrier, "ru", 2)),
        Watched(f"{api}/verify/?digest={digest(carrier, 'ru', 2)}", IS_CURRENT),
    ]


def test_what_was_answered_too_late_would_be_noticed() -> None:
    """The measure itself: answers begun before the second is over count for nothing, later ones for everything."""
    watched = Watched("/x", "тайна")
    server: Any = type("Somebody", (), {"port": 1})()
    told = "тайна".encode()
    early, late = Reply(10.9, 200, {}, told), Reply(11.1, 200, {}, told)

    assert list(_wrong(Seen(watched, server, replies=[(False, early)]), 11.0)) == []
    assert len(list(_wrong(Seen(watched, server, replies=[(False, late)]), 11.0))) == 1
    assert len(list(_wrong(Seen(watched, server, replies=[(True, Reply(11.1, 304, {}, b""))]), 11.0))) == 1
    assert Counter(status for status in (500, 503) if list(_wrong(
        Seen(watched, server, replies=[(False, Reply(1.0, status, {}, b""))]), 11.0))) == {500: 1, 503: 1}  # fmt: skip
