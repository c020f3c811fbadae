"""Our own faults: the page needs nothing that could fail again, and says nothing of what went wrong."""

import re
from pathlib import Path

import pytest
from django.test import Client

from articles.reader import pages
from tests.articles.reader.markup import read


@pytest.fixture
def broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(pages, "section", fail)
    client.raise_request_exception = False
    return client


def test_a_fault_answers_with_numbers_to_call_in_both_languages_and_no_reason(broken: Client) -> None:
    answer = broken.get("/ru/articles/")
    page = read(answer.content.decode())

    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert [one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith("tel:")] == [
        "tel:103", "tel:112", "tel:112", "tel:999", "tel:103",
    ]  # fmt: skip
    assert "secret" not in page.html


def test_the_page_of_a_fault_uses_only_what_is_served_without_django(repository: Path) -> None:
    page = (repository / "cramps_site/templates/500.html").read_text()

    assert re.findall(r"{[{%#]", page) == []
    assert re.findall(r'(?:src|href)="(/[^"]*)"', page) == [
        "/static/articles/site.css", "/ru/articles/", "/en/articles/",
    ]  # fmt: skip
    assert (repository / "articles/static/articles/site.css").is_file()


def test_robots_are_kept_from_the_desk_only(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in answer.content.decode()
    assert "Disallow: /\n" not in answer.content.decode()
