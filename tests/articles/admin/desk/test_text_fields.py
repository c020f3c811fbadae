from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given

from articles.admin.desk.text_fields import CanonicalRichText, CanonicalText
from articles.canonical.html_writing import editor_html
from articles.canonical.table_text import read_table
from articles.canonical.tree import Body, normalise
from articles.content.blocks import HeadingBlock, TableBlock, TextBlock
from tests.articles.canonical.strategies import bodies

pytestmark = pytest.mark.any_database

LINE = CanonicalText(column=HeadingBlock._meta.get_field("text_ru"), required=False)
RICH = CanonicalRichText(column=TextBlock._meta.get_field("text_ru"), required=False)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (LINE, "а\x00б", "control-character"),
        (LINE, "а\ud800б", "lone-surrogate"),
        (LINE, "а\u202eб", "bidi-control"),
        (RICH, "<p>а\x00б</p>", "control-character"),
        (RICH, "<p>а\ud800б</p>", "lone-surrogate"),
        (RICH, "<p>&#x202e;б</p>", "bidi-control"),
    ],
)
def test_dangerous_characters_are_refused_with_our_sentence(field: CanonicalText, typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert [error.code for error in refusal.value.error_list] == [code]


def test_the_text_comes_back_in_its_one_form() -> None:
    assert LINE.clean("  Что \u00a0 это\u00ad? ") == "Что это?"
    assert RICH.clean("<div><b>Слова</b></div>") == "<p><strong>Слова</strong></p>"
    assert RICH.clean(None) == ""


def test_other_spaces_and_other_html_for_the_same_words_are_no_change() -> None:
    assert not LINE.has_changed("Что это", " Что  это ")
    assert not RICH.has_changed("<p><strong>Слова</strong></p>", "<p><b>Слова</b></p>")
    assert LINE.has_changed("Что это", "Что\x00это")
    assert RICH.has_changed("<p>Слова</p>", "<p>Слово</p>")


@given(bodies)
def test_the_sanitiser_has_nothing_to_say_about_any_text_of_ours(body: Body) -> None:
    html = editor_html(normalise(body))
    assert RICH.clean(html) == html


def test_what_only_the_sanitiser_knows_is_refused_and_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    # A parser that let everything through.
    monkeypatch.setattr(CanonicalRichText, "canonical", lambda self, value: value)
    with pytest.raises(ValidationError) as refusal:
        RICH.clean(
            '<p>Words <a href="http://user:secret@example.org/">here</a><iframe src="https://x.example"></iframe></p>'
        )
    assert [error.code for error in refusal.value.error_list] == ["not-sanitary"]


TABLE = CanonicalText(column=TableBlock._meta.get_field("cells_ru"), required=False)


def test_a_table_comes_back_in_its_one_form_however_it_was_written() -> None:
    assert TABLE.clean("| Знак | Судорога |\n|---|---|\n| Когда | ночью |") == "Знак | Судорога\nКогда | ночью"
    assert TABLE.clean("Знак\tСудорога\nКогда\tночью") == "Знак | Судорога\nКогда | ночью"
    assert not TABLE.has_changed("Знак | Судорога\nКогда | ночью", "Знак|Судорога\n\nКогда|ночью")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Знак | Судорога", "table-without-rows"),
        ("Знак\nКогда", "table-of-one-column"),
        (" | ".join("абвгдежзи") + "\n" + " | ".join("123456789"), "table-too-wide"),
        ("\n".join(["а | б"] * 61), "table-too-long"),
        ("а | б\u202e\nв | г", "bidi-control"),
    ],
)
def test_what_is_no_table_is_refused_at_its_field(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        TABLE.clean(typed)
    assert [error.code for error in refusal.value.error_list] == [code]


def test_empty_cells_at_both_ends_of_a_row_keep_their_columns() -> None:
    text = "Знак | Судорога | Иное\n| | ночью | |\nа |  | б"
    assert TABLE.clean(text) == text
    assert [len(row) for row in read_table(text)] == [3, 3, 3]
