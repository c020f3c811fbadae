"""Signing a protocol on its page: row by row, in both languages, by two who did not write it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from tests.articles.admin.desk.browser import Desk
from tests.factories.desk import NOON
from tests.factories.triage_desk import a_clinician, signed_by
from tests.triage.admin.conftest import desk_of
from triage.protocols.signatures import Signature
from triage.protocols.tables import Option, Protocol, Question


@pytest.fixture(autouse=True)
def the_day_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.admin.signing.now", lambda: NOON)


def _url(protocol: Protocol) -> str:
    return f"/admin/triage/sign/{protocol.pk}/"


def _sign(desk: Desk, protocol: Protocol, **typed: Any) -> HttpResponse:
    context = desk.client.get(_url(protocol)).context
    usual = {
        "seen": context["sheet"].seen,
        "rows": [row.key for row in context["rows"]],
        "name_ru": "Анна Проверочная",
        "name_en": "Anna Testova",
        "next_on": "2027-06-01",
    }
    return desk.client.post(_url(protocol), usual | typed)


def test_each_way_into_self_care_has_a_box_of_its_own_and_words_in_both_languages(
    clinic: Desk, protocol: Protocol
) -> None:
    page = clinic.client.get(_url(protocol))
    html = page.content.decode()
    rows = page.context["rows"]
    assert html.count('name="rows"') == len(rows) > 0
    assert "checked" not in html.split('id="rows"')[1].split("</section>")[0]
    assert sum(row.count for row in rows) == 2
    assert page.context["combinations"] == "2"
    for code in ("none", "clots"):
        for option in Option.objects.filter(code=code):
            assert f"«{option.text_ru}»" in html
            assert f"“{option.text_en}”" in html


def test_who_has_ticked_every_way_signs_and_is_among_the_signatures(clinic: Desk, protocol: Protocol) -> None:
    assert "2 signatures are missing." in clinic.client.get(_url(protocol)).content.decode()
    assert _sign(clinic, protocol)["Location"] == _url(protocol)
    page = clinic.client.get(_url(protocol)).content.decode()
    assert "1 signature is missing." in page
    assert "Anna Testova" in page
    assert [row.name_ru for row in Signature.objects.all()] == ["Анна Проверочная"]


def test_a_way_that_is_not_ticked_keeps_everything_from_being_signed_and_the_other_ticks_stay(
    clinic: Desk, protocol: Protocol
) -> None:
    rows = clinic.client.get(_url(protocol)).context["rows"]
    answer = _sign(clinic, protocol, rows=[])
    assert answer.status_code == 422
    assert [one.url for one in answer.context["refused"]] == ["#rows"]
    assert Signature.objects.count() == 0
    unknown = _sign(clinic, protocol, rows=["no such row", rows[0].key], note="Typed")
    assert unknown.status_code == 422
    assert [row.ticked for row in unknown.context["rows"]] == [True] + [False] * (len(rows) - 1)
    assert unknown.context["typed"].note == "Typed"


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ({"name_ru": ""}, {"#name_ru"}),
        ({"name_ru": "", "name_en": " "}, {"#name_ru", "#name_en"}),
        ({"next_on": "soon"}, {"#next_on"}),
        ({"next_on": "2020-01-01"}, {"#next_on"}),
        ({"next_on": "2099-01-01"}, {"#next_on"}),
        ({"note": "a\x00b"}, {"#note"}),
        ({"seen": "another draft"}, {"#what"}),
    ],
)
def test_what_is_lacking_is_said_with_its_place(
    clinic: Desk, protocol: Protocol, typed: dict[str, Any], places: set[str]
) -> None:
    answer = _sign(clinic, protocol, **typed)
    assert answer.status_code == 422
    assert {one.url for one in answer.context["refused"]} == places
    assert Signature.objects.count() == 0


def test_what_could_not_be_published_cannot_be_signed(clinic: Desk, protocol: Protocol) -> None:
    Question.objects.filter(code="background").update(text_en="")
    page = clinic.client.get(_url(protocol))
    assert "This protocol cannot be signed yet" in page.content.decode()
    assert 'name="_sign"' not in page.content.decode()
    assert clinic.client.post(_url(protocol), {"seen": page.context["sheet"].seen}).status_code == 422


def test_it_is_said_why_a_signature_no_longer_stands(clinic: Desk, clinician: User, protocol: Protocol) -> None:
    def states() -> list[str]:
        return [str(one.state) for one in clinic.client.get(_url(protocol)).context["signatures"]]

    signed_by(protocol, clinician)
    assert states() == ["stands"]
    Question.objects.filter(code="background").update(text_en="Which of these are so?")
    assert states() == ["no longer stands: the text was changed"]
    Option.objects.filter(code="ache").update(rank=2)
    assert states() == ["no longer stands: the logic was changed"]


def test_ones_own_signature_is_taken_back_and_nobody_elses(clinic: Desk, clinician: User, protocol: Protocol) -> None:
    [mine] = signed_by(protocol, clinician)
    [other] = signed_by(protocol, a_clinician("boris"))
    html = clinic.client.get(_url(protocol)).content.decode()
    assert f'name="_take_back" value="{mine.pk}"' in html
    assert f'name="_take_back" value="{other.pk}"' not in html

    assert clinic.client.post(_url(protocol), {"_take_back": str(other.pk)}).status_code == 404
    assert clinic.client.post(_url(protocol), {"_take_back": "x"}).status_code == 404
    clinic.client.post(_url(protocol), {"_take_back": str(mine.pk), "why": "I was in a hurry."})

    page = clinic.client.get(_url(protocol))
    assert {str(one.row.pk): str(one.state) for one in page.context["signatures"]} == {
        str(mine.pk): "taken back",
        str(other.pk): "stands",
    }
    assert "I was in a hurry." in page.content.decode()
    assert page.context["missing"] == 1


def test_two_signatures_of_one_person_are_one(clinic: Desk, clinician: User, protocol: Protocol) -> None:
    signed_by(protocol, clinician)
    signed_by(protocol, clinician)
    assert clinic.client.get(_url(protocol)).context["missing"] == 1


def test_who_wrote_the_logic_is_told_that_their_signature_does_not_count(editor: User) -> None:
    from django.contrib.auth.models import Group

    from tests.factories.triage_desk import a_protocol

    editor.groups.add(Group.objects.get(name="medical_reviewer"))
    protocol = a_protocol(by=editor)
    both = desk_of(editor)
    assert "You wrote part of this logic." in both.client.get(_url(protocol)).content.decode()
    signed_by(protocol, editor)
    page = both.client.get(_url(protocol))
    assert page.context["missing"] == 2
    assert "does not count" in page.content.decode()


def test_an_editor_sees_who_signed_and_signs_nothing(desk: Desk, protocol: Protocol) -> None:
    signed_by(protocol, a_clinician("boris"))
    page = desk.client.get(_url(protocol))
    assert "Anna Testova boris" in page.content.decode()
    assert 'name="rows"' not in page.content.decode()
    assert desk.client.post(_url(protocol), {"seen": page.context["sheet"].seen}).status_code == 403
    assert desk.client.post(_url(protocol), {"_take_back": "1"}).status_code == 403


def test_the_generic_review_page_leads_here_and_signs_nothing(clinic: Desk, protocol: Protocol) -> None:
    for method in (clinic.client.get, clinic.client.post):
        assert method(f"/admin/review/protocol/{protocol.pk}/ru/")["Location"] == _url(protocol)


def test_what_is_signed_is_named_by_the_beginning_of_its_digests(clinic: Desk, protocol: Protocol) -> None:
    page = clinic.client.get(_url(protocol))
    sheet = page.context["sheet"]
    assert [short for _name, short, _whole in page.context["digests"]] == [
        digest[:12]
        for digest in (
            sheet.logic_digest, sheet.content_digests["ru"], sheet.content_digests["en"], sheet.self_care_digest,
        )
    ]  # fmt: skip


def test_a_russian_clinician_reads_the_page_in_russian(clinician: User, protocol: Protocol) -> None:
    html = desk_of(clinician, "ru").client.get(_url(protocol)).content.decode()
    assert "Не хватает 2 подписей." in html.replace("\u00a0", " ")
    assert "Подписать протокол" in html
