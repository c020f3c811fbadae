"""A shelf with every kind of item in both languages, and what programs find on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.editions.document import Document
from tests.articles.reader.markup import Markup, read
from tests.factories.documents import (
    NOON,
    REVIEWED,
    a_document,
    a_person,
    a_quote,
    a_source,
    agreed,
    an_english_document,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
)
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, a_topic, an_expert
from tests.factories.triage import BUNDLED_ID, protocol_document

HOST = "http://testserver"
SITE = "Ясно о\N{NO-BREAK SPACE}здоровье"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OWN = a_person("own", name="Ольга Своя", part="participates", post="врач")
QUOTED = a_person()

Get = Callable[[str], Markup]


@pytest.fixture
def get(client: Client, db: None) -> Get:
    """Get a page, by its path or whole address; it must be there."""

    def page(address: str) -> Markup:
        response: HttpResponse = client.get(address.removeprefix(HOST))
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return read(response.content.decode())

    return page


def pairs() -> dict[str, tuple[Document, Document]]:
    """Items by id, each in Russian and in English."""
    topic, source = an_id("topic"), a_source()
    about = {"topics": [topic], "conditions": [an_id("term")]}
    body = text(said("Так пишут.", cite(source)), name="t")
    return {
        an_id("article"): (
            a_document(heading("Что это"), body, quoted(a_quote()), **about),
            an_english_document(heading("What it is", name="Что это"), body, **about),
        ),
        an_id("faq"): (
            a_faq(body, topics=[topic]),
            a_faq(body, title="Is it dangerous?", slug="is-it-dangerous", summary="Usually not.", topics=[topic]),
        ),
        topic: (a_topic(), a_topic("Muscles", slug="muscles", summary="On muscles.")),
        an_id("term"): (
            a_term(codes=["R25.2"]),
            a_term("Cramp", slug="cramp", summary="A sudden tightening.", synonyms=[], codes=["R25.2"]),
        ),
        BUNDLED_ID: (protocol_document("ru"), protocol_document("en")),
        an_id("page"): (a_page(summary="О нас."), a_page(title="Who we are", slug="who-we-are", summary="On us.")),
        OWN.id: (
            an_expert(OWN, slug="svoya", summary="Лечит мышцы."),
            an_expert(a_person("own", name="Olga Own", part="participates"), slug="own"),
        ),
        QUOTED.id: (an_expert(QUOTED), an_expert(a_person(name="Anna Sample"), slug="anna-sample")),
    }


@pytest.fixture
def shelf(db: None) -> None:
    """Every kind in both languages; the article is reviewed and was corrected once, its English is a translation."""
    for item, (russian, english) in pairs().items():
        if russian.kind == "article":
            wrong = a_document(heading("Не то"), slug="staryj-adres")
            shelve(wrong, item=item, at=NOON - timedelta(days=9))
            shelve(russian, item=item, change="correction", note="Исправили число.", review=REVIEWED)
            shelve(english, "en", item=item, translation_of=agreed(russian))  # type: ignore[arg-type]
        else:
            shelve(russian, item=item)
            shelve(english, "en", item=item)


@pytest.fixture
def listed(client: Client, db: None) -> Callable[[], list[str]]:
    """The addresses in all sitemaps."""

    def addresses() -> list[str]:
        parts = [locations(client.get(part.removeprefix(HOST))) for part in locations(client.get("/sitemap.xml"))]
        return [address for part in parts for address in part]

    return addresses


def locations(response: Any) -> list[str]:
    """What a sitemap or a list of sitemaps leads to."""
    assert response.status_code == 200
    return [one.text or "" for one in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]
