from __future__ import annotations

import pytest
from django.urls import reverse

from tests.articles.admin.desk.browser import Desk

pytestmark = pytest.mark.any_database


def _paste(desk: Desk, html: str) -> dict:
    return desk.client.post(reverse("admin:paste"), {"html": html}).json()


@pytest.mark.parametrize("name", ["word", "google-docs", "gmail", "outlook", "apple-mail"])
def test_what_programs_put_on_the_clipboard_comes_back_as_our_own_vocabulary(desk: Desk, repository, name: str) -> None:
    html = (repository / "tests" / "examples" / "paste" / f"{name}.html").read_text()
    answer = _paste(desk, html)
    assert answer["html"].startswith("<")
    assert "style=" not in answer["html"]
    assert "<li>" in answer["html"]


def test_what_cannot_be_kept_is_said(desk: Desk) -> None:
    answer = _paste(desk, '<p>Words</p><img src="x.png" alt="a leg">')
    assert answer["html"] == "<p>Words</p>"
    assert len(answer["problems"]) == 1


def test_dangerous_characters_refuse_the_paste_in_a_sentence(desk: Desk) -> None:
    answer = _paste(desk, "<p>Words\u202e</p>")
    assert answer["html"] == ""
    assert "U+202E" in answer["problems"][0]


TABLE = "<table><tr><td>Знак</td><td>Судорога</td></tr><tr><td>Когда</td><td>ночью</td></tr></table>"


def test_a_table_alone_may_become_a_block_and_stands_in_the_text_as_before(desk: Desk) -> None:
    answer = _paste(desk, TABLE)
    assert answer["table"] == "Знак | Судорога\nКогда | ночью"
    assert answer["html"] == "<p>Знак | Судорога</p><p>Когда | ночью</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Слова</p>",
        f"<p>До</p>{TABLE}",
        TABLE + TABLE,
        "<table><tr><td>Одна ячейка</td></tr></table>",
        "<table><tr>" + "<td>x</td>" * 9 + "</tr><tr><td>y</td></tr></table>",
    ],
)
def test_what_is_no_simple_table_stays_in_the_text(desk: Desk, html: str) -> None:
    assert _paste(desk, html)["table"] == ""


def _paste_table(desk: Desk, **data: str) -> dict:
    return desk.client.post(reverse("admin:paste_table"), data).json()


def test_a_grid_is_filled_from_html_and_told_what_was_not_kept(desk: Desk) -> None:
    answer = _paste_table(desk, html=f"<p>До</p>{TABLE}", text="Знак\tСудорога")
    assert answer["rows"] == [["Знак", "Судорога"], ["Когда", "ночью"]]
    assert answer["problems"] == [
        "Words outside the table were not pasted, such as “До”. Paste them into a text block."
    ]


def test_a_grid_is_filled_from_plain_text_where_there_is_no_html(desk: Desk) -> None:
    assert _paste_table(desk, html="", text="а\tб\nв\tг") == {"rows": [["а", "б"], ["в", "г"]], "problems": []}


def test_nobody_without_the_right_has_a_table_read(desk: Desk, client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(reverse("admin:paste_table"), {"html": TABLE}).status_code == 403
