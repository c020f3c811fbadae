"""Both engines say the same: which texts have a key, and how much the best of their keys is worth."""

import importlib
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from articles.search import engines
from articles.search.engines import candidates
from articles.search.following import follow
from articles.search.impacts import LEVELS
from articles.search.tables import IndexedText
from tests.factories.documents import an_id, text, withdraw
from tests.factories.searching import shelve_text

pytestmark = pytest.mark.django_db


def key(name: str) -> int:
    return IndexedText.key(an_id(name), "ru")


def put(name: str, **keys: str) -> None:
    """A text with keys of its own, whatever its words are."""
    shelve_text(name)
    follow()
    engines.put(key(name), {level: keys.get(level, "").split() for level in LEVELS})


def worth(keys: dict[str, float]) -> dict[int, float]:
    return {id: about.worth for about, ids in candidates(keys).candidates.items() for id in ids}


def test_a_text_is_worth_what_its_best_key_is() -> None:
    put("Первый", b="магний", n="кальций")
    put("Второй", j="магний", f="кальций")
    assert worth({"магний": 1.0}) == {key("Первый"): LEVELS["b"], key("Второй"): LEVELS["j"]}
    assert worth({"магний": 0.5, "кальций": 1.0}) == {
        key("Первый"): max(LEVELS["b"] * 0.5, LEVELS["n"]),
        key("Второй"): LEVELS["f"],
    }


def test_keys_of_other_weight_and_class_that_are_worth_the_same_lose_no_text() -> None:
    put("Первый", p="магний")
    put("Второй", o="кальций")
    assert LEVELS["p"] * 0.75 == LEVELS["o"] * 0.25
    assert set(worth({"магний": 0.75, "кальций": 0.25})) == {key("Первый"), key("Второй")}


def test_only_the_word_itself_makes_a_text_its_own() -> None:
    put("Первый", b="магний")
    put("Второй", b="кальций")
    found = candidates({"магний": 1.0, "кальций": 0.7}).candidates
    assert {id: about.is_own for about, ids in found.items() for id in ids} == {
        key("Первый"): True, key("Второй"): False,
    }  # fmt: skip


def test_all_texts_that_have_a_key_are_candidates() -> None:
    for name in ("Раз", "Два", "Три", "Четыре"):
        put(name, f="магний")
    assert set(worth({"магний": 1.0})) == {key(name) for name in ("Раз", "Два", "Три", "Четыре")}


def test_no_key_and_a_key_that_nobody_has_find_nothing() -> None:
    put("Первый", b="магний")
    assert candidates({}) == ({}, None)
    assert candidates({"барсук": 1.0}) == ({}, None)


@pytest.mark.parametrize("level", LEVELS)
def test_every_class_is_told_from_every_other(level: str) -> None:
    put("Первый", **{level: "магний b1 b1a"})
    assert worth({"магний": 1.0}) == {key("Первый"): LEVELS[level]}
    assert worth({"магний": 0.3}) == {key("Первый"): 0.3 * LEVELS[level]}
    assert worth({"b1": 1.0}) == worth({"b1a": 1.0}) == {key("Первый"): LEVELS[level]}
    assert worth({"b": 1.0}) == worth({"b1aa": 1.0}) == {}


def test_the_beginning_of_a_key_finds_nothing() -> None:
    put("Первый", b="магний")
    assert candidates({"магн": 1.0}) == ({}, None)


@pytest.mark.parametrize("word", ["or", "and", "not", "near", "a", "d", "0судорог", "1крамп", "x" * 40, "ǆ", "ⅷ", "١٢"])
def test_any_key_of_letters_and_digits_is_one_word_to_the_engine(word: str) -> None:
    put("Первый", g=f"{word} магний")
    put("Второй", f="кальций")
    assert list(worth({word: 1.0})) == [key("Первый")]


def test_putting_again_replaces_and_dropping_removes() -> None:
    put("Первый", b="магний")
    engines.put(key("Первый"), {level: ["кальций"] if level == "b" else [] for level in LEVELS})
    assert worth({"магний": 1.0}) == {}
    assert list(worth({"кальций": 1.0})) == [key("Первый")]
    engines.drop([key("Первый")])
    IndexedText.objects.all().delete()
    assert worth({"кальций": 1.0}) == {}


