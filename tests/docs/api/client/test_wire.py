"""What may go wrong between the reference client and the site: nothing of it costs more than time."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.docs.api.client.inside import Received, Site, Wire, both, client, contents, cut, shelf
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    an_english_document,
    heading,
    restore,
    shelve,
    withdraw,
)

pytestmark = pytest.mark.django_db


def old_answer(status: int, body: dict[str, Any]) -> Callable[[str, Received], Received]:
    def alter(path: str, answer: Received) -> Received:
        if "/articles/" in path:
            return Received(status, {}, io.BytesIO(json.dumps(body).encode()))
        return answer

    return alter


@pytest.mark.parametrize(
    ("happening", "status", "body"),
    [
        (lambda: shelve(a_document(heading("Иначе"))), 200, {"id": ARTICLE, "language": "ru", "edition": 1}),
        (lambda: (withdraw(), restore()), 410, {"sequence": 3, "reason": "Ошибка.", "title": ""}),
        (lambda: (withdraw(), restore()), 404, {"title": "Nothing here", "type": ""}),
    ],
)
def test_an_answer_from_before_the_line_is_not_believed(
    mirror: Any, site: Site, wire: Wire, happening: Callable[[], object], status: int, body: dict[str, Any]
) -> None:
    both()
    client.sync(mirror, site)
    happening()
    wire.alter = old_answer(status, body)
    with pytest.raises(client.Trouble, match="as it was before the line"):
        client.sync(mirror, site)
    assert mirror.sequence == 2

    wire.alter = lambda path, answer: answer
    client.sync(mirror, site)
    assert contents(mirror) == shelf()


@pytest.mark.parametrize("size", [0, 1, 40, 200, 900])
def test_a_snapshot_that_breaks_off_leaves_what_was_there(
    mirror: Any, site: Site, wire: Wire, size: int, no_waiting: list[float]
) -> None:
    both()
    wire.alter = cut("/snapshot/", size)
    with pytest.raises(client.Trouble):
        client.sync(mirror, site)
    assert (contents(mirror), mirror.sequence) == ({}, None)
    assert len(no_waiting) == client.TRIES - 1


def test_a_snapshot_without_its_last_line_is_thrown_away_however_well_it_ends(
    mirror: Any, site: Site, wire: Wire
) -> None:
    both()

    def without_end(path: str, answer: Received) -> Received:
        lines = gzip.decompress(answer.body.read()).splitlines(keepends=True)
        answer.body = io.BytesIO(gzip.compress(b"".join(lines[:-1])))
        return answer

    wire.alter = without_end
    with pytest.raises(client.Trouble, match="broke off"):
        client.sync(mirror, site)
    assert contents(mirror) == {}


def test_a_site_that_is_away_is_asked_again_after_the_time_that_it_names(
    mirror: Any, site: Site, wire: Wire, no_waiting: list[float]
) -> None:
    both()
    client.sync(mirror, site)
    withdraw()
    answers = iter([503, 429])

    def alter(path: str, answer: Received) -> Received:
        status = next(answers, None)
        return Received(status, {"Retry-After": "7"}, io.BytesIO()) if status else answer

    wire.alter = alter
    client.sync(mirror, site)
    assert no_waiting == [7.0, 7.0]
    assert contents(mirror) == shelf()


def test_a_long_wait_is_left_to_whoever_called(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    wire.alter = lambda path, answer: Received(429, {"Retry-After": "900"}, io.BytesIO())
    with pytest.raises(client.Trouble) as told:
        client.sync(mirror, site)
    assert told.value.wait == 900.0


def test_two_programs_never_write_over_each_other(mirror: Any, site: Site, wire: Wire, tmp_path: Path) -> None:
    both()
    client.sync(mirror, site)
    other = client.Mirror(str(tmp_path / "mirror.sqlite3"))
    shelve(a_document(heading("Иначе")))

    def meanwhile(path: str) -> None:
        if "/articles/" in path:
            wire.before = lambda path: None
            client.sync(other, Site())

    wire.before = meanwhile
    with pytest.raises(client.Trouble, match="another program"):
        client.sync(mirror, site)
    assert contents(mirror) == shelf()


def test_what_a_cache_kept_for_a_while_confirms_only_what_it_knew(mirror: Any, site: Site, wire: Wire) -> None:
    both()

    def alter(path: str, answer: Received) -> Received:
        if "/changes/" in path:
            answer.headers["Age"] = "600"
        return answer

    wire.alter = alter
    with time_machine.travel(NOON, tick=False):
        client.sync(mirror, site)
        assert float(mirror.get("confirmed_at")) == NOON.timestamp() - 600


def test_a_key_that_was_revoked_is_told_and_nothing_is_taken_down(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    with pytest.raises(client.Trouble, match="401"):
        client.sync(mirror, Site("not-a-key"))
    assert contents(mirror) == shelf()


def test_an_older_edition_of_a_text_beside_the_line_is_not_believed_either(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    shelve(an_english_document(heading("Other")), "en")
    client.sync(mirror, site)
    withdraw()
    wire.alter = old_answer(200, {"id": ARTICLE, "language": "en", "edition": 1})
    with pytest.raises(client.Trouble, match="as it was before the line"):
        client.sync(mirror, site)
    assert contents(mirror) == shelf()
