"""The server is killed at random moments of saving, autosaving and publishing: what it has acknowledged is there."""

from __future__ import annotations

import http.client
import os
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from articles.content.blocks import TextBlock, blocks
from articles.content.texts import Article
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.revisions import revisions
from articles.editorial.scratch import ScratchCopy
from tests.articles.admin.desk.browser import Fields, fields_of
from tests.factories.desk import an_article
from tests.services.serving import Server, served
from tests.services.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)

# `make soak` asks for 600 rounds of everything, which are 200 kills here.
KILLS = max(3, int(os.environ.get("ROUNDS", "0")) // 3)
# A kill comes within so many seconds after the request under way was sent; most are answered within them.
MOMENT = 0.25
SECRET = "k" * 32
# Beyond this a request that was neither answered nor cut off is a fault of its own.
PATIENCE = 180


@dataclass
class Known:
    """What the server has acknowledged, by number. Every act writes the next number into all that it changes."""

    number: int = 0
    saved: list[int] = field(default_factory=list)
    published: list[int] = field(default_factory=list)
    scratched: dict[str, int] = field(default_factory=dict)


class Typist(threading.Thread):
    """One editor at work until the server is gone."""

    def __init__(self, server: Server, cookies: str, article: Article, known: Known, seed: int) -> None:
        super().__init__()
        self.server, self.cookies, self.article, self.known = server, cookies, article, known
        self.dice = random.Random(seed)
        self.sent = threading.Semaphore(0)
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            while True:
                self.dice.choice([self.save, self.save, self.scratch, self.scratch, self.publish])()
        except (OSError, http.client.HTTPException):
            # The server was killed, which is what this is about.
            pass
        except BaseException as fault:
            self.fault = fault
        finally:
            connections.close_all()
            self.sent.release()

    def save(self) -> None:
        fields, number = self.form(), self.next()
        status, body = self.post(self.place("change"), fields | self.words(number))
        assert status == 302, body
        self.known.saved.append(number)

    def scratch(self) -> None:
        fields, number = self.form(), self.next()
        page = fields["_scratch"][0]
        about = {
            "_scratch_object": [str(self.article.pk)],
            "_scratch_number": [str(number)],
            "_scratch_user": [str(User.objects.get(username="editor@tests").pk)],
        }
        status, body = self.post(reverse("admin:scratch", args=["article"]), fields | self.words(number) | about)
        assert status == 200, body
        self.known.scratched[page] = number

    def publish(self) -> None:
        number = max(self.known.saved, default=0)
        place = reverse("admin:publish", args=["article", self.article.pk])
        # This form stands outside what is a form of the desk's objects.
        fields = fields_of_page(f'<div id="content-main">{self.get(place)}')
        if not fields.get("languages") or number in self.known.published:
            return
        said = {"note_ru": ["Уточнено."], "note_en": ["Made clearer."]}
        said |= {"class_ru": ["wording"], "class_en": ["wording"]}
        status, body = self.post(place, fields | said)
        assert status == 302, body
        self.known.published.append(number)

    def next(self) -> int:
        self.known.number += 1
        return self.known.number

    def words(self, number: int) -> Fields:
        return {
            "title_ru": [f"Судороги {number}"],
            "title_en": [f"Cramps {number}"],
            "textblock_set-0-text_ru": [f"<p>Слова {number}</p>"],
            "textblock_set-0-text_en": [f"<p>Words {number}</p>"],
        }

    def form(self) -> Fields:
        return fields_of_page(self.get(self.place("change")))

    def place(self, page: str) -> str:
        return reverse(f"admin:articles_article_{page}", args=[self.article.pk])

    def get(self, path: str) -> str:
        status, body = self.ask("GET", path, None)
        assert status == 200, body
        return body

    def post(self, path: str, fields: Fields) -> tuple[int, str]:
        pairs = [(name, value) for name, values in fields.items() for value in values]
        return self.ask("POST", path, urlencode([*pairs, ("csrfmiddlewaretoken", SECRET)]))

    def ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body, headers)
            self.sent.release()
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()


def fields_of_page(page: str) -> Fields:
    class Page:
        content = page.encode()

    return fields_of(Page())  # type: ignore[arg-type]


@pytest.fixture
def cookies(editor: User) -> str:
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={SECRET}; {settings.LANGUAGE_COOKIE_NAME}=en"


def numbers_of(article: Article) -> Iterator[int]:
    """The number in everything that one act wrote."""
    [text] = [block for block in blocks(article) if isinstance(block, TextBlock)]
    for words in (article.title_ru, article.title_en, text.text_ru, text.text_en):  # type: ignore[attr-defined]
        yield int("".join(sign for sign in words if sign.isdecimal()) or 0)


def is_sound(article: Article, known: Known) -> None:
    """Everything acknowledged is there, and everything that is there is whole."""
    article = Article.objects.get(pk=article.pk)
    [number] = set(numbers_of(article))
    assert number >= max(known.saved, default=0)
    kept = {one.number: one for one in revisions(article)}
    # What was only loaded has no kept version until it is saved for the first time.
    assert sorted(kept) == list(range(min(kept, default=article.version + 1), article.version + 1))
    titles = {one.data["title"]["en"] for one in kept.values()}
    assert {f"Cramps {one}" for one in known.saved} <= titles
    for page, scratched in known.scratched.items():
        words = dict(ScratchCopy.objects.get(page=page).typed)
        assert words["title_ru"] == f"Судороги {scratched}"
        assert words["textblock_set-0-text_en"] == f"<p>Words {scratched}</p>"
    assert list(verify_editions()) == []
    live = Edition.objects.filter(pk__in=Standing.objects.filter(item=article.pk).values("edition"))
    titles = {edition.language: edition.document.title for edition in live}
    if known.published:
        assert set(titles) == {"ru", "en"}
    shown = {int("".join(sign for sign in title if sign.isdecimal()) or 0) for title in titles.values()}
    # Both languages went out in one transaction or not at all.
    assert len(shown) <= 1
    assert max(shown, default=0) >= max(known.published, default=0)


def test_what_a_killed_server_has_acknowledged_is_there_and_nothing_is_there_by_half(
    cookies: str, tmp_path: Path, repository: Path
) -> None:
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"seed {seed}")
    dice = random.Random(seed)
    article = an_article(title_ru="Судороги", title_en="Cramps")
    TextBlock.objects.filter(parent=article).update(text_ru="<p>Слова</p>", text_en="<p>Words</p>")
    known = Known()
    address = database_url()
    for kill in range(KILLS):
        with served(address, tmp_path / f"server-{kill}.log", repository, workers=1) as server:
            typist = Typist(server, cookies, article, known, dice.randrange(10**9))
            typist.start()
            # Somewhere in the request after so many others, or just behind its answer.
            for _request in range(dice.randint(3, 16)):
                assert typist.sent.acquire(timeout=PATIENCE)
            typist.join(dice.uniform(0, MOMENT))
            server.kill()
            typist.join(PATIENCE)
        assert typist.fault is None, f"seed {seed}: {typist.fault!r}"
        is_sound(article, known)
    if KILLS >= 50:
        assert known.saved, "nothing was saved"
        assert known.scratched, "nothing was autosaved"
        assert known.published, "nothing was published"
    print(
        f"{KILLS} kills, {len(known.saved)} saves, {len(known.scratched)} scratch copies and"
        f" {len(known.published)} publications acknowledged on {connection.vendor}"
    )
