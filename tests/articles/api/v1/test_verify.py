"""Partners ask what became of their copies, many at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.editions import queries
from articles.editions.shelf import Edition
from articles.publishing.checking import start_check
from articles.publishing.withdraw import withdraw as withdraw_article
from tests.articles.api.v1.conftest import Partner, keeps_promises
from tests.factories.desk import an_article
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_quote,
    a_source,
    an_english_document,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.erasure import erase
from tests.factories.partners import make_key
from tests.factories.shelf import BOTH, publish_article

DAY = timedelta(days=1)


def verified(partner: Partner, *digests: str) -> list[Any]:
    return partner.json(f"verify/?lang=ru&{'&'.join(f'digest={one}' for one in digests)}")["results"]


def one(partner: Partner, digest: str) -> Any:
    [answer] = verified(partner, digest)
    return answer


def a_text(word: str = "один") -> Edition:
    return shelve(a_document(heading(word, name="h")))


@pytest.mark.parametrize("which", ["digest", "content_digest"])
@pytest.mark.parametrize("length", [12, 40, 64])
def test_a_current_copy_is_current_by_each_digest_and_its_beginning(partner: Partner, which: str, length: int) -> None:
    edition = a_text()
    asked = getattr(edition, which)[:length]

    answer = one(partner, asked)

    assert (answer["asked"], answer["state"], answer["has_same_words"]) == (asked, "current", True)
    assert (answer["id"], answer["kind"], answer["language"]) == (ARTICLE, "article", "ru")
    assert answer["title"] == "Судороги в тестах"
    detail = partner.json(f"articles/{ARTICLE}/?lang=ru")
    for name in ("edition", "digest", "content_digest", "published_at"):
        assert answer["copy"][name] == answer["live"][name] == detail[name]
    assert (answer["live"]["url"], answer["live"]["max_age"]) == (detail["url"], detail["max_age"])
    assert (answer["since"], answer["gravest"], answer["withdrawn"]) == ([], None, None)


def test_an_outdated_copy_names_all_that_came_since_and_the_gravest_of_it(partner: Partner) -> None:
    first = a_text()
    shelve(a_document(heading("два", name="h")), change="wording", at=NOON + DAY)
    shelve(a_document(heading("три", name="h")), change="safety", note="Опасно.", at=NOON + 2 * DAY)

    answer = one(partner, first.digest)

    assert (answer["state"], answer["gravest"], answer["has_same_words"]) == ("outdated", "safety", False)
    assert (answer["copy"]["edition"], answer["live"]["edition"]) == (1, 3)
    assert [(since["edition"], since["change"]) for since in answer["since"]] == [
        (2, {"class": "wording", "note": ""}),
        (3, {"class": "safety", "note": "Опасно."}),
    ]


def test_a_withdrawn_copy_has_the_tombstone_that_the_item_answers_with(partner: Partner) -> None:
    edition = a_text()
    withdraw(reason="Ошибка в дозе.", reason_code="safety", replaced_by=an_id("other"))

    answer = one(partner, edition.digest)

    gone = partner.json(f"articles/{ARTICLE}/?lang=ru", 410)
    assert (answer["state"], answer["live"], answer["has_same_words"]) == ("withdrawn", None, None)
    assert answer["withdrawn"] == {
        name: gone[name] for name in ("withdrawn_at", "reason_code", "reason", "replaced_by", "sequence")
    } | {"part": None}


def test_a_copy_that_carries_words_withdrawn_since_names_them(partner: Partner) -> None:
    quote = a_quote()
    first = shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    answer = one(partner, first.digest)

    assert answer["state"] == "withdrawn_in_part"
    assert answer["withdrawn"]["part"] == {"kind": "quote", "id": quote.id}
    assert answer["withdrawn"]["reason"] == "Врач попросил снять свои слова."
    assert answer["live"]["edition"] == 2
    assert one(partner, answer["live"]["digest"])["state"] == "current"


def test_a_copy_with_a_source_withdrawn_since_is_withdrawn_in_part(partner: Partner) -> None:
    source = a_source()
    first = shelve(a_document(text(said("Так ", cite(source)), name="t")))
    withdraw_part(source, ARTICLE, at=NOON + DAY)

    assert one(partner, first.digest)["withdrawn"]["part"] == {"kind": "source", "id": source.id}
    assert one(partner, Edition.objects.get(number=2).digest)["state"] == "current"


def test_of_an_erased_text_nothing_is_left_but_that_it_is_gone(
    partner: Partner, editor: User, administrator: User
) -> None:
    article = an_article()
    editions = publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    title = editions["ru"].document.title
    erase(article, "article", editor, administrator)

    answer = one(partner, editions["ru"].digest)

    assert (answer["state"], answer["title"]) == ("withdrawn", "")
    assert title not in str(answer)


def test_what_nobody_knows_and_what_several_begin_with_is_said(partner: Partner) -> None:
    edition = a_text()
    fields = {name: getattr(edition, name) for name in ("item", "kind", "language", "document_json", "envelope_json")}
    Edition.objects.bulk_create(
        Edition(**fields, number=7 + int(mark), content_digest="9" * 64, digest="abcdef012345" + mark * 52)
        for mark in "12"
    )

    unknown, ambiguous = verified(partner, "0" * 64, "abcdef012345")

    assert (unknown["state"], ambiguous["state"]) == ("unknown", "ambiguous")
    assert {answer["id"] for answer in (unknown, ambiguous)} == {None}
    assert {str(answer["copy"]) + str(answer["live"]) + str(answer["since"]) for answer in (unknown, ambiguous)} == {
        "NoneNone[]"
    }


def test_a_live_text_under_check_says_so(partner: Partner, editor: User) -> None:
    article = an_article()
    editions = publish_article(article, by=editor)
    notes = {"ru": "Сверяем дозу.", "en": "We are checking the dose."}
    start_check("article", article.pk, BOTH, notes=notes, by=editor, at=NOON)

    assert one(partner, editions["ru"].digest)["live"]["under_check"] is True


def test_a_page_of_copies_is_asked_at_once_each_once_in_the_order_asked(partner: Partner) -> None:
    russian = a_text()
    english = shelve(an_english_document(heading("one", name="h")), "en")
    newer = shelve(a_document(heading("два", name="h")), change="update", at=NOON + DAY)

    answers = verified(partner, english.digest, russian.digest, "0" * 64, newer.content_digest[:20], english.digest)

    assert [(answer["asked"], answer["state"], answer["language"]) for answer in answers] == [
        (english.digest, "current", "en"),
        (russian.digest, "outdated", "ru"),
        ("0" * 64, "unknown", None),
        (newer.content_digest[:20], "current", "ru"),
    ]


def test_a_digest_is_read_as_people_type_it(partner: Partner) -> None:
    edition = a_text()
    typed = " ".join(edition.digest[at : at + 4].upper() for at in range(0, 16, 4))

    assert one(partner, typed.replace(" ", "%20"))["asked"] == edition.digest[:16]


@pytest.mark.parametrize("wrong", ["", "abc", "g" * 12, "a" * 65, "%00", "%F0%9F%98%80"])
def test_what_cannot_be_a_digest_is_named_with_everything_else_that_is_wrong(partner: Partner, wrong: str) -> None:
    refused = partner.json(f"verify/?lang=en&digest={'0' * 12}&digest={wrong}&digest=xyz", 400)

    assert refused["type"].endswith("/invalid-parameter/")
    assert [error["parameter"] for error in refused["errors"]] == ["digest", "digest"]
    assert "xyz: Give from 12 to 64" in refused["errors"][1]["detail"]


def test_how_many_may_be_asked_is_said(partner: Partner) -> None:
    address = "verify/?lang=en&" + "&".join(f"digest={number:012x}" for number in range(51))

    assert "at most 50" in partner.json(address, 400)["errors"][0]["hint"]
    assert len(partner.json(address.rpartition("&")[0])["results"]) == 50
    assert partner.json("verify/?lang=en", 400)["type"].endswith("/missing-parameter/")


def test_fifty_copies_cost_as_many_queries_as_two(partner: Partner) -> None:
    editions = []
    for number in range(25):
        item = an_id(f"item/{number}")
        for edition in range(2):
            document = a_document(heading(f"{edition}", name="h"), slug=f"s-{number}")
            editions.append(shelve(document, item=item, at=NOON + edition * DAY, change="update"))
    with CaptureQueriesContext(connection) as few:
        verified(partner, editions[0].digest, editions[1].content_digest)
    with CaptureQueriesContext(connection) as many:
        answers = verified(partner, *(edition.digest for edition in editions[:25]),
                           *(edition.content_digest for edition in editions[25:]))  # fmt: skip

    assert {answer["state"] for answer in answers} == {"current", "outdated"}
    assert len(few) == len(many) <= 8


def test_an_answer_is_asked_for_again_each_time_and_costs_nothing_while_it_stands(partner: Partner) -> None:
    edition = a_text()
    address = f"verify/?digest={edition.digest}"
    answer = partner.get(address)

    assert answer["Cache-Control"] == "no-cache"
    assert partner.get(address, 304, if_none_match=answer["ETag"]).content == b""
    assert answer.json()["head"] == 1

    withdraw()
    assert partner.get(address, if_none_match=answer["ETag"]).json()["results"][0]["state"] == "withdrawn"


def test_while_the_journal_cannot_be_asked_nothing_is_said_to_be_current(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = a_text()

    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(queries, "head", away)
    client.raise_request_exception = False

    response = client.get(f"/api/v1/verify/?digest={edition.digest}")

    keeps_promises(response)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")


def test_a_key_for_one_kind_learns_of_every_withdrawal(partner: Partner) -> None:
    edition = a_text()
    withdraw()
    _, secret = make_key(kinds=["term"], languages=["en"])

    answer = partner.json(f"verify/?digest={edition.digest}", authorization=f"Bearer {secret}")

    assert answer["results"][0]["state"] == "withdrawn"
