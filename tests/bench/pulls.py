"""Pulling everything: our snapshot beside paging through the plain site's list."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tests.bench.loading import Asked, one
from tests.bench.serving import HOST, Running, until_quiet
from tests.bench.site import PLAINLY, Site
from tests.bench.tables import Aim, Line, Report
from tests.bench.warm import plain_site

_HEAD = ("what", "texts", "seconds", "CPU of the server for a text, ms", "most memory of a worker, MB")

_TURNS = 6
# So often all processes are started anew.
_STARTS = 2


class Pull(NamedTuple):
    """One time that everything was pulled: seconds that passed, and those of CPU; bytes that a worker held."""

    texts: int
    seconds: float
    cpu: float
    memory: int


def snapshot(site: Site) -> Report:
    """The whole shelf in one answer: where no line is made yet, again, and as the first answer of new processes."""
    number = site.pick(500, 5000)
    site.grow(number)
    report = Report("Pulling the whole shelf", _HEAD)
    found: dict[str, list[Pull]] = {
        "snapshot, no line made yet": [],
        "snapshot": [],
        "snapshot, the first after a start": [],
        "list of the plain site, 100 a page": [],
    }
    made, again, first, pages = found.values()
    with plain_site(site, "pull", number - site.large, 2, large=site.large) as plain:
        with _started(site) as ours:
            made.append(_measured(ours, _snapshot))
            # One process answers and then another, as the system has it: so often that each has answered before.
            for turn in range(_TURNS):
                again.append(_measured(ours, _snapshot))
                if turn % 2:
                    pages.append(_measured(plain, _pages))
        for _start in range(_STARTS):
            with _started(site) as ours:
                first.append(_measured(ours, _snapshot))
            pages.append(_measured(plain, _pages))
    best = {what: min(pulls, key=lambda pull: pull.cpu) for what, pulls in found.items()}
    for what, pull in best.items():
        texts, seconds, cpu, memory = pull
        row = [what, f"{texts:,}", f"{seconds:.1f}", f"{cpu / texts * 1000:.3f}", f"{memory / 1e6:.0f}"]
        report.rows.append(row)
    *ours_all, plainly = (pull.cpu / pull.texts for pull in best.values())
    for what, cost in zip(best, ours_all, strict=False):
        report.lines.append(Line(f"{what}, CPU for a text", "paging the plain site", plainly / cost, Aim(20)))
    size = sum(file.stat().st_size for file in site.lines.iterdir() if not file.is_symlink())
    report.notes.append(f"The lines of all {made[0].texts:,} texts take {size / 1e6:.0f} MB of the disk.")
    return report


@contextmanager
def _started(site: Site) -> Iterator[Running]:
    """New processes that have started and not answered anything of the interface; they make no lines ahead yet."""
    with site.served(with_lines=True) as ours:
        one(ours, Asked(["/health/live"], PLAINLY), "/health/live")
        until_quiet([ours])
        yield ours


def _measured(server: Running, pull: Callable[[Running], int]) -> Pull:
    before, begun = server.cpu(), time.monotonic()
    texts = pull(server)
    seconds, cpu = time.monotonic() - begun, server.cpu() - before
    return Pull(texts, seconds, cpu, max(one.held for one in server.workers()))


def _snapshot(server: Running) -> int:
    """Read the answer as it comes, and count its lines."""
    lines = 0
    with socket.create_connection((HOST, server.port)) as connection:
        connection.sendall(f"GET /api/v1/snapshot/ HTTP/1.0\r\nHost: {HOST}:{server.port}\r\n\r\n".encode())
        last = b""
        while got := connection.recv(1 << 18):
            lines += (last[-1:] + got).count(b"\n{")
            last = (last + got)[-300:]
    assert b'"end"' in last, last
    return lines - 1


def _pages(server: Running) -> int:
    number, texts = 1, 0
    while True:
        path = f"/api/articles/?limit=100&page={number}"
        _head, body = one(server, Asked([path], PLAINLY), path)
        texts += body.count(b'"published_at"')
        if b'"next":null' in body[:300]:
            return texts
        number += 1
