"""Pages in place of a text: each has the way on and the numbers to call."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.blocks import CareBoxBlock
from articles.editions.parts import CareBox
from articles.editions.withdrawals import WithdrawalReason
from articles.publishing.withdraw import withdraw as withdraw_article
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import read
from tests.factories.desk import an_article
from tests.factories.desk_kinds import a_care_box as a_working_care_box
from tests.factories.documents import (
    NOON,
    a_document,
    a_source,
    agreed,
    an_english_document,
    an_id,
    heading,
    shelve,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import a_care_box, a_service, care_box
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article

pytestmark = pytest.mark.django_db

RU = "/ru/articles/sudorogi-v-testah/"


def test_a_withdrawn_page_gives_reason_date_way_on_and_numbers_but_not_the_text(fetch: Fetch) -> None:
    original = a_document(heading("Опасный раздел"))
    shelve(original)
    shelve(an_english_document(heading("A section")), "en", translation_of=agreed(original))
    successor = an_id("successor")
    shelve(a_document(heading("x"), slug="novaya", title="Новая статья"), item=successor)
    withdraw(reason="Мы нашли ошибку в дозе.", replaced_by=successor)

    page = fetch(RU)

    assert "Мы нашли ошибку в дозе." in page.text
    assert "22 ноября 2026" in page.text
    assert page.all("a", href="/ru/articles/novaya/")
    assert page.all("a", href="/en/articles/cramps-in-tests/", hreflang="en")
    assert page.words("section", class_="card") == [
        "Уровень 4 из 4 · опасно для жизни Нужна срочная помощь? Звоните 103 или 112."
    ]
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []
    assert "Опасный раздел" not in page.html


SERVICE = a_service("103")
BOX = a_care_box(services=[SERVICE], triggers=["каменеет всё тело"])
OTHER = an_id("other")


def a_text_with_a_box(box: CareBox = BOX, **fields: object) -> None:
    shelve(a_document(heading("Опасный раздел"), care_box(box), **fields))


@pytest.mark.parametrize("code", WithdrawalReason.values)
def test_the_advice_for_emergencies_stays_unless_it_may_be_what_was_wrong(fetch: Fetch, code: str) -> None:
    a_text_with_a_box()
    withdraw(reason_code=code)

    page = fetch(RU)

    stays = code in {"request", "legal", "duplicate", "expired"}
    assert ("каменеет всё тело" in page.text) == stays
    assert ("Эта часть текста остаётся верной:" in page.text) == stays
    assert len(page.all("section", class_="l4")) == 1
    assert page.all("a", href="tel:103")
    assert "Опасный раздел" not in page.html


def test_a_reason_that_nobody_knows_keeps_nothing_but_the_numbers(fetch: Fetch) -> None:
    a_text_with_a_box()
    withdraw(reason_code="of the future")

    assert "каменеет" not in fetch(RU).text
    assert fetch(RU).one("section", class_="l4")


def test_the_advice_that_stays_has_the_numbers_of_now(fetch: Fetch) -> None:
    a_text_with_a_box()
    withdraw(reason_code="request")
    new = a_service("104", id=SERVICE.id)
    shelve(a_document(care_box(a_care_box("new", services=[new])), slug="other"), item=OTHER)

    page = fetch(RU)

    assert page.words("h2")[0] == "Звоните 104, если"
    assert {one.attributes["href"] for one in page.all("a") if "tel:" in one.attributes["href"]} == {"tel:104"}


def test_advice_that_rests_on_a_withdrawn_source_does_not_stay(fetch: Fetch) -> None:
    source = a_source()
    shelve(a_document(care_box(a_care_box(cited=[source.id], triggers=["каменеет всё тело"])), sources=[source]))
    withdraw(reason_code="request")
    page = fetch(RU)
    assert "каменеет" in page.text
    # Its sources are not on this page, so no mark leads to them.
    assert page.all("sup") == []
    assert source.title not in page.text

    withdraw_part(source)

    assert "каменеет" not in fetch(RU).text


def test_a_text_whose_last_edition_was_erased_keeps_only_the_numbers(
    fetch: Fetch, editor: User, administrator: User
) -> None:
    article = an_article("of-a-person")
    box = a_working_care_box(triggers_en="the whole body stiffens")
    CareBoxBlock.objects.create(parent=article, care_box=box, ordering=5)
    publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="legal", reasons=why, by=editor, at=NOON)
    assert "stiffens" in fetch("/en/articles/of-a-person/").text
    erase(article, "article", editor, administrator)

    page = fetch("/en/articles/of-a-person/")

    assert "stiffens" not in page.text
    assert page.one("section", class_="l4")


def test_a_successor_that_is_not_published_is_not_named(fetch: Fetch) -> None:
    shelve(a_document(heading("x")))
    withdraw(replaced_by=an_id("draft"))

    page = fetch(RU)

    assert an_id("draft") not in page.html
    assert "Читайте вместо него" not in page.text


def test_both_languages_withdrawn_offer_only_the_list(fetch: Fetch) -> None:
    original = a_document(heading("x"))
    shelve(original)
    shelve(an_english_document(heading("x")), "en", translation_of=agreed(original))
    withdraw()
    withdraw(language="en", reason="We found an error.")

    main = [one.attributes["href"] for one in fetch(RU).all("a") if one.attributes["href"].startswith("/en/articles/c")]

    # The language link of the header leads to the other page's own notice; nothing offers it as a text to read.
    assert main == ["/en/articles/cramps-in-tests/"]


@pytest.mark.parametrize("path", ["/ru/articles/net/", "/en/articles/nothing/", "/ru/nothing/"])
def test_an_address_that_leads_nowhere_names_the_numbers_and_the_list(fetch: Fetch, path: str) -> None:
    page = fetch(path)

    assert page.one("section", class_="card")
    assert page.all("a", href=f"/{path[1:3]}/articles/")
    assert page.one("meta", name="robots").attributes["content"] == "noindex"


@pytest.mark.parametrize(
    ("path", "sought"),
    [
        ("/ru/articles/sudorogi-nog/", "sudorogi nog"),
        ("/ru/nothing/leg-cramps/", "leg cramps"),
        ("/ru/articles/call-8-800-555/", ""),
        ("/ru/articles/%22%3E%3Cscript%3E/", ""),
        ("/ru/articles/<b>/", ""),
        ("/ru/" + "a" * 80 + "/", ""),
        ("/ru/net", ""),
    ],
)
def test_words_of_an_unknown_address_are_offered_to_the_search_if_they_are_words(
    client: Client, path: str, sought: str
) -> None:
    """Letters only: an address that somebody made up must not put a number to call on our page."""
    page = read(client.get(path, follow=True).content.decode())

    assert page.one("form", class_="find").attributes["action"] == "/ru/search/"
    assert page.one("input", id="q").attributes["value"] == (sought or ("net" if path == "/ru/net" else ""))


def test_an_unknown_address_offers_the_sections(fetch: Fetch) -> None:
    hrefs = [one.attributes["href"] for one in fetch("/en/articles/nothing/").all("a")]

    assert {"/en/articles/", "/en/faq/", "/en/people/", "/en/glossary/"} <= set(hrefs)


def test_an_empty_list_says_so(fetch: Fetch) -> None:
    assert "Nothing is published here yet." in fetch("/en/articles/").text


def test_the_list_is_in_the_order_of_titles_with_yo_as_ye(fetch: Fetch) -> None:
    for number, title in enumerate(["Жар", "Ёлки и аллергия", "Еда"]):
        shelve(a_document(heading("x"), slug=f"a-{number}", title=title), item=an_id(title))

    assert fetch("/ru/articles/").words("h2") == ["Еда", "Ёлки и аллергия", "Жар"]
