"""The local copy of the shelf is the shelf: after anything that can happen, whoever brings it up, and wherever it
breaks off."""

import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, connections

from articles.content.blocks import QuoteBlock
from articles.editions import mirror_copying, mirror_place, queries
from articles.editions.guards import lifted
from articles.editions.mirror_copying import BrokenChainError
from articles.editions.mirror_place import ALIAS
from articles.editions.mirroring import catch_up, stands_at
from articles.editions.shelf import Change, Edition, Standing, WithdrawnPart
from articles.editions.verifying import verify_editions
from articles.publishing.withdraw import withdraw as press_withdraw
from tests.factories.desk import a_quote as a_desk_quote
from tests.factories.desk import an_article, an_editor, place
from tests.factories.documents import (
    REVIEWED,
    a_document,
    a_quote,
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
from tests.factories.erasure import erase
from tests.factories.local_copy import bytes_of, differences
from tests.factories.shelf import BOTH, later, publish_article
from tests.factories.whole_shelf import shelve_everything
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
ROUNDS = max(60, int(os.environ.get("ROUNDS", "0")))


def test_a_first_fill_has_everything_that_can_have_happened(copy: Path) -> None:
    shelve_everything()

    assert stands_at() is None
    assert catch_up() == Change.objects.count()
    assert differences() == []


def test_an_empty_journal_has_a_copy_too(copy: Path) -> None:
    assert catch_up() == 0
    assert differences() == []
    with mirror_place.reading() as is_here:
        assert is_here


def test_whatever_happens_the_copy_is_the_same_afterwards(copy: Path) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.randrange(10**6)
    dice = random.Random(seed)
    print(f"seed {seed}")
    catch_up()
    for step in range(ROUNDS):
        happen(dice, step)
        if dice.random() < 0.5:
            catch_up()
            assert differences() == [], f"seed {seed}, step {step}"
    catch_up()
    assert differences() == [], f"seed {seed}"


def happen(dice: random.Random, step: int) -> None:
    """One thing that can happen to a text; what cannot happen to it as it stands does not."""
    item, language = an_id(f"text {dice.randrange(5)}"), dice.choice(["ru", "en"])
    standing = Standing.objects.filter(item=item, language=language).first()
    part = a_quote(f"quote {dice.randrange(4)}")
    if standing is None or dice.random() < 0.3:
        blocks = [heading(f"Шаг {step}"), text(said("Смотрите ", item_link("другое", an_id("text 1")), "."))]
        gone = WithdrawnPart.objects.filter(part=part.id).exists()
        document = a_document(
            *blocks, *([] if gone else [quoted(part)]), title=f"Текст {step}", slug=f"t-{item}-{step}"
        )
        shelve(document, language, item=item, change="safety" if dice.random() < 0.3 else "update", review=REVIEWED)
    elif not standing.is_live:
        restore(item, language)
    elif dice.random() < 0.3:
        withdraw(item, language)
    elif standing.under_check:
        check(item, language, ended="Всё верно.")
    elif dice.random() < 0.5:
        check(item, language, started="Смотрим.")
    elif standing.overdue_since is None and dice.random() < 0.6:
        fall_due(item, language)
    else:
        withdraw_part(part, item, language=language)


def test_a_part_that_is_withdrawn_without_a_line_is_withdrawn_in_the_copy_too(copy: Path) -> None:
    shelve(a_document(heading("Без неё")))
    catch_up()
    before = Change.objects.count()
    WithdrawnPart.objects.create(
        part_kind="quote", part=an_id("of nobody"), reason_code="error", reason_ru="Ошибка.", reason_en="An error.",
        withdrawn_at=Change.objects.get(sequence=1).recorded_at, sequence=before,
    )  # fmt: skip

    catch_up()

    assert Change.objects.count() == before
    assert differences() == []


def test_within_the_block_the_shelf_is_read_here_and_as_of_one_moment(copy: Path) -> None:
    shelve(a_document(heading("Здесь")))
    catch_up()
    queried: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        queried.append(sql)
        return execute(sql, params, many, context)

    with mirror_place.reading() as is_here, connection.execute_wrapper(note):
        assert is_here
        assert queries.head().sequence == 1
        found = queries.by_id("article", an_id("article"))
        assert found is not None
        assert found.by_language["ru"].edition.document.title == "Судороги в тестах"
    assert queried == []


def test_a_line_that_does_not_belong_there_is_not_followed(copy: Path) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()
    shelve(a_document(heading("Два")), change="update", note="Яснее.")
    with lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_change SET note = 'что-то другое' WHERE sequence = 2")

    with pytest.raises(BrokenChainError):
        catch_up()

    assert stands_at() == 1


def test_a_copy_of_another_journal_is_made_anew(copy: Path) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()
    with mirror_place.writing(), mirror_place.opened(mirror_place.current()) as wrapper, wrapper.cursor() as cursor:  # type: ignore[arg-type]
        cursor.execute("UPDATE articles_journalhead SET hash = 'another'")
        cursor.execute("UPDATE articles_edition SET kind = 'another'")

    assert catch_up() == 1
    assert differences() == []


@pytest.mark.parametrize("damage", ["a page of it", "all of it"])
def test_a_damaged_copy_is_found_by_whoever_reads_it_and_made_anew(copy: Path, damage: str) -> None:
    shelve_everything()
    catch_up()
    connections[ALIAS].close()
    file = mirror_place.current()
    assert file is not None
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096 if damage == "a page of it" else 0)
        opened.write(b"\xff" * (size - opened.tell()))

    with mirror_place.reading() as is_here, suppress(DatabaseError):
        if is_here:
            list(Edition.objects.using(ALIAS).all())

    assert mirror_place.current() is None
    assert catch_up() == Change.objects.count()
    assert differences() == []


