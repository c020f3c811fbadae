"""What somebody answered is in no log and in no store of this process, also when something goes wrong."""

import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.triage.pages.walking import FORM, Walk, address

pytestmark = pytest.mark.usefixtures("open_questions")


def test_no_fault_of_ours_writes_down_what_was_answered(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from triage.pages import conversation

    def fail(page: object, step: Any) -> None:
        raise KeyError(step.progress.answers)

    state = walk.start().state
    monkeypatch.setattr(conversation, "question_page", fail)
    walk.client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        walk.send([("state", state), ("answer", "jerk_one"), ("do", "next")])
    assert walk.response.status_code == 500
    assert "QuestionsFailedError: KeyError" in caplog.text
    assert "in fail" in caplog.text
    assert "jerk_one" not in caplog.text
    assert state not in caplog.text


def test_nothing_that_was_refused_is_in_the_log(walk: Walk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        walk.start().answer("none").answer("nothing-of-the-kind")
        walk.client.generic("POST", address("ru"), b"thunderclap=%FF", content_type=FORM)
        walk.client.generic("POST", address("ru"), b"thunderclap", content_type="application/json")
    text = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "nothing-of-the-kind" not in text
    assert "thunderclap" not in text


def test_answers_do_not_lie_in_the_store_of_compressed_pages(client: Client) -> None:
    from articles.answers import encoding

    walk = Walk(client)
    walk.start()
    before = dict(encoding._kept._held)
    body = urlencode([("state", walk.state), ("answer", "breath"), ("do", "next")])
    sent = client.post(address("ru"), body, content_type=FORM, headers={"accept-encoding": "br"})
    assert sent["Content-Encoding"] == "br"
    assert dict(encoding._kept._held) == before


def test_no_browser_is_to_remember_what_was_ticked_for_whoever_uses_it_next(walk: Walk) -> None:
    pages = [walk.start().page, walk.answer("none").page, walk.through().page]
    forms = [form for page in pages for form in page.all("form") if form.attributes.get("method") == "post"]
    assert len(forms) == 5
    assert {form.attributes.get("autocomplete") for form in forms} == {"off"}
