"""The reference client against the real answers: it holds what the shelf holds, and nothing that was taken down."""

import gzip
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from articles.editions.shelf import Change, Standing
from articles.publishing.expunge import ask_expunge, confirm_expunge
from articles.publishing.withdraw import withdraw as take_down
from tests.docs.api.client.inside import Received, Site, Wire, client, contents, cut
from tests.factories.desk import an_article, an_editor
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    an_english_document,
    an_id,
    check,
    fall_due,
    heading,
    restore,
    shelve,
    withdraw,
)
from tests.factories.partners import make_key
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the client would have waited."""
    cache.clear()  # what other tests asked counts against nobody's limit
    waited: list[float] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    return waited


@pytest.fixture
def mirror(tmp_path: Path) -> Any:
    return client.Mirror(str(tmp_path / "mirror.sqlite3"))


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def site(wire: Wire) -> Site:
    return Site(wire=wire)


def both() -> None:
    shelve(a_document(heading("Что это", name="h")))
    shelve(an_english_document(heading("What it is", name="h")), "en")


def shelf() -> dict[tuple[str, str], tuple[int, str]]:
    rows = Standing.objects.filter(state="live").select_related("edition")
    return {(str(row.item), row.language): (row.edition.number, row.edition.digest) for row in rows}


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
    with pytest.raises(client.Trouble, match="as it was before line"):
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


def reset() -> None:
    """Another journal, as after a backup was brought back."""
    from articles.editions.guards import lifted
    from articles.editions.shelf import Edition, JournalHead, Mention

    with lifted():
        for model in (Mention, Standing, Edition, Change, JournalHead):
            model._base_manager.all()._raw_delete("default")


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_journal_that_is_another_one_is_read_anew_however_long_it_is(mirror: Any, site: Site, lines: int) -> None:
    both()
    client.sync(mirror, site)
    reset()
    for number in range(lines):
        shelve(a_document(heading("После"), slug=f"posle-{number}"), item=an_id(f"after/{number}"))
    client.sync(mirror, site)

    assert contents(mirror) == shelf()
    assert mirror.sequence == lines
    assert client.verify(mirror, site) == lines


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


def test_what_is_erased_is_nowhere_in_the_file(mirror: Any, site: Site, tmp_path: Path, administrator: Any) -> None:
    vera, article = an_editor(), an_article(summary_ru="Тайное слово.")
    publish_article(article, by=vera, note="Тайная причина.")
    client.sync(mirror, site)
    why = {"ru": "Тайный повод.", "en": "A secret ground."}
    take_down("article", article.pk, ["ru", "en"], reason_code="legal", reasons=why, by=vera, at=NOON)
    client.sync(mirror, site)
    erased = ask_expunge("article", article.pk, reason="Статья 17", by=vera, at=NOON)
    article_id = str(article.pk)
    confirm_expunge(erased, by=administrator, at=NOON)
    client.sync(mirror, site)

    mirror.database.close()
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [word for word in ("Тайн", "secret") if word.encode() in written] == []
    again = client.Mirror(str(tmp_path / "mirror.sqlite3"))
    assert (contents(again), again.sequence) == ({}, Change.objects.count())
    with pytest.raises(client.Trouble, match="not shown"):
        client.show(again, article_id, "ru")
    assert client.verify(again, site) == 0


def altered(words: bytes, others: bytes) -> Callable[[str, Received], Received]:
    """Exchange words in everything that the journal says."""

    def alter(path: str, answer: Received) -> Received:
        if "/changes/" in path:
            body = client.unpacked(answer).read()
            return Received(answer.status, {}, io.BytesIO(body.replace(words, others)))
        return answer

    return alter


def test_a_line_that_was_altered_is_refused(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    client.sync(mirror, site)
    withdraw(reason="Ошибка.")

    wire.alter = altered(b'"withdrawn"', b'"restored"')
    with pytest.raises(client.Trouble, match="line 3 of the journal does not match its hash"):
        client.sync(mirror, site)
    assert (ARTICLE, "ru") in contents(mirror)


def test_an_altered_line_without_a_note_confirms_nothing(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    with time_machine.travel(NOON, tick=False):
        client.sync(mirror, site)
    shelve(a_document(heading("Иначе")), note="")
    wire.alter = altered(b'"class":"first"', b'"class":"wording"')
    with pytest.raises(client.Trouble, match="no erasure explains it"):
        client.sync(mirror, site)
    assert float(mirror.get("confirmed_at")) == NOON.timestamp()


def test_verifying_finds_a_copy_that_was_altered(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    assert client.verify(mirror, site) == 2
    mirror.database.execute("UPDATE items SET content_digest = ? WHERE language = 'en'", ("0" * 64,))
    with pytest.raises(client.Trouble, match="does not match its digests"):
        client.verify(mirror, site)


def test_verifying_finds_a_past_that_was_rewritten(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    mirror.set(hash="f" * 64)
    with pytest.raises(client.Trouble, match="line 2 of the journal is not the one"):
        client.verify(mirror, site)


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


def test_a_key_that_was_revoked_is_told_and_nothing_is_taken_down(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    with pytest.raises(client.Trouble, match="401"):
        client.sync(mirror, Site("not-a-key"))
    assert contents(mirror) == shelf()


def test_the_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Not a database.\n" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        client.Mirror(str(file))
    assert file.read_text() == "Not a database.\n" * 100
