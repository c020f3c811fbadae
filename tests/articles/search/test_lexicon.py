"""What a search knows of words follows the index step by step, and says nothing else than what is made anew."""

from collections.abc import Callable
from random import Random
from threading import Lock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions.shelf import Standing
from articles.publishing.withdraw import withdraw_part
from articles.search import lexicon as lexicons
from articles.search.finding import search
from articles.search.following import follow, start_anew
from articles.search.lexicon import lexicon
from articles.search.tables import IndexedWord
from tests.factories.desk import a_quote, an_article, place
from tests.factories.documents import an_id, check, shelve, text, withdraw
from tests.factories.documents_of_kinds import a_faq, a_term
from tests.factories.searching import restore, shelve_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

WORDS = [
    "магний", "кальций", "барсук", "барсука", "выдра", "B12", "R25.2", "foot", "feet",
    "cramp", "вода", "водой", "судорога", "икра", "ночью", "х", "ж",
]  # fmt: skip


@pytest.fixture
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the test fails where all words are read anew; a text is there already."""
    shelve_text("Начало")
    follow()
    lexicon()

    def fails() -> None:
        raise AssertionError("all words were read")

    monkeypatch.setattr(lexicons, "_made", fails)


def test_words_are_known_while_a_live_text_has_them() -> None:
    shelve_text("Барсуковедение")
    follow()
    assert lexicon().vocabulary.known("барсуковедение")
    assert lexicon().texts == {"ru": 1}
    withdraw(an_id("Барсуковедение"))
    follow()
    assert not lexicon().vocabulary.known("барсуковедение")
    assert lexicon().texts == {}


def test_a_term_joins_its_synonyms_and_its_counterpart() -> None:
    shelve(a_term("Крампи", synonyms=["судорога"]), "ru", item=an_id("term"))
    shelve(a_term("Cramp", slug="cramp", synonyms=[]), "en", item=an_id("term"))
    follow()
    (place,) = lexicon().thesaurus.places(["крампи"])
    assert {alternative.language for alternative in place.alternatives} == {"ru", "en"}
    withdraw(an_id("term"), "en")
    follow()
    (place,) = lexicon().thesaurus.places(["крампи"])
    assert {alternative.language for alternative in place.alternatives} == {"ru"}


def test_what_has_not_moved_is_not_made_again() -> None:
    shelve_text("Магний")
    follow()
    first = lexicon()
    with CaptureQueriesContext(connection) as queries:
        assert lexicon() is first
    assert len(queries) == 1


def test_an_empty_index_knows_nothing() -> None:
    known = lexicon()
    assert not known.vocabulary.known("барсуковедение")
    assert known.texts == {}


def said() -> dict[str, object]:
    """All that the lexicon says of any word."""
    known = lexicon()
    words = {*WORDS, *IndexedWord.objects.values_list("form", flat=True), "магни", "барсуг", "выдро", "crampz"}
    return {
        "texts": known.texts,
        "words": len(known.vocabulary),
        **{
            word: (known.vocabulary.known(word), known.vocabulary.frequency(word), known.vocabulary.near(word),
                   known.vocabulary.completions(word[:3]))
            for word in sorted(words)
        },
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_whatever_moves_it_says_what_one_says_that_is_made_anew(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are followed some at a time, so that the index is ahead of some and behind others."""
    monkeypatch.setattr(lexicons, "_kept", lexicons._Kept())
    dice = Random(seed)
    shelve(a_term("Судорога", codes=["R25.2"]), item=an_id("term"))
    for _step in range(24):
        one = dice.randrange(5)
        item, language = an_id(f"text {one}"), dice.choice(["ru", "en"])
        standing = Standing.objects.filter(item=item, language=language).first()
        what = dice.random()
        if standing is None or what < 0.5:
            words = " ".join(dice.choices(WORDS, k=dice.randrange(1, 6)))
            about = [an_id("term")] if dice.random() < 0.3 else []
            shelve_text(f"Текст {one}", text(words), language=language, item=item, conditions=about)
        elif not standing.is_live:
            restore(item, language)  # type: ignore[arg-type]
        elif what < 0.8:
            withdraw(item, language)  # type: ignore[arg-type]
        else:
            check(item, language, started="Проверяем.")  # type: ignore[arg-type]
        if dice.random() < 0.1:
            shelve(a_term("Судорога", codes=[dice.choice(["R25.2", "G40"])]), item=an_id("term"), change="correction")
        follow(most=dice.choice([1, 2, 100]))
        if dice.random() < 0.7:
            lexicon()
    follow()
    followed = said()
    monkeypatch.setattr(lexicons, "_kept", lexicons._Kept())
    assert said() == followed


