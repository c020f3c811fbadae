"""The reference client against the real answers: it holds what the shelf holds, and nothing that was taken down."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.editions.shelf import Change
from tests.docs.api.client.inside import Site, Wire, both, client, contents, reset, shelf
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_news_source,
    a_quote,
    an_english_document,
    an_id,
    check,
    fall_due,
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
from tests.factories.partners import make_key

pytestmark = pytest.mark.django_db


def test_the_first_sync_is_a_snapshot_and_the_next_asks_the_journal_only(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    assert (contents(mirror), mirror.sequence) == (shelf(), 2)

    wire.asked.clear()
    assert client.sync(mirror, site) == 0
    assert wire.asked == ["/api/v1/changes/?after=2"]


def test_a_question_whose_answer_is_known_is_a_304_and_confirms_every_copy(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    mirror.set(confirmed_at=0)
    client.sync(mirror, site)

    assert "If-none-match" in wire.headers[-1]
    assert float(mirror.get("confirmed_at")) > 0


@pytest.mark.parametrize(
    "happening",
    [
        lambda: shelve(a_document(heading("Иначе")), change="correction"),
        withdraw,
        lambda: (withdraw(), restore()),
        lambda: (shelve(a_document(heading("Иначе")), change="safety"), withdraw(language="en")),
        lambda: (check(started="Проверяем."), check(ended="Всё верно.")),
        lambda: shelve(a_document(heading("Другая"), slug="drugaya"), item=an_id("other")),
        lambda: (shelve(an_english_document(heading("Later")), "en"), withdraw(language="en"), withdraw()),
    ],
)
def test_whatever_happens_the_mirror_is_the_shelf(mirror: Any, site: Site, happening: Callable[[], object]) -> None:
    both()
    client.sync(mirror, site)
    happening()
    client.sync(mirror, site)

    assert contents(mirror) == shelf()
    assert mirror.sequence == Change.objects.count()
    assert_whole(mirror)


def test_a_check_is_shown_as_long_as_it_lasts(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    check(started="Проверяем дозу.")
    client.sync(mirror, site)
    assert "Проверяем дозу." in client.show(mirror, ARTICLE, "ru")
    check(ended="Всё верно.")
    client.sync(mirror, site)
    assert "Проверяем дозу." not in client.show(mirror, ARTICLE, "ru")


def test_an_event_that_it_has_never_heard_of_makes_it_fetch_the_text(
    mirror: Any, site: Site, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.editions import journal as journals

    both()
    client.sync(mirror, site)
    wire.asked.clear()
    append = journals.Journal.append
    monkeypatch.setattr(
        journals.Journal,
        "append",
        lambda self, event, *given, **named: append(self, "fell_from_the_sky", *given, **named),
    )
    fall_due()
    client.sync(mirror, site)

    assert Change.objects.last().event == "fell_from_the_sky"  # type: ignore[union-attr]
    assert f"/api/v1/articles/{ARTICLE}/?lang=ru" in wire.asked
    assert mirror.sequence == 3


def test_what_is_withdrawn_is_down_before_anything_is_fetched(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    shelve(a_document(heading("Иначе")))
    withdraw(language="en", reason="Доза неверна.")

    def away(path: str) -> None:
        if "/articles/" in path:
            raise ConnectionError("cut")

    wire.before = away
    with pytest.raises(client.Trouble):
        client.sync(mirror, site)
    assert set(contents(mirror)) == {(ARTICLE, "ru")}
    assert mirror.sequence == 2
    with pytest.raises(client.Trouble, match=r"Доза неверна\."):
        client.show(mirror, ARTICLE, "en")


def test_a_text_that_is_withdrawn_between_line_and_fetch_is_not_taken_in(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    shelve(a_document(heading("Иначе")))

    def happening(path: str) -> None:
        if "/articles/" in path:
            wire.before = lambda path: None
            withdraw()

    wire.before = happening
    client.sync(mirror, site)

    assert contents(mirror) == shelf()


def test_a_reader_sees_the_old_copy_until_the_new_one_is_whole(
    mirror: Any, site: Site, wire: Wire, tmp_path: Path
) -> None:
    both()
    client.sync(mirror, site)
    reader = client.Mirror(str(tmp_path / "mirror.sqlite3"))
    seen = []
    put = mirror.put

    def watched(*given: Any) -> None:
        put(*given)
        seen.append(len(contents(reader)))

    mirror.put = watched
    client.rebuild(mirror, site, {})
    assert seen == [2, 2]


def test_what_could_not_be_confirmed_for_too_long_is_not_shown(mirror: Any, site: Site) -> None:
    both()
    with time_machine.travel(NOON, tick=False) as clock:
        client.sync(mirror, site)
        clock.shift(86400)
        assert "Cramps in tests" in client.show(mirror, ARTICLE, "en")
        clock.shift(1)
        with pytest.raises(client.Trouble, match="could not be confirmed for 86401 seconds"):
            client.show(mirror, ARTICLE, "en")
        client.sync(mirror, site)
        assert "Cramps in tests" in client.show(mirror, ARTICLE, "en")
        clock.shift(-3600)
        with pytest.raises(client.Trouble, match="could not be confirmed"):
            client.show(mirror, ARTICLE, "en")


@pytest.mark.parametrize("narrowed", [{"language": "en"}, {"kind": "article", "language": "en"}])
def test_a_mirror_of_a_part_stays_one(mirror: Any, site: Site, narrowed: dict[str, str]) -> None:
    both()
    client.sync(mirror, site, narrowed)
    shelve(a_document(heading("Иначе")))
    shelve(an_english_document(heading("Other")), "en", item=ARTICLE)
    client.sync(mirror, site)
    reset()
    both()
    client.sync(mirror, site)
    assert {language for _, language in contents(mirror)} == {"en"}
    assert contents(mirror) == {key: value for key, value in shelf().items() if key[1] == "en"}


def test_a_key_that_is_for_less_mirrors_less(mirror: Any, wire: Wire) -> None:
    both()
    _, words = make_key(languages=["en"])
    site = Site(words, wire)
    client.sync(mirror, site)
    shelve(a_document(heading("Иначе")))
    client.sync(mirror, site)

    assert (set(contents(mirror)), mirror.sequence) == ({(ARTICLE, "en")}, 3)
    assert all(sent["Authorization"] == f"Bearer {words}" for sent in wire.headers)


def test_the_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Not a database.\n" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        client.Mirror(str(file))
    assert file.read_text() == "Not a database.\n" * 100


def assert_whole(mirror: Any) -> None:
    """Each copy is, member by member, what its address answers now."""
    for body, address in mirror.rows("SELECT body, json_extract(body, '$.api_url') FROM items"):
        assert json.loads(body) == Client().get(address.removeprefix("http://testserver")).json()


def test_a_text_hears_that_its_other_language_came_or_went_though_no_line_is_about_it(mirror: Any, site: Site) -> None:
    shelve(a_document(heading("Что это")))
    client.sync(mirror, site)
    for happening in (
        lambda: shelve(an_english_document(heading("What it is")), "en"),
        lambda: withdraw(language="en"),
        lambda: restore(language="en"),
    ):
        happening()
        client.sync(mirror, site)
        assert_whole(mirror)


def test_a_text_loses_and_gets_back_its_link_to_another_one(mirror: Any, site: Site) -> None:
    other = an_id("other")
    shelve(a_document(heading("Другая"), slug="drugaya"), item=other)
    shelve(a_document(text(said("Смотрите ", item_link("другую", other)))))
    client.sync(mirror, site)
    for happening in (withdraw, restore):
        happening(other)
        client.sync(mirror, site)
        assert_whole(mirror)


def test_once_a_day_every_text_is_asked_for_and_that_costs_a_304_each(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    with time_machine.travel(NOON, tick=False) as clock:
        client.sync(mirror, site)
        for _ in range(2):
            clock.shift(24 * 3600)
            wire.asked.clear()
            client.sync(mirror, site)
            assert len([path for path in wire.asked if "/articles/" in path]) == 2
            clock.shift(3600)
            wire.asked.clear()
            client.sync(mirror, site)
            assert [path for path in wire.asked if "/articles/" in path] == []
        assert "If-none-match" in wire.headers[-2]
    assert_whole(mirror)


def test_a_quote_that_is_withdrawn_is_in_no_copy_any_more(mirror: Any, site: Site) -> None:
    quote = a_quote(text="Слова, которых больше нет.")
    for number in (1, 2):
        shelve(a_document(quoted(quote), sources=[a_news_source()], slug=f"statya-{number}"), item=an_id(str(number)))
    client.sync(mirror, site)
    assert all(quote.text in body for (body,) in mirror.rows("SELECT body FROM items"))

    withdraw_part(quote, an_id("1"), an_id("2"))
    assert client.sync(mirror, site) == 2
    assert not any(quote.text in body for (body,) in mirror.rows("SELECT body FROM items"))
    assert contents(mirror) == shelf()
    for number in ("1", "2"):
        assert quote.text not in client.show(mirror, an_id(number), "ru")
