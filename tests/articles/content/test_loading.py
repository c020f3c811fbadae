"""Plain data as objects of the desk, without loss."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.aggregates import AGGREGATES, LoadError, dump
from articles.content.loading import load
from articles.content.quotes import Quote
from articles.content.texts import Article
from tests.factories.desk import DISCLOSED, NOON, a_quote, a_text, an_article, an_expert, place

pytestmark = pytest.mark.django_db


def everything():
    return {kind: [dump(obj) for obj in model.objects.all()] for kind, model in AGGREGATES.items()}


def test_what_was_dumped_loads_into_an_empty_desk_and_dumps_the_same():
    article = an_article()
    place(article, a_quote(expert=an_expert(**DISCLOSED)))
    a_text(article, ordering=40, ru="Важно.", essential=True)
    before = everything()
    for model in reversed(AGGREGATES.values()):
        model.objects.all().delete()

    for kind, rows in before.items():
        for row in rows:
            load(kind, row)

    assert everything() == before


def test_loading_over_an_object_replaces_its_blocks_and_keeps_their_ids():
    article = an_article()
    before = dump(article)
    kept = article.headingblock_set.get().pk
    article.textblock_set.all().delete()
    a_text(article, ordering=5, ru="Лишний.")

    load("article", before)

    assert dump(Article.objects.get()) == before
    assert article.headingblock_set.get().pk == kept


def test_everything_wrong_is_named_at_once_and_nothing_is_saved():
    data = dump(an_article())
    data["colour"] = "red"
    data["blocks"][1]["text"]["ru"] = "<script>alert(1)</script>"
    data["blocks"].append({"id": "x", "kind": "video"})
    Article.objects.all().delete()

    with pytest.raises(LoadError) as refusal:
        load("article", data)

    assert Article.objects.count() == 0
    assert "colour: unknown field" in refusal.value.problems


def test_problems_in_blocks_name_the_block():
    data = dump(an_article())
    data["blocks"][1]["text"]["ru"] = "<script>alert(1)</script>"
    data["blocks"].append({"id": "x", "kind": "video"})

    with pytest.raises(LoadError) as refusal:
        load("article", data)

    assert [problem.split(":")[0] for problem in refusal.value.problems][-1] == "blocks[2].kind"
    assert refusal.value.problems[0].startswith("blocks[1].text.ru: ")


def test_a_reference_to_nothing_is_named():
    data = dump(a_quote())
    data["verdict_sources"] = ["00000000-0000-4000-8000-000000000000"]
    data["expert"] = "00000000-0000-4000-8000-000000000001"

    with pytest.raises(LoadError) as refusal:
        load("quote", data)

    assert any(problem.startswith("verdict_sources: nothing has the id") for problem in refusal.value.problems)
    assert Quote.objects.get().expert is not None


def test_a_quote_of_nobody_with_a_speaker_is_refused():
    data = dump(a_quote())
    data["attribution"] = "unnamed"

    with pytest.raises(LoadError) as refusal:
        load("quote", data)

    assert len(refusal.value.problems) == 1


def test_no_text_is_ever_null_whatever_the_way_in():
    article = Article.objects.create(title_ru="Только по-русски")
    article.refresh_from_db()

    assert (article.title_en, article.slug_ru, article.slug_en, article.summary_en) == ("", "", "", "")


def test_data_from_before_a_withdrawal_does_not_take_it_back():
    quote = a_quote()
    before = dump(quote)
    Quote.objects.update(withdrawn_at=NOON)

    load("quote", before | {"locator": "p. 2"})

    assert (Quote.objects.get().locator, Quote.objects.get().withdrawn_at) == ("p. 2", NOON)


def test_a_block_of_another_article_is_never_taken_away_from_it():
    article, other = an_article(), an_article("other")
    before = dump(article)

    with pytest.raises(LoadError) as refusal:
        load("article", dump(other) | {"blocks": before["blocks"]})

    assert refusal.value.problems == [f"blocks[{number}].id: another of them has it already" for number in (0, 1)]
    assert dump(Article.objects.get(pk=article.pk)) == before


def test_two_blocks_of_one_id_are_refused_whatever_their_kinds():
    data = dump(an_article())
    data["blocks"][1]["id"] = data["blocks"][0]["id"].upper()

    with pytest.raises(LoadError) as refusal:
        load("article", data)

    assert refusal.value.problems == ["blocks[1].id: another of them has it already"]


def test_what_is_new_is_looked_for_in_few_queries_however_many_blocks_there_are():
    article = an_article()
    for number in range(12):
        a_text(article, ordering=number, ru=f"Абзац {number}.")
    data = dump(article)
    article.delete()

    with CaptureQueriesContext(connection) as asked:
        load("article", data)

    said = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    saved = [sql for sql in said if sql.startswith("INSERT")]
    assert len(saved) == 1 + len(data["blocks"]) >= 14
    assert len(said) - len(saved) <= 6


def test_a_row_whose_relation_leads_nowhere_is_refused_with_its_place():
    article = an_article()
    place(article, a_quote(expert=an_expert(**DISCLOSED)))
    data = dump(article)
    position = next(number for number, row in enumerate(data["blocks"]) if row["kind"] == "quote")
    data["blocks"][position]["quote"] = str(uuid4())

    with pytest.raises(LoadError, match=rf"^blocks\[{position}\]\.quote: "):
        load("article", data)


def test_a_block_may_become_one_of_another_kind_under_its_id():
    article = an_article()
    data = dump(article)
    heading = next(row for row in data["blocks"] if row["kind"] == "heading")
    heading["kind"] = "note"
    heading["text"] = {"ru": "Важно.", "en": "Important."}

    load("article", data)

    assert not article.headingblock_set.exists()
    assert str(article.noteblock_set.get().pk) == heading["id"]


def test_what_other_rows_of_the_same_database_keep_apart_is_refused_with_a_sentence():
    quote = a_quote(expert=an_expert(**DISCLOSED))
    data = {"id": str(uuid4()), "title": {"ru": "О чём спорят", "en": "What they differ on"}}
    entries = [{"id": str(uuid4()), "quote": str(quote.pk)} for _ in range(2)]

    with pytest.raises(LoadError, match=r"entries\[1\]\."):
        load("accounts", data | {"entries": entries})
