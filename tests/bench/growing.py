"""What grows with the number of articles: the same questions to sites of different sizes, in turns, as ratios.

    python -m tests.bench.making 1000      with DATABASE_URL=sqlite:///small.sqlite3
    python -m tests.bench.growing sqlite:///small.sqlite3 sqlite:///large.sqlite3

Each answer is made anew by Django in a process of its own; the first site is what the others are measured by.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

_TURNS = 3
_TIMES = 5


def report(*databases: str, only: str = "") -> str:
    """Return the table: milliseconds and queries on each site, and how many times as long as on the first one."""
    found: list[dict[str, list[tuple[float, int]]]] = [{} for _ in databases]
    for _turn in range(_TURNS):
        for place, database in enumerate(databases):
            for name, taken in _asked(database, only).items():
                found[place].setdefault(name, []).append((taken[0], taken[1]))
    rows = []
    for name in found[0]:
        taken = [(median(ms for ms, _ in one[name]), one[name][0][1]) for one in found if name in one]
        cells = "  ".join(f"{ms:9.1f} ms {queries:4} q {ms / taken[0][0]:6.2f} ×" for ms, queries in taken)
        rows.append(f"{name:40} {cells}")
    return "\n".join(rows)


def _asked(database: str, only: str) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.growing", "--one", only],
        env=os.environ | {"TEST_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def _measure(only: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    found = {}
    for name, job in _jobs():
        if only and only not in name:
            continue
        job()
        times = []
        for _time in range(_TIMES):
            start = perf_counter()
            job()
            times.append(perf_counter() - start)
        with CaptureQueriesContext(connection) as captured:
            job()
        found[name] = (median(times) * 1000, len(captured))
    print(json.dumps(found))


def _jobs() -> Iterator[tuple[str, Callable[[], object]]]:
    yield from _of_readers()
    yield from _of_partners()
    yield from _of_the_press()
    yield from _of_the_desk()


def _get(address: str) -> Callable[[], object]:
    from django.test import Client

    client = Client()

    def asked() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        if answer.streaming:
            for _piece in answer.streaming_content:
                pass

    return asked


def _some() -> object:
    from articles.editions.shelf import Standing

    return Standing.objects.filter(kind="article", language="ru").order_by("-id")[200]


def _of_readers() -> Iterator[tuple[str, Callable[[], object]]]:
    from articles.editions.shelf import Standing

    yield "page of an article", _get(_some().page_path)  # type: ignore[attr-defined]
    yield "home page", _get("/ru/")
    for place in ("articles", "faq", "people", "glossary", "sources"):
        yield f"list: {place}", _get(f"/ru/{place}/")
    for kind in ("topic", "expert"):
        if one := Standing.objects.filter(kind=kind, language="ru").first():
            yield f"page of a {kind}", _get(one.page_path)
    yield "feed", _get("/ru/feed.atom")
    yield "list of sitemaps", _get("/sitemap.xml")
    yield "sitemap", _get("/sitemaps/1.xml")
    yield "corrections", _get("/ru/corrections/")
    from articles.search.finding import search
    from articles.search.tables import IndexedWord

    often = IndexedWord.objects.filter(language="ru").order_by("-texts", "form")
    words = [often[at].form for at in (0, 40, 200, 900)]
    yield "search: a word of nearly every text", lambda: search(words[0], "ru")
    yield "search: a frequent word", lambda: search(words[1], "ru")
    yield "search: two frequent words", lambda: search(f"{words[1]} {words[2]}", "ru")
    yield "search: a rare word", lambda: search(words[3], "ru")
    yield "search: mistyped", lambda: search(words[3][:-1] + "ъъ", "ru")


def _of_partners() -> Iterator[tuple[str, Callable[[], object]]]:
    from articles.editions import queries, snapshots
    from articles.editions.shelf import Mention

    yield "item", _get(f"/api/v1/articles/{_some().item}/?lang=ru")  # type: ignore[attr-defined]
    yield "items", _get("/api/v1/articles/?lang=ru")
    yield "sources of the API", _get("/api/v1/sources/?lang=ru")
    yield "quotes of the API", _get("/api/v1/quotes/?lang=ru")
    yield "lookup", _get("/api/v1/lookup/?code=R25.2&lang=ru")
    topic = Mention.objects.filter(part_kind="link:topic").values_list("part", flat=True).first()
    if topic:
        yield "items of a topic", _get(f"/api/v1/articles/?lang=ru&topic={topic}")
    last = queries.head().sequence
    yield "1,000 lines of changes", _get(f"/api/v1/changes/?after={max(0, last // 2 - 500)}")
    every = snapshots.Extent()
    yield "a page of a snapshot", lambda: snapshots.page(every, last, after=None, limit=200)


def _of_the_press() -> Iterator[tuple[str, Callable[[], object]]]:
    from datetime import UTC, datetime

    from django.db import transaction

    from articles.content.texts import Article
    from articles.publishing.settle import settle

    yield "settle, nothing due", lambda: settle(datetime.now(UTC))
    article = Article.objects.order_by("-pk")[100]

    def publish() -> None:
        with transaction.atomic():
            _publish_changed(article, datetime.now(UTC))
            transaction.set_rollback(True)

    yield "publish a change", publish


def _publish_changed(article: object, at: object) -> None:
    """Publish both languages with another title, by a decision; what is asked of the editor is answered before."""
    from articles.editorial import checklists
    from articles.editorial.checklists import AnswerValue
    from articles.publishing.desks import desk
    from articles.publishing.preflight import preflight
    from articles.publishing.publish import Decision, Terms, publish
    from tests.bench.making import moulds

    by, note = moulds.somebody(), dict.fromkeys(("ru", "en"), "Measured.")
    type(article).objects.filter(pk=article.pk).update(title_ru="Иначе", title_en="Otherwise")  # type: ignore[attr-defined]
    proofs = preflight("article", desk("article").lock(article.pk), note, at=at)  # type: ignore[attr-defined,arg-type]
    for proof in proofs.values():
        for entry in proof.checklist:
            said = ("article", article.pk, entry.language, entry.code, entry.digest)  # type: ignore[attr-defined]
            if entry.level == "task":
                checklists.answer(*said, AnswerValue.YES, note="Measured.", by=by, at=at)  # type: ignore[arg-type]
            elif entry.level == "warn":
                checklists.waive(*said, reason="Measured.", by=by, at=at)  # type: ignore[arg-type]
    unconfirmed = {part for proof in proofs.values() for part in proof.unconfirmed}
    terms = {code: Terms("update", note[code]) for code in note}
    decision = Decision(note, signed_as=note)  # type: ignore[arg-type]
    publish("article", article.pk, terms, decision=decision, confirming=unconfirmed, by=by, at=at)  # type: ignore[attr-defined,arg-type]


def _of_the_desk() -> Iterator[tuple[str, Callable[[], object]]]:
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from articles.content.texts import Article

    user, _ = User.objects.get_or_create(username="bench-growing", defaults={"is_staff": True})
    user.groups.set(Group.objects.filter(name__in=["editor", "medical_reviewer", "translator"]))
    client = Client()
    client.force_login(user)
    text = Article.objects.order_by("pk")[100]

    def ask(address: str) -> Callable[[], object]:
        return lambda: client.get(address)

    pages = {
        "home": "/admin/",
        "list": "/admin/articles/article/",
        "list, page 15": "/admin/articles/article/?p=15",
        "list, searched": "/admin/articles/article/?q=текст+77",
        "list, by state": "/admin/articles/article/?state=never-ru",
        "list, sorted by the other title": "/admin/articles/article/?o=2",
        "sources": "/admin/articles/source/",
        "form": f"/admin/articles/article/{text.pk}/change/",
        "search of the desk": "/admin/search/?q=текст+77",
        "picker": "/admin/find/items/?q=текст+77",
        "translations": "/admin/translations/",
        "releases": "/admin/releases/",
        "changed parts": "/admin/changed-parts/",
    }
    for name, address in pages.items():
        answer = client.get(address)
        if answer.status_code == 200:
            yield f"desk: {name}", ask(address)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        _measure(sys.argv[2] if len(sys.argv) > 2 else "")
    else:
        print(
            report(
                *[one for one in sys.argv[1:] if "://" in one], only="".join(sys.argv[1:2]) * ("://" not in sys.argv[1])
            )
        )
