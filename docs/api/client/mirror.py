#!/usr/bin/env python3
"""A local mirror of the texts of one site, kept in step with it. One file, nothing beside Python 3.11 and its library.

    mirror.py sync --site https://health.example     fetch everything once, afterwards only what changed
    mirror.py watch                                  do so again and again; with --listen wait for webhooks too
    mirror.py show [ID] [--lang ru]                  print a text, or list what may be shown
    mirror.py verify                                 prove journal and copies against the site
    mirror.py acknowledge                            tell the site up to where everything was carried out

It is written to be read and ported: README.md beside it says in which order. Copy what you need.
"""

import argparse
import base64
import copy
import gzip
import hashlib
import hmac
import json
import os
import random
import re
import signal
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn, TypeVar

API = "/api/v1/"
GENESIS = "0" * 64
SECONDS_TO_ANSWER = 60
TRIES = 5
LONGEST_WAIT = 60
# However long the site asks us to wait: a withdrawal must not be missed because of a slip in one header.
LONGEST_REST = 3600
# No line of a snapshot and no item is larger; what is, is not what we asked for.
LARGEST = 32 * 1024 * 1024
# Of a webhook: longer ago or further ahead and it may be an old one that somebody sends again (Standard Webhooks).
WEBHOOK_TOLERANCE = 300

# What stands around the words of a text, such as the titles of its topics, may change without a line of its own.
SECONDS_TO_REFRESH = 24 * 3600
ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")

T = TypeVar("T")
Line = dict[str, Any]


class Trouble(Exception):
    """Raised when a step cannot be done now. Nothing is half done: do it again, after `wait` seconds if that is set."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


class Away(Trouble):
    """Raised when the site gave no answer, or not all of it. To ask again may help."""


class ResetJournal(Exception):
    """Raised when the site's journal is no longer the one that this mirror follows."""


