"""Questions are moved one by one without a script, or all at once with one; nobody's work is lost by it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address
from triage.protocols.tables import Protocol, Question


def _ids(protocol: Protocol) -> list[str]:
    return [str(question.pk) for question in protocol.questions.order_by("position")]


def _codes(protocol: Protocol) -> list[str]:
    return list(protocol.questions.order_by("position").values_list("code", flat=True))


def _url(protocol: Protocol) -> str:
    return f"/admin/triage/order/{protocol.pk}/"


def test_an_arrow_moves_a_question_by_one_and_the_page_comes_back(desk: Desk, protocol: Protocol) -> None:
    danger, background = _ids(protocol)
    answer = desk.client.post(_url(protocol), {"ids": [danger, background], "move": f"down:{danger}"})
    assert answer["Location"] == f"{address(protocol, 'change')}#triage-questions"
    assert _codes(protocol) == ["background", "danger"]
    newest = revisions(Question.objects.get(code="danger")).first()
    assert newest.data["position"] == 20


@pytest.mark.parametrize(("way", "which"), [("up", 0), ("down", 1)])
def test_the_first_and_the_last_stay_where_they_are(desk: Desk, protocol: Protocol, way: str, which: int) -> None:
    ids = _ids(protocol)
    desk.client.post(_url(protocol), {"ids": ids, "move": f"{way}:{ids[which]}"})
    assert _codes(protocol) == ["danger", "background"]


def test_a_script_sends_the_whole_order_and_is_told_that_it_is_saved(desk: Desk, protocol: Protocol) -> None:
    answer = desk.client.post(_url(protocol), {"ids": _ids(protocol)[::-1]}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (200, {"said": "The order is saved."})
    assert _codes(protocol) == ["background", "danger"]


def test_a_list_that_somebody_changed_meanwhile_is_refused(desk: Desk, protocol: Protocol) -> None:
    seen = _ids(protocol)
    Question.objects.create(protocol=protocol, code="leg", position=30)
    answer = desk.client.post(_url(protocol), {"ids": seen[::-1]}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    page = desk.client.post(_url(protocol), {"ids": seen[::-1]}, follow=True).content.decode()
    assert "The questions were changed meanwhile." in page
    assert _codes(protocol) == ["danger", "background", "leg"]


@pytest.mark.parametrize("ids", [["not-an-id"], [], ["00000000-0000-0000-0000-000000000000"] * 2])
def test_what_no_list_would_send_changes_nothing(desk: Desk, protocol: Protocol, ids: list[str]) -> None:
    answer = desk.client.post(_url(protocol), {"ids": ids}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert _codes(protocol) == ["danger", "background"]


def test_a_reviewer_moves_nothing(clinic: Desk, protocol: Protocol) -> None:
    assert clinic.client.post(_url(protocol), {"ids": _ids(protocol)[::-1]}).status_code == 403
    assert _codes(protocol) == ["danger", "background"]


def test_a_look_moves_nothing(desk: Desk, editor: User, protocol: Protocol) -> None:
    assert desk.client.get(_url(protocol)).status_code == 405
