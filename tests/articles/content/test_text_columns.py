"""Which columns hold words, and which words."""

from articles.content.blocks import QuoteBlock, TableBlock, TextBlock
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.text_columns import plain_words, text_columns, typed_words


def names(model):
    return [column.name for column in text_columns(model)]


def test_both_languages_are_there_and_notes_for_colleagues_come_last():
    assert names(Term) == [
        "title_ru", "title_en", "slug_ru", "slug_en", "synonyms_ru", "synonyms_en", "definition_ru", "definition_en",
        "icd10", "internal_note", "forms_to_avoid_ru", "forms_to_avoid_en",
    ]  # fmt: skip


def test_codes_and_what_the_program_writes_are_no_words():
    assert {"kind", "access", "version", "accessed_on"} & set(names(Source)) == set()
    assert {"doi", "url", "issued", "authors"} <= set(names(Source))
    assert names(QuoteBlock) == []


def test_words_of_markup_and_of_tables_are_plain_and_only_what_was_typed_adds_its_addresses():
    rich, table = TextBlock._meta.get_field("text_ru"), TableBlock._meta.get_field("cells_ru")
    html = '<p>су<em>доро</em>га <a href="https://example.org/">тут</a></p>'
    assert plain_words(rich, html).strip() == "судорога тут"
    assert typed_words(rich, html).split("\n")[-1] == "https://example.org/"
    assert plain_words(table, r"а\|б | в").split() == ["а", "б", "в"]
    assert plain_words(rich, None) == typed_words(table, "") == ""
