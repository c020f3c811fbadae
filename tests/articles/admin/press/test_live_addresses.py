"""From the address of a public page to its text."""

import pytest

from articles.admin.press.live_addresses import item_at
from tests.factories.documents import an_id, shelve, withdraw
from tests.factories.documents_of_kinds import a_term
from tests.factories.recalls import a_live_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/en/articles/cramps/",
        "  https://health.test/en/articles/cramps/?from=mail#care ",
        "http://127.0.0.1:8000/ru/articles/cramps",
        "/en/articles/cramps/editions/2/changes/",
        "/en/articles/cramps/handout/both/",
    ],
)
def test_an_address_as_it_is_copied_leads_to_its_text(address: str) -> None:
    a_live_text("cramps")
    found = item_at(address)
    assert found is not None
    assert found.item == an_id("cramps")


def test_a_withdrawn_text_is_found_too() -> None:
    withdraw(a_live_text("cramps"), "en")
    assert item_at("/en/articles/cramps/") is not None


def test_a_term_is_found_by_its_place_in_the_glossary() -> None:
    shelve(a_term(), item=an_id("term"))
    assert item_at(f"/ru/glossary/#{a_term().slug}") is not None


@pytest.mark.parametrize(
    "address",
    [
        "", "/", "/en/", "/en/articles/", "/en/faq/cramps/", "/xx/articles/cramps/", "/en/articles/%00/", "http://[",
        "cramps", "/en/articles/nothing/", "/en/articles/../cramps/", "/admin/articles/article/cramps/",
    ],
)  # fmt: skip
def test_any_other_address_leads_nowhere(address: str) -> None:
    a_live_text("cramps")
    assert item_at(address) is None
