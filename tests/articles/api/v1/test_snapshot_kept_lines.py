"""The lines of a snapshot that were made before are sent again as they were, until the shelf has moved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.answers.kept_lines import KeptLines
from articles.api.v1.views import snapshot
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


@pytest.fixture
def lines_are_kept(db: None, small_pages: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "kept", KeptLines(10_000_000))


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
    client: Client, lines_are_kept: None, monkeypatch: pytest.MonkeyPatch
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
        monkeypatch.setattr(snapshot, "kept", (kept := snapshot.kept) and KeptLines(0))
        assert sent == whole(client)
        monkeypatch.setattr(snapshot, "kept", kept)


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


def test_a_run_of_kept_lines_costs_two_questions(client: Client, lines_are_kept: None) -> None:
    some_items(6)
    b"".join(asked(client))
    with CaptureQueriesContext(connection) as asked_of_it:
        b"".join(asked(client))
    # Where it begins; which texts there are, in two runs; what has moved, each time that two are given away; and that
    # there is nothing behind them.
    assert len(asked_of_it) == 1 + 2 + 3 + 3
