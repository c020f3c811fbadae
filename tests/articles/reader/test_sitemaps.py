"""The sitemaps: what is live and may be found, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client, RequestFactory

from articles.editions import inventory
from articles.editions.shelf import Standing
from articles.reader import sitemaps
from articles.reader.machine.sitemap import Place, row
from articles.reader.presenters.sections import SECTIONS
from tests.articles.reader.markup import read
from tests.factories.documents import NOON, a_document, a_person, an_english_document, an_id, heading, shelve, withdraw
from tests.factories.documents_of_kinds import a_faq, a_term, an_expert
from tests.factories.triage import BUNDLED_ID, shelve_protocol

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
# Home and the sections, below the language.
OWN = ["", *(f"{key}/" for key in SECTIONS if key not in sitemaps.FORMS)]
# The limits of the protocol.
MOST, LARGEST = 50_000, 50 * 1024 * 1024


def locations(client: Client, path: str) -> list[str]:
    answer = client.get(path.removeprefix(HOST))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return [one.text or "" for one in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]


def everything(client: Client) -> list[str]:
    return [address for part in locations(client, "/sitemap.xml") for address in locations(client, part)]


def test_before_anything_is_published_there_are_the_home_pages_and_the_sections(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [f"{HOST}/sitemaps/0.xml"]
    assert everything(client) == [f"{HOST}/{code}/{place}" for code in ("ru", "en") for place in OWN]


def test_every_address_in_it_is_a_page_that_calls_itself_so(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    for address in everything(client):
        page = read(client.get(address.removeprefix(HOST)).content.decode())
        assert page.one("link", rel="canonical").attributes["href"] == address
        assert page.all("meta", name="robots") == []


def test_what_is_withdrawn_not_published_or_a_term_is_not_in_it(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_faq(), item=an_id("faq"))
    shelve(a_term(), item=an_id("term"))
    withdraw(at=NOON + timedelta(days=1))

    items = everything(client)[2 * len(OWN) :]

    assert items == [f"{HOST}/ru/faq/eto-opasno/"]


def test_people_whom_we_only_quote_are_not_in_it_nor_is_the_list_that_names_them(client: Client) -> None:
    shelve(an_expert(), item=a_person().id)

    addresses = everything(client)

    assert [one for one in addresses if "/ru/people/" in one] == []
    assert f"{HOST}/en/people/" in addresses


def test_when_to_get_help_is_in_it_while_a_protocol_is_live(client: Client) -> None:
    shelve_protocol()
    withdraw(BUNDLED_ID, "en")

    addresses = [one for one in everything(client) if "/triage/" in one]

    assert addresses == [f"{HOST}/ru/triage/", f"{HOST}/ru/triage/leg-cramp-triage/"]


def test_each_language_of_a_page_names_all_of_them(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What")), "en")
    alone = a_faq()
    shelve(alone, item=an_id("faq"))
    number = inventory.parts(sitemaps.SIZE)[0]

    root = ElementTree.fromstring(client.get(f"/sitemaps/{number}.xml").content)
    rows = {
        one.findtext(f"{MAP}loc"): {link.attrib["hreflang"]: link.attrib["href"] for link in one.findall(LINK)}
        for one in root.findall(f"{MAP}url")
    }

    russian, english = f"{HOST}/ru/articles/sudorogi-v-testah/", f"{HOST}/en/articles/cramps-in-tests/"
    both = {"ru": russian, "en": english, "x-default": russian}
    assert rows == {russian: both, english: both, f"{HOST}/ru/faq/eto-opasno/": {}}


def test_a_page_says_when_its_words_changed(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_faq(), item=an_id("faq"), at=NOON + timedelta(days=2))

    part = locations(client, "/sitemap.xml")[1]
    own = ElementTree.fromstring(client.get(part.removeprefix(HOST)).content).iter(f"{MAP}lastmod")

    assert [one.text for one in own] == ["2026-11-22T12:00:00Z", "2026-11-24T12:00:00Z"]


def test_it_is_split_where_a_part_is_full(rf: RequestFactory) -> None:
    for number in range(5):
        shelve(a_faq(slug=f"q{number}"), item=an_id(f"faq/{number}"))
    first = min(Standing.objects.values_list("pk", flat=True))

    def found(answer: bytes) -> list[str]:
        return [one.text or "" for one in ElementTree.fromstring(answer).iter(f"{MAP}loc")]

    parts = found(sitemaps.sitemap_index(rf.get("/"), size=2).content)[1:]
    held = [
        found(sitemaps.sitemap(rf.get("/"), part=int(part.rpartition("/")[2].removesuffix(".xml")), size=2).content)
        for part in parts
    ]

    assert [address for part in held for address in part] == [f"{HOST}/ru/faq/q{number}/" for number in range(5)]
    assert [len(part) for part in held] == ([2, 2, 1] if first % 2 else [1, 2, 2])


def test_the_limits_are_the_protocols_and_the_longest_rows_keep_within_them() -> None:
    host = f"https://{'h' * 50}.example"
    longest = f"{host}/ru/articles/{'a' * Standing._meta.get_field('slug').max_length}/"  # type: ignore[union-attr]
    place = Place(longest, "2026-11-22T12:00:00Z", dict.fromkeys(("ru", "en", "x-default"), longest))

    assert sitemaps.SIZE <= MOST
    assert len(row(place).encode()) * MOST < LARGEST


@pytest.mark.parametrize(
    "path", ["/sitemaps/99.xml", "/sitemaps/00.xml", "/sitemaps/-1.xml", "/sitemaps/x.xml", f"/sitemaps/{10**30}.xml"]
)
def test_a_part_that_is_not_there_answers_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_a_search_engine_has_already_is_not_sent_again(client: Client) -> None:
    for path in ("/sitemap.xml", "/sitemaps/0.xml"):
        answer = client.get(path)
        again = client.get(path, headers={"if-none-match": answer["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert not answer.cookies


def test_a_part_and_the_list_of_parts_cost_two_queries(client: Client, django_assert_num_queries: object) -> None:
    for number in range(6):
        shelve(a_faq(slug=f"q{number}"), item=an_id(f"faq/{number}"))
    part = locations(client, "/sitemap.xml")[1].removeprefix(HOST)

    for path in (part, "/sitemap.xml"):
        with django_assert_num_queries(2):  # type: ignore[operator]
            client.get(path)