@contextmanager
def understood() -> Iterator[None]:
    """Make Trouble of whatever comes of an answer that is not as it is described, and of a mirror that cannot be
    written: whoever watches goes on watching."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as fault:
        raise Trouble(f"the site answers what we do not understand: {type(fault).__name__}: {fault}") from fault
    except sqlite3.Error as fault:
        raise Trouble(f"the mirror cannot be used now: {fault}") from fault


# --- asking the site


@dataclass(frozen=True)
class Answer:
    """`current_at` is the moment for which the answer speaks: a cache on the way may have kept it for a while."""

    status: int
    etag: str
    body: bytes
    current_at: float

    def json(self) -> Any:
        return parsed(self.body)


class AsItIs(urllib.request.HTTPErrorProcessor):
    """Every status is an answer. And no redirect is followed: it could carry the key to somebody else."""

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        return response

    https_response = http_response


class Site:
    """`home` is scheme and host. The key comes from the environment: in an argument it would stand in lists of
    processes and in the history of the shell."""

    def __init__(self, home: str, key: str | None = None) -> None:
        parts = urllib.parse.urlsplit(home)
        is_local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
            raise Trouble("name the site with --site https://…: over http others could read the key and alter a text")
        self.home = f"{parts.scheme}://{parts.netloc}"
        self.key = key
        self._opener = urllib.request.build_opener(AsItIs)

    @contextmanager
    def opened(self, path: str, *, etag: str = "", body: Any = None) -> Iterator[Any]:
        """Ask once and yield the answer, not read yet. Only path and query of an address are used: whatever host an
        address in an answer names, we ask the site that we were told to trust."""
        parts = urllib.parse.urlsplit(path)
        if not parts.path.startswith("/"):
            # Behind the host, "@elsewhere/" or ".elsewhere/" would make another host of it, which would get the key.
            raise Trouble(f"{path} is no address of a site")
        address = self.home + parts.path + (f"?{parts.query}" if parts.query else "")
        # A cache on the way must ask the site: an item that is one edition old would pass for the new one.
        headers = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache", "User-Agent": "reference-mirror/1"}
        if etag:
            headers["If-None-Match"] = etag
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        data = json.dumps(body).encode() if body is not None else None
        if data is not None:
            headers["Content-Type"] = "application/json"
        try:
            request = urllib.request.Request(address, data=data, headers=headers)
            with self._opener.open(request, timeout=SECONDS_TO_ANSWER) as response:
                if response.status == 429 or response.status >= 500:
                    raise Away(f"{address} answers {response.status}", _rest(response.headers))
                yield response
        # Everything that a broken or cut answer may raise, also while it is read.
        except (OSError, HTTPException, EOFError, zlib.error) as fault:
            raise Away(f"{address}: {fault}") from fault

    def ask(self, path: str, *, etag: str = "", body: Any = None) -> Answer:
        """Return the answer, whatever its status; ask again where that may help."""

        def once() -> Answer:
            asked_at = time.time()
            with self.opened(path, etag=etag, body=body) as response:
                content = unpacked(response).read(LARGEST + 1)
                if len(content) > LARGEST:
                    raise Trouble(f"the answer of {path} is too large")
                current_at = asked_at - (_seconds(response.headers, "Age") or 0)
                return Answer(response.status, response.headers.get("ETag", ""), content, current_at)

        return patiently(once)

    def expect(self, path: str, *statuses: int, etag: str = "", body: Any = None) -> Answer:
        """Return the answer if it has one of these statuses; else raise Trouble with what the site says."""
        answer = self.ask(path, etag=etag, body=body)
        if answer.status not in statuses:
            told = answer.json() if answer.body else {}
            raise Trouble(f"{path} answers {answer.status}: {told.get('title', '')} {told.get('detail', '')}".strip())
        return answer


def patiently(step: Callable[[], T]) -> T:
    """Return what the step returns; take it several times while the site is away."""
    for attempt in range(TRIES):
        try:
            return step()
        except Away as away:
            # A longer wait is for whoever called us: `watch` has nothing else to do, `sync` ends and says so.
            wait = away.wait if away.wait is not None else backoff(attempt)
            if attempt == TRIES - 1 or wait > LONGEST_WAIT:
                raise
            time.sleep(wait)
    raise AssertionError("the last try returns or raises")


def parsed(text: bytes) -> Any:
    """Return the JSON value; raise Trouble where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Trouble("the answer is not JSON") from fault


def unpacked(response: Any) -> Any:
    """Return what reads the answer as it was before it was packed; the end of the packing is missed if it is cut."""
    return gzip.GzipFile(fileobj=response) if response.headers.get("Content-Encoding") == "gzip" else response


def backoff(attempt: int) -> float:
    """Return seconds to wait: longer each time, and not the same for everybody who was cut off at the same moment."""
    return random.uniform(0.5, 1.0) * min(300.0, 0.5 * 2.0 ** min(attempt, 10))


def _seconds(headers: Mapping[str, str], name: str) -> float | None:
    given = headers.get(name, "")
    # There are digits that are no numbers, such as ².
    return float(given) if given.isascii() and given.isdigit() else None


def _rest(headers: Mapping[str, str]) -> float | None:
    wait = _seconds(headers, "Retry-After")
    return None if wait is None else min(wait, LONGEST_REST)


# --- the mirror

TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS items (id TEXT, language TEXT, kind TEXT, edition INTEGER, digest TEXT, content_digest TEXT,
  max_age INTEGER, etag TEXT, body TEXT NOT NULL, PRIMARY KEY (id, language));
