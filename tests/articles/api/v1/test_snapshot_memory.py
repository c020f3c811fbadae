"""How much memory a snapshot takes does not depend on how much is on the shelf."""

import tracemalloc
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from articles.answers.kept_lines import KeptLines
from articles.api.v1.views import snapshot
from tests.articles.api.v1.test_snapshot import ADDRESS, an_item
from tests.factories.documents import a_document, shelve, text

WORDS = "Судорога в ноге проходит сама, если мышцу мягко растянуть. " * 40
FEW, MANY = 6, 36


def put(numbers: range) -> None:
    for number in numbers:
        shelve(a_document(text(f"{number} {WORDS}"), slug=f"statya-{number}"), item=an_item(number))


def peak(client: Client, accepting: str) -> tuple[int, int]:
    """The most bytes held at once while a snapshot is sent to somebody who keeps nothing, and how many were sent."""
    response = client.get(ADDRESS, headers={"accept-encoding": accepting})
    assert isinstance(response, StreamingHttpResponse)
    sent = 0
    tracemalloc.start()
    try:
        for part in response:
            sent += len(part)
        return tracemalloc.get_traced_memory()[1], sent
    finally:
        tracemalloc.stop()


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [0, 10_000_000])
def test_a_shelf_many_times_as_large_takes_as_much_memory(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: int
) -> None:
    """Made line by line, and with lines that were made before."""
    monkeypatch.setattr(snapshot, "kept", KeptLines(limit, tmp_path / "lines", lambda: "a"))
    for name, length in (("PAGE", 3), ("RUN", 6), ("HANDFUL", 3)):
        monkeypatch.setattr(snapshot, name, length)
    codings = ("identity", "gzip", "br")
    # With two pages at least, each side holds a page and the one before it.
    put(range(FEW))
    for accepting in codings:
        peak(client, accepting)  # what is made once and kept, such as messages and compiled queries
    small = {accepting: peak(client, accepting) for accepting in codings}
    put(range(FEW, MANY))
    if limit:
        peak(client, "identity")  # making lines takes more than giving those that were made, on either shelf
    large = {accepting: peak(client, accepting) for accepting in codings}

    print(f"bytes held and sent: {small} and {large}")
    for accepting in codings:
        assert large[accepting][1] > 2.5 * small[accepting][1]
        assert large[accepting][0] < 1.5 * small[accepting][0]
