"""Pulling everything: our snapshot beside paging through the plain site's list."""

import socket
import time

from tests.bench.loading import Asked, one
from tests.bench.serving import HOST, Running
from tests.bench.site import PLAINLY, Site
from tests.bench.tables import Aim, Line, Report
from tests.bench.warm import plain_site

_HEAD = ("what", "texts", "seconds", "CPU of the server for a text, ms", "most memory of a worker, MB")
_TURNS = 8


def snapshot(site: Site) -> Report:
    """The whole shelf in one answer: as a process makes it for the first time, and from the lines that it has made."""
    number = site.pick(500, 5000)
    site.grow(number)
    report = Report("Pulling the whole shelf", _HEAD)
    with site.served() as ours, plain_site(site, "pull", number - site.large, 2, large=site.large) as plain:
        snapshots, pages = [], []
        one(ours, Asked(["/health/live"], PLAINLY), "/health/live")
        # One process answers and then another, as the system has it: so often that each has answered before.
        for turn in range(_TURNS):
            snapshots.append(_measured(ours, _snapshot))
            if turn < 2:
                pages.append(_measured(plain, _pages))
    named = (
        ("snapshot, the first of a process", snapshots[:1]),
        ("snapshot", snapshots[1:]),
        ("list of the plain site, 100 a page", pages),
    )
    for what, found in named:
        texts, seconds, cpu, memory = min(found, key=lambda each: each[2])
        row = [what, f"{texts:,}", f"{seconds:.1f}", f"{cpu / texts * 1000:.2f}", f"{memory / 1e6:.0f}"]
        report.rows.append(row)
    _first, again, plainly = (min(cpu / texts for texts, _s, cpu, _memory in found) for _what, found in named)
    report.lines.append(Line("snapshot, CPU for a text", "paging the plain site", plainly / again, Aim(20)))
    return report


def _measured(server: Running, pull) -> tuple[int, float, float, int]:
    before, begun = server.cpu(), time.monotonic()
    texts = pull(server)
    return texts, time.monotonic() - begun, server.cpu() - before, max(one.held for one in server.workers())


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