CREATE TABLE IF NOT EXISTS names (named TEXT, id TEXT, language TEXT, PRIMARY KEY (named, id, language));
CREATE INDEX IF NOT EXISTS names_of_a_text ON names (id, language);
CREATE TABLE IF NOT EXISTS gone (id TEXT, language TEXT, reason TEXT, PRIMARY KEY (id, language));
CREATE TABLE IF NOT EXISTS lines (sequence INTEGER PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS unproven (sequence INTEGER PRIMARY KEY, id TEXT, language TEXT, edition INTEGER);
"""


class Mirror:
    """One SQLite file. Every change is one transaction, so whoever reads sees the mirror before it or after it."""

    def __init__(self, file: str) -> None:
        self.database = sqlite3.connect(file, timeout=60, isolation_level=None)
        # Readers are never in the way of the writer. FULL: what was taken down stays down even if the power fails.
        # secure_delete: what must be erased is overwritten and not only forgotten.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self.database.execute(f"PRAGMA {pragma}")
        # Only once: a reader must not have to wait for whoever is writing.
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'state'"):
            self.database.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")

    @contextmanager
    def change(self, since: int | None) -> Iterator[sqlite3.Connection]:
        """One transaction. `since` is the line at which this program believes the mirror: if another one has moved it
        meanwhile, what we are about to write may be older than what is there, and nothing is written."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            if self.sequence != since:
                raise Trouble("another program has updated this mirror meanwhile")
            yield self.database
            self.database.execute("COMMIT")
        except BaseException:
            self.database.execute("ROLLBACK")
            raise

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.database.execute(query, values).fetchall()

    def get(self, name: str) -> str:
        found = self.rows("SELECT value FROM state WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def set(self, **values: Any) -> None:
        self.database.executemany(
            "INSERT OR REPLACE INTO state VALUES (?, ?)", [(n, str(v)) for n, v in values.items()]
        )

    @property
    def sequence(self) -> int | None:
        """The last line of the journal that was carried out; None before the first snapshot."""
        number = self.get("sequence")
        return int(number) if number else None

    def put(self, item: Line, etag: str = "") -> None:
        names = ("id", "language", "kind", "edition", "digest", "content_digest", "max_age")
        body = json.dumps(item, ensure_ascii=False)
        self.database.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*(item[n] for n in names), etag, body]
        )
        text = (item["id"], item["language"])
        for table in ("gone", "names"):
            self.database.execute(f"DELETE FROM {table} WHERE id = ? AND language = ?", text)
        # Every id in it: its own, those of texts that it links to, of people, quotes and sources.
        self.database.executemany("INSERT INTO names VALUES (?, ?, ?)", [(id, *text) for id in set(ID.findall(body))])

    def take_down(self, id: str, language: str, reason: str) -> None:
        for table in ("items", "names"):
            self.database.execute(f"DELETE FROM {table} WHERE id = ? AND language = ?", (id, language))
        self.database.execute("INSERT OR REPLACE INTO gone VALUES (?, ?, ?)", (id, language, reason))

    def is_about(self, line: Line) -> bool:
        """Whether a line of the journal, which is always whole, is about the part of the shelf that we hold."""
        kinds, languages = json.loads(self.get("kinds")), json.loads(self.get("languages"))
        return (kinds is None or line["kind"] in kinds) and (languages is None or line["language"] in languages)

    @property
    def is_proven(self) -> bool:
        """Whether every line that did not match its hash was explained by an erasure."""
        return not self.rows("SELECT 1 FROM unproven LIMIT 1")

    def scrub(self) -> None:
        """Empty the log of changes, in which erased words may still stand; while somebody reads, the next sync does."""
        ((is_busy, *_),) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self.set(unscrubbed="yes" if is_busy else "")


# --- staying in step


@understood()
def sync(mirror: Mirror, site: Site, narrowed: Mapping[str, str] | None = None) -> int:
    """Bring the mirror to the journal's head and return how many lines that took. Killed at any point, run it again."""
    if mirror.get("unscrubbed"):
        mirror.scrub()
    if mirror.sequence is None:
        rebuild(mirror, site, narrowed or {})
    done, rebuilt, waited = 0, False, 0
    while True:
        try:
            lines, is_head = one_page(mirror, site)
        except ResetJournal:
            if rebuilt:
                raise Trouble("the journal was reset twice in a row") from None
            rebuild(mirror, site, json.loads(mirror.get("narrowed")))
            rebuilt = True
            continue
        done += lines
        if not is_head:
            continue
        # A line that cannot be proven is one whose words were erased, and the line that says so follows.
        if mirror.is_proven:
            refresh(mirror, site)
            return done
        waited += 1
        if waited == TRIES:
            raise Trouble("lines of the journal do not match their hashes, and no erasure explains it")


