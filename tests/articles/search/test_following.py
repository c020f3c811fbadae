"""The index follows the journal: whole or not at all, once, by one at a time, and it leaves no word behind."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction

from articles.canonical.languages import Language
from articles.content.blocks import QuoteBlock
from articles.editions.document import Document
from articles.editions.shelf import Change, Standing
from articles.publishing.withdraw import withdraw as press_withdraw
from articles.publishing.withdraw import withdraw_part
from articles.search import engines, entries, following
from articles.search.following import follow, forget, is_behind, start_anew
from articles.search.passages import Passage
from articles.search.recipe import RECIPE
from articles.search.tables import IndexedText, IndexedWord, IndexState
from tests.factories.desk import a_quote, an_article, place
from tests.factories.documents import a_person, an_id, quoted, shelve, text, withdraw
from tests.factories.documents import a_quote as a_frozen_quote
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, a_topic, an_expert
from tests.factories.erasure import erase, words_of
from tests.factories.searching import everything, restore, shelve_text, titles
from tests.factories.shelf import BOTH, later, publish_article
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db


def indexed() -> list[str]:
    rows = Standing.objects.filter(item__in=IndexedText.objects.values("item"))
    held = set(IndexedText.objects.values_list("item", "language"))
    return sorted(row.title for row in rows if (row.item, row.language) in held)


def test_all_lines_are_followed_once() -> None:
    shelve_text("Магний")
    shelve_text("Кальций")
    assert is_behind()
    assert follow() == Change.objects.count()
    assert indexed() == ["Кальций", "Магний"]
    assert not is_behind()
    before = everything()
    assert follow() == 0
    assert everything() == before


def test_an_index_of_nothing_is_not_behind() -> None:
    assert not is_behind()
    assert follow() == 0


def test_every_kind_is_indexed() -> None:
    documents = [a_faq(), a_page(), a_term(), a_topic(), an_expert(a_person(part="participates"))]
    for document in documents:
        shelve(document, item=an_id(document.kind))
    follow()
    assert sorted(IndexedText.objects.values_list("kind", flat=True)) == ["expert", "faq", "page", "term", "topic"]


def test_an_amended_text_is_indexed_by_its_new_words_and_no_longer_by_the_old_ones() -> None:
    shelve_text("Магний", text("Прежнее слово: барсук."))
    follow()
    assert "барсук" in words_of_index()
    shelve_text("Магний", text("Новое слово: выдра."))
    follow()
    assert "выдра" in words_of_index()
    assert "барсук" not in words_of_index()
    assert list(IndexedWord.objects.filter(form="барсук")) == []


def words_of_index() -> str:
    return " ".join(IndexedText.objects.values_list("forms", flat=True))


def test_withdrawing_removes_restoring_brings_back() -> None:
    shelve_text("Магний")
    follow()
    whole = everything()
    withdraw(an_id("Магний"))
    follow()
    assert (indexed(), IndexedWord.objects.count()) == ([], 0)
    restore(an_id("Магний"))
    follow()
    assert everything() == whole


def test_words_are_counted_by_texts_and_by_language() -> None:
    shelve_text("Магний", text("магний и магний"))
    shelve_text("О магнии", text("магний"))
    shelve_text("Magnesium", text("магний"), language="en", item=an_id("third"))
    follow()
    assert dict(IndexedWord.objects.filter(form="магний").values_list("language", "texts")) == {"ru": 2, "en": 1}
    withdraw(an_id("О магнии"))
    follow()
    assert dict(IndexedWord.objects.filter(form="магний").values_list("language", "texts")) == {"ru": 1, "en": 1}


def test_bit_by_bit_it_comes_to_the_same_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Магний", "Кальций", "Хинин"):
        shelve_text(name)
    withdraw(an_id("Кальций"))
    shelve_text("Магний", text("Ещё раз."))
    follow()
    at_once = everything()
    start_anew()
    assert everything() == []
    monkeypatch.setattr(following, "BATCH", 1)
    assert [follow(most=1) for _ in range(Change.objects.count() + 1)] == [1] * Change.objects.count() + [0]
    assert everything() == at_once


def test_whoever_is_killed_in_the_middle_has_done_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve_text("Магний")
    follow()
    shelve_text("Кальций")
    shelve_text("Хинин")
    before = (everything(), IndexState.objects.get().sequence)
    whole, done = engines.put, []

    def dies_at_the_second(id: int, keys: object) -> None:
        whole(id, keys)  # type: ignore[arg-type]
        done.append(id)
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(engines, "put", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        follow()
    assert (everything(), IndexState.objects.get().sequence) == before
    monkeypatch.undo()
    follow()
    assert indexed() == ["Кальций", "Магний", "Хинин"]


def test_code_that_reads_texts_in_another_way_makes_the_index_anew() -> None:
    shelve_text("Магний")
    follow()
    whole = everything()
    IndexState.objects.update(recipe="of old")
    IndexedText.objects.update(postings="", forms="старое")
    assert is_behind()
    assert follow(in_passing=True) == 0
    assert IndexState.objects.get().recipe == "of old"
    follow()
    assert everything() == whole
    assert IndexState.objects.get().recipe == RECIPE


def test_a_shelf_that_was_replaced_by_another_makes_the_index_anew() -> None:
    shelve_text("Магний")
    follow()
    whole = everything()
    IndexState.objects.update(hash="0" * 64)
    assert is_behind()
    follow()
    assert everything() == whole
    IndexState.objects.update(sequence=900)
    follow()
    assert everything() == whole


def test_what_moved_while_it_was_read_is_left_to_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve_text("Магний", text("Прежнее слово: барсук."))
    read = following._entries

    def amended_meanwhile(*places: object) -> object:
        found = read(*places)  # type: ignore[arg-type]
        monkeypatch.undo()
        shelve_text("Магний", text("Новое слово: выдра."))
        return found

    monkeypatch.setattr(following, "_entries", amended_meanwhile)
    follow(most=1)
    assert indexed() == []
    follow()
    assert "выдра" in words_of_index()
    assert "барсук" not in words_of_index()


def test_an_item_that_is_expunged_leaves_no_word_in_any_table_of_search(vera: User, administrator: User) -> None:
    article = an_article(title_ru="Барсуковедение", title_en="Badgerology")
    publish_article(article, by=vera)
    follow()
    assert "барсуковедение" in words_of_index()
    press_withdraw("article", article.pk, languages=BOTH, reason_code="request", reasons=WHY, by=vera, at=later(5))

    erase(article, "article", vera, administrator)

    # Nobody has followed the withdrawal yet.
    assert is_behind()
    assert_nothing_left("барсуковед", "badgerolog")
    follow()
    assert_nothing_left("барсуковед", "badgerolog")


def test_a_quote_that_is_expunged_leaves_no_word_though_its_carrier_stays(vera: User, administrator: User) -> None:
    quote, article = a_quote(text_ru="Барсуковедение лечит", text_en="Badgerology heals"), an_article()
    place(article, quote)
    publish_article(article, by=vera)
    follow()
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(5))
    QuoteBlock.objects.all().delete()

    erase(quote, "quote", vera, administrator)

    assert_nothing_left("барсуковед", "badgerolog")
    follow()
    assert_nothing_left("барсуковед", "badgerolog")
    assert len(titles("судороги")) == 1


WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


@pytest.fixture
def vera(editor: User) -> User:
    return editor


def assert_nothing_left(*words: str) -> None:
    assert {place for place in words_of(*words) if ".Indexed" in place} == set()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # FTS5 writes its blocks as bytes, each word by how it differs from the one before.
            blocks = b"".join(row[0] for row in cursor.execute("SELECT block FROM articles_search_words_data"))
            content = str(cursor.execute("SELECT * FROM articles_search_words_content").fetchall())
        for word in words:
            assert word not in content
            assert word[2:].encode() not in blocks
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(words::text, ' ') FROM articles_indexedtext")
            vectors = cursor.fetchone()[0] or ""
        assert [word for word in words if word in vectors] == []


def test_a_text_that_cannot_be_read_is_not_found_and_keeps_nothing_else_from_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelve_text("Магний")
    follow()
    shelve_text("Магний", text("Ещё раз."))
    shelve_text("Кальций")
    whole = entries.passages

    def breaks(document: Document, language: Language, **how: Any) -> list[Passage]:
        if document.title == "Магний":
            raise TypeError("a block of tomorrow")
        return whole(document, language, **how)

    monkeypatch.setattr(entries, "passages", breaks)
    follow()
    assert not is_behind()
    assert indexed() == ["Кальций"]
    assert f"{Standing.objects.get(title='Магний').edition} cannot be read for search" in caplog.text
    assert titles("магний") == []
    monkeypatch.undo()
    start_anew()
    assert titles("магний") == ["Магний"]


def test_forgetting_editions_that_nobody_indexed_is_no_fault() -> None:
    edition = shelve_text("Магний")
    forget([])
    forget([edition.pk])
    assert indexed() == []


def test_a_draft_is_never_indexed(editor: User) -> None:
    article = an_article(title_ru="Барсуковедение")
    follow()
    assert IndexedText.objects.count() == 0
    publish_article(article, by=editor)
    article.title_ru = "Выдроведение"
    article.save()
    follow()
    assert "барсуковедение" in words_of_index()
    assert "выдроведение" not in words_of_index()


def together(*workers: Callable[[], object]) -> list[object]:
    """What each worker returned or raised, each in a thread with a connection of its own."""
    results: list[object] = []

    def guarded(worker: Callable[[], object]) -> None:
        try:
            results.append(worker())
        except Exception as fault:
            results.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_several_who_follow_at_once_make_one_index() -> None:
    for number in range(12):
        shelve_text(f"Магний {number}", text(f"Слово {number}."))
    results = together(*[follow] * 4)
    assert [fault for fault in results if isinstance(fault, Exception)] == []
    follow()
    at_once = everything()
    start_anew()
    follow()
    assert everything() == at_once
    assert IndexedText.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_whoever_does_not_wait_goes_away_while_another_writes() -> None:
    shelve_text("Магний")
    follow()
    shelve_text("Кальций")
    entered, may_leave = threading.Event(), threading.Event()

    def holds() -> None:
        with transaction.atomic():
            following._locked(wait=True)
            entered.set()
            assert may_leave.wait(PATIENCE)

    def comes() -> object:
        assert entered.wait(PATIENCE)
        try:
            return (follow(in_passing=True), titles("магний"))
        finally:
            may_leave.set()

    results = together(holds, comes)
    if connection.vendor == "sqlite":
        assert any(isinstance(result, OperationalError) for result in results)
    else:
        assert (0, ["Магний"]) in results
    assert indexed() == ["Магний"]
    assert follow() == 1


@pytest.mark.django_db(transaction=True)
def test_the_patience_of_the_connection_is_as_before() -> None:
    shelve_text("Магний", quoted(a_frozen_quote()))
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        follow(in_passing=True)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before
