"""Forms that are not ours or too old, or that meet a protocol which no longer decides: never an outcome."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.core.signing import Signer

from articles.canonical.languages import LANGUAGES
from tests.articles.reader.markup import read
from tests.factories.documents import check, shelve, withdraw
from tests.factories.triage import bundled, bundled_file, expiring, protocol_document, shelve_protocol
from tests.triage.pages.walking import FORM, Walk, address, post
from triage.pages.forms import LARGEST_BYTES

pytestmark = pytest.mark.usefixtures("open_questions")

ITEM = str(bundled_file().id)
MALFORMED = "Не удалось прочитать ваши ответы"
CHANGED = "Пока вы отвечали, вопросы изменились"


def refused(walk: Walk, status: int, title: str) -> None:
    """The page says what happened, whom to call and how to go on, and has no outcome."""
    assert walk.response.status_code == status
    assert walk.page.words("h1") == [title]
    assert walk.outcome() == ""
    assert "tel:103" in [one.attributes["href"] for one in walk.page.all("a")]
    assert walk.page.one("section", class_="card").attributes["class"] == "card l4"
    assert any(one.attributes["href"].startswith(address(walk.language)) for one in walk.page.all("a"))
    assert walk.response["Cache-Control"] == "no-store"
    assert walk.response["Referrer-Policy"] == "no-referrer"
    assert walk.response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in walk.response.headers


def forged(state: str) -> str:
    """The same progress with another answer, under the old signature."""
    held, _, signature = state.rpartition(":")
    return f"{held[:-6]}AAAAAA:{signature}"


def unsigned(state: str) -> str:
    progress = Signer(salt="triage.pages.progress").unsign_object(state)
    return Signer(key="another", salt="triage.pages.progress").sign_object(progress)


def of_another_kind(state: str) -> str:
    """Signed by us, but not as progress."""
    return Signer(salt="triage.pages.progress").sign_object({"answers": {}})


def of_another_purpose(state: str) -> str:
    progress = Signer(salt="triage.pages.progress").unsign_object(state)
    return Signer(salt="something.else").sign_object(progress)


def of_another_protocol(state: str) -> str:
    return _with(state, protocol=str(uuid4()))


def of_the_other_language(state: str) -> str:
    return _with(state, language="en")


def with_an_unknown_answer(state: str) -> str:
    return _with(state, answers={"danger": ["nothing-of-the-kind"]}, asked="leg")


def with_an_unknown_question(state: str) -> str:
    return _with(state, asked="nothing-of-the-kind")


def _with(state: str, **fields: Any) -> str:
    signer = Signer(salt="triage.pages.progress")
    return signer.sign_object({**signer.unsign_object(state), **fields})


FORGERIES = [
    forged, unsigned, of_another_kind, of_another_purpose, of_another_protocol, of_the_other_language,
    with_an_unknown_answer, with_an_unknown_question, lambda state: "", lambda state: "x", lambda state: ":" * 100,
    lambda state: "тайна", lambda state: state + "=", lambda state: state[:-1],
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES)
@pytest.mark.parametrize("action", ["next", "back"])
def test_a_state_that_we_have_not_signed_decides_nothing(walk: Walk, forge: Callable[[str], str], action: str) -> None:
    state = forge(walk.start().answer("none").state)
    answers = [("answer", "none")] if action == "next" else []
    walk.send([("state", state), *answers, ("do", action)])
    refused(walk, 400, MALFORMED)


STATE = ("state", "STATE")
ODD: list[list[tuple[str, str]]] = [
    [],
    [("do", "")],
    [("do", "finish")],
    [("do", "start:danger")],
    [("do", "change")],
    [("do", "change:")],
    [STATE],
    [STATE, ("answer", "none")],
    [STATE, ("do", "next"), ("do", "next")],
    [STATE, ("do", "next"), ("do", "back")],
    [STATE, STATE, ("answer", "none"), ("do", "next")],
    [STATE, ("answer", "none"), ("country", "GB"), ("do", "next")],
    [STATE, ("answer", "none"), ("level", "self_care"), ("do", "next")],
    [STATE, ("answer", "none"), ("answer", "none"), ("do", "next")],
    [STATE, ("answer", "nothing-of-the-kind"), ("do", "next")],
    [STATE, ("answer", "cold"), ("do", "next")],
    [STATE, ("answer", "danger.none"), ("do", "next")],
    [STATE, ("answer", ""), ("do", "next")],
    [STATE, ("answer", "none"), ("do", "back")],
    [STATE, ("do", "change:danger")],
    [STATE, ("do", "change:impact")],
    [STATE, ("do", "back")],
    [("do", "start"), ("country", "RU"), ("country", "GB")],
    [("do", "start"), ("country", "XX")],
    [("do", "start"), ("country", "103")],
    [("do", "start"), STATE],
    [("do", "start"), ("csrfmiddlewaretoken", "x")],
    [("answer", "none")] * 100,
]  # fmt: skip


@pytest.mark.parametrize("fields", ODD, ids=str)
def test_a_form_that_is_not_ours_decides_nothing(walk: Walk, fields: list[tuple[str, str]]) -> None:
    state = walk.start().state
    walk.send([(name, state if value == "STATE" else value) for name, value in fields])
    refused(walk, 400, MALFORMED)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"do=start", "text/plain"),
        (b"do=start", "multipart/form-data; boundary=x"),
        (json.dumps({"do": "start"}).encode(), "application/json"),
        (b"do=start", ""),
        (b"do=%FF", FORM),
        (b"do=start&country=%00", FORM),
        ("do=start&country=Россия".encode(), FORM),
        (b"do", FORM),
        (b"do=start;country=RU", FORM),
        (b"do=start&" + b"&" * 10, FORM),
        (b"do=start&country=" + b"x" * LARGEST_BYTES, FORM),
        (b"answer=none&" * 2000 + b"do=next", FORM),
    ],
)
def test_a_body_that_is_no_form_decides_nothing(walk: Walk, body: bytes, kind: str) -> None:
    walk.response = walk.client.generic("POST", address("ru"), body, content_type=kind)  # type: ignore[assignment]
    refused(walk, 400, MALFORMED)


def test_a_form_that_another_site_sends_in_the_name_of_a_reader_shows_no_outcome(walk: Walk) -> None:
    state = walk.start().state
    fields = [("state", state), ("answer", "none"), ("do", "next")]
    walk.response = post(walk.client, address("ru"), fields, sec_fetch_site="cross-site")
    refused(walk, 400, MALFORMED)
    walk.response = post(walk.client, address("ru"), fields, sec_fetch_site="same-origin")
    assert walk.asked == "leg"


def test_a_state_of_the_outcome_answers_no_question(walk: Walk) -> None:
    walk.start().answer("breath")
    walk.send([("state", walk.state), ("answer", "none"), ("do", "next")])
    refused(walk, 400, MALFORMED)


def test_a_state_lasts_two_hours_from_the_first_question(walk: Walk, time_machine: Any) -> None:
    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    walk.start()
    time_machine.move_to("2026-11-23T13:30:00Z", tick=False)
    assert walk.answer("none").asked == "leg"
    # Going on does not make the first answers any younger.
    time_machine.move_to("2026-11-23T14:00:01Z", tick=False)
    walk.answer("none")
    refused(walk, 409, "Вы начали больше двух часов назад")


def test_words_that_have_changed_since_are_asked_anew(walk: Walk) -> None:
    walk.start().answer("none")
    shelve_protocol({"ru": msgspec.structs.replace(bundled("ru"), danger="Другое.")}, change="wording")
    walk.answer("none")
    refused(walk, 409, CHANGED)


def test_a_new_signature_under_the_same_words_interrupts_nobody(walk: Walk) -> None:
    walk.start().answer("none")
    shelve_protocol(change="review")
    assert walk.answer("none").asked not in {"", "leg"}


def test_whoever_is_in_the_middle_when_the_address_changes_is_told(walk: Walk) -> None:
    walk.start()
    fields = [("state", walk.state), ("answer", "none"), ("do", "next")]
    moved = msgspec.structs.replace(protocol_document("ru"), slug="novyj-adres")
    shelve(moved, "ru", item=ITEM, change="wording")
    assert walk.client.get(address("ru")).status_code == 301
    walk.send(fields)
    assert walk.response.status_code == 409
    assert walk.page.words("h1") == [CHANGED]
    assert "/ru/triage/novyj-adres/#start" in [one.attributes["href"] for one in walk.page.all("a")]


@pytest.mark.parametrize("fields", [[("do", "start")], [("state", "STATE"), ("answer", "none"), ("do", "next")]])
class TestAProtocolThatNoLongerDecides:
    def sent(self, walk: Walk, fields: list[tuple[str, str]], state: str) -> str:
        walk.send([(name, state if value == "STATE" else value) for name, value in fields])
        assert walk.outcome() == ""
        assert walk.asked == ""
        assert walk.page.all("form") == []
        assert walk.response["Cache-Control"] == "no-store"
        assert "tel:103" in [one.attributes["href"] for one in walk.page.all("a")]
        return walk.page.text

    def test_expired_by_the_day_it_shows_its_table(
        self, walk: Walk, fields: list[tuple[str, str]], time_machine: Any
    ) -> None:
        time_machine.move_to("2026-11-20T23:00:00Z", tick=False)
        shelve_protocol(expiring("2026-11-20"), change="update")
        state = walk.start().state
        time_machine.move_to("2026-11-21T00:00:01Z", tick=False)
        assert "Срок проверки истёк" in self.sent(walk, fields, state)
        assert walk.response.status_code == 409

    def test_under_check_it_shows_its_table(self, walk: Walk, fields: list[tuple[str, str]]) -> None:
        state = walk.start().state
        check(ITEM, started="Проверяем.")
        assert "Пока мы проверяем этот текст, вопросы закрыты." in self.sent(walk, fields, state)
        assert walk.response.status_code == 409

    def test_switched_off_it_shows_its_table(self, walk: Walk, fields: list[tuple[str, str]], settings: Any) -> None:
        state = walk.start().state
        settings.TRIAGE_DEMONSTRATION = False
        assert "Вопросы пока закрыты" in self.sent(walk, fields, state)
        assert walk.response.status_code == 409

    def test_withdrawn_it_is_gone(self, walk: Walk, fields: list[tuple[str, str]]) -> None:
        state = walk.start().state
        withdraw(ITEM)
        walk.send([(name, state if value == "STATE" else value) for name, value in fields])
        assert walk.response.status_code == 410
        assert walk.outcome() == ""
        assert walk.response["Cache-Control"] == "no-store"


def test_where_nothing_is_there_is_nothing_to_answer(walk: Walk) -> None:
    walk.response = post(walk.client, "/ru/triage/nothing/", [("do", "start")])
    assert walk.response.status_code == 404
    assert walk.response["Cache-Control"] == "no-store"


def test_whoever_sends_too_often_keeps_what_they_sent(walk: Walk, time_machine: Any) -> None:
    time_machine.move_to("2026-11-23T12:00:10Z", tick=False)
    walk.start().answer("none")
    fields = [("state", walk.state), ("answer", "sore"), ("answer", "veins"), ("do", "next")]
    for _ in range(59):
        walk.send(fields)
    refused(walk, 429, "Подождите минуту")
    assert walk.response["Retry-After"] == "50"
    again = [(one.attributes["name"], one.attributes["value"]) for one in walk.page.all("input", type="hidden")]
    assert again == fields
    assert walk.page.one("button").attributes.get("name") is None
    time_machine.move_to("2026-11-23T12:01:01Z", tick=False)
    walk.send(again)
    assert walk.response.status_code == 200
    assert walk.asked not in {"", "danger", "leg"}


def test_what_cannot_be_read_is_not_repeated_to_whoever_sends_too_often(walk: Walk) -> None:
    for _ in range(61):
        walk.send([("do", "<b>"), ("thunderclap", "x")])
    assert walk.response.status_code == 429
    assert "thunderclap" not in walk.response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_there_is_no_other_way_to_ask(walk: Walk, method: str) -> None:
    assert getattr(walk.client, method)(address("ru")).status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_speaks_the_language_of_its_page(walk: Walk, language: Any) -> None:
    walk.language = language
    walk.send([("do", "nothing")])
    assert read(walk.response.content.decode()).one("html").attributes["lang"] == language