def refresh(mirror: Mirror, site: Site) -> None:
    """Once a day, ask for each text whether it is still what we hold: mostly a 304, which costs nobody anything."""
    now = time.time()
    if 0 <= now - float(mirror.get("refreshed_at")) < SECONDS_TO_REFRESH:
        return
    for id, language in mirror.rows("SELECT id, language FROM items ORDER BY id, language"):
        refetch(mirror, site, mirror.sequence, id, language)
    with mirror.change(mirror.sequence):
        mirror.set(refreshed_at=now)


def rebuild(mirror: Mirror, site: Site, narrowed: Mapping[str, str]) -> None:
    """Take a snapshot. It is one transaction: readers see the old copy until the new one is whole."""
    patiently(lambda: _rebuild_once(mirror, site, narrowed))
    mirror.scrub()


def _rebuild_once(mirror: Mirror, site: Site, narrowed: Mapping[str, str]) -> None:
    asked_at = time.time()
    query = urllib.parse.urlencode(narrowed)
    with mirror.change(mirror.sequence) as database, site.opened(f"{API}snapshot/?{query}") as response:
        if response.status != 200:
            told = parsed(unpacked(response).read(LARGEST))
            raise Trouble(f"the snapshot answers {response.status}: {told.get('detail') or told.get('title')}")
        for table in ("items", "names", "gone", "lines", "unproven"):
            database.execute(f"DELETE FROM {table}")
        values = snapshot_lines(unpacked(response))
        first = next(values)
        if first["kind"] != "snapshot":
            raise Trouble("the snapshot does not begin as it should")
        for count, value in enumerate(values):
            if value["kind"] == "end":
                if count != value["count"] or count != first["count"]:
                    raise Trouble("the snapshot does not hold what it says")
                break
            if value["kind"] == "withdrawn":
                mirror.take_down(value["tombstone"]["id"], value["tombstone"]["language"], value["tombstone"]["reason"])
            else:
                mirror.put(value)
        narrowing = {name: json.dumps(first[name]) for name in ("kinds", "languages")}
        mirror.set(site=site.home, narrowed=json.dumps(narrowed), **narrowing)
        mirror.set(sequence=first["sequence"], hash=first["head_hash"], etag="", unscrubbed="yes")
        mirror.set(confirmed_at=asked_at, refreshed_at=asked_at)


def snapshot_lines(stream: Any) -> Iterator[Line]:
    """Yield the lines; raise Trouble where they break off. Only the line of kind `end` says that all have come: a
    server may end its answer in good order after a fault."""
    while True:
        raw = stream.readline(LARGEST)
        if not raw.endswith(b"\n"):
            raise Away("the snapshot broke off")
        value = parsed(raw)
        yield value
        if value["kind"] == "end":
            return


