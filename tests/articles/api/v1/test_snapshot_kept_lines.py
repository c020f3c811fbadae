"""The lines of a snapshot that were made before are sent again as they were, until the shelf has moved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.answers.kept_lines import KeptLines
from articles.api.v1.views import snapshot
from articles.editions.shelf import Standing
from tests.articles.api.v1.test_snapshot import asked, between, some_items, whole
from tests.factories.documents import (
    a_document,
    a_news_source,
    a_quote,
    an_english_document,
    check,
    heading,
    item_link,
    quoted,
    restore,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import care_box


def in_a_process(room: Path, limit: int = 10_000_000) -> KeptLines:
    return KeptLines(limit, room / "lines", lambda: "a")


@pytest.fixture
def lines_are_kept(db: None, small_pages: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path))


def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are made from now on."""
    found: list[str] = []
    make = snapshot._value

    def noted(shelved: Any, targets: Any) -> Any:
        found.append(shelved.item)
        return make(shelved, targets)

    monkeypatch.setattr(snapshot, "_value", noted)
    return found


def test_what_was_sent_before_is_sent_again_as_it_was_and_not_made_again(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = some_items(7)
    shelve(an_english_document(heading("What it is")), "en", item=items[3])
    first = b"".join(asked(client))
    again = made(monkeypatch)

    assert b"".join(asked(client)) == first
    assert [line["language"] for line in whole(client, "?language=en")[1:-1]] == ["en"]
    assert again == []


def test_whatever_touches_a_text_makes_its_line_anew(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    items = some_items(6)
    linking = a_document(text(said("Смотрите ", item_link("ту", items[5]))), slug="statya-0000")
    quote = a_quote(text="Слова, которых больше нет.")
    shelve(linking, item=items[0])
    shelve(a_document(quoted(quote), sources=[a_news_source()], slug="statya-0004"), item=items[4])
    steps: list[Callable[[], object]] = [
        lambda: check(items[1], started="Проверяем дозу."),
        lambda: shelve(an_english_document(heading("What it is")), "en", item=items[2]),
        lambda: shelve(a_document(heading("Новое"), slug="novoe"), item=items[5], change="correction"),
        lambda: withdraw_part(quote, items[4]),
        lambda: withdraw(items[5]),
        lambda: restore(items[5]),
        lambda: shelve(a_document(care_box(), slug="statya-0003"), item=items[3], change="correction"),
    ]
    for step in steps:
        b"".join(asked(client))
        step()
        sent = whole(client)
        with monkeypatch.context() as patch:
            patch.setattr(snapshot, "kept", in_a_process(tmp_path, limit=0))
            assert sent == whole(client)


def test_what_is_withdrawn_between_two_kept_lines_is_a_tombstone(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = some_items(7)
    b"".join(asked(client))
    again = made(monkeypatch)

    first, *lines, last = between(client, 2, lambda: withdraw(items[4], reason="Доза неверна."))

    assert [line["kind"] for line in lines] == ["article"] * 4 + ["withdrawn"] + ["article"] * 2
    assert items[0] not in again
    assert first["count"] == last["count"] == 7


def test_handfuls_of_kept_lines_cost_one_question_each_and_runs_another(client: Client, lines_are_kept: None) -> None:
    some_items(6)
    b"".join(asked(client))
    with CaptureQueriesContext(connection) as asked_of_it:
        b"".join(asked(client))
    # Where it begins; which texts there are, in two runs; and what has moved, each time that two are given away.
    assert len(asked_of_it) == 1 + 2 + 3


def test_only_what_is_missing_is_made_and_not_what_stands_beside_it(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = some_items(7)
    b"".join(asked(client))
    for touched in (items[1], items[4], items[5]):
        check(touched, started="Проверяем.")
    again = made(monkeypatch)

    assert [line["id"] for line in whole(client)[1:-1]] == items
    assert again == [items[1], items[4], items[5]]


def test_the_first_snapshot_of_a_process_gives_what_the_machine_has(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    items = some_items(5)
    assert snapshot.fill(lambda: True)
    check(items[2], started="Проверяем.")
    again = made(monkeypatch)
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path))

    assert [line["id"] for line in whole(client)[1:-1]] == items
    assert again == [items[2]]


def test_a_line_of_another_edition_is_not_given_even_if_it_was_never_dropped(
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever may be wrong with the tags: what stands in the journal about the text itself counts."""
    items = some_items(3)
    b"".join(asked(client))
    monkeypatch.setattr("articles.answers.lines_tables._touched", lambda file, tags: set())

    shelve(a_document(heading("Новое"), slug="novoe"), item=items[0], change="correction")
    check(items[1], started="Проверяем.")
    sent = b"".join(asked(client)).decode()
    assert "novoe" in sent
    assert "Проверяем." in sent

    _first, *lines, _last = between(client, 1, lambda: withdraw(items[2], reason="Доза неверна."))
    assert [line["kind"] for line in lines] == ["article", "article", "withdrawn"]


class Stops:
    """Says so many times that it goes on."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left > 0


def test_what_is_missing_is_made_ahead_a_few_at_a_time_and_until_somebody_says_no(
    lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = some_items(7)
    ahead = made(monkeypatch)

    assert not snapshot.fill(Stops(2))
    assert ahead == items[:4]
    assert snapshot.fill(lambda: True)
    assert ahead == items
    assert snapshot.fill(lambda: True)
    assert ahead == items


def test_nothing_is_made_ahead_for_which_there_is_no_room(
    lines_are_kept: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    items = some_items(8)
    ahead = made(monkeypatch)
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path / "small", limit=4000))

    assert snapshot.fill(lambda: True)

    assert 0 < len(ahead) < len(items)
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path, limit=0))
    assert not snapshot.fill(lambda: True)


def test_what_is_withdrawn_while_lines_are_made_ahead_is_not_among_them(
    client: Client, lines_are_kept: None, tmp_path: Path
) -> None:
    items = some_items(7)

    def meanwhile() -> bool:
        if Standing.objects.filter(item=items[5], state="live").exists():
            withdraw(items[0])
            withdraw(items[5])
        return True

    assert snapshot.fill(meanwhile)

    assert [line["id"] for line in whole(client)[1:-1]] == [*items[1:5], items[6]]
