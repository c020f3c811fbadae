"""The journal: one list of everything published and withdrawn, without gaps, in commit order, chained by hash."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from articles.canonical import canonical_json
from articles.editions.kinds import kind as kind_named
from articles.editions.shelf import Change, Edition, JournalHead, Standing
from articles.editions.times import rfc3339

GENESIS = "0" * 64


class Journal:
    """The locked journal of one transaction. Lines are written as they are appended, the head when it closes."""

    def __init__(self, sequence: int, last_hash: str, at: datetime) -> None:
        self.sequence = sequence
        self.hash = last_hash
        self.at = at
        self.lines: list[Change] = []
        self._unwritten: list[Change] = []

    def append(
        self,
        event: str,
        standing: Standing,
        *,
        edition: Edition | None = None,
        change_class: str = "",
        note: str = "",
        effective_at: datetime | None = None,
        tags: Iterable[str] = (),
        at_once: bool = True,
    ) -> Change:
        """Write the next line about an item in one language and return it; not `at_once`, with the line behind it."""
        kind = kind_named(standing.kind)
        line = Change(
            sequence=self.sequence + 1,
            recorded_at=self.at,
            effective_at=effective_at or self.at,
            event=event,
            item=standing.item,
            kind=standing.kind,
            language=standing.language,
            edition=edition.number if edition else None,
            digest=edition.digest if edition else "",
            change_class=change_class,
            note=note,
            # What was erased has no address any more, and a name may have been in it.
            url=kind.page_url(language=standing.language, slug=standing.slug) if standing.slug else "",
            api_url=kind.api_url(language=standing.language, item=str(standing.item)),
            tags_json=json.dumps(sorted(set(tags)), ensure_ascii=False),
            previous_hash=self.hash,
        )
        line.hash = line_hash(line)
        self.sequence, self.hash = line.sequence, line.hash
        self.lines.append(line)
        self._unwritten.append(line)
        if at_once:
            self.write()
        return line

    def write(self) -> None:
        """Write the lines that are not written yet; one query, none where all are."""
        Change.objects.bulk_create(self._unwritten)
        self._unwritten = []


def public_line(line: Change) -> dict[str, Any]:
    """Return the line as partners read it; all but `hash` itself is what `hash` covers."""
    return {
        "sequence": line.sequence,
        "recorded_at": rfc3339(line.recorded_at),
        "effective_at": rfc3339(line.effective_at),
        "event": line.event,
        "id": str(line.item),
        "kind": line.kind,
        "language": line.language,
        "edition": line.edition,
        "digest": line.digest or None,
        "change": {"class": line.change_class, "note": line.note} if line.change_class else None,
        "url": line.url,
        "api_url": line.api_url,
        "previous_hash": line.previous_hash,
        "hash": line.hash,
    }


def line_hash(line: Change) -> str:
    """Return SHA-256 over the canonical JSON of the line without its own hash."""
    covered = public_line(line)
    del covered["hash"]
    return canonical_json.digest(covered)


@contextmanager
def opened(at: datetime) -> Iterator[Journal]:
    """Lock the journal until the surrounding transaction ends, and move its head when the block is left.

    It is the last lock that a writer takes: compose and check first. Every writer waits here, so numbers follow the
    order of commits. On SQLite `BEGIN IMMEDIATE` has already let in only one writer.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the journal is opened inside the transaction of its change")
    sequence, last_hash = _locked_head()
    journal = Journal(sequence, last_hash, at)
    yield journal
    journal.write()
    if journal.lines:
        JournalHead.objects.filter(id=1).update(sequence=journal.sequence, hash=journal.hash)


def _locked_head() -> tuple[int, str]:
    table = connection.ops.quote_name(JournalHead._meta.db_table)
    with connection.cursor() as cursor:
        lock = f"UPDATE {table} SET id = id WHERE id = 1 RETURNING sequence, hash"
        cursor.execute(lock)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                f"INSERT INTO {table} (id, sequence, hash) VALUES (1, 0, %s) ON CONFLICT (id) DO NOTHING", [GENESIS]
            )
            cursor.execute(lock)
            row = cursor.fetchone()
    return int(row[0]), str(row[1])