def test_another_form_of_the_tables_is_another_file_and_what_nobody_uses_is_removed(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(a_document(heading("Раз")))
    with mirror_place.in_use():
        catch_up()
        old = mirror_place.current()
        assert old is not None
        connections[ALIAS].close()
        monkeypatch.setattr(mirror_place, "_form", lambda: "newer")
        with mirror_place.in_use():
            assert old.exists()  # somebody uses it still
            assert stands_at() is None
            assert catch_up() == 1
    with mirror_place.in_use():
        assert differences() == []
    assert not old.exists()


def test_a_file_that_could_not_be_made_leaves_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve_everything()
    put = mirror_copying._put

    def interrupted(model, rows):  # type: ignore[no-untyped-def]
        if model is Change:
            raise KeyboardInterrupt
        put(model, rows)

    with monkeypatch.context() as patch:
        patch.setattr(mirror_copying, "_put", interrupted)
        with pytest.raises(KeyboardInterrupt):
            catch_up()

    assert list(copy.parent.glob("*.sqlite3*")) == []
    assert catch_up() == Change.objects.count()


def test_no_word_that_was_erased_is_left_in_any_file(copy: Path, administrator: User) -> None:
    vera = an_editor()
    article = an_article("of-a-person", title_ru="О ЧЕЛОВЕКЕ", title_en="OF A PERSON")
    publish_article(article, by=vera, note="О ЧЕЛОВЕКЕ в заметке.")
    publish_article(an_article("other"), by=vera)
    why = {"ru": "О ЧЕЛОВЕКЕ нельзя.", "en": "OF A PERSON one may not."}
    press_withdraw("article", article.pk, BOTH, reason_code="request", reasons=why, by=vera, at=later(5))
    catch_up()
    assert "О ЧЕЛОВЕКЕ".encode() in bytes_of(copy)

    erase(article, "article", vera, administrator)
    catch_up()

    connections[ALIAS].close()
    for word in ("О ЧЕЛОВЕКЕ", "OF A PERSON", "of-a-person"):
        assert word.encode() not in bytes_of(copy), word
    assert differences() == []


def test_a_text_whose_editions_went_with_a_part_is_erased_from_the_copy_too(copy: Path, administrator: User) -> None:
    """Its title and address go when it is erased itself, and no edition is left that a line could be about."""
    vera, quote, article = an_editor(), a_desk_quote(), an_article("of-a-person")
    place(article, quote)
    publish_article(article, by=vera)
    press_withdraw("article", article.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(5))
    QuoteBlock.objects.all().delete()
    erase(quote, "quote", vera, administrator)
    catch_up()

    erase(article, "article", vera, administrator)
    catch_up()

    assert differences() == []
    assert list(verify_editions()) == []


ELSEWHERE = """
import os, sys, django
django.setup()
from django.db import connections
from articles.editions import mirror_copying, mirroring
if sys.argv[1] == "killed":
    put, times = mirror_copying._put, [0]
    def killed(model, rows):
        put(model, rows)
        times[0] += 1
        if times[0] == int(sys.argv[2]):
            print("killed", flush=True)
            os.kill(os.getpid(), 9)
    mirror_copying._put = killed
print(mirroring.catch_up(), flush=True)
"""


def elsewhere(copy: Path, repository: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Catch up in a process of its own."""
    given = connection.settings_dict
    place = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    address = f"sqlite:///{given['NAME']}" if connection.vendor == "sqlite" else f"postgres://{place}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test", "TEST_DATABASE_URL": address,
        "TEST_SHELF_MIRROR": str(copy),
    }  # fmt: skip
    command = [sys.executable, "-c", ELSEWHERE, *arguments]
    return subprocess.Popen(command, cwd=repository, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_in_the_middle_leaves_the_copy_as_it_was(copy: Path, repository: Path) -> None:
    shelve_everything()
    assert elsewhere(copy, repository, "killed", "4").communicate(timeout=PATIENCE)[0] == "killed\n"
    assert stands_at() is None
    before = catch_up()
    shelve(a_document(heading("Ещё раз")), change="update", note="Яснее.")
    assert elsewhere(copy, repository, "killed", "3").communicate(timeout=PATIENCE)[0] == "killed\n"
    assert stands_at() == before

    catch_up()

    assert differences() == []
    assert len(list(copy.parent.glob("*.sqlite3"))) == 2  # the link, and the file


@pytest.mark.django_db(transaction=True)
def test_processes_that_catch_up_at_once_leave_one_whole_copy(copy: Path, repository: Path) -> None:
    shelve_everything()
    others = [elsewhere(copy, repository, "at once") for _ in range(3)]
    for other in others:
        told = other.communicate(timeout=PATIENCE)[0].strip()
        # Who came while another was making the first one has none yet.
        assert told in {"None", str(Change.objects.count())}
    assert catch_up() == Change.objects.count()
    assert differences() == []


def test_readers_cannot_write_to_the_copy(copy: Path) -> None:
    shelve(a_document(heading("Раз")))
    catch_up()

    with mirror_place.reading(), pytest.raises(Exception, match="readonly"):
        Standing.objects.using(ALIAS).update(title="другое")
