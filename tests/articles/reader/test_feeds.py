"""The feeds, as a program reads them: what is new, what has changed, and what is gone."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.publishing.withdraw import withdraw as withdraw_article
from tests.factories.desk import an_article
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    an_english_document,
    an_id,
    heading,
    restore,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, a_topic
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article
from tests.factories.triage import BUNDLED_ID, shelve_protocol

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://testserver"
SITE = "Ясно о\N{NO-BREAK SPACE}здоровье"


def parsed(client: Client, language: str = "ru") -> Any:
    feed = feedparser.parse(client.get(f"/{language}/feed.atom").content)
    assert feed.bozo is False
    assert feed.version == "atom10"
    return feed


def as_json(client: Client, language: str = "ru") -> dict[str, Any]:
    return json.loads(client.get(f"/{language}/feed.json").content)


def publish_both() -> None:
    shelve(a_document(text(said("СЛОВА СТАТЬИ"), name="t")))
    shelve(a_faq(), item=an_id("faq"), at=NOON + DAY)
    shelve(an_english_document(heading("What")), "en", at=NOON + DAY)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_feed_is_there_before_anything_is_published(client: Client, language: str) -> None:
    assert parsed(client, language).entries == []
    assert as_json(client, language)["items"] == []


def test_a_feed_names_its_texts_newest_first_with_their_summaries_and_no_other_word(client: Client) -> None:
    publish_both()

    feed = parsed(client)

    assert [(one.title, one.link, one.summary) for one in feed.entries] == [
        ("Это опасно?", f"{HOST}/ru/faq/eto-opasno/", "Обычно нет."),
        ("Судороги в тестах", f"{HOST}/ru/articles/sudorogi-v-testah/", "О чём эта статья."),
    ]
    assert feed.feed.updated == feed.entries[0].updated == "2026-11-23T12:00:00Z"
    assert "СЛОВА СТАТЬИ" not in client.get("/ru/feed.atom").content.decode() + str(as_json(client))


def test_each_language_has_a_feed_of_its_own(client: Client) -> None:
    publish_both()

    russian, english = parsed(client), parsed(client, "en")

    assert [one.title for one in english.entries] == ["Cramps in tests"]
    assert (russian.feed.title, english.feed.title) == (SITE, "Plain Health")
    assert {one.id for one in russian.entries} & {one.id for one in english.entries} == set()


def test_atom_has_what_the_standard_demands(client: Client) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and moment each, an author, a link to itself, no id twice."""
    publish_both()

    root = ElementTree.fromstring(client.get("/ru/feed.atom").content)

    assert root.tag == f"{ATOM}feed"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ru"
    for owner in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            (found,) = owner.findall(f"{ATOM}{name}")
            assert found.text
    assert [one.findtext(f"{ATOM}name") for one in root.findall(f"{ATOM}author")] == [SITE]
    links = {one.attrib["rel"]: one.attrib["href"] for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{HOST}/ru/feed.atom", "alternate": f"{HOST}/ru/"}
    entries = root.findall(f"{ATOM}entry")
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries) == 2
    assert all((one.findtext(f"{ATOM}id") or "").startswith("urn:uuid:") for one in entries)
    assert all(len(one.findall(f"{ATOM}link")) == 1 for one in entries)


def test_json_feed_has_what_its_version_demands(client: Client) -> None:
    publish_both()

    feed = as_json(client)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{HOST}/ru/feed.json", f"{HOST}/ru/")
    assert feed["language"] == "ru"
    assert feed["authors"] == [{"name": SITE}]
    atom = parsed(client)
    assert [(one["id"], one["url"], one["title"], one["date_modified"]) for one in feed["items"]] == [
        (one.id, one.link, one.title, one.updated) for one in atom.entries
    ]
    assert all(one["content_text"] and "content_html" not in one for one in feed["items"])


def test_a_changed_text_keeps_its_id_and_says_what_was_changed(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_faq(), item=an_id("faq"), at=NOON + DAY)
    before = parsed(client).entries[1]
    change = {"change": "safety", "note": "Добавили признак.", "at": NOON + 2 * DAY}
    shelve(a_document(heading("Иначе")), **change)  # type: ignore[arg-type]

    after = parsed(client).entries[0]

    assert after.id == before.id
    assert (before.published, after.published) == ("2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z")
    assert after.updated == "2026-11-24T12:00:00Z"
    assert after.summary.endswith("Что изменилось: изменение, важное для безопасности. Добавили признак.")
    assert after.tags[0].term == "safety"