def one_page(mirror: Mirror, site: Site) -> tuple[int, bool]:
    """Carry out up to 1,000 lines; return how many, and whether the mirror is at the head now."""
    at, hash = mirror.sequence, mirror.get("hash")
    answer = site.expect(f"{API}changes/?after={at}", 200, 304, 409, etag=mirror.get("etag"))
    if answer.status == 409:
        raise ResetJournal
    if answer.status == 304:
        # Nothing has happened, which is worth as much as news: every copy is confirmed.
        with mirror.change(at):
            if mirror.is_proven:
                mirror.set(confirmed_at=answer.current_at)
        return 0, True
    page = answer.json()
    lines: list[Line] = page["results"]
    # Restored from a backup and grown again, the journal may reach as far as ours and yet be another one.
    if (lines and lines[0]["previous_hash"] != hash) or (page["head"] == at and page["head_hash"] != hash):
        raise ResetJournal
    unproven = check_chain(page, at or 0, hash)
    take_down_first(mirror, at, lines)
    newest = {(line["id"], line["language"]): line for line in lines if mirror.is_about(line)}
    for line in newest.values():
        # An event that we have never heard of is a reason to fetch the item, like every other.
        if line["event"] != "withdrawn":
            fetch(mirror, site, at, line)
    for id, language in beside(mirror, lines):
        refetch(mirror, site, at, id, language)
    is_head = page["next"] is None
    with mirror.change(at) as database:
        database.executemany("INSERT INTO lines VALUES (?, ?)", [(line["sequence"], line["hash"]) for line in lines])
        database.executemany(
            "INSERT INTO unproven VALUES (?, ?, ?, ?)",
            [(line["sequence"], line["id"], line["language"], line["edition"]) for line in unproven],
        )
        database.executemany(
            "DELETE FROM unproven WHERE id = ? AND language = ? AND edition = ?",
            [(x["id"], x["language"], x["edition"]) for x in lines if x["event"] == "expunged"],
        )
        if lines:
            mirror.set(sequence=lines[-1]["sequence"], hash=lines[-1]["hash"])
        if is_head and mirror.is_proven:
            mirror.set(confirmed_at=answer.current_at)
        # The tag belongs to the address that was asked, which names the line.
        mirror.set(etag="" if lines else answer.etag)
    return len(lines), is_head


def take_down_first(mirror: Mirror, at: int | None, lines: list[Line]) -> None:
    """Before anything is fetched, which may take long: what one of these lines withdraws or erases is gone at once.
    What a later line brings back is fetched again; until then too little is shown, and never too much."""
    is_erased = False
    with mirror.change(at) as database:
        for line in filter(mirror.is_about, lines):
            id, language = line["id"], line["language"]
            if line["event"] == "withdrawn":
                mirror.take_down(id, language, note(line))
            elif line["event"] == "expunged":
                edition = (id, language, line["edition"])
                database.execute("DELETE FROM items WHERE id = ? AND language = ? AND edition = ?", edition)
                # Why it had been withdrawn may be among the words that the law wants gone.
                database.execute("UPDATE gone SET reason = ? WHERE id = ? AND language = ?", (note(line), id, language))
                is_erased = True
        if is_erased:
            mirror.set(unscrubbed="yes")
    if is_erased:
        mirror.scrub()


def beside(mirror: Mirror, lines: list[Line]) -> list[tuple[str, str]]:
    """Return the texts that have no line here, but name one that has: the other language, which says how far this one
    is behind, and texts that link to it, whose links may come or go."""
    touched = {(line["id"], line["language"]) for line in lines}
    named = {row for id, _ in touched for row in mirror.rows("SELECT id, language FROM names WHERE named = ?", id)}
    return sorted((id, language) for id, language in named if (id, language) not in touched)


def refetch(mirror: Mirror, site: Site, at: int | None, id: str, language: str) -> None:
    """Bring a text that we hold to how it stands now, whatever made that necessary."""
    for (body,) in mirror.rows("SELECT body FROM items WHERE id = ? AND language = ?", id, language):
        bring(mirror, site, at, id, language, json.loads(body)["api_url"])


def fetch(mirror: Mirror, site: Site, at: int | None, line: Line) -> None:
    """Bring one text to how it stands now, which may be further on than the line: its other lines do no harm then."""
    bring(mirror, site, at, line["id"], line["language"], line["api_url"], line)


