from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.html_tables import read_table_html, read_table_lines
from articles.canonical.table_text import read_table, table_text

SIMPLE = "<table><tr><th>Знак</th><th>Судорога</th></tr><tr><td>Когда</td><td>ночью</td></tr></table>"


def _codes(html: str) -> list[str]:
    return [problem.code for problem in read_table_html(html)[1]]


def test_a_table_becomes_rows_of_words() -> None:
    assert read_table_html(SIMPLE) == ([["Знак", "Судорога"], ["Когда", "ночью"]], [])


def test_what_has_no_table_has_no_rows_and_no_problem() -> None:
    assert read_table_html("<p>Слова</p>") == ([], [])


def test_a_table_that_only_arranges_a_mail_is_none() -> None:
    assert read_table_html(SIMPLE.replace("<table>", "<table role=presentation>"))[0] == []


def test_paragraphs_breaks_and_lists_of_a_cell_stand_on_one_line() -> None:
    cells = "<td><p class=MsoNormal>один<br>два</p><p>три</p></td><td><ul><li>а</li><li>б</li></ul></td>"
    assert read_table_html(f"<table><tr>{cells}</tr></table>")[0] == [["один два три", "• а • б"]]


def test_cells_and_rows_without_end_tags_are_told_apart() -> None:
    html = "<table><tbody><tr><td>а<td>б<tr><td>в<td>г</table>"
    assert read_table_html(html) == ([["а", "б"], ["в", "г"]], [])


def test_merged_cells_repeat_their_words_so_that_no_column_slips_and_this_is_said() -> None:
    html = (
        "<table><tr><td rowspan=2>Мышца</td><td colspan=2>Что видно</td></tr>"
        "<tr><td>сразу</td><td>позже</td></tr><tr><td>Икра</td><td>боль</td><td>слабость</td></tr></table>"
    )
    rows, problems = read_table_html(html)
    assert rows == [["Мышца", "Что видно", "Что видно"], ["Мышца", "сразу", "позже"], ["Икра", "боль", "слабость"]]
    assert [(one.code, one.severity) for one in problems] == [("cells-merged", "note")]


@pytest.mark.parametrize("reach", ["0", "-3", "9999999999", "x", "", "²"])
def test_a_cell_that_says_nonsense_about_its_reach_breaks_nothing(reach: str) -> None:
    rows, _problems = read_table_html(f"<table><tr><td colspan='{reach}' rowspan='{reach}'>а<td>б</table>")
    assert rows[0][0] == "а"
    assert rows[0][-1] == "б"


def test_empty_rows_and_empty_columns_at_the_edge_are_left_out() -> None:
    html = "<table><tr><td>а<td>б<td>&nbsp;<tr><td><td><tr><td>в<td><td></table>"
    assert read_table_html(html)[0] == [["а", "б"], ["в", ""]]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<a href="https://example.org/">обзор</a>', "cell-link-lost"),
        ("<img src=x.png>", "image-lost"),
        ("10<sup>abc</sup>", "raised-lost"),
        ("<s>нет</s>", "strike-lost"),
        ("<table><tr><td>внутри</td></tr></table>", "table-not-kept"),
    ],
)
def test_what_a_cell_cannot_hold_is_said_with_its_words_kept(cell: str, code: str) -> None:
    assert code in _codes(f"<table><tr><td>слова {cell}</td><td>б</td></tr></table>")


def test_raised_figures_stay_raised() -> None:
    assert read_table_html("<table><tr><td>10<sup>2</sup></td><td>CO<sub>2</sub></td></tr></table>")[0] == [
        ["10²", "CO₂"]
    ]


def test_words_beside_the_table_are_not_dropped_in_silence() -> None:
    assert _codes(f"<p>Перед таблицей</p>{SIMPLE}<p>&nbsp;</p>") == ["words-beside-table"]


def test_of_several_tables_the_first_is_taken_and_the_others_are_named() -> None:
    rows, problems = read_table_html(SIMPLE + SIMPLE.replace("Знак", "Другая"))
    assert rows[0][0] == "Знак"
    assert [str(one) for one in problems] == [
        "Only the first of 2 tables was pasted. Paste each of the others into a block of its own."
    ]


def test_dangerous_characters_refuse_the_paste() -> None:
    assert read_table_html(SIMPLE.replace("ночью", "но\u202eчью"))[0] == []
    assert _codes(SIMPLE.replace("ночью", "но&#x202e;чью")) == ["bidi-control"]
    assert [one.code for one in read_table_lines("а\tб\x00")[1]] == ["control-character"]


def test_a_spreadsheet_puts_tabs_and_quotes_on_the_clipboard() -> None:
    assert read_table_lines('Знак\tСудорога\r\n"две\r\nстроки"\t"сказал ""да"""\r\n') == (
        [["Знак", "Судорога"], ["две строки", 'сказал "да"']],
        [],
    )


def test_a_single_quotation_mark_swallows_nothing() -> None:
    assert read_table_lines('5"\tдюймов\nа\tб')[0] == [['5"', "дюймов"], ["а", "б"]]


# A row of dashes is the line under a Markdown heading, which is no row.
words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12).filter(lambda text: "---" not in text)


@given(st.lists(st.lists(words, min_size=2, max_size=5), min_size=2, max_size=6))
def test_any_table_of_words_is_the_same_after_paste_and_as_text(cells: list[list[str]]) -> None:
    source = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    rows, _problems = read_table_html(f"<table>{source}</table>")
    if len(rows) > 1 and len(rows[0]) > 1:
        assert read_table(table_text(rows)) == rows


@given(
    st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "</td>", "а", "<p>", "</tr>"]))
)
def test_torn_markup_gives_rows_of_one_length_and_never_raises(pieces: list[str]) -> None:
    rows, _problems = read_table_html("".join(pieces))
    assert len({len(row) for row in rows}) <= 1