def test_a_review_without_a_changed_word_changes_no_byte(client: Client) -> None:
    shelve(a_document(heading("Что это")))
    before = client.get("/ru/feed.atom").content
    shelve(a_document(heading("Что это")), change="review", review=REVIEWED, at=NOON + DAY)

    assert client.get("/ru/feed.atom").content == before


def test_in_the_place_of_a_withdrawn_text_stands_the_notice_under_the_same_id(client: Client) -> None:
    publish_both()
    (before,) = [one for one in parsed(client).entries if one.title == "Судороги в тестах"]
    withdraw(ARTICLE, reason="Мы нашли ошибку.", at=NOON + 2 * DAY)

    after = parsed(client).entries[0]

    assert (after.id, after.link) == (before.id, before.link)
    assert after.title == "Снято с\N{NO-BREAK SPACE}публикации: Судороги в тестах"
    assert (after.summary, after.updated) == ("Мы нашли ошибку.", "2026-11-24T12:00:00Z")
    assert as_json(client)["items"][0]["content_text"] == "Мы нашли ошибку."


def test_no_word_of_a_withdrawn_text_is_left_but_its_title(client: Client) -> None:
    publish_both()
    withdraw(ARTICLE, at=NOON + 2 * DAY)

    both = client.get("/ru/feed.atom").content.decode() + str(as_json(client))

    assert "О чём эта статья" not in both
    assert "СЛОВА СТАТЬИ" not in both


