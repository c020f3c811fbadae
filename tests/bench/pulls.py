"""Pulling everything: our snapshot beside paging through the plain site's list."""

import socket
import time

from tests.bench.loading import Asked, one
from tests.bench.serving import HOST, Running
from tests.bench.site import PLAINLY, Site
from tests.bench.tables import Aim, Line, Report
from tests.bench.warm import plain_site

_HEAD = ("what", "texts", "seconds", "CPU of the server for a text, ms", "most memory of a worker, MB")


def snapshot(site: Site) -> Report:
    """The whole shelf in one answer."""
    number = site.pick(500, 5000)
    site.grow(number)
    report = Report("Pulling the whole shelf", _HEAD)
    with site.served() as ours, plain_site(site, "pull", number - site.large, 2, large=site.large) as plain:
        snapshots, pages = [], []
        one(ours, Asked(["/health/live"], PLAINLY), "/health/live")
        for _turn in range(2):
            snapshots.append(_measured(ours, _snapshot))
            pages.append(_measured(plain, _pages))
    for what, found in (("snapshot", snapshots), ("list of the plain site, 100 a page", pages)):
        texts, seconds, cpu, memory = min(found, key=lambda each: each[2])
        row = [what, f"{texts:,}", f"{seconds:.1f}", f"{cpu / texts * 1000:.2f}", f"{memory / 1e6:.0f}"]
        report.rows.append(row)
    cheapest = [min(cpu / texts for texts, _seconds, cpu, _memory in found) for found in (snapshots, pages)]
    report.lines.append(Line("snapshot, CPU for a text", "paging the plain site", cheapest[1] / cheapest[0], Aim(20)))
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
