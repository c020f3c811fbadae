"""Editions of a text, and the exact bytes that its digests cover."""

import base64
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.canonical import canonical_json
from articles.editions import journal as journals
from articles.editions.envelope import Cause, ChangeNote
from articles.editions.store import Part
from articles.publishing.amend import amend
from articles.publishing.parts import person_part
from articles.publishing.replacing import Replacements
from articles.publishing.withdraw import withdraw_part
from tests.articles.api.v1.conftest import Partner
from tests.factories.desk import a_quote as a_working_quote
from tests.factories.desk import an_article, place
from tests.factories.documents import ARTICLE, NOON, a_document, heading, shelve, withdraw
from tests.factories.shelf import later, publish_article

HOME = f"articles/{ARTICLE}/editions/"


def three_editions() -> None:
    for number, word in enumerate(["один", "два", "три"]):
        change = "first" if number == 0 else "update"
        shelve(
            a_document(heading(word, name="h")), at=NOON + timedelta(hours=number), change=change, note=f"Часть {word}."
        )


def test_editions_are_listed_newest_first_without_their_words(partner: Partner) -> None:
    three_editions()
    listed = partner.json(f"{HOME}?lang=ru")
    assert [row["edition"] for row in listed["results"]] == [3, 2, 1]
    assert [row["is_current"] for row in listed["results"]] == [True, False, False]
    assert [row["change"] for row in listed["results"]] == [
        {"class": "update", "note": "Часть три."},
        {"class": "update", "note": "Часть два."},
        {"class": "first", "note": "Часть один."},
    ]
    assert listed["results"][2]["api_url"] == f"http://testserver/api/v1/articles/{ARTICLE}/editions/1/?lang=ru"


def test_pages_of_the_history_hold_every_edition_once(partner: Partner) -> None:
    three_editions()
    pages = list(partner.pages(f"{HOME}?lang=ru&limit=2"))
    assert [[row["edition"] for row in page["results"]] for page in pages] == [[3, 2], [1]]


def test_the_history_costs_the_same_however_long_it_is(partner: Partner) -> None:
    shelve(a_document(heading("один", name="h")))
    with CaptureQueriesContext(connection) as short:
        partner.get(f"{HOME}?lang=ru")
    three_editions()
    with CaptureQueriesContext(connection) as long:
        partner.get(f"{HOME}?lang=ru")
    assert len(short) == len(long) == 4


@pytest.mark.parametrize("address", ["", "1/", "1/document/"])
def test_the_history_needs_a_language(partner: Partner, address: str) -> None:
    shelve(a_document())
    problem = partner.json(HOME + address, 400)
    assert problem["type"].endswith("/language-needed/")
    assert problem["errors"][0]["parameter"] == "lang"


def test_the_bytes_of_a_document_have_its_content_digest(partner: Partner) -> None:
    three_editions()
    for row in partner.json(f"{HOME}?lang=ru")["results"]:
        response = partner.get(row["document_url"].removeprefix("http://testserver"))
        assert sha256(response.content).hexdigest() == row["content_digest"]
        assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(sha256(response.content).digest()).decode()}:"
        assert canonical_json.dumps(canonical_json.loads(response.content)) == response.content


def test_a_partner_can_recompute_the_digest_of_an_edition(partner: Partner) -> None:
    three_editions()
    record = partner.json(f"{HOME}2/?lang=ru")
    document = canonical_json.loads(partner.get(f"{HOME}2/document/?lang=ru").content)
    assert canonical_json.digest({"document": document, "envelope": record["envelope"]}) == record["digest"]


@pytest.mark.parametrize("number", ["0", "4", "-1", "01", "1.0", "x", "٣", "9" * 400, "2147483648", "1%00", "%2e%2e"])
@pytest.mark.parametrize("address", ["", "document/"])
def test_an_edition_that_never_was_is_not_found(partner: Partner, number: str, address: str) -> None:
    three_editions()
    assert partner.json(f"{HOME}{number}/{address}?lang=ru", 404)["type"].endswith("/not-found/")


def test_a_number_that_no_edition_has_is_answered_with_those_that_there_are(partner: Partner) -> None:
    shelve(a_document())
    assert partner.json(f"{HOME}2/?lang=ru", 404)["detail"] == "У\u00a0этого текста пока одна версия."
    shelve(a_document(heading("два", name="h")), at=NOON + timedelta(hours=1), change="update", note="Часть два.")
    assert partner.json(f"{HOME}3/?lang=ru", 404)["detail"].endswith("от\u00a01 до\u00a02.")