def test_of_an_erased_text_not_even_the_title_is_left(client: Client, editor: User, administrator: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    title = parsed(client).entries[0].title.partition(": ")[2]
    erase(article, "article", editor, administrator)

    (entry,) = parsed(client).entries

    assert (entry.title, entry.link) == ("Этот текст снят с\N{NO-BREAK SPACE}публикации", f"{HOST}/ru/")
    whole = client.get("/ru/feed.atom").content.decode() + str(as_json(client))
    assert title
    assert [word for word in (title, "test-cramps", "Снято по просьбе") if word in whole] == []


def test_a_protocol_is_news_and_so_is_its_withdrawal(client: Client) -> None:
    shelve_protocol()
    assert [(one.title, one.link) for one in parsed(client, "en").entries] == [
        ("Leg cramp: do I need a doctor, and how soon?", f"{HOST}/en/triage/leg-cramp-triage/")
    ]

    withdraw(BUNDLED_ID, "en", reason="A question could mislead.", at=NOON + DAY)

    (entry,) = parsed(client, "en").entries
    assert entry.title.startswith("Withdrawn: ")
    assert (entry.summary, entry.link) == ("A question could mislead.", f"{HOST}/en/triage/leg-cramp-triage/")


def test_what_a_program_has_already_is_not_sent_again(client: Client) -> None:
    publish_both()
    for ending, kind in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        answer = client.get(f"/ru/feed.{ending}")
        again = client.get(f"/ru/feed.{ending}", headers={"if-none-match": answer["ETag"]})

        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer["Last-Modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"
        assert answer["Content-Language"] == "ru"
        assert not answer.cookies
        assert (again.status_code, again.content) == (304, b"")


def test_whatever_an_editor_typed_the_feed_is_sound(client: Client) -> None:
    nasty = "<b>&amp; ]]> \"'\u2028 \N{NO-BREAK SPACE}😀"
    shelve(a_document(heading("Что это"), title=nasty, summary=nasty))

    (entry,) = ElementTree.fromstring(client.get("/ru/feed.atom").content).findall(f"{ATOM}entry")

    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) == (nasty, nasty)
    assert as_json(client)["items"][0]["title"] == nasty


def test_a_text_without_a_summary_has_its_title_as_content(client: Client) -> None:
    shelve(a_document(heading("Что это"), summary=""))

    assert as_json(client)["items"][0]["content_text"] == "Судороги в тестах"
    assert parsed(client).entries[0].title == "Судороги в тестах"


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_a_feed_costs_two_queries_however_long_it_is(
    client: Client, django_assert_num_queries: object, ending: str
) -> None:
    for number in range(8):
        shelve(a_faq(slug=f"q{number}"), item=an_id(f"faq/{number}"))

    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(f"/ru/feed.{ending}")


def in_every_state() -> None:
    """A live text, one that was corrected, one that was withdrawn, and one that came back."""
    shelve(a_document(heading("Что это")))
    for number, word in enumerate(("corrected", "withdrawn", "restored"), start=1):
        shelve(a_faq(slug=word, title=word), item=an_id(word), at=NOON + number * DAY)
    shelve(
        a_faq(heading("x"), slug="corrected", title="corrected"), item=an_id("corrected"), change="correction",
        note="Исправили дозу.", at=NOON + 5 * DAY,
    )  # fmt: skip
    for word in ("withdrawn", "restored"):
        withdraw(an_id(word), at=NOON + 6 * DAY)
    restore(an_id("restored"), at=NOON + 7 * DAY)


def test_a_correction_is_told_with_its_note_and_its_class(client: Client) -> None:
    in_every_state()

    (corrected,) = [one for one in parsed(client).entries if one.title == "corrected"]

    assert corrected.tags[0].term == "correction"
    assert corrected.summary.endswith("Исправили дозу.")


def test_a_text_has_one_id_through_all_that_happens_to_it(client: Client) -> None:
    shelve(a_faq(), item=an_id("faq"))
    ids = [parsed(client).entries[0].id]
    shelve(a_faq(slug="drugoi-adres", title="Другое имя"), item=an_id("faq"), change="update", at=NOON + DAY)
    ids += [parsed(client).entries[0].id]
    withdraw(an_id("faq"), at=NOON + 2 * DAY)
    ids += [parsed(client).entries[0].id]
    restore(an_id("faq"), at=NOON + 3 * DAY)
    ids += [parsed(client).entries[0].id, as_json(client)["items"][0]["id"]]

    assert len(set(ids)) == 1
    assert [one["id"] for one in as_json(client)["items"]] == [one.id for one in parsed(client).entries]


def test_what_is_no_news_of_its_own_is_in_no_feed(client: Client) -> None:
    shelve(a_term(), item=an_id("term"))
    shelve(a_topic(), item=an_id("topic"))
    shelve(a_page(), item=an_id("page"))

    assert parsed(client).entries == as_json(client)["items"] == []


# jsonfeed.org, version 1.1: what a feed and an item must and may have. Other names must begin with an underscore.
FEED_MEMBERS = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
ITEM_MEMBERS = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_json_feed_follows_every_rule_of_its_version(client: Client, language: str) -> None:
    in_every_state()
    feed = as_json(client, language)

    assert {"version", "title", "items"} <= feed.keys()
    for members, value in [(FEED_MEMBERS, feed), *((ITEM_MEMBERS, item) for item in feed["items"])]:
        assert [name for name, part in value.items() if not isinstance(part, members[name])] == []
    assert all(author.keys() <= {"name", "url", "avatar"} and author["name"] for author in feed["authors"])
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"]
        assert urlsplit(item["url"]).scheme == "http"
        for name in ("date_published", "date_modified"):
            assert name not in item or datetime.fromisoformat(item[name]).tzinfo is not None
        assert all(isinstance(tag, str) and tag for tag in item["tags"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    assert client.get(urlsplit(feed["feed_url"]).path).status_code == 200
    assert client.get(urlsplit(feed["home_page_url"]).path).status_code == 200


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_a_feed_that_was_held_is_sent_anew_once_something_was_withdrawn(client: Client, ending: str) -> None:
    publish_both()
    held = client.get(f"/ru/feed.{ending}")["ETag"]
    withdraw(ARTICLE, at=NOON + 2 * DAY)

    answer = client.get(f"/ru/feed.{ending}", headers={"if-none-match": held})

    assert answer.status_code == 200
    assert "Снято" in answer.content.decode()


@pytest.mark.parametrize("path", ["/ru/feed.atom", "/ru/feed.json"])
def test_only_reading_is_allowed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.get("/de/feed.atom").status_code == 404