def test_a_text_of_very_many_keys_is_taken_whole() -> None:
    shelve_text("Первый", text(" ".join(f"слово{number}" for number in range(30_000))))
    follow()
    assert len(worth({"cлobo29999": 1.0, "слово29999": 1.0, "29999": 1.0, "cлoвo29999": 1.0})) <= 1
    held = IndexedText.objects.get().postings
    last = max(held.split("\n"), key=len).split(" ")[0]
    assert list(worth({last: 1.0})) == [key("Первый")]


def test_a_database_without_an_engine_says_what_to_do() -> None:
    migration = importlib.import_module("articles.migrations.0004_search")

    class Refusing:
        connection = type("Connection", (), {"vendor": "sqlite"})

        def execute(self, statement: str) -> None:
            raise DatabaseError("no such module: fts5")

    with pytest.raises(migration.NoEngineError, match=r"FTS5.*PostgreSQL through DATABASE_URL"):
        migration.make_engine(None, Refusing())


def test_the_engine_is_taken_away_and_made_again_by_its_migrations() -> None:
    migration = importlib.import_module("articles.migrations.0004_search")
    classes = importlib.import_module("articles.migrations.0013_keys_with_their_class")

    class Editor:
        """Django's own one on SQLite asks for a transaction without foreign keys, which a test cannot have."""

        def __init__(self) -> None:
            self.connection = connection

        def execute(self, statement: str) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

    classes.unmake_keys(None, Editor())
    migration.remove_engine(None, Editor())
    migration.make_engine(None, Editor())
    classes.make_keys(None, Editor())
    put("Первый", b="магний")
    assert list(worth({"магний": 1.0})) == [key("Первый")]


def test_of_a_word_that_very_many_have_the_best_are_taken_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MOST", 2)
    for number, level in enumerate(("n", "f", "b", "j")):
        put(f"Текст {number}", **{level: "магний"})
    found = worth({"магний": 1.0})
    assert set(found) >= {key("Текст 2"), key("Текст 1")}
    assert len(found) == 3
    assert candidates({"магний": 1.0}).texts == 4


def test_of_more_than_are_counted_the_first_say_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MOST", 2)
    monkeypatch.setattr(engines, "_COUNTED", 60)
    for number in range(120):
        put(f"Текст {number}", f="магний")
    found = candidates({"магний": 1.0})
    assert found.texts == pytest.approx(120, rel=0.35)


def test_those_that_have_every_word_are_found_among_very_many() -> None:
    put("Первый", b="магний", p="кальций")
    put("Второй", b="магний")
    put("Третий", i="калий", g="магний")
    assert engines.having_all([["магний"], ["кальций", "калий"]]) == sorted(
        [(key("Первый"), "article", "ru"), (key("Третий"), "article", "ru")]
    )


def test_of_texts_with_every_word_there_may_be_none() -> None:
    put("Первый", b="магний")
    assert engines.having_all([["магний"], ["барсук"]]) == []


def test_results_are_made_of_what_is_live_in_one_query() -> None:
    live, gone = shelve_text("Магний"), shelve_text("Кальций")
    withdraw(an_id("Кальций"))
    with CaptureQueriesContext(connection) as made:
        found = engines.live([live.pk, gone.pk])
        assert engines.live([]) == {}
    assert len(made) == 1
    assert found == {
        live.pk: engines.LiveRow(UUID(an_id("Магний")), "article", "ru", live.document.slug, live.document_json),
    }  # fmt: skip


def test_candidates_are_read_without_the_long_rows_of_texts() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has the words in the rows themselves")
    put("Первый", b="магний")
    with CaptureQueriesContext(connection) as made:
        candidates({"магний": 1.0})
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {made[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "COVERING INDEX candidate_by_text" in plan
    assert "TEMP B-TREE" not in plan


def test_texts_are_counted_by_language_and_of_very_many_the_first_say_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(60):
        put(f"Текст {number}", f="магний")
    assert engines.texts_by_language() == {"ru": 60}
    monkeypatch.setattr(engines, "_COUNTED", 40)
    assert engines.texts_by_language() == pytest.approx({"ru": 60}, rel=0.35)
