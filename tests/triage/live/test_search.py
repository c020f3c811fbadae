"""A protocol among what search finds: by its title and its signs, while it is live."""

from datetime import timedelta

import pytest

from articles.search.finding import search
from tests.factories.documents import NOON, withdraw
from tests.factories.searching import only, text_of
from tests.factories.triage import BUNDLED_ID, shelve_protocol

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "query"),
    [("ru", "нужен ли врач при судороге"), ("ru", "моча цвета колы"), ("en", "do I need a doctor for a leg cramp"),
     ("en", "urine the colour of cola")],
)  # fmt: skip
def test_it_is_found_by_its_title_and_by_its_signs(language: str, query: str) -> None:
    shelve_protocol()

    hit = only(search(query, language).hits)  # type: ignore[arg-type]

    assert (hit.kind, hit.path) == ("protocol", f"/{language}/triage/leg-cramp-triage/")
    assert not hit.is_other_language


def test_an_urgent_sign_is_shown_with_what_to_do() -> None:
    shelve_protocol()

    hit = only(search("трудно открыть рот", "ru").hits)

    assert hit.heading.startswith("Позвоните 103")
    assert "трудно открыть рот" in text_of(hit.excerpt)


def test_what_is_withdrawn_is_not_found() -> None:
    shelve_protocol()
    assert search("судорога", "ru").total == 1
    for language in ("ru", "en"):
        withdraw(BUNDLED_ID, language, at=NOON + timedelta(1))  # type: ignore[arg-type]

    assert search("судорога", "ru").hits == []