def bring(
    mirror: Mirror, site: Site, at: int | None, id: str, language: str, address: str, line: Line | None = None
) -> None:
    held = mirror.rows("SELECT etag, edition FROM items WHERE id = ? AND language = ?", id, language)
    answer = site.expect(address, 200, 304, 403, 404, 410, etag=held[0][0] if held else "")
    told = answer.json() if answer.status != 304 else {}
    if answer.status == 403 and not told["type"].endswith("/out-of-scope/"):
        raise Trouble(f"{told['title']}: {told['fix']}")
    if answer.status == 200 and (told["id"], told["language"]) != (id, language):
        raise Trouble(f"{address} answers with another text")
    if is_older(answer.status, told, line, held[0][1] if held else 0):
        # Some cache on the way answers without asking. To believe it would mean to miss the line for good.
        raise Trouble(f"{address} answers as it was before the line that we are at")
    with mirror.change(at):
        if answer.status == 200:
            mirror.put(told, answer.etag)
        elif answer.status != 304:
            # 410: withdrawn meanwhile. 404: not in this language. 403: not for our key. In each case nothing to show.
            mirror.take_down(id, language, told.get("reason") or told["title"])


def is_older(status: int, told: Line, line: Line | None, held: int) -> bool:
    """Whether an answer cannot be from after the line, or is older than the edition that we hold."""
    if status in (200, 304):
        return int(told.get("edition", held)) < max(held, (line and line["edition"]) or 0)
    brings_out = line is not None and line["event"] in ("published", "amended", "restored")
    if line is None or not brings_out or status == 403:
        return False
    return status == 404 or int(told["sequence"]) < int(line["sequence"])


def note(line: Line) -> str:
    return str(line["change"]["note"]) if line["change"] else ""


# --- proving


