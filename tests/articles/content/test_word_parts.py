"""The index of parts of words is kept by the database itself, and made anew where it could not be."""

import json
import sqlite3

import pytest
from django.db import connection

from articles.checks import what_finds_parts_of_words_is_in_the_database
from articles.content.narrowing import narrowed
from articles.content.sources import Source
from articles.content.texts import Article
from articles.content.word_parts import ALIKE, ROWS, TRIGRAMS, install_word_parts, missing_word_parts
from tests.factories.desk import a_source, an_article

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")


def _named_so(title: str) -> list[str]:
    found = narrowed(Article.objects.all(), [title]).filter(title_ru__icontains=title)
    return list(found.values_list("title_ru", flat=True))


def _rows() -> list[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, is_odd FROM {ROWS} ORDER BY kind")
        return [(kind, bool(is_odd)) for kind, is_odd in cursor.fetchall()]


@on_sqlite
def test_every_letter_that_is_taken_to_be_alike_is_one_and_the_same_to_fts5_and_to_python() -> None:
    own = sqlite3.connect(":memory:")
    own.execute("CREATE VIRTUAL TABLE found USING fts5(w, content='', columnsize=0, detail='none', tokenize='trigram')")
    own.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(found, 'instance')")
    letters = [chr(code) for code in range(9, 0x30000) if not 0xD800 <= code < 0xE000]
    alike = [one for (one,) in own.execute(
        "SELECT value FROM json_each(?) WHERE value NOT GLOB ?", [json.dumps(letters), f"*[^{ALIKE}]*"]
    )]  # fmt: skip
    own.executemany("INSERT INTO found (rowid, w) VALUES (?, ?)", ((ord(one), f"-{one}-") for one in alike))
    folded = {chr(row): term[1:-1] for term, row in own.execute("SELECT term, doc FROM terms")}
    assert len(alike) > 40_000
    assert {"ё", "Й", "a", "İ", "ß", "ﬁ"} & set(alike) == {"ё", "Й", "a"}
    assert {one: folded[one] for one in alike if folded[one] != one.casefold()} == {}
    # What is brought into one letter stays it.
    assert {one for one in alike if folded.get(one.casefold(), one.casefold()) != one.casefold()} == set()


@on_sqlite
def test_rows_come_and_go_with_what_they_are_of() -> None:
    article = an_article(title_ru="Straße")
    a_source()
    # The article cites a source of its own.
    assert _rows() == [("article", True), ("source", False), ("source", False)]
    article.delete()
    Source.objects.all().delete()
    assert _rows() == []
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TRIGRAMS} ({TRIGRAMS}) VALUES ('integrity-check')")
        cursor.execute(f"SELECT rowid FROM {TRIGRAMS} WHERE {TRIGRAMS} MATCH 'str'")
        assert cursor.fetchall() == []


@on_sqlite
def test_a_save_that_changes_no_searched_word_leaves_the_index_alone() -> None:
    article = an_article()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {ROWS} WHERE kind = 'article'")
        before = cursor.fetchall()
        Article.objects.filter(pk=article.pk).update(version=7, internal_note="другая", title_ru=article.title_ru)
        cursor.execute(f"SELECT id FROM {ROWS} WHERE kind = 'article'")
        assert cursor.fetchall() == before


@on_sqlite
def test_a_lost_trigger_is_warned_of_and_the_index_made_anew() -> None:
    article = an_article(title_ru="Барсук")
    [name] = [name for name in _trigger_names() if "_update_articles_text" in name]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute('CREATE TRIGGER "parts_of_older_code" AFTER UPDATE ON "articles_text" BEGIN SELECT 1; END')
    Article.objects.filter(pk=article.pk).update(title_ru="Енот")
    assert missing_word_parts() == [name]
    [warning] = what_finds_parts_of_words_is_in_the_database(databases=["default"])
    assert name in warning.msg
    assert _named_so("Енот") == []

    install_word_parts()

    assert what_finds_parts_of_words_is_in_the_database(databases=["default"]) == []
    assert "parts_of_older_code" not in _trigger_names()
    assert (_named_so("Енот"), _named_so("Барсук")) == (["Енот"], [])


def _trigger_names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'parts%'")
        return [name for (name,) in cursor.fetchall()]
