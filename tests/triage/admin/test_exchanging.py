"""A protocol goes out as a file, and comes in only after somebody has seen what it changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.triage_desk import SMALL, services_of, small_file, with_rank
from triage.engine.exchange import read_file, write_file
from triage.protocols.tables import Option, Protocol

URL = "/admin/triage/import/"


def _look(desk: Desk, content: bytes) -> HttpResponse:
    return desk.client.post(URL, {"file": SimpleUploadedFile("protocol.json", content)})


def _changed(**fields: Any) -> bytes:
    return json.dumps({**json.loads(SMALL.read_bytes()), **fields}).encode()


def _sent_on(answer: HttpResponse) -> dict[str, Any]:
    context = answer.context
    return {"content": context["content"], "seen": context["preview"].seen, "_import": "1"}


def test_the_file_that_goes_out_is_the_draft_and_comes_in_again(desk: Desk, protocol: Protocol) -> None:
    answer = desk.client.get(f"/admin/triage/export/{protocol.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="test-cramp-0.1.0.json"'
    assert "no-store" in answer["Cache-Control"]
    assert read_file(answer.content).questions[1] == small_file().questions[1]
    looked_at = _look(desk, answer.content)
    assert looked_at.status_code == 200
    assert "There are no differences." in looked_at.content.decode()


def test_looking_at_a_file_changes_nothing_and_says_in_words_what_would(desk: Desk, protocol: Protocol) -> None:
    before = revisions(protocol.questions.get(code="danger")).count()
    answer = _look(desk, write_file(with_rank(small_file(), "danger", "ache", 0)))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Less urgent: was “within weeks”, now “self-care”." in html
    assert answer.context["preview"].compared.is_dangerous
    assert Option.objects.get(code="ache").rank == 1
    assert revisions(protocol.questions.get(code="danger")).count() == before


def test_what_was_looked_at_becomes_the_draft_as_new_versions(desk: Desk, protocol: Protocol) -> None:
    danger = protocol.questions.get(code="danger")
    before = revisions(danger).count()
    looked_at = _look(desk, write_file(with_rank(small_file(), "danger", "ache", 2)))

    answer = desk.client.post(URL, _sent_on(looked_at))

    assert answer["Location"] == address(protocol, "change")
    assert Option.objects.get(code="ache").rank == 2
    assert revisions(danger).count() == before + 1


def test_a_draft_that_moved_meanwhile_is_looked_at_again(desk: Desk, protocol: Protocol) -> None:
    looked_at = _look(desk, write_file(with_rank(small_file(), "danger", "ache", 2)))
    Option.objects.filter(code="fit").update(text_en="Somebody wrote this meanwhile")

    answer = desk.client.post(URL, _sent_on(looked_at))

    assert answer.status_code == 422
    assert "The draft was changed after you looked at it." in answer.content.decode()
    assert Option.objects.get(code="ache").rank == 1
    assert desk.client.post(URL, _sent_on(answer)).status_code == 302


def test_a_new_protocol_is_called_new_and_made(desk: Desk) -> None:
    services_of(small_file())
    looked_at = _look(desk, SMALL.read_bytes())
    assert "A new protocol: A cramp of tests" in looked_at.content.decode()
    assert Protocol.objects.count() == 0
    desk.client.post(URL, _sent_on(looked_at))
    assert Protocol.objects.get().title_en == "A cramp of tests"


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"{", "$", "This is no JSON file"),
        (b"\xff\xfe", "$", "The file is not written in UTF-8"),
        (_changed(version="one"), "$.version", "“one” is not written as it should be"),
        (_changed(surprise=1), "$.surprise", "A field “surprise” is not known."),
        (_changed(title={"ru": "<b>Жирно</b>", "en": "Bold"}), "$.title.ru", "The text holds HTML"),
        (_changed(expires_on="2027-02-31"), "$.expires_on", "“2027-02-31” is no day."),
        (_changed(questions=[]), "$.questions", "The protocol asks no question."),
        (b" " * 1_000_001, "$", "The file is too large"),
    ],
)
def test_a_bad_file_is_refused_with_places_and_nothing_is_saved(
    desk: Desk, protocol: Protocol, content: bytes, place: str, said: str
) -> None:
    answer = _look(desk, content)
    assert answer.status_code == 422
    refused = {one.place: one.sentence for one in answer.context["refused"]}
    assert said in refused[place]
    assert "<b>Жирно" not in answer.content.decode()
    assert 'name="_import"' not in answer.content.decode()


def test_several_faults_are_said_at_once(desk: Desk) -> None:
    answer = _look(desk, _changed(version="one", surprise=1, rules=7))
    assert {one.place for one in answer.context["refused"]} == {"$.surprise", "$.version", "$.rules"}


def test_a_number_that_nobody_checked_here_is_refused_by_the_desk(desk: Desk) -> None:
    answer = _look(desk, SMALL.read_bytes())
    assert answer.status_code == 422
    assert "that no care service has" in answer.content.decode()


@pytest.mark.parametrize("typed", [{}, {"content": ""}, {"content": "no base 64!"}, {"content": "e30="}])
def test_without_a_file_nothing_happens(desk: Desk, typed: dict[str, str]) -> None:
    assert desk.client.post(URL, typed | {"_import": "1"}).status_code == 422
    assert Protocol.objects.count() == 0


def test_a_reviewer_takes_a_file_out_and_brings_none_in(clinic: Desk, protocol: Protocol) -> None:
    assert clinic.client.get(f"/admin/triage/export/{protocol.pk}/").status_code == 200
    assert clinic.client.get(URL).status_code == 403
    assert _look(clinic, SMALL.read_bytes()).status_code == 403


def test_the_page_has_a_form_for_a_file(desk: Desk) -> None:
    page = desk.client.get(URL)
    assert 'type="file"' in page.content.decode()
    assert fields_of(page).get("_import") is None
