"""The whole shelf in one answer, while it goes on changing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.answers.streaming import Slots
from articles.api.v1.views import snapshot
from articles.editions import queries, snapshots
from tests.articles.api.v1.conftest import Partner, fits_description, keeps_promises, resolved
from tests.factories.documents import (
    ARTICLE,
    a_document,
    a_news_source,
    a_quote,
    an_english_document,
    an_id,
    check,
    heading,
    item_link,
    quoted,
    restore,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.partners import bearing, make_key, make_partner

ADDRESS = "/api/v1/snapshot/"


def an_item(number: int) -> str:
    """Ids in the order of their numbers, which is that of the snapshot."""
    return f"00000000-0000-4000-8000-{number:012d}"


def some_items(count: int) -> list[str]:
    items = [an_item(number) for number in range(count)]
    for item in items:
        shelve(a_document(heading(f"Что это {item}"), slug=f"statya-{item[-4:]}"), item=item)
    return items


def asked(client: Client, query: str = "", **given: Any) -> StreamingHttpResponse:
    response = client.get(ADDRESS + query, **given)
    assert response.status_code == 200, response.content
    assert isinstance(response, StreamingHttpResponse)
    return response


def whole(client: Client, query: str = "", **given: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(asked(client, query, **given)).split(b"\n")[:-1]]


def between(client: Client, at: int, happening: Callable[[], object], query: str = "") -> list[dict[str, Any]]:
    """What is sent when something happens on the shelf before the page of this number (the first line is page 0)."""
    sent = []
    for number, part in enumerate(asked(client, query)):
        sent += [json.loads(line) for line in part.split(b"\n")[:-1]]
        if number + 1 == at:
            happening()
    return sent


def test_an_empty_shelf_is_a_first_line_and_a_last(client: Client, db: None) -> None:
    assert whole(client) == [
        {"kind": "snapshot", "sequence": 0, "head_hash": "0" * 64, "count": 0, "kinds": None, "languages": None},
        {"kind": "end", "count": 0},
    ]


def test_every_item_stands_in_its_own_language_exactly_as_at_its_own_address(partner: Partner) -> None:
    quote = a_quote()
    other = an_id("other")
    shelve(a_document(heading("Другая"), slug="drugaya"), item=other)
    shelve(a_document(quoted(quote), text(said("Смотрите ", item_link("другую", other))), sources=[a_news_source()]))
    shelve(an_english_document(heading("What it is")), "en")
    check(started="Проверяем дозу.")

    first, *items, last = whole(partner.client, "?lang=en", headers={"accept-language": "en"})

    assert (first["sequence"], first["count"], last) == (queries.head().sequence, 3, {"kind": "end", "count": 3})
    assert first["head_hash"] == queries.head().hash
    for item in items:
        path = item["api_url"].removeprefix("http://testserver")
        assert json.dumps(item) == json.dumps(partner.json(path))
    assert [(item["id"], item["language"]) for item in items] == sorted((i["id"], i["language"]) for i in items)


def test_each_line_is_as_the_description_has_it(client: Client, db: None, small_pages: None) -> None:
    items = some_items(3)
    operation = json.loads(client.get("/api/v1/schema/").content)["paths"][ADDRESS]["get"]

    for line in between(client, 1, lambda: withdraw(items[2])):
        answer = client.get("/api/v1/changes/")
        answer.content = json.dumps(line).encode()
        answer["Content-Type"] = "application/x-ndjson"
        fits_description(answer, operation)
    assert "application/x-ndjson" in resolved(operation["responses"]["200"])["content"]


def test_what_is_withdrawn_while_it_is_sent_is_a_tombstone_in_its_place(partner: Partner, small_pages: None) -> None:
    items = some_items(5)

    first, *lines, last = between(partner.client, 2, lambda: withdraw(items[3], reason="Доза неверна."))

    assert [line.get("id") for line in lines] == [*items[:3], None, items[4]]
    assert lines[3] == {"kind": "withdrawn", "tombstone": partner.json(f"articles/{items[3]}/?lang=ru", 410)}
    assert first["count"] == last["count"] == 5


def test_the_words_of_what_is_withdrawn_are_never_sent(client: Client, db: None, small_pages: None) -> None:
    items = some_items(4)
    sent = between(client, 1, lambda: [withdraw(item) for item in items])

    assert "Что это" not in json.dumps(sent, ensure_ascii=False)
    assert [line["kind"] for line in sent] == ["snapshot", *["withdrawn"] * 4, "end"]


def test_a_quote_that_is_withdrawn_while_the_rest_is_sent_is_never_sent(
    client: Client, db: None, small_pages: None
) -> None:
    quote = a_quote(text="Слова, которых больше нет.")
    some_items(2)
    shelve(a_document(quoted(quote), sources=[a_news_source()]), item=an_item(9))

    *_, item, _ = between(client, 2, lambda: withdraw_part(quote, an_item(9)))

    assert quote.text not in json.dumps(item, ensure_ascii=False)
    assert (item["edition"], item["blocks"][0]["withdrawn"]["reason_code"]) == (2, "request")


def test_what_is_amended_meanwhile_is_sent_as_it_is_now(client: Client, db: None, small_pages: None) -> None:
    items = some_items(3)
    amended = a_document(heading("Новое"), slug="statya-0002")

    *_, item, _ = between(client, 1, lambda: shelve(amended, item=items[2], change="correction"))

    assert (item["edition"], item["blocks"][0]["text"]) == (2, "Новое")


def test_what_is_published_meanwhile_waits_for_the_journal(client: Client, db: None, small_pages: None) -> None:
    items = some_items(3)

    def happening() -> None:
        shelve(a_document(heading("Позже"), slug="pozzhe"), item=an_item(99))
        shelve(an_english_document(heading("Later")), "en", item=items[1])

    first, *lines, last = between(client, 1, happening)

    assert [line["id"] for line in lines] == items
    assert first["count"] == last["count"] == 3
    assert first["sequence"] == 3


def test_what_had_been_withdrawn_before_is_no_part_of_it_even_if_it_is_restored_meanwhile(
    client: Client, db: None, small_pages: None
) -> None:
    items = some_items(4)
    withdraw(items[2])
    withdraw(items[3])

    def happening() -> None:
        restore(items[2])
        restore(items[3])
        withdraw(items[3])

    first, *lines, last = between(client, 1, happening)

    assert [line["id"] for line in lines] == items[:2]
    assert first["count"] == last["count"] == 2


def test_what_was_withdrawn_and_restored_meanwhile_is_sent(client: Client, db: None, small_pages: None) -> None:
    items = some_items(3)

    def happening() -> None:
        withdraw(items[2])
        restore(items[2])

    assert [line.get("id") for line in between(client, 1, happening)[1:-1]] == items


@pytest.mark.parametrize(
    ("query", "left"),
    [("?language=en", [("article", "en")]), ("?kind=article&language=ru", [("article", "ru")]), ("?kind=faq", [])],
)
def test_it_can_be_narrowed(client: Client, db: None, query: str, left: list[tuple[str, str]]) -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What it is")), "en")

    first, *items, last = whole(client, query)

    assert [(item["kind"], item["language"]) for item in items] == left
    assert first["count"] == last["count"] == len(left)
    assert (first["kinds"] is None, first["languages"] is None) == ("kind" not in query, "language" not in query)


@pytest.mark.parametrize("query", ["?kind=articles", "?language=de", "?limit=5", "?after=3", "?kind=faq&kind=article"])
def test_what_it_does_not_know_is_refused(client: Client, db: None, query: str) -> None:
    response = client.get(ADDRESS + query)
    assert response.status_code == 400
    keeps_promises(response)


def test_a_key_narrows_it_and_cannot_widen_it(client: Client, db: None) -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What it is")), "en")
    _, words = make_key(kinds=["article"], languages=["en"])

    first, *items, _ = whole(client, **bearing(words))

    assert [item["language"] for item in items] == ["en"]
    assert (first["kinds"], first["languages"]) == (["article"], ["en"])
    for beyond in ("?language=ru", "?kind=faq"):
        refused = client.get(ADDRESS + beyond, **bearing(words))
        assert (refused.status_code, refused.json()["type"][-14:]) == (403, "/out-of-scope/")


def test_who_holds_it_gets_a_304_while_nothing_has_changed(client: Client, db: None) -> None:
    shelve(a_document(heading("Что это")))
    tag = tag_of(client)
    assert tag.startswith('W/"')

    with CaptureQueriesContext(connection) as made:
        unchanged = client.get(ADDRESS, headers={"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"], len(made)) == (304, b"", tag, 1)
    assert client.get(f"{ADDRESS}?lang=en", headers={"if-none-match": tag}).status_code == 304
    assert tag_of(client, "?kind=article", headers={"if-none-match": tag}) != tag
    check(started="Проверяем.")
    assert tag_of(client, headers={"if-none-match": tag}) != tag


def tag_of(client: Client, query: str = "", **given: Any) -> str:
    response = asked(client, query, **given)
    b"".join(response)
    return response["ETag"]


def test_nobody_keeps_it_without_asking_again(client: Client, db: None) -> None:
    response = asked(client)
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Accept-Encoding, Authorization"
    assert response["Content-Type"] == "application/x-ndjson"
    b"".join(response)
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Content-Length" not in response.headers


def test_head_tells_the_same_and_sends_nothing(client: Client, db: None) -> None:
    shelve(a_document(heading("Что это")))
    packed = {"accept-encoding": "gzip"}
    head, got = client.head(ADDRESS, headers=packed), asked(client, headers=packed)
    b"".join(got)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert "Content-Length" not in head.headers
    same = ("ETag", "Content-Type", "Content-Encoding", "Cache-Control", "Vary")
    assert {name: head[name] for name in same} == {name: got[name] for name in same}


def test_where_the_head_cannot_be_read_nothing_is_sent(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(snapshots, "start", away)
    client.raise_request_exception = False
    response = client.get(ADDRESS)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert asked_again_works(client, monkeypatch)


def asked_again_works(client: Client, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.undo()
    return whole(client)[-1] == {"kind": "end", "count": 0}


def test_a_fault_on_the_way_breaks_it_off_without_an_end(
    client: Client, db: None, small_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_items(4)
    sent = []
    parts = iter(asked(client))
    sent += [next(parts), next(parts)]

    def away(*_: object, **__: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(snapshots, "page", away)
    with pytest.raises(OperationalError):
        next(parts)
    assert b'"kind":"end"' not in b"".join(sent)


@pytest.mark.parametrize(("asking", "message"), [("stands", "2 texts were live"), ("page", "no standing")])
def test_a_shelf_that_does_not_add_up_has_no_end(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, asking: str, message: str
) -> None:
    some_items(2)
    monkeypatch.setattr(snapshots, asking, lambda *_, **__: [])
    with pytest.raises(RuntimeError, match=message):
        b"".join(asked(client))


def test_only_so_many_are_made_at_once_and_the_next_is_told_when_to_come_back(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "slots", Slots(2))
    one, two, three = (bearing(make_key(make_partner(f"Partner {number}"))[1]) for number in range(3))
    begun = [asked(client, **one), asked(client, **two)]

    refused = client.get(ADDRESS, **three)
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert client.head(ADDRESS, **three).status_code == 200

    for response in begun:
        b"".join(response)
    assert whole(client)[-1]["kind"] == "end"


def test_a_stranger_who_does_not_read_keeps_no_partner_out_nor_does_one_partner_another(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "slots", Slots())
    clinic, other = make_partner("Clinic"), make_partner("Other")
    first, second = (bearing(make_key(clinic)[1]) for _ in range(2))
    held = [asked(client), asked(client, **first)]
    assert client.get(ADDRESS).status_code == 503
    assert client.get(ADDRESS, **second).status_code == 503
    assert whole(client, **bearing(make_key(other)[1]))[-1]["kind"] == "end"
    for response in held:
        b"".join(response)
    assert whole(client)[-1]["kind"] == "end"


def test_a_page_costs_the_same_however_much_it_holds(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def queries_for(count: int) -> int:
        with CaptureQueriesContext(connection) as made:
            assert len(whole(client)) == count + 2
        return len(made)

    for item in some_items(18):
        shelve(a_document(text(said("Смотрите ", item_link("ту", ARTICLE))), slug=f"statya-{item[-4:]}"), item=item)
    many = queries_for(18)
    for item in range(2, 18):
        withdraw(an_item(item))
    assert queries_for(2) == many
    assert many <= 6


def test_it_answers_browsers_of_other_sites_and_takes_nothing(client: Client, db: None) -> None:
    assert client.options(ADDRESS).status_code == 204
    refused = client.post(ADDRESS)
    assert refused.status_code == 405
    keeps_promises(refused)
