"""What each address answers: page, redirect, gone, or not here."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.publishing.withdraw import withdraw as withdraw_article
from tests.factories.desk import an_article
from tests.factories.documents import (
    NOON,
    a_document,
    agreed,
    an_english_document,
    an_id,
    heading,
    item_link,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article

pytestmark = pytest.mark.django_db

RU = "/ru/articles/sudorogi-v-testah/"
EN = "/en/articles/cramps-in-tests/"


def both_languages() -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="Что это")), "en", translation_of=agreed(original))


@pytest.mark.parametrize("address", ["/ru", "/en/articles", RU.removesuffix("/")])
def test_an_address_without_its_slash_leads_on_and_is_kept_no_longer_than_a_page(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (301, f"{address}/")
    assert answer["Cache-Control"].startswith("max-age=60")


@pytest.mark.parametrize(("header", "leads_to"), [("", "/ru/"), ("en-GB,en;q=0.9", "/en/"), ("de", "/ru/")])
def test_the_root_leads_to_the_articles_in_the_readers_language(client: Client, header: str, leads_to: str) -> None:
    answer = client.get("/", headers={"accept-language": header})

    assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(("path", "language"), [(RU, "ru"), (EN, "en")])
def test_an_article_is_there_in_each_language_it_is_published_in(client: Client, path: str, language: str) -> None:
    both_languages()

    answer = client.get(path, headers={"accept-language": "de"})

    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    assert answer["Cache-Control"] == "max-age=60, stale-while-revalidate=30, stale-if-error=600"
    assert "Accept-Language" not in answer["Vary"]


@pytest.mark.parametrize("path", [RU, "/ru/articles/", "/", "/ru/articles/net/", "/robots.txt", "/health/ready"])
def test_no_reader_page_sets_a_cookie(client: Client, path: str) -> None:
    both_languages()

    assert not client.get(path).cookies


def test_an_article_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    both_languages()
    tag = client.get(RU)["ETag"]

    again = client.get(RU, headers={"if-none-match": f'W/"other", {tag}'})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_a_change_of_the_other_language_changes_the_tag_of_the_page_that_tells_of_it(client: Client) -> None:
    both_languages()
    tag = client.get(EN)["ETag"]
    shelve(a_document(heading("Иное", name="Что это")), change="update", at=NOON + timedelta(days=1))

    assert client.get(EN, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/ru/articles/cramps-in-tests/", RU),
        ("/en/articles/sudorogi-v-testah/", EN),
        ("/ru/articles/starye-sudorogi/", RU),
        ("/en/articles/starye-sudorogi/", EN),
    ],
)
def test_an_old_slug_and_the_other_languages_slug_lead_to_this_languages_page(
    client: Client, path: str, leads_to: str
) -> None:
    shelve(a_document(heading("Что это"), slug="starye-sudorogi"))
    both_languages()

    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, leads_to)


@pytest.mark.parametrize("path", [EN, "/en/articles/sudorogi-v-testah/"])
def test_what_is_not_in_this_language_yet_says_so_and_links_the_language_that_is(client: Client, path: str) -> None:
    shelve(a_document(heading("Тайный русский заголовок")))
    if path == EN:
        shelve(an_english_document(heading("What it is")), "en", item=an_id("other"))
        path = "/en/articles/sudorogi-v-testah/"

    answer = client.get(path)
    page = answer.content.decode()

    assert (answer.status_code, answer["Content-Language"]) == (404, "en")
    assert f'href="{RU}" hreflang="ru"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Судороги" not in page
    assert "Тайный" not in page


def test_an_unknown_address_answers_404_in_the_language_of_the_address(client: Client) -> None:
    english, russian = client.get("/en/articles/nothing/"), client.get("/ru/nothing/at/all/")

    assert (english.status_code, english["Content-Language"]) == (404, "en")
    assert (russian.status_code, russian["Content-Language"]) == (404, "ru")
    assert 'href="tel:999"' in english.content.decode()
    assert 'href="tel:103"' in russian.content.decode()


def test_an_unknown_address_without_a_language_answers_in_the_readers(client: Client) -> None:
    answer = client.get("/nothing", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Content-Language"]) == (404, "en")
    assert "Accept-Language" in answer["Vary"]


def test_an_unknown_address_of_the_api_answers_with_a_problem_document(client: Client) -> None:
    answer = client.get("/api/nothing")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("slug", ["%00", "a%0ab", "%ff", "..%2f", "a" * 5000, "ЁЖ", "<script>", "'--"])
def test_no_address_however_odd_is_a_fault(client: Client, slug: str) -> None:
    client.raise_request_exception = False

    assert client.get(f"/ru/articles/{slug}/").status_code == 404


@pytest.mark.parametrize("path", [RU, "/", "/ru/articles/"])
def test_only_reading_is_allowed(client: Client, path: str) -> None:
    both_languages()

    assert client.post(path).status_code == 405
    assert client.head(path).content == b""


def test_an_article_costs_four_queries_however_many_links_it_has(
    client: Client, django_assert_num_queries: object
) -> None:
    others = [an_id(f"other/{number}") for number in range(5)]
    for number, other in enumerate(others):
        shelve(a_document(heading("x"), slug=f"other-{number}"), item=other)
    shelve(a_document(text(said(*(item_link("слова", other) for other in others)), name="links")))

    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get(RU)


def test_a_withdrawn_article_is_gone_and_leaves_the_list(client: Client) -> None:
    both_languages()
    withdraw()

    answer = client.get(RU)

    assert (answer.status_code, answer["Cache-Control"]) == (
        410,
        "max-age=60, stale-while-revalidate=30, stale-if-error=600",
    )
    assert RU not in client.get("/ru/articles/").content.decode()
    assert EN in client.get("/en/articles/").content.decode()


def test_the_other_languages_slug_of_a_withdrawn_article_is_gone_too(client: Client) -> None:
    both_languages()
    withdraw()

    assert client.get("/ru/articles/cramps-in-tests/").status_code == 410


def test_from_a_text_that_was_erased_the_other_language_leads_to_its_section(
    client: Client, editor: User, administrator: User
) -> None:
    article = an_article()
    publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(article, "article", editor, administrator)

    answer = client.get("/en/articles/test-cramps/")

    assert answer.status_code == 410
    assert '<a class="lang" href="/ru/articles/"' in answer.content.decode()


def test_an_article_withdrawn_in_its_only_language_is_unknown_in_the_other(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    withdraw()

    answer = client.get("/en/articles/sudorogi-v-testah/")

    assert answer.status_code == 404
    assert "Read the page in Russian" not in answer.content.decode()
