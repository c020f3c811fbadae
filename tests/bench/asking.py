"""What growth is measured by, and a process that asks it of one site.

`python -m tests.bench.asking` reads the name of a question and a turn from each line, and answers with a line of JSON.
So a small and a large site are asked in turns, each by a process of its own that keeps nothing of the other.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from tests.bench.tables import Aim

_PAGE, _LIST, SEARCH, _DESK = (Aim(most, at_least=False) for most in (1.1, 1.2, 3, 1.5))
PUBLISHING, SEARCHES = "publishing", "search, 95 of 100 within"
_WORDS = ("generated text", "measuring", "program invented words", "journal remembers", "sourse made", "кашель")
# The first turn of a search in which a word is misspelt.
MISSPELT = 1 + 2 * _WORDS.index("sourse made")

# Each question with its aim, and the address of a turn; `some` are texts in the middle of the site, id and slug.
Some = list[tuple[UUID, str]]
ASKED: Mapping[str, tuple[Aim, Callable[[int, Some], str]]] = {
    "article page": (_PAGE, lambda turn, some: f"/en/articles/{some[turn][1]}/"),
    "API item": (_PAGE, lambda turn, some: f"/api/v1/articles/{some[turn][0]}/?lang=en"),
    "home page": (_LIST, lambda turn, some: "/en/"),
    "list of articles": (_LIST, lambda turn, some: "/en/articles/"),
    "topic": (_LIST, lambda turn, some: "/en/topics/generated-topic-1/"),
    "sources": (_LIST, lambda turn, some: "/en/sources/"),
    "corrections": (_LIST, lambda turn, some: "/en/corrections/"),
    "API list": (_LIST, lambda turn, some: "/api/v1/articles/?lang=en"),
    "API sources": (_LIST, lambda turn, some: "/api/v1/sources/?lang=en"),
    "feed": (_LIST, lambda turn, some: "/en/feed.atom"),
    "1,000 lines of changes": (_LIST, lambda turn, some: f"/api/v1/changes/?after={10 + turn}"),
    "admin: home": (_DESK, lambda turn, some: "/admin/"),
    "admin: list": (_DESK, lambda turn, some: "/admin/articles/article/"),
    "admin: list, searched": (_DESK, lambda turn, some: f"/admin/articles/article/?q={_number(some[turn][1])}"),
    "admin: form": (_DESK, lambda turn, some: f"/admin/articles/article/{some[turn][0]}/change/"),
    "admin: sources": (_DESK, lambda turn, some: "/admin/articles/source/"),
    "admin: picker": (_DESK, lambda turn, some: f"/admin/find/items/?q={_number(some[turn][1])}"),
    "search, a rare word": (SEARCH, lambda turn, some: f"/en/search/?q={_number(some[turn][1])}"),
    "search, words of every text": (SEARCH, lambda turn, some: f"/en/search/?q=measuring+program+{turn}"),
    PUBLISHING: (_LIST, lambda turn, some: ""),
}


def _number(slug: str) -> str:
    return slug.rpartition("-")[2]


class Asker:
    """Asks as somebody who may see everything; each time from another address, so that no limit is met."""

    def __init__(self) -> None:
        from django.contrib.auth.models import Group
        from django.test import Client

        from tests.bench.making.moulds import somebody

        user = somebody()
        user.groups.set(Group.objects.filter(name__in=["editor", "medical_reviewer"]))
        self._client = Client(SERVER_NAME="127.0.0.1")
        self._client.force_login(user)
        self._asked = 0
        self._held: dict[bool, Some] = {}

    def ask(self, path: str) -> None:
        """Raise RuntimeError for an answer that is none."""
        self._asked += 1
        response: Any = self._client.get(path, REMOTE_ADDR=f"10.1.{self._asked // 250}.{self._asked % 250}")
        if response.streaming:
            b"".join(response)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")

    def job(self, name: str, turn: int) -> Callable[[], object]:
        """Return what a turn of a question does; what only prepares it is done."""
        if name == PUBLISHING:
            return publishing()
        if name == SEARCHES:
            words = _WORDS[turn // 2 % len(_WORDS)] if turn % 2 else _number(self._some(oldest=True)[turn][1])
            path = f"/en/search/?q={words.replace(' ', '+')}"
        else:
            path = ASKED[name][1](turn, self._some(oldest=False))
        return lambda: self.ask(path)

    def _some(self, *, oldest: bool) -> Some:
        """The first sixty texts, or sixty from the middle of the site."""
        from articles.editions.shelf import Standing

        if oldest not in self._held:
            rows = Standing.objects.filter(kind="article", language="en", slug__startswith="generated-text-")
            start = 0 if oldest else rows.count() // 2
            found = rows.order_by("sequence").values_list("item", "slug")[start : start + 60]
            self._held[oldest] = list(found)
        return self._held[oldest]


def publishing(item: UUID | None = None) -> Callable[[], object]:
    """Change a text at the desk, the large one without `item`, and return what publishes it."""
    from tests.bench.making.moulds import changed
    from tests.bench.site import large_text

    return changed(item or large_text()[0])


def measured(job: Callable[[], object], *, counted: bool = False) -> tuple[float, int]:
    """Return the CPU of a job in milliseconds, and its queries where they are to be `counted`: that takes time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if counted:
        with CaptureQueriesContext(connection) as captured:
            job()
        return 0.0, len(captured)
    start = time.process_time()
    job()
    return (time.process_time() - start) * 1000, 0


def _as_a_worker() -> None:
    """Start as a process of the server does (cramps_site/wsgi.py), which seldom looks for objects in use no more."""
    from django.urls import get_resolver

    from articles.reader import templating
    from articles.search.words import stems
    from cramps_site import memory

    assert get_resolver().url_patterns
    stems.warm()
    templating.warm()
    memory.settle()


def main() -> None:
    """Answer until nobody asks any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")
    import django

    django.setup()
    _as_a_worker()
    asker = Asker()
    for line in sys.stdin:
        asked = json.loads(line)
        milliseconds, queries = measured(asker.job(asked["name"], asked["turn"]), counted=asked["counted"])
        print(json.dumps([milliseconds, queries]), flush=True)


if __name__ == "__main__":
    # Whoever asked may have gone.
    with suppress(BrokenPipeError):
        main()
