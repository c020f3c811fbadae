"""A server that is broken, or that wants something else: the reference client loses nothing but time, and tells the key
to nobody."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.docs.api.client.inside import Received, Site, Wire, both, client, contents, shelf
from tests.factories.documents import ARTICLE, a_document, heading, shelve

pytestmark = pytest.mark.django_db


LONG = "9" * 5000


@pytest.mark.parametrize(
    "address",
    ["@elsewhere.example/x", ".elsewhere.example/x", ":80@elsewhere.example/", "x", "", "https://elsewhere.example"],
)
def test_no_address_in_an_answer_leads_to_another_host(
    mirror: Any, site: Site, wire: Wire, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    both()
    client.sync(mirror, site)
    shelve(a_document(heading("Иначе")))

    def leading(path: str, answer: Received) -> Received:
        return changed(answer, "api_url", address) if "/changes/" in path else answer

    wire.alter = leading
    monkeypatch.setattr(client, "check_chain", lambda page, after, hash: [])
    wire.asked.clear()
    with pytest.raises(client.Trouble, match="no address of a site"):
        client.sync(mirror, site)
    assert wire.asked == ["/api/v1/changes/?after=2"]


def changed(answer: Received, name: str, value: Any) -> Received:
    page = json.loads(gunzipped(answer))
    for line in page["results"]:
        line[name] = value
    return plain(page)


def plain(value: Any) -> Received:
    return Received(200, {}, io.BytesIO(value if isinstance(value, bytes) else json.dumps(value).encode()))


def gunzipped(answer: Received) -> bytes:
    content = answer.body.read()
    return gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content


@pytest.mark.parametrize(
    "sent",
    [
        {}, [], 5, None, "x", b"[" * 100_000, b"\xff", b"{", b"",
        {"results": 5}, {"results": [{}], "next": None}, {"results": [], "next": None},
        {"results": [None], "next": None, "head": 9, "head_hash": "x"},
        {"results": [], "next": "/again", "head": 3, "head_hash": "x"},
        {"results": [{"previous_hash": "\ud800", "sequence": "x"}], "next": None, "head": {}, "head_hash": []},
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["/changes/", "/snapshot/", "/articles/"])
def test_whatever_a_broken_server_says_is_trouble_and_nothing_else(
    mirror: Any, site: Site, wire: Wire, where: str, sent: Any
) -> None:
    both()
    if where != "/snapshot/":
        client.sync(mirror, site)
        shelve(a_document(heading("Иначе")))
    before = contents(mirror)
    wire.alter = lambda path, answer: plain(sent) if where in path else answer
    with pytest.raises(client.Trouble):
        client.sync(mirror, site)
    # Another journal is a reason to begin anew, which brings the shelf as it is.
    assert contents(mirror) in (before, shelf())

    wire.alter = lambda path, answer: answer
    client.sync(mirror, site)
    assert contents(mirror) == shelf()


@pytest.mark.parametrize("step", [client.sync, client.verify])
def test_a_journal_that_goes_on_without_lines_is_not_asked_for_ever(
    mirror: Any, site: Site, wire: Wire, step: Callable[[Any, Site], int]
) -> None:
    both()
    client.sync(mirror, site)
    endless = {"results": [], "next": "again", "head": 2, "head_hash": mirror.get("hash")}
    wire.alter = lambda path, answer: plain(endless)
    with pytest.raises(client.Trouble, match="goes on"):
        step(mirror, site)


def test_lines_that_go_back_are_not_followed() -> None:
    page = {"results": [{"sequence": 2, "previous_hash": "x", "hash": "y", "change": None}], "next": None}
    with pytest.raises(client.Trouble, match="does not follow"):
        client.check_chain(page, 2, "x")
    assert client.check_chain(page, 1, "x") == page["results"]


def test_a_snapshot_that_is_only_an_end_empties_no_mirror(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    end = {"kind": "end", "count": 0, "kinds": None, "languages": None, "sequence": 0, "head_hash": client.GENESIS}
    wire.alter = lambda path, answer: plain(json.dumps(end).encode() + b"\n")
    with pytest.raises(client.Trouble, match="does not begin"):
        client.sync(mirror, site)
    assert mirror.sequence is None


@pytest.mark.parametrize(("header", "wait"), [("²", None), (LONG, 3600.0), ("-1", None), ("inf", None), ("7 ", None)])
def test_what_is_no_number_of_seconds_makes_nobody_wait(
    mirror: Any, site: Site, wire: Wire, header: str, wait: float | None
) -> None:
    both()
    wire.alter = lambda path, answer: Received(503, {"Retry-After": header}, io.BytesIO())
    with pytest.raises(client.Away) as told:
        client.sync(mirror, site)
    assert told.value.wait == wait


@pytest.mark.parametrize(("age", "is_shown"), [("²", True), ("-5", True), (LONG, False)])
def test_an_age_that_cannot_be_read_stops_nothing(
    mirror: Any, site: Site, wire: Wire, age: str, is_shown: bool
) -> None:
    both()
    client.sync(mirror, site)
    mirror.set(etag="")

    def aged(path: str, answer: Received) -> Received:
        answer.headers["Age"] = age
        return answer

    wire.alter = aged
    client.sync(mirror, site)
    if is_shown:
        assert client.show(mirror, ARTICLE, "ru")
    else:
        with pytest.raises(client.Trouble, match="could not be confirmed"):
            client.show(mirror, ARTICLE, "ru")


def test_a_mirror_that_somebody_else_holds_is_trouble(mirror: Any, site: Site, tmp_path: Path) -> None:
    both()
    other = client.Mirror(str(tmp_path / "mirror.sqlite3"))
    mirror.database.execute("PRAGMA busy_timeout = 0")
    other.database.execute("BEGIN IMMEDIATE")
    with pytest.raises(client.Trouble, match="cannot be used now"):
        client.sync(mirror, site)
    other.database.execute("ROLLBACK")
    client.sync(mirror, site)
    assert contents(mirror) == shelf()


def test_what_a_reader_kept_from_being_scrubbed_is_scrubbed_with_the_next_sync(
    mirror: Any, site: Site, tmp_path: Path
) -> None:
    both()
    reader = client.Mirror(str(tmp_path / "mirror.sqlite3"))
    client.sync(mirror, site)
    mirror.database.execute("PRAGMA busy_timeout = 0")
    reader.database.execute("BEGIN")
    reader.rows("SELECT * FROM items")
    mirror.set(site="https://testserver")  # something lies in the log
    mirror.scrub()
    assert mirror.get("unscrubbed")
    reader.database.execute("COMMIT")
    client.sync(mirror, site)
    assert not mirror.get("unscrubbed")
