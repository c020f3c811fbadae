"""What the index leaves over holds everything that comparing every title finds, in whatever case and alphabet."""

from collections.abc import Collection, Sequence

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.content import narrowing
from articles.content.narrowing import narrowed, words_of
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Text
from articles.content.word_parts import SOURCES, TEXTS
from tests.factories.desk import a_source, an_article
from tests.factories.desk_kinds import a_question

pytestmark = pytest.mark.django_db

# Letters that people type, and those of which databases and Python make different things: ß and ligatures, dotted and
# dotless I, three sigmas, alphabets with capitals of late, what FTS5 and LIKE mean by themselves, letters of two parts.
_SIGNS = "абеёжйяАЕЁЙЯaikszAIKSZ019ßẞſﬀﬁİıΣσςK Åµ\"'%_\\*^-–«».,:/漢ქᲥꭰ🦵é\u0301\u200d"
_TITLES = st.text(_SIGNS, max_size=14)


def _compared(words: Sequence[str], columns: Collection[str]) -> Q:
    condition = Q()
    for word in words:
        somewhere = Q()
        for column in columns:
            somewhere |= Q(**{f"{column}__icontains": word})
        condition &= somewhere
    return condition


def _titles(words: Sequence[str]) -> list[str]:
    """What is found with the index, which is what is found without it."""
    asked = _compared(words, TEXTS.columns)
    found = narrowed(Article.objects.all(), words).filter(asked).values_list("title_ru", flat=True)
    assert sorted(found) == sorted(Article.objects.filter(asked).values_list("title_ru", flat=True))
    return sorted(found)


@pytest.mark.parametrize(
    "words",
    [["СУДОРОГИ"], ["удор"], ["д"], ["до"], ["ЁЖ"], ["100 %"], ["%"], ["c\\d"], ["тесте", "ёж"], ["teST-CR", "ж"],
     ["о чём"]],
)  # fmt: skip
def test_any_stretch_of_a_word_is_found_in_any_case(words: list[str]) -> None:
    an_article(title_ru="Судороги в тесте 100 % c\\d Ёж")
    an_article("another", title_ru="zzz", summary_ru="", title_en="zzz", summary_en="", slug_ru="zzz", slug_en="zzz")
    assert _titles(words) == ["Судороги в тесте 100 % c\\d Ёж"]


@pytest.mark.parametrize("words", [["тесте судороги"], ["судорогитест"], ["ег"], ["№"], ["ъъ"], ["cramps", "нет"]])
def test_what_stands_nowhere_is_not_found(words: list[str]) -> None:
    an_article(title_ru="Судороги в тесте")
    assert _titles(words) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(_TITLES, min_size=1, max_size=8), data=st.data())
def test_generated_titles_are_found_as_by_comparing_each(titles: list[str], data: st.DataObject) -> None:
    Text.objects.all().delete()
    for number, title in enumerate(titles):
        fields = {"summary_en": title} if number % 3 == 2 else {"title_ru": title}
        Article.objects.create(**fields)
    # Stretches of what there is, turned about, and what is nowhere.
    stretch = data.draw(st.sampled_from(titles))
    start = data.draw(st.integers(0, len(stretch)))
    word = stretch[start : start + data.draw(st.integers(1, 6))]
    turned = data.draw(st.sampled_from([word, word.upper(), word.lower(), word.casefold(), word.swapcase()]))
    others = data.draw(st.lists(st.text(_SIGNS, min_size=1, max_size=3), max_size=2))
    words = [one for one in (turned, *others) if one]
    for asked in (words, words[:1]):
        condition = _compared(asked, TEXTS.columns)
        expected = set(Article.objects.filter(condition).values_list("pk", flat=True))
        assert set(narrowed(Article.objects.all(), asked).filter(condition).values_list("pk", flat=True)) == expected


def test_changes_by_whatever_way_are_found_at_once() -> None:
    article = an_article(title_ru="Барсук")
    assert _titles(["барсук"]) == ["Барсук"]

    Article.objects.filter(pk=article.pk).update(title_ru="Енот")
    assert (_titles(["барсук"]), _titles(["енот"])) == ([], ["Енот"])

    Article.objects.bulk_create([Article(title_ru=f"Выдра {n}", text_kind="article") for n in range(3)])
    assert _titles(["ВЫДРА", "2"]) == ["Выдра 2"]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_text SET title_ru = 'Ласка' WHERE title_ru = 'Выдра 2'")
    assert (_titles(["выдра"]), _titles(["ласка"])) == (["Выдра 0", "Выдра 1"], ["Ласка"])

    FaqEntry.objects.bulk_create([FaqEntry(id=article.pk, title_ru="Куница", text_kind="faq")], update_conflicts=True, update_fields=["title_ru", "text_kind"], unique_fields=["id"])  # fmt: skip # noqa: E501
    assert _titles(["куница"]) == []
    assert [one.title_ru for one in narrowed(FaqEntry.objects.all(), ["куница"])] == ["Куница"]

    Text.objects.all().delete()
    assert _titles(["ласка"]) == []