def canonical(value: Any) -> bytes:
    """Return canonical JSON (RFC 8785) of what lines and envelopes hold: no fractions, and names in ASCII only, for
    which the order of Python and that of the standard are the same."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_chain(page: Mapping[str, Any], after: int, hash: str) -> list[Line]:
    """Raise Trouble unless each line follows the one before; return the lines that do not match their own hash.

    Only a line whose note is empty may: the law can demand that words are erased, and a later line `expunged` tells.
    """
    if page["next"] is not None and not page["results"]:
        raise Trouble("the journal goes on, and does not say how")  # else we would ask for ever
    unproven = []
    for line in page["results"]:
        if line["previous_hash"] != hash or line["sequence"] <= after:
            raise Trouble(f"line {line['sequence']} of the journal does not follow the one before")
        hash, after = line["hash"], line["sequence"]
        if sha256(canonical({name: value for name, value in line.items() if name != "hash"})) != hash:
            if note(line):
                raise Trouble(f"line {line['sequence']} of the journal does not match its hash")
            unproven.append(line)
    return unproven


def named(line: Line) -> tuple[Any, ...]:
    return line["id"], line["language"], line["edition"]


@understood()
def verify(mirror: Mirror, site: Site) -> int:
    """Prove the whole journal from its first line, and every copy against the bytes that were hashed when it was
    published; return how many copies were proven. Raises Trouble for the first thing that is wrong."""
    # Without the key: to ask with it for what lies behind a line says that everything up to that line is here.
    anybody = copy.copy(site)
    anybody.key = None
    hash, after = GENESIS, 0
    unproven: set[tuple[Any, ...]] = set()
    erased: set[tuple[Any, ...]] = set()
    known = dict(mirror.rows("SELECT sequence, hash FROM lines")) | {mirror.sequence: mirror.get("hash")}
    while True:
        page = anybody.expect(f"{API}changes/?after={after}", 200).json()
        unproven |= {named(line) for line in check_chain(page, after, hash)}
        for line in page["results"]:
            hash, after = line["hash"], line["sequence"]
            if line["event"] == "expunged":
                erased.add(named(line))
            if known.pop(after, hash) != hash:
                raise Trouble(f"line {after} of the journal is not the one that was told before")
        if page["next"] is None:
            break
    if unproven - erased:
        raise Trouble(f"lines of the journal do not match their hashes: {sorted(unproven - erased)}")
    if any(sequence for sequence in known):
        raise Trouble("the journal has lost lines that were told before: run sync")
    copies = mirror.rows("SELECT body, edition, digest, content_digest FROM items ORDER BY id, language")
    for body, edition, digest, content_digest in copies:
        address, _, query = json.loads(body)["api_url"].partition("?")
        record = site.expect(f"{address}editions/{edition}/?{query}", 200).json()
        document = site.expect(f"{address}editions/{edition}/document/?{query}", 200).body
        whole = b'{"document":' + document + b',"envelope":' + canonical(record["envelope"]) + b"}"
        if (sha256(document), sha256(whole)) != (content_digest, digest):
            raise Trouble(f"the copy of {address} does not match its digests")
    return len(copies)


# --- showing, acknowledging


def show(mirror: Mirror, id: str, language: str) -> str:
    """Return a text in words. Raises Trouble with the reason where it must not be shown."""
    rows = mirror.rows("SELECT body, max_age FROM items WHERE id = ? AND language = ?", id, language)
    if not rows:
        gone = mirror.rows("SELECT reason FROM gone WHERE id = ? AND language = ?", id, language)
        raise Trouble(f"not shown: {gone[0][0]}" if gone else "there is no such text here")
    body, max_age = rows[0]
    unconfirmed = time.time() - float(mirror.get("confirmed_at"))
    # A clock that was set back would make every copy look fresh.
    if not -60 <= unconfirmed <= max_age:
        raise Trouble(f"not shown: it could not be confirmed for {unconfirmed:.0f} seconds, and {max_age} are allowed")
    item = json.loads(body)
    check = [item["check"]["statement"]] if item.get("check") else []
    texts = [item.get(name) for name in ("summary", "definition", "biography", "text")]
    texts += [block["text"] for block in item.get("blocks", [])]
    return "\n\n".join(part for part in (item["title"], *check, *texts, item["attribution"]["text"]) if part)


def listed(mirror: Mirror) -> str:
    rows = mirror.rows("SELECT id, language, kind, json_extract(body, '$.title') FROM items ORDER BY kind, 4, language")
    return "\n".join("  ".join(row) for row in rows)


@understood()
def acknowledge(mirror: Mirror, site: Site) -> int:
    """Tell the site that everything up to the mirror's line is carried out, and return its number.

    Call it when readers see the mirror, not when it is merely written: it is what the editors rely on in a recall.
    """
    sequence = mirror.sequence
    if not site.key or sequence is None:
        raise Trouble("acknowledging needs a mirror, and a key in the environment: PARTNER_KEY")
    site.expect(f"{API}acknowledgements/", 200, 201, body={"up_to": sequence})
    return sequence


# --- watching


def is_signed(secrets: str, headers: Mapping[str, str] | Message, body: bytes, now: float) -> bool:
    """Whether a webhook comes from the site (Standard Webhooks 1.0). `secrets` may hold two while they are changed."""
    id, moment, signatures = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not moment.isascii() or not moment.isdigit() or len(moment) > 15 or abs(now - int(moment)) > WEBHOOK_TOLERANCE:
        return False
    for secret in secrets.split():
        key = base64.b64decode(secret.removeprefix("whsec_"))
        made = hmac.new(key, f"{id}.{moment}.".encode() + body, hashlib.sha256).digest()
        expected = b"v1," + base64.b64encode(made)
        # In constant time, so that nobody finds the signature letter by letter.
        if any(hmac.compare_digest(expected, given.encode()) for given in signatures.split()):
            return True
    return False


def usable_secrets(secrets: str) -> str:
    """Return the secrets. Raises Trouble where nothing could be checked with them: every webhook would be refused."""
    try:
        keys = [base64.b64decode(secret.removeprefix("whsec_"), validate=True) for secret in secrets.split()]
    except ValueError:
        keys = []
    if not all(keys) or not keys:
        raise Trouble("listening needs the secret of the webhook in the environment, as it was shown: WEBHOOK_SECRET")
    return secrets


def listening(port: int, secrets: str, woken: threading.Event) -> ThreadingHTTPServer:
    """Return a server for webhooks. What one says is not even read: it is the bell, and the journal is the news. So
    one that comes twice, late, or not at all does no harm."""

    class Receiver(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            small = length.isascii() and length.isdigit() and len(length) < 6
            body = self.rfile.read(int(length)) if small else b""
            is_ours = small and is_signed(secrets, self.headers, body, time.time())
            if is_ours:
                woken.set()
            self.send_response(204 if is_ours else 401)
            self.end_headers()

        def log_message(self, format: str, *values: Any) -> None:
            pass

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Receiver)
    except OSError as fault:
        raise Trouble(f"cannot listen on port {port}: {fault.strerror}") from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def watch(mirror: Mirror, site: Site, every: float, woken: threading.Event, tell_site: bool) -> NoReturn:
    """Stay in step for ever. Webhooks make it quicker and never replace asking: one may get lost."""
    failures, told = 0, None
    while True:
        try:
            done = sync(mirror, site)
            # By what was told and not by what is new: a line may have been carried out before this program was killed,
            # or while the site could not be told.
            if tell_site and told != mirror.sequence:
                told = acknowledge(mirror, site)
            failures, pause = 0, every * random.uniform(0.9, 1.1)
            print(f"line {mirror.sequence}, {done} new", flush=True)
        except Trouble as trouble:
            pause = max(trouble.wait or 0.0, backoff(failures))
            failures += 1
            print(f"{trouble}; again in {pause:.0f} s", file=sys.stderr, flush=True)
        woken.wait(pause)
        woken.clear()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="A local mirror of a site's texts. The key is read from PARTNER_KEY.")
    parser.add_argument("command", choices=["sync", "watch", "show", "verify", "acknowledge"])
    parser.add_argument("id", nargs="?", default="", help="of the text to show")
    parser.add_argument("--mirror", default="mirror.sqlite3", help="the file that holds the mirror")
    parser.add_argument("--site", default="", help="for the first sync, such as https://health.example")
    parser.add_argument("--kind", default="", help="for the first sync: mirror this kind alone")
    parser.add_argument("--language", default="", help="for the first sync: mirror this language alone")
    parser.add_argument("--lang", default="ru", help="language of the text to show")
    parser.add_argument("--every", type=float, default=60.0, help="seconds between two looks of watch")
    parser.add_argument("--listen", type=int, default=0, help="port for webhooks; their secret is in WEBHOOK_SECRET")
    parser.add_argument("--acknowledge", action="store_true", help="let watch acknowledge what it has carried out")
    given = parser.parse_args(arguments)
    try:
        mirror = Mirror(given.mirror)
        if given.command == "show":
            print(show(mirror, given.id, given.lang) if given.id else listed(mirror), flush=True)
            return 0
        site = Site(given.site or mirror.get("site"), os.environ.get("PARTNER_KEY"))
        narrowed = {name: value for name in ("kind", "language") if (value := getattr(given, name))}
        if given.command == "sync":
            done = sync(mirror, site, narrowed)
            [(copies,)] = mirror.rows("SELECT count(*) FROM items")
            print(f"{done} new lines; the mirror is at line {mirror.sequence} and holds {copies} texts")
        elif given.command == "verify":
            print(f"the journal and {verify(mirror, site)} copies are proven")
        elif given.command == "acknowledge":
            print(f"acknowledged up to line {acknowledge(mirror, site)}")
        else:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            woken = threading.Event()
            if given.listen:
                listening(given.listen, usable_secrets(os.environ.get("WEBHOOK_SECRET", "")), woken)
            watch(mirror, site, given.every, woken, given.acknowledge)
    except (Trouble, sqlite3.Error) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has seen enough (`show | head`); nothing may be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
