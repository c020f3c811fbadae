"""What one process holds, and what it spends its time on."""

import cProfile
import pstats
import time
from collections import Counter
from pathlib import Path

from tests.bench.loading import Asked, ask_once
from tests.bench.serving import ROOT, Running
from tests.bench.site import PLAINLY, Site, articles
from tests.bench.tables import Aim, Line, Report

_MEGABYTE = 1024 * 1024
# Longer than it takes until a worker gives back what it has done with (cramps_site/memory.py).
_SETTLED = 6.0
# The longest name that fits says whose code it is.
_WHOSE = {
    "articles/reader": "presenters and views of pages",
    "articles/editions": "shelf",
    "articles/canonical": "canonical form, rich text, typography",
    "articles/answers": "headers, codings, limits",
    "articles": "other code of ours",
    "cramps_site": "wiring",
    "articles/jinja2": "templates of pages",
    "triage/jinja2": "templates of pages",
    "jinja2": "Jinja",
    "markupsafe": "Jinja",
    "django/template": "Django: templates",
    "django/db": "Django: database",
    "django/utils": "Django: helpers",
    "django": "Django: requests and the rest",
    "csp": "content security policy",
    "msgspec": "msgspec",
    "sqlite3": "SQLite",
}


def memory(site: Site) -> Report:
    """The memory of a worker that has served pages and searches in both languages."""
    from articles.search.following import follow

    site.has_large(site.pick(120, 400))
    # What was published by other measurements is in the index already: the job worker sees to that.
    follow()
    some = articles(0, 100)
    paths = [f"/{language}/articles/{slug}/" for _item, ru, en in some for language, slug in (("ru", ru), ("en", en))]
    searches = [f"/{language}/search/?q=measuring" for language in ("ru", "en")] * 8
    report = Report(
        "Memory of a worker, with the dictionaries of both languages",
        ("when", "MB", "MB without what others share of it"),
    )
    with site.served(with_lines=True) as ours:
        report.rows.append(["as it starts", *_megabytes(ours)])
        ask_once(ours, Asked([*paths, *searches], PLAINLY))
        report.rows.append([f"at the end of {len(paths)} pages and {len(searches)} searches", *_megabytes(ours)])
        time.sleep(_SETTLED)
        report.rows.append([f"{_SETTLED:.0f} seconds later", *_megabytes(ours)])
        used = max(one.held for one in ours.workers())
    site.figures["worker"] = used / _MEGABYTE
    report.lines.append(Line("memory, MB", "150 MB", used / _MEGABYTE, Aim(150, at_least=False)))
    report.notes.append(
        "The worker that holds the most. All threads are asked to search at once: what they need for it is given back"
        " within seconds, and so the last line counts. The second figure is PSS: of what several processes have in"
        " common, such as files of libraries and of the dictionary, each counts its share."
    )
    return report


def _megabytes(running: Running) -> list[str]:
    most = max(running.workers())
    return [f"{most.held / _MEGABYTE:.0f}", f"{most.share / _MEGABYTE:.0f}"]


def profile(site: Site) -> Report:
    """Where the time of a first view goes."""
    from django.test import Client

    site.has_large(site.pick(120, 400))
    client = Client(SERVER_NAME="127.0.0.1")
    some = articles(20, 80)
    for _item, _ru, en in some[:10]:
        client.get(f"/en/articles/{en}/")
    profiler = cProfile.Profile()
    profiler.enable()
    for _item, _ru, en in some[10:]:
        client.get(f"/en/articles/{en}/")
    profiler.disable()
    spent: Counter[str] = Counter()
    entries = pstats.Stats(profiler).stats.items()  # type: ignore[attr-defined]
    for (file, _line, function), (_calls, _all_calls, own, _with_called, _callers) in entries:
        spent[_whose(file, function)] += own
    everything = sum(spent.values())
    report = Report("Where the time of a first view goes", ("whose code", "share of the time"))
    report.rows += [[name, f"{share / everything:.0%}"] for name, share in spent.most_common(10)]
    report.notes.append(
        "Taken by `cProfile`, which makes calls dearer than they are: the shares tell the order, not the amount."
    )
    return report


def _whose(file: str, function: str) -> str:
    if file == "~":
        return "SQLite" if "sqlite3" in function else "built into Python"
    path = Path(file)
    inside = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else file.rpartition("site-packages/")[2]
    parts = inside.split("/")
    for depth in (2, 1):
        if whose := _WHOSE.get("/".join(parts[:depth])):
            return whose
    return "other libraries"
