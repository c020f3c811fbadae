"""The desk at 100 and at 20,000 articles: queries and milliseconds of its pages.

Run by itself, in a database of its own: `python -m tests.bench.desk 100 20000`.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

_TURNS = 5


def measure(*numbers: int) -> None:
    """Print what each page costs at each number of articles."""
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.content.texts import Article
    from articles.publishing.gist_following import follow
    from tests.bench.corpus import make_articles

    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bench", password=os.urandom(8).hex(), is_staff=True)
    user.groups.set(Group.objects.filter(name__in=["editor", "medical_reviewer"]))
    client = Client()
    client.force_login(user)
    there = 0
    for number in numbers:
        start = perf_counter()
        make_articles(number - there)
        made = perf_counter() - start
        start = perf_counter()
        follow()
        print(f"{number} articles: made in {made:.1f} s, {number - there} gists in {perf_counter() - start:.1f} s")
        there = number
        some = Article.objects.order_by("pk")[0]
        pages = {
            "home": "/admin/",
            "list": "/admin/articles/article/",
            "list, last page": f"/admin/articles/article/?p={max(1, number // 50)}",
            "list, searched": "/admin/articles/article/?q=номер+77",
            "list, by state": "/admin/articles/article/?state=never-ru",
            "list, sorted by the other title": "/admin/articles/article/?o=2",
            "sources": "/admin/articles/source/",
            "topics": "/admin/articles/topic/",
            "form": f"/admin/articles/article/{some.pk}/change/",
            "search of the desk": "/admin/search/?q=номер+77",
            "picker": "/admin/find/items/?q=номер+77",
        }
        for name, address in pages.items():
            if client.get(address).status_code != 200:
                print(f"  {name:34} not there")
                continue
            times = []
            for _turn in range(_TURNS):
                with CaptureQueriesContext(connection) as captured:
                    start = perf_counter()
                    client.get(address)
                    times.append(perf_counter() - start)
            print(f"  {name:34} {len(captured):3} queries  {median(times) * 1000:7.0f} ms")
        Article.objects.filter(pk=some.pk).update(internal_note=f"{number}")
        start = perf_counter()
        client.get("/admin/articles/article/")
        print(f"  {'list after one text was changed':34}      {(perf_counter() - start) * 1000:15.0f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        os.environ.setdefault("TEST_DATABASE_URL", f"sqlite:///{Path(room) / 'bench.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.test")
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        measure(*(int(one) for one in sys.argv[1:] or ("100", "20000")))
