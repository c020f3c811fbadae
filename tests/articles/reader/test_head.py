"""The head of every page: what programs that show previews are told, and where the same page is in other words."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.reader.previews import render_preview
from tests.articles.reader.machine.conftest import HOST, SITE, Get, get, listed, shelf
from tests.articles.reader.markup import Markup, read
from tests.factories.documents import a_document, heading, shelve

__all__ = ["get", "listed", "shelf"]

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU = "/ru/articles/sudorogi-v-testah/"


def preview(page: Markup) -> dict[str, str]:
    """What Open Graph is told."""
    held = [one.attributes for one in page.all("meta")]
    return {one["property"]: one["content"] for one in held if one.get("property", "").startswith("og:")}


def cards(page: Markup) -> list[str]:
    return [one.attributes["content"] for one in page.all("meta", name="twitter:card")]


def test_a_text_is_shown_by_its_title_summary_address_and_languages(get: Get, shelf: None) -> None:
    page = get(RU)

    assert preview(page) == {
        "og:type": "article",
        "og:site_name": SITE,
        "og:title": "Судороги в тестах",
        "og:description": "О чём эта статья.",
        "og:url": HOST + RU,
        "og:locale": "ru_RU",
        "og:locale:alternate": "en_GB",
    }
    assert cards(page) == ["summary"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/ru/faq/eto-opasno/", "article"),
        ("/ru/about/kto-my/", "article"),
        ("/ru/people/svoya/", "profile"),
        ("/ru/topics/myshtsy/", "website"),
        ("/ru/articles/", "website"),
    ],
)
def test_each_kind_of_page_has_a_kind_of_preview(get: Get, shelf: None, path: str, kind: str) -> None:
    assert preview(get(path))["og:type"] == kind


def test_a_language_in_which_it_is_not_published_is_not_offered(get: Get) -> None:
    shelve(a_document(heading("Что это"), summary=""))

    assert preview(get(RU)).keys() == {"og:type", "og:site_name", "og:title", "og:url", "og:locale"}


@pytest.mark.parametrize("path", ["/ru/people/", "/ru/people/anna-proverochnaya/", "/ru/nothing/", "/en/faq/nothing/"])
def test_a_page_that_nobody_may_keep_is_not_previewed(client: Client, shelf: None, path: str) -> None:
    page = read(client.get(path).content.decode())

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert (preview(page), cards(page)) == ({}, [])


def test_a_draft_is_not_previewed_and_leads_to_no_feed() -> None:
    page = read(render_preview(a_document(heading("Что это")), language="ru"))

    assert (preview(page), cards(page), page.all("link", rel="alternate")) == ({}, [], [])


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_page_leads_to_the_feeds_of_its_language(client: Client, get: Get, shelf: None, language: str) -> None:
    links = {one.attributes.get("type"): one.attributes["href"] for one in get(f"/{language}/faq/").all("link")}

    assert links["application/atom+xml"] == f"/{language}/feed.atom"
    assert links["application/feed+json"] == f"/{language}/feed.json"
    for kind in ("application/atom+xml", "application/feed+json"):
        assert client.get(links[kind])["Content-Type"] == f"{kind}; charset=utf-8"


def test_every_language_of_a_page_leads_back(get: Get, shelf: None, listed: Callable[[], list[str]]) -> None:
    """Search engines drop a pair that is not named from both sides."""
    pages = {address: get(address) for address in listed()}
    alternates = {address: page.alternates() for address, page in pages.items()}

    assert sum(bool(named) for named in alternates.values()) == len(pages) >= 22
    for address, named in alternates.items():
        language = pages[address].one("html").attributes["lang"]
        assert named[language] == address
        assert named["x-default"] == (f"{HOST}/" if address == f"{HOST}/{language}/" else named["ru"])
        assert [alternates[named[code]] for code in ("ru", "en")] == [named, named]


def test_pages_closed_to_search_engines_name_each_other_too(get: Get, shelf: None) -> None:
    russian, english = get("/ru/people/anna-proverochnaya/"), get("/en/people/anna-sample/")

    assert russian.alternates() == english.alternates()
    assert russian.alternates()["en"] == f"{HOST}/en/people/anna-sample/"


@pytest.mark.parametrize(("wanted", "home"), [("ru", "/ru/"), ("en", "/en/"), ("de", "/ru/")])
def test_the_default_of_home_leads_to_one_of_the_home_pages(client: Client, get: Get, wanted: str, home: str) -> None:
    default = get("/en/").alternates()["x-default"]

    answer = client.get(default.removeprefix(HOST), headers={"accept-language": wanted})

    assert (answer.status_code, answer["Location"]) == (302, home)
