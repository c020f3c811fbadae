"""What whoever keeps answers learns of a few lines: what they touch, and which addresses they bring and take away."""

import pytest

from articles.editions import followed, store
from articles.editions import journal as journals
from articles.editions.shelf import Change, Standing
from tests.factories.documents import ARTICLE, NOON, a_document, shelve

pytestmark = pytest.mark.django_db

API = f"/api/v1/articles/{ARTICLE}/?lang=ru"


def withdrawn() -> None:
    tombstone = {"reason_code": "error", "reason": "Ошибка.", "withdrawn_at": "2026-11-22T12:00:00Z"}
    with journals.opened(NOON) as journal:
        standing = Standing.objects.get(item=ARTICLE, language="ru")
        store.withdraw(journal, standing, tombstone=tombstone, change_class="correction")


def test_what_comes_out_is_told_with_its_page_and_its_item() -> None:
    known = followed.begin()
    document = a_document()
    shelve(document)

    shelf, moved = followed.since(known)

    assert moved is not None
    assert moved.out == (f"/ru/articles/{document.slug}/", API)
    assert (moved.gone, f"item:{ARTICLE}" in moved.tags) == ((), True)
    assert followed.since(shelf) == (shelf, followed.Moved())


def test_the_last_word_on_an_address_counts() -> None:
    document = a_document()
    page = f"/ru/articles/{document.slug}/"
    known = followed.begin()
    shelve(document)
    withdrawn()

    shelf, moved = followed.since(known)
    assert (moved.out, moved.gone) == ((), (page, API))

    shelve(a_document(title="Иначе"), change="update")
    _shelf, moved = followed.since(shelf)
    assert (moved.out, moved.gone) == ((page, API), ())
    assert [line.event for line in Change.objects.order_by("sequence")] == ["published", "withdrawn", "published"]


def test_a_line_that_leaves_words_as_they_are_brings_no_address() -> None:
    shelve(a_document())
    known = followed.begin()
    with journals.opened(NOON) as journal:
        store.settle_translations(journal, ARTICLE, touched=["ru"])

    assert followed.since(known)[1] == followed.Moved()


def test_a_part_of_a_page_that_is_gone_is_not_the_page() -> None:
    lines = [{"event": "withdrawn", "url": "http://testserver/ru/glossary/#krampi", "api_url": ""}]

    assert followed._addresses(lines) == ((), ())
    lines[0]["event"] = "published"
    assert followed._addresses(lines) == (("/ru/glossary/",), ())
