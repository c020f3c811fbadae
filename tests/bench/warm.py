"""Answers that were given before, and first views, beside a constant answer, a bare Django view and a plain site."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from statistics import median

from tests.bench.loading import Asked, Load, ask_for, ask_once
from tests.bench.serving import ROOT, Running, best_known, granian
from tests.bench.site import PLAINLY, Site, articles, kept_answer, large_text
from tests.bench.tables import Aim, Line, Report

# So often each server is asked, eight times over, before first views are measured.
_TO_BEGIN = 16

# As browsers do.
_PACKED = {**PLAINLY, "Accept-Encoding": "gzip, deflate, br, zstd"}

_HEAD = ("server and answer", "requests/s", "CPU per request, ms")


def warm(site: Site) -> Report:
    """A page and an item that somebody has asked for before."""
    site.has_large(site.pick(120, 400))
    item, _ru, en = large_text()
    page = Asked([f"/en/articles/{en}/"], PLAINLY)
    api = Asked([f"/api/v1/articles/{item}/?lang=en"], PLAINLY)
    with ExitStack() as stack:
        ours = stack.enter_context(site.served())
        answer, item_answer = site.room / "page.json", site.room / "item.json"
        tag = kept_answer(ours, page, answer)["etag"]
        kept_answer(ours, api, item_answer)
        constant, constant_item = (
            stack.enter_context(
                granian("constant", "tests.bench.constant:application", {"BENCH_ANSWER": str(file)}, site.log)
            )
            for file in (answer, item_answer)
        )
        bare, bare_item = (
            stack.enter_context(best_known(name, "tests.bench.bare:application", {"BENCH_ANSWER": str(file)}, site.log))
            for name, file in (("bare Django view", answer), ("bare Django view of the item", item_answer))
        )
        key = {"Authorization": f"Bearer {site.key()}"}
        jobs: dict[str, tuple[Running, Asked]] = {
            "constant answer": (constant, Asked(["/"], PLAINLY)),
            "constant answer, item": (constant_item, Asked(["/"], PLAINLY)),
            bare.name: (bare, Asked(["/"], PLAINLY)),
            bare_item.name: (bare_item, Asked(["/"], PLAINLY)),
            "article page": (ours, page),
            "API item": (ours, api),
            "article page, packed": (ours, Asked(page.paths, _PACKED)),
            "API item, packed": (ours, Asked(api.paths, _PACKED)),
            "304 of the page": (ours, Asked(page.paths, {**PLAINLY, "If-None-Match": tag}, 304)),
            "API item with a key": (ours, Asked(api.paths, {**PLAINLY, **key})),
        }
        found = in_turns(jobs, seconds=site.pick(0.7, 3), rounds=site.pick(15, 9))
    report = Report("Answers that were given before", _HEAD, _rows(found))
    cost = {name: median(load.milliseconds for load in loads) for name, loads in found.items()}
    site.figures["page"] = cost["article page"]
    beside = {"article page": ("constant answer", bare.name), "API item": ("constant answer, item", bare_item.name)}
    for name, (same, view) in beside.items():
        report.lines.append(Line(name, same, cost[same] / cost[name], Aim(0.8)))
        report.lines.append(Line(name, view, cost[view] / cost[name], Aim(10)))
        report.lines.append(Line(f"{name}, packed", view, cost[view] / cost[f"{name}, packed"], Aim(10)))
    report.lines.append(Line("304", "article page", cost["article page"] / cost["304 of the page"], Aim(1)))
    keyed = cost["constant answer, item"] / cost["API item with a key"]
    report.lines.append(Line("API item with a key", "constant answer, item", keyed, Aim(0.25)))
    bounds = " and ".join(f"{cost[view] / cost[same]:.1f}" for same, view in beside.values())
    report.notes.append(
        f"The constant answers are {bounds} times as fast as the bare Django views of the same bytes: none can be more."
    )
    report.notes.append(
        f"The page has {_kilobytes(answer)} KB, the item {_kilobytes(item_answer)} KB; the constant answers are the"
        " same bytes and headers. Packed is how browsers ask for them; a bare Django view packs nothing."
    )
    return report


def first(site: Site) -> Report:
    """Pages and items for which nobody has asked yet: the server runs, the bytes are not there."""
    rounds, share = site.pick(4, 6), site.pick(25, 60)
    number = rounds * share
    site.has_large(max(120, number + 20))
    unseen = articles(10, 10 + number)
    with ExitStack() as stack:
        # Neither is asked for the same text twice: what was read a moment ago is read in less time.
        plain = stack.enter_context(plain_site(site, "unseen", number + _TO_BEGIN, 28))
        ours = stack.enter_context(site.served())
        # Each thread of each process opens a connection with its first question. Of these no answer is kept.
        for item, _ru, en in articles(1, 9):
            ask_once(ours, Asked([f"/en/articles/{en}/?begin={one}" for one in range(_TO_BEGIN)], PLAINLY))
            ask_once(ours, Asked([f"/api/v1/articles/{item}/?lang=en&fields=title"] * _TO_BEGIN, PLAINLY))
            ask_once(plain, Asked([f"/en/articles/text-{number + one}/" for one in range(_TO_BEGIN)], PLAINLY))
            ask_once(plain, Asked([f"/api/articles/{1 + 2 * (number + one)}/" for one in range(_TO_BEGIN)], PLAINLY))
        found: dict[str, list[Load]] = {}
        for turn in range(rounds):
            some = unseen[turn * share : (turn + 1) * share]
            texts = range(turn * share, (turn + 1) * share)
            asked = {
                "article page, first view": (ours, [f"/en/articles/{en}/" for _item, _ru, en in some]),
                "article page, plain site": (plain, [f"/en/articles/text-{one}/" for one in texts]),
                "API item, first view": (ours, [f"/api/v1/articles/{item}/?lang=en" for item, _ru, _en in some]),
                "API item, plain site": (plain, [f"/api/articles/{1 + 2 * one}/" for one in texts]),
            }
            for name, (server, paths) in asked.items():
                found.setdefault(name, []).append(ask_once(server, Asked(paths, PLAINLY)))
    report = Report("First views", _HEAD, _rows(found))
    cost = {name: median(load.milliseconds for load in loads) for name, loads in found.items()}
    site.figures["first"] = cost["article page, first view"]
    for what in ("article page", "API item"):
        ratio = cost[f"{what}, plain site"] / cost[f"{what}, first view"]
        report.lines.append(Line(f"{what}, first view", "plain site", ratio, Aim(4)))
    return report


def plain_site(site: Site, name: str, number: int, paragraphs: int, *, large: int = 0):
    """Return the running plain site (a context) with so many texts of so many paragraphs in each language, and so many
    large ones; the same again under the same name."""
    database = site.room / f"plain-{name}.sqlite3"
    given = {"BENCH_PLAIN": str(database), "DJANGO_SETTINGS_MODULE": "tests.bench.plain.settings"}
    if not database.exists():
        command = [sys.executable, "-m", "tests.bench.plain.fill", str(number), str(paragraphs), str(large)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, check=True)
    return best_known("plain site", "tests.bench.plain.wsgi:application", given, site.log)


def in_turns(jobs: Mapping[str, tuple[Running, Asked]], *, seconds: float, rounds: int) -> dict[str, list[Load]]:
    """Return the loads of each job, asked in turns, so that whatever else the machine does slows all of them alike."""
    found: dict[str, list[Load]] = {name: [] for name in jobs}
    for _turn in range(rounds):
        for name, (server, asked) in jobs.items():
            found[name].append(ask_for(server, asked, seconds))
    return found


def _rows(found: Mapping[str, list[Load]]) -> list[list[str]]:
    return [
        [name, f"{median(load.rate for load in loads):,.0f}", f"{median(load.milliseconds for load in loads):.3f}"]
        for name, loads in found.items()
    ]


def _kilobytes(answer) -> str:
    return f"{answer.stat().st_size / 1000:.0f}"