def test_a_kind_is_not_crowded_out_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "FEW", 1)
    monkeypatch.setattr(narrowing, "MANY", 2)
    for number in range(4):
        an_article(f"article-{number}", title_ru=f"Барсук {number}")
    a_question(title_ru="Что ест барсук?")
    found = narrowed(FaqEntry.objects.all(), ["барсук"]).filter(title_ru__icontains="барсук")
    assert [one.title_ru for one in found] == ["Что ест барсук?"]


@pytest.mark.parametrize(("few", "many"), [(0, 0), (0, 99), (2, 2), (99, 99)])
def test_many_are_found_as_few_are(monkeypatch: pytest.MonkeyPatch, few: int, many: int) -> None:
    monkeypatch.setattr(narrowing, "FEW", few)
    monkeypatch.setattr(narrowing, "MANY", many)
    for number in range(4):
        an_article(f"article-{number}", title_ru=f"Барсук {number}")
    assert _titles(["барсук"]) == [f"Барсук {number}" for number in range(4)]
    assert _titles(["барсук", "3"]) == ["Барсук 3"]
    assert _titles(["ба"]) == [f"Барсук {number}" for number in range(4)]


def test_sources_are_narrowed_by_their_own_columns() -> None:
    a_source(authors="Allen, R. E.", doi="10.1212/wnl.0b013e3181ed9e9b", pmid="20960000")
    a_source(authors="Miller, T.", doi="", pmid="")
    for words in (["ALLEN"], ["e3181"], ["2096"], ["n,", "AL"]):
        found = narrowed(Source.objects.all(), words).filter(_compared(words, SOURCES.columns))
        assert [one.authors for one in found] == ["Allen, R. E."]


def test_what_is_not_searched_by_an_index_and_what_says_nothing_is_left_as_it_is() -> None:
    an_article()
    assert narrowed(Term.objects.all(), ["abc"]).query.where == Term.objects.all().query.where
    for words in ([], [""], ["a\x00b"], ["\x1f"]):
        assert narrowed(Article.objects.all(), words).count() == 1


def test_words_in_quotation_marks_are_one() -> None:
    assert words_of('ночные "судороги ног" \'в\' "') == ["ночные", "судороги ног", "в", ""]


def test_a_sentence_that_was_pasted_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = " ".join(f"слово{number}" for number in range(30))
    an_article(summary_ru=sentence, title_ru="Длинная")
    assert _titles(sentence.split()) == ["Длинная"]
    assert _titles([sentence.upper()]) == ["Длинная"]


def test_postgresql_can_answer_from_its_index() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has an index of its own")
    an_article(title_ru="Барсук")
    with CaptureQueriesContext(connection) as captured:
        assert len(narrowed(Text.objects.order_by(), ["барсук", "у"])) == 1
    assert len(captured) == 1
    with connection.cursor() as cursor:
        # Of one row it reads the table, if it may.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {captured[0]['sql']}")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on text_by_parts_of_words" in plan


def test_few_are_read_by_their_keys_and_not_one_title_more() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL decides by how many there are")
    for number in range(12):
        an_article(f"article-{number}", title_ru=f"Барсук {number}")
    with CaptureQueriesContext(connection) as captured:
        list(narrowed(Article.objects.all(), ["барсук"]).filter(title_ru__icontains="барсук")[:5])
    candidates, rows = (_plan(one["sql"]) for one in captured)
    assert "SCAN articles_text" not in rows
    assert "sqlite_autoindex_articles_text_1 (id=?)" in rows
    # What a virtual table does is always called a scan; it has been handed the question.
    assert "SCAN f VIRTUAL TABLE INDEX 0:M" in candidates
    assert "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)" in candidates
    assert "articles_word_parts_odd" in candidates


def test_many_are_looked_up_while_the_list_is_walked_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL decides by how many there are")
    monkeypatch.setattr(narrowing, "FEW", 1)
    for number in range(3):
        an_article(f"article-{number}", title_ru=f"Барсук {number}")
    rows = narrowed(Article.objects.all(), ["барсук"])
    with CaptureQueriesContext(connection) as captured:
        list(rows[:5])
    plan = _plan(captured[0]["sql"])
    assert "text_by_title" in plan
    assert "TEMP B-TREE" not in plan


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " | ".join(row[3] for row in cursor.fetchall())
