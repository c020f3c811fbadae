"""Which words have moved is told only where the journal leads from the one line to the other."""

import pytest
from django.contrib.auth.models import User

from articles.content.texts import Article
from articles.editions.shelf import Change
from articles.publishing.withdraw import withdraw
from articles.search import moved
from articles.search.following import follow
from articles.search.moved import moved_words
from tests.factories.desk import a_quote, an_article, place
from tests.factories.documents import an_id, shelve, text
from tests.factories.documents import withdraw as take_down
from tests.factories.documents_of_kinds import a_term
from tests.factories.erasure import erase
from tests.factories.searching import shelve_text
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db


def mark() -> tuple[int, str]:
    follow()
    last = Change.objects.latest("sequence")
    return last.sequence, last.hash


def withdraw_on_request(article: Article, by: User) -> None:
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw("article", article.pk, languages=BOTH, reason_code="request", reasons=why, by=by, at=later(5))


def test_words_that_came_and_words_that_went_with_how_many_texts_have_them() -> None:
    shelve_text("Первый", text("барсук выдра"))
    shelve_text("Второй", text("выдра"))
    before = mark()
    shelve_text("Первый", text("магний"))
    assert moved_words(before, mark()) == {"первый": 1, "магний": 1, "барсук": 0, "выдра": 1}


def test_the_codes_of_its_conditions_go_with_a_text() -> None:
    shelve(a_term("Судорога", codes=["R25.2"]), item=an_id("term"))
    shelve_text("Сводит ногу", conditions=[an_id("term")])
    before = mark()
    take_down(an_id("Сводит ногу"))
    found = moved_words(before, mark())
    assert found is not None
    assert (found["сводит"], found["r25.2"]) == (0, 1)


def test_nothing_has_moved_from_a_line_to_itself() -> None:
    shelve_text("Магний")
    here = mark()
    assert moved_words(here, here) == {}


def test_words_of_editions_between_two_looks_are_looked_at_too() -> None:
    shelve_text("Магний")
    before = mark()
    shelve_text("Магний", text("барсук"))
    shelve_text("Магний", text("выдра"))
    found = moved_words(before, mark())
    assert found is not None
    assert (found["барсук"], found["выдра"]) == (0, 1)


@pytest.mark.parametrize("which", ["behind", "another hash", "another end", "beyond"])
def test_another_journal_says_nothing(which: str) -> None:
    shelve_text("Магний")
    before = mark()
    shelve_text("Кальций")
    now = mark()
    assert moved_words(before, now) is not None
    asked = {
        "behind": (now, before),
        "another hash": ((before[0], "0" * 64), now),
        "another end": (before, (now[0], "0" * 64)),
        "beyond": (before, (now[0] + 1, now[1])),
    }
    assert moved_words(*asked[which]) is None


def test_with_more_lines_than_a_step_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "STEP", 3)
    shelve_text("Магний")
    before = mark()
    for number in range(4):
        assert moved_words(before, mark()) is not None
        shelve_text(f"Текст {number}")
    assert moved_words(before, mark()) is None


def test_a_term_moves_texts_that_the_journal_does_not_name() -> None:
    shelve_text("Магний")
    before = mark()
    shelve(a_term("Судорога"), item=an_id("term"))
    assert moved_words(before, mark()) is None


def test_what_was_erased_says_no_word(editor: User, administrator: User) -> None:
    article = an_article(title_ru="Барсуковедение")
    publish_article(article, by=editor)
    withdraw_on_request(article, editor)
    before = mark()
    erase(article, "article", editor, administrator)
    assert moved_words(before, mark()) is None


def test_a_text_of_which_an_older_edition_was_erased_goes_on_step_by_step(
    editor: User, administrator: User, caplog: pytest.LogCaptureFixture
) -> None:
    quote, article = a_quote(), an_article()
    placed = place(article, quote)
    publish_article(article, by=editor)
    placed.delete()
    for minutes, words in ((3, "Росомаха."), (30, "Выдра.")):
        article.summary_ru = words
        article.save()
        publish_article(article, by=editor, at=later(minutes))
        if minutes == 3:
            erase(quote, "quote", editor, administrator)
            before = mark()
    found = moved_words(before, mark())
    assert found is not None
    assert (found["росомаха"], found["выдра"]) == (0, 1)
    assert caplog.text == ""


def test_so_does_one_that_had_been_withdrawn_when_it_was_erased(
    editor: User, administrator: User, caplog: pytest.LogCaptureFixture
) -> None:
    quote, article = a_quote(), an_article()
    placed = place(article, quote)
    publish_article(article, by=editor)
    withdraw_on_request(article, editor)
    placed.delete()
    erase(quote, "quote", editor, administrator)
    before = mark()
    article.summary_ru = "Выдра."
    article.save()
    publish_article(article, by=editor, at=later(30))
    found = moved_words(before, mark())
    assert found is not None
    assert found["выдра"] == 1
    assert caplog.text == ""


def test_what_was_erased_ahead_of_the_index_is_not_taken_for_nothing(
    editor: User, administrator: User, caplog: pytest.LogCaptureFixture
) -> None:
    article = an_article(title_ru="Барсуковедение")
    publish_article(article, by=editor)
    before = mark()
    withdraw_on_request(article, editor)
    withdrawn = Change.objects.latest("sequence")
    erase(article, "article", editor, administrator)
    assert moved_words(before, (withdrawn.sequence, withdrawn.hash)) is None
    assert caplog.text == ""


def test_an_edition_that_cannot_be_read_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelve_text("Магний")
    before = mark()
    shelve_text("Магний", text("барсук"))
    now = mark()

    def fails(*given: object, **how: object) -> None:
        raise ValueError("a block that nobody knows")

    monkeypatch.setattr(moved, "passages", fails)
    assert moved_words(before, now) is None
    assert "all words are read" in caplog.text
