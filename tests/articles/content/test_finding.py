"""Looking for words in everything at the desk."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.canonical.folding import query_words
from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.blocks import NoteBlock, TableBlock, TextBlock
from articles.content.finding import FoundItem, find
from tests.factories.desk import a_quote, a_source, a_text, an_article, an_expert, place
from tests.factories.desk_kinds import a_page, an_evidence_table

pytestmark = pytest.mark.django_db

KINDS = list(AGGREGATES)


def looked_for(typed: str, kinds: list[str] = KINDS) -> dict[str, list[FoundItem]]:
    return find(query_words(typed), kinds)


def names(typed: str) -> list[tuple[str, Any]]:
    return [(kind, item.id) for kind, items in looked_for(typed).items() for item in items]


def test_case_and_the_dots_of_yo_do_not_matter_and_part_of_a_word_is_enough() -> None:
    article = an_article(title_ru="Её ЁЖИКИ")
    assert names("ежик") == names("ЕЁ ежики") == names("ёжики её") == [("article", article.pk)]


def test_a_word_broken_by_markup_or_written_as_an_entity_is_found() -> None:
    article = an_article()
    TextBlock.objects.filter(parent=article).update(
        text_ru="<p>маг<strong>ни</strong>й</p>", text_en="<p>R&amp;D 5 &lt; 6</p>"
    )
    assert names("магний") == names("r&d") == names("5 <") == [("article", article.pk)]
    assert names("strong") == names("&amp;") == []


def test_ids_in_markup_are_no_words_and_what_was_typed_there_is() -> None:
    article, source = an_article(), a_source(title="другое")
    text = (
        f'<p>Да.<cite data-source="{source.pk}" data-locator="p. 351"></cite> <a href="https://example.org/x">э</a></p>'
    )
    TextBlock.objects.filter(parent=article).update(text_ru=text)
    assert names(str(source.pk)) == names(str(source.pk)[:8]) == names("data-source") == []
    assert names("p. 351") == names("example.org/x") == [("article", article.pk)]


def test_every_word_must_be_in_one_object_but_not_in_one_field() -> None:
    article = an_article(title_ru="Магний", title_en="")
    a_text(article, ordering=30, ru="При беременности.")
    an_article("other", title_ru="Только магний", title_en="")
    assert names("магний беременности") == [("article", article.pk)]
    assert names("магний беременности небывальщина") == []


def test_words_of_one_text_are_not_joined_to_those_of_another() -> None:
    a_source(title="аб", publisher="вг")
    assert names("абвг") == []


def test_what_is_named_so_comes_first_then_what_holds_all_in_one_block() -> None:
    spread = an_article("spread", title_ru="А магний", title_en="")
    a_text(spread, ordering=30, ru="ночью")
    one_block = an_article("block", title_ru="Б", title_en="")
    a_text(one_block, ordering=30, ru="магний ночью")
    named = an_article("named", title_ru="В магний ночью", title_en="")

    assert [id for _kind, id in names("магний ночью")] == [named.pk, one_block.pk, spread.pk]


def test_a_row_knows_its_number_among_all_blocks_of_its_text() -> None:
    article = an_article()
    place(article, a_quote(), ordering=15)
    TableBlock.objects.create(parent=article, ordering=40, cells_ru="Знак | Судорога\\|спазм\nКогда | ночью")
    NoteBlock.objects.create(parent=article, ordering=30, text_ru="<p>Важное</p>")
    (item,) = looked_for("судорога спазм")["article"]
    assert [(row.model, row.number) for row in item.rows if len(row.words) == 2] == [(TableBlock, 5)]


def test_rows_of_shared_objects_are_found_with_them() -> None:
    table = an_evidence_table()
    assert names("растяжка") == [("evidence_table", table.pk)]


def test_only_the_kinds_asked_for_are_looked_through_with_their_rows() -> None:
    article = an_article()
    a_page(title_ru="Судорога")
    assert [item.id for item in looked_for("судорога", ["article", "source"])["article"]] == [article.pk]
    assert looked_for("судорога", ["source"]) == {}


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u202e\u200f", "\x00 \ud800"])
def test_nothing_asked_is_nothing_found_without_a_query(typed: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert looked_for(typed) == {}


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; drop table", "a" * 10_000, "(", "[", ".*", "\u0301"])
def test_signs_of_patterns_are_only_signs(typed: str) -> None:
    an_article()
    assert names(typed) == []


def test_many_cost_as_many_queries_as_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            looked_for("судорога")
        return len(captured)

    an_article()
    of_one = queries()
    for number in range(5):
        article = an_article(f"more-{number}")
        place(article, a_quote(expert=an_expert()))

    assert queries() == of_one == len(AGGREGATES) + len({row for rows in ROWS.values() for row in rows.models})
