"""The same questions to a site of few and of many texts, asked within one process: CPU and queries of each."""

import os
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from tests.bench.site import Site, articles, large_text
from tests.bench.tables import Aim, Line, Report

_TURNS = 7
_PAGE, _LIST, _SEARCH, _DESK = (Aim(most, at_least=False) for most in (1.1, 1.2, 3, 1.5))


def growth(site: Site) -> Report:
    """Every kind of page and answer at each size; ratios of the largest to the smallest."""
    sizes = [1000, 100_000] if site.is_full else [1000, 3000]
    if asked := os.environ.get("BENCH_SIZES"):
        sizes = [int(size) for size in asked.split(",")]
    found: dict[int, dict[str, tuple[float, int]]] = {}
    for size in sizes:
        begun = time.monotonic()
        site.grow(size)
        site.notes.append(f"{size:,} texts made in {time.monotonic() - begun:.0f} s.")
        found[size] = _all_of_them(size)
    head = ["what", *(f"{size:,}: ms (queries)" for size in sizes)]
    report = Report(f"Growth ({_vendor()}), CPU within one process", head)
    aims = {name: aim for name, (aim, _ask) in _asked(sizes[0]).items()} | {"publishing": _LIST}
    for name in found[sizes[0]]:
        report.rows.append([name, *(f"{found[size][name][0]:.1f} ({found[size][name][1]})" for size in sizes)])
        ratio = found[sizes[-1]][name][0] / max(found[sizes[0]][name][0], 0.01)
        if name in aims:
            report.lines.append(Line(name, f"{sizes[0]:,} texts", ratio, aims[name]))
    site.figures |= {"search": found[sizes[-1]]["search, 95 of 100 within"][0], "text": _megabytes() / sizes[-1]}
    site.figures["changes"] = found[sizes[-1]]["1,000 lines of changes"][0]
    slowest = found[sizes[-1]]["search, 95 of 100 within"][0]
    report.lines.append(Line("search, 95 of 100 within, ms", "50 ms", slowest, Aim(50, at_least=False)))
    report.notes += site.notes
    return report


def _vendor() -> str:
    from django.db import connection

    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


def _megabytes() -> float:
    """Return the size of the database."""
    from django.db import connection

    postgresql, sqlite = "SELECT pg_database_size(current_database())", "SELECT page_count * page_size FROM %s, %s"
    statement = sqlite % ("pragma_page_count()", "pragma_page_size()") if connection.vendor == "sqlite" else postgresql
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] / 1e6


def _asked(size: int) -> dict[str, tuple[Aim, Callable[[int], str]]]:
    """What is asked, its aim, and the address of each turn."""
    some = articles(size // 2, size // 2 + 60)
    return {
        "article page": (_PAGE, lambda turn: f"/en/articles/{some[turn][2]}/"),
        "API item": (_PAGE, lambda turn: f"/api/v1/articles/{some[turn][0]}/?lang=en"),
        "home page": (_LIST, lambda turn: "/en/"),
        "list of articles": (_LIST, lambda turn: "/en/articles/"),
        "topic": (_LIST, lambda turn: "/en/topics/generated-topic-1/"),
        "sources": (_LIST, lambda turn: "/en/sources/"),
        "corrections": (_LIST, lambda turn: "/en/corrections/"),
        "API list": (_LIST, lambda turn: "/api/v1/articles/?lang=en"),
        "API sources": (_LIST, lambda turn: "/api/v1/sources/?lang=en"),
        "feed": (_LIST, lambda turn: "/en/feed.atom"),
        "1,000 lines of changes": (_LIST, lambda turn: f"/api/v1/changes/?after={turn}"),
        "admin: home": (_DESK, lambda turn: "/admin/"),
        "admin: list": (_DESK, lambda turn: "/admin/articles/article/"),
        "admin: form": (_DESK, lambda turn: f"/admin/articles/article/{some[turn][0]}/change/"),
        "admin: sources": (_DESK, lambda turn: "/admin/articles/source/"),
        "admin: picker": (_DESK, lambda turn: f"/admin/find/items/?q={some[turn][2].rpartition('-')[2]}"),
        "search, a rare word": (_SEARCH, lambda turn: f"/en/search/?q={some[turn][2].rpartition('-')[2]}"),
        "search, a word of every text": (_SEARCH, lambda turn: f"/en/search/?q=measuring+program+{turn}"),
    }


def _all_of_them(size: int) -> dict[str, tuple[float, int]]:
    found = {name: _one(ask) for name, (_aim, ask) in _asked(size).items()}
    found["search, 95 of 100 within"] = _search(articles(0, 60)), 0
    found["publishing"] = publishing(3)
    return found


class _Asker:
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

    def ask(self, path: str) -> int:
        self._asked += 1
        response: Any = self._client.get(path, REMOTE_ADDR=f"10.1.{self._asked // 250}.{self._asked % 250}")
        if response.streaming:
            b"".join(response)
        return response.status_code


def _one(ask: Callable[[int], str]) -> tuple[float, int]:
    """Return the median CPU in milliseconds, and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asker = _Asker()
    with CaptureQueriesContext(connection) as captured:
        status = asker.ask(ask(0))
    if status != 200:
        raise RuntimeError(f"{ask(0)}: {status}")
    with CaptureQueriesContext(connection) as captured:
        asker.ask(ask(1))
    times = []
    for turn in range(_TURNS):
        start = time.process_time()
        asker.ask(ask(2 + turn))
        times.append((time.process_time() - start) * 1000)
    return median(times), len(captured)


def _search(some: list[Any]) -> float:
    """Return within how many milliseconds 95 of 100 searches are answered."""
    asker, times = _Asker(), []
    words = ("generated text", "measuring", "program invented words", "journal remembers", "sourse made", "кашель")
    for turn in range(48):
        words_asked = words[turn % 6] if turn % 2 else some[turn][2].rpartition("-")[2]
        start = time.process_time()
        asker.ask(f"/en/search/?q={words_asked.replace(' ', '+')}")
        times.append((time.process_time() - start) * 1000)
    return quantiles(times, n=20)[-1]


def publishing(times: int) -> tuple[float, int]:
    """Change the large text and publish it; return the CPU of publishing in milliseconds and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.bench.making.moulds import changed

    found, captured = [], None
    for _turn in range(times):
        publish = changed(large_text()[0])
        if captured is None:
            with CaptureQueriesContext(connection) as captured:
                publish()
            continue
        start = time.process_time()
        publish()
        found.append((time.process_time() - start) * 1000)
    return median(found), len(captured or ())