@pytest.mark.parametrize("address", ["", "1/", "1/document/"])
def test_the_history_of_a_withdrawn_item_is_its_tombstone(partner: Partner, address: str) -> None:
    three_editions()
    withdraw(reason="Ошибка в дозе.")
    tombstone = partner.json(f"{HOME}{address}?lang=ru", 410)
    assert tombstone["reason"] == "Ошибка в дозе."
    assert "Часть один" not in str(tombstone)


REASONS = {"ru": "Врач попросил.", "en": "The doctor asked."}


def test_an_edition_with_a_withdrawn_quote_is_answered_by_its_tombstone_for_good(
    partner: Partner, editor: User
) -> None:
    quote = a_working_quote()
    article = an_article()
    block = place(article, quote)
    publish_article(article, by=editor)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=REASONS, by=editor, at=later(5))
    home = f"articles/{article.pk}/editions/"
    old = partner.json(f"{home}1/document/?lang=ru", 410)
    assert (old["reason_code"], old["reason"]) == ("request", "Врач попросил.")
    assert old["part"] == {"kind": "quote", "id": str(quote.pk)}
    assert old["withdrawn_at"] == "2026-11-22T12:05:00.000000Z"
    lines = {line["sequence"]: line for line in partner.json("changes/")["results"]}
    assert (lines[old["sequence"]]["event"], lines[old["sequence"]]["id"]) == ("amended", old["id"])
    assert partner.json(f"{home}1/document/?lang=en", 410)["reason"] == "The doctor asked."
    assert "судорога проходит сама" not in partner.get(f"{home}2/document/?lang=ru").content.decode()
    assert partner.json(f"{home}1/?lang=ru")["is_current"] is False
    # The notice itself goes with the next publication; the old edition stays closed.
    block.delete()
    publish_article(article, by=editor, at=later(10))
    partner.get(f"{home}1/document/?lang=ru", 410)
    partner.get(f"{home}3/document/?lang=ru")


def test_an_edition_with_a_withdrawn_source_is_closed_too(partner: Partner, editor: User) -> None:
    quote = a_working_quote()
    article = an_article()
    place(article, quote)
    publish_article(article, by=editor)
    withdraw_part("source", quote.source_id, reason_code="source", reasons=REASONS, by=editor, at=later(5))
    tombstone = partner.json(f"articles/{article.pk}/editions/1/document/?lang=ru", 410)
    assert (tombstone["reason_code"], tombstone["part"]["kind"]) == ("source", "source")


def test_an_edition_stays_open_when_something_was_withdrawn_that_it_does_not_carry(
    partner: Partner, editor: User
) -> None:
    article = an_article()
    publish_article(article, by=editor)
    quote = a_working_quote()
    place(article, quote)
    publish_article(article, by=editor, at=later(5))
    withdraw_part("quote", quote.pk, reason_code="request", reasons=REASONS, by=editor, at=later(10))
    home = f"articles/{article.pk}/editions/"
    partner.get(f"{home}1/document/?lang=ru")
    partner.get(f"{home}2/document/?lang=ru", 410)
    partner.get(f"{home}3/document/?lang=ru")


def test_an_amendment_for_another_cause_closes_nothing(partner: Partner, editor: User) -> None:
    quote = a_working_quote()
    article = an_article()
    place(article, quote)
    publish_article(article, by=editor)
    quote.expert.post_ru = "заведующая отделением"
    quote.expert.save()
    quote.expert.refresh_from_db()
    note = {"ru": ChangeNote("correction", "Новая должность."), "en": ChangeNote("correction", "A new post.")}
    parts = {
        code: Replacements(parts={Part("expert", str(quote.expert_id)): person_part(quote.expert, code)})
        for code in ("ru", "en")
    }
    with transaction.atomic(), journals.opened(later(5)) as journal:
        cause = Cause("changed", "expert", str(quote.expert_id))
        assert amend(journal, str(article.pk), parts, notes=note, cause=cause)
    partner.get(f"articles/{article.pk}/editions/1/document/?lang=ru")
    assert partner.json(f"articles/{article.pk}/editions/2/?lang=ru")["caused_by"]["event"] == "changed"
