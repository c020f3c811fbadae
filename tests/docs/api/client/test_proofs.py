"""What the reference client proves, what it refuses to believe, and what it erases."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine

from articles.editions.shelf import Change
from articles.publishing.expunge import ask_expunge, confirm_expunge
from articles.publishing.withdraw import withdraw as take_down
from tests.docs.api.client.inside import Received, Site, Wire, both, client, contents, reset, shelf
from tests.factories.desk import an_article, an_editor
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    an_id,
    heading,
    shelve,
    withdraw,
)
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


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
