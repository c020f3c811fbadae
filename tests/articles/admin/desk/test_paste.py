from __future__ import annotations

import pytest
from django.urls import reverse

from tests.articles.admin.desk.browser import Desk


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