def test_a_word_of_a_withdrawn_text_is_known_no_longer_unless_another_has_it(step_by_step: None) -> None:
    shelve_text("Первый", text("Барсук и выдра."))
    shelve_text("Второй", text("Одна выдра."))
    follow()
    assert lexicon().vocabulary.known("барсуками")
    withdraw(an_id("Первый"))
    follow()
    known = lexicon().vocabulary
    assert (known.known("барсуками"), known.frequency("выдра")) == (False, 1)


def test_nobody_is_told_a_word_that_only_a_withdrawn_text_has(step_by_step: None) -> None:
    shelve_text("Барсуковедение", text("О барсуках."))
    assert search("барсуковдение", "ru").meant == "барсуковедение"
    assert search("барсуковед", "ru").meant == "барсуковедение"
    withdraw(an_id("Барсуковедение"))
    for query in ("барсуковдение", "барсуковед", "магний барсуковдение"):
        assert "барсуковедение" not in str(search(query, "ru"))
    assert lexicon().vocabulary.near("барсуковдение") == []


def test_nor_one_of_a_withdrawn_quote(editor: User) -> None:
    quote, article = a_quote(text_ru="Барсуковедение лечит", text_en="Badgerology"), an_article()
    place(article, quote)
    publish_article(article, by=editor)
    assert search("барсуковдение", "ru").meant == "барсуковедение"
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_part("quote", quote.pk, reason_code="request", reasons=why, by=editor, at=later(5))
    assert search("барсуковдение", "ru").meant == ""
    assert lexicon().vocabulary.near("барсуковдение") == []


def test_a_new_word_is_known_at_once_and_found_for_a_misspelt_one(step_by_step: None) -> None:
    shelve_text("Магний")
    assert search("тромбофлибит", "ru").meant == ""
    shelve(a_faq(title="Что такое тромбофлебит?"), item=an_id("faq"))
    assert search("тромбофлибит", "ru").meant == "тромбофлебит"


def test_who_searches_already_keeps_the_words_with_which_they_began(step_by_step: None) -> None:
    shelve_text("Барсук")
    follow()
    before = lexicon().vocabulary
    withdraw(an_id("Барсук"))
    follow()
    assert not lexicon().vocabulary.known("барсук")
    assert before.known("барсук")


class _Overtaken:
    """A lock before which another thread comes by, once."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self._lock, self._meanwhile = Lock(), [meanwhile]

    def __enter__(self) -> None:
        for meanwhile in [self._meanwhile.pop()] if self._meanwhile else []:
            meanwhile()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.mark.parametrize("follows", [True, False])
def test_a_thread_that_another_has_overtaken_neither_goes_back_nor_reads_all_words(
    step_by_step: None, monkeypatch: pytest.MonkeyPatch, follows: bool
) -> None:
    def meanwhile() -> None:
        withdraw(an_id("Барсук"))
        follow()
        if follows:
            assert not lexicon().vocabulary.known("барсук")

    shelve_text("Барсук")
    follow()
    monkeypatch.setattr(lexicons._kept, "lock", _Overtaken(meanwhile))
    assert not lexicon().vocabulary.known("барсук")
    assert not lexicon().vocabulary.known("барсук")


def test_while_the_index_is_made_anew_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve_text("Барсук")
    follow()
    lexicon()
    withdraw(an_id("Барсук"))
    follow()
    monkeypatch.setattr(lexicons._kept, "lock", _Overtaken(start_anew))
    assert not lexicon().vocabulary.known("барсук")
    follow()
    assert not lexicon().vocabulary.known("барсук")


def test_what_it_costs_does_not_grow_with_the_words_of_the_index(step_by_step: None) -> None:
    shelve_text("Магний", text("вода"))
    follow()
    with CaptureQueriesContext(connection) as few:
        lexicon()
    for number in range(12):
        shelve_text(f"Текст {number}", text(" ".join(f"слово{number}из{one}" for one in range(40))))
        follow()
    lexicon()
    shelve_text("Магний", text("выдра"))
    follow()
    with CaptureQueriesContext(connection) as many:
        lexicon()
    assert len(many) == len(few) <= 8
