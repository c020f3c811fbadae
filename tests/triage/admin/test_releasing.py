"""Publishing a protocol from its page: what was found, what changes in words, both languages together."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from articles.editions.store import standing_of
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON
from tests.factories.triage_desk import a_clinician, release_protocol, signed_by
from tests.triage.admin.conftest import desk_of
from triage.protocols.tables import Option, Protocol, Question, Rule


@pytest.fixture(autouse=True)
def the_day_of_tests(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small protocol holds until a day that pages must not have passed."""
    for module in ("releasing", "signing"):
        monkeypatch.setattr(f"triage.admin.{module}.now", lambda: NOON)


def _url(protocol: Protocol) -> str:
    return f"/admin/triage/publish/{protocol.pk}/"


def _seen(desk: Desk, protocol: Protocol) -> dict[str, str]:
    panels = desk.client.get(_url(protocol)).context["panels"]
    return {f"seen_{panel.language}": panel.seen for panel in panels}


def _publish(desk: Desk, protocol: Protocol, **typed: Any) -> HttpResponse:
    usual = {
        "languages": ["ru", "en"],
        **{f"class_{language}": "advice" for language in ("ru", "en")},
        **{f"note_{language}": "Said to readers." for language in ("ru", "en")},
        **{f"reason_{language}": "No clinician yet." for language in ("ru", "en")},
    }
    return desk.client.post(_url(protocol), _seen(desk, protocol) | usual | typed)


def _numbers(protocol: Protocol) -> list[int | None]:
    found = [standing_of(str(protocol.pk), language) for language in ("ru", "en")]
    return [one.edition.number if one else None for one in found]


def test_the_button_of_the_form_and_the_generic_page_lead_here(desk: Desk, protocol: Protocol) -> None:
    answer = desk.save(protocol, desk.open(protocol), _publish="1")
    assert answer["Location"] == _url(protocol)
    assert desk.client.get(f"/admin/publish/protocol/{protocol.pk}/")["Location"] == _url(protocol)


def test_both_languages_go_out_in_one_press(desk: Desk, protocol: Protocol) -> None:
    page = desk.client.get(_url(protocol))
    assert "Readers have not seen this protocol before: all of it is new." in page.content.decode()
    assert [panel.typed.ticked for panel in page.context["panels"]] == [True, True]

    answer = _publish(desk, protocol)

    assert answer["Location"] == address(protocol, "change")
    assert _numbers(protocol) == [1, 1]


def test_what_lowers_urgency_comes_first_and_is_called_a_danger(desk: Desk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=3)
    Rule.objects.all().delete()
    Question.objects.filter(code="background").update(text_en="Which of these are so?")

    page = desk.client.get(_url(protocol))

    groups = page.context["compared"].groups
    assert groups[0].is_dangerous
    assert groups[0].heading == "Could make somebody wait longer"
    assert "Rule K01. Removed" in groups[0].sentences[0]
    assert [group.is_dangerous for group in groups[1:]] == [False] * len(groups[1:])
    html = page.content.decode()
    assert html.index("Danger") < html.index("Can only bring help sooner") < html.index("Which of these are so?")


def test_with_something_to_mend_nothing_goes_out_and_the_way_to_it_is_there(desk: Desk, protocol: Protocol) -> None:
    Option.objects.filter(code="unsure").update(rank=0)
    page = desk.client.get(_url(protocol))
    assert [panel.typed.ticked for panel in page.context["panels"]] == [False, False]
    unsure = Option.objects.filter(code="unsure").first()
    assert any(f"{unsure.pk}" in obstacle.url for obstacle in page.context["to_mend"])

    answer = _publish(desk, protocol)

    assert answer.status_code == 422
    assert "The protocol has problems, listed below." in answer.content.decode()
    assert _numbers(protocol) == [None, None]


def test_one_language_alone_never_goes_out_with_another_logic(desk: Desk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=2)

    answer = _publish(desk, protocol, languages=["ru"])

    assert answer.status_code == 422
    assert [one.url for one in answer.context["refused"]] == ["#ticked_ru"]
    assert "Publish both languages together." in answer.content.decode()
    assert _numbers(protocol) == [1, 1]


def test_words_of_one_language_go_out_alone(desk: Desk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor)
    Question.objects.filter(code="background").update(text_en="Which of these are so?")
    assert [panel.typed.ticked for panel in desk.client.get(_url(protocol)).context["panels"]] == [False, True]

    _publish(desk, protocol, languages=["en"], class_en="wording")

    assert _numbers(protocol) == [1, 2]


def test_everything_that_is_lacking_is_said_at_once_and_nothing_typed_is_lost(
    desk: Desk, editor: User, protocol: Protocol
) -> None:
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=2)
    answer = _publish(desk, protocol, class_ru="", note_en="", reason_en="", note_ru="Уже набрано.")
    assert answer.status_code == 422
    assert {one.url for one in answer.context["refused"]} == {"#class_ru", "#note_en", "#reason_en"}
    assert "Уже набрано." in answer.content.decode()
    assert _numbers(protocol) == [1, 1]


@pytest.mark.parametrize("typed", [{"languages": []}, {"note_ru": "a\x00b"}, {"seen_ru": "of another draft"}])
def test_nothing_goes_out_unticked_unreadable_or_unseen(desk: Desk, protocol: Protocol, typed: dict[str, Any]) -> None:
    assert _publish(desk, protocol, **typed).status_code == 422
    assert _numbers(protocol) == [None, None]


def test_two_signatures_take_the_place_of_a_reason(desk: Desk, protocol: Protocol) -> None:
    assert "Not enough clinicians have signed" in desk.client.get(_url(protocol)).content.decode()
    signed_by(protocol, a_clinician("anna"), a_clinician("boris"))

    page = desk.client.get(_url(protocol)).content.decode()
    _publish(desk, protocol, reason_ru="", reason_en="")

    assert "Signed by Анна Проверочная anna, Анна Проверочная boris." in page
    assert _numbers(protocol) == [1, 1]
    review = standing_of(str(protocol.pk), "en").edition.envelope.review
    assert [one.name for one in review.by] == ["Anna Testova anna", "Anna Testova boris"]


def test_a_reviewer_publishes_nothing(clinic: Desk, protocol: Protocol) -> None:
    assert clinic.client.get(_url(protocol)).status_code == 403
    assert clinic.client.post(_url(protocol), {"languages": ["ru", "en"]}).status_code == 403


def test_the_generic_pages_of_the_press_know_a_live_protocol(desk: Desk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor)
    for page in ("check", "withdraw", "used"):
        assert desk.client.get(f"/admin/{page}/protocol/{protocol.pk}/").status_code == 200, page
    html = desk.client.get(address(protocol, "change")).content.decode()
    assert f"/admin/withdraw/protocol/{protocol.pk}/" in html
    assert f"/admin/check/protocol/{protocol.pk}/" in html
    reasons = {"reason_code": "error", "reason_ru": "Ошибка.", "reason_en": "A fault."}
    answer = desk.client.post(
        f"/admin/withdraw/protocol/{protocol.pk}/", {"languages": ["ru", "en"], "_withdraw": "1"} | reasons
    )
    assert answer.status_code == 302
    assert not standing_of(str(protocol.pk), "ru").is_live


def test_what_readers_have_seen_is_not_deleted(desk: Desk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor)
    desk.client.post(address(protocol, "delete"), {"post": "yes"})
    assert Protocol.objects.filter(pk=protocol.pk).exists()


def test_versions_are_compared_by_pairs_in_words(desk: Desk, editor: User, protocol: Protocol) -> None:
    url = f"/admin/triage/compare/{protocol.pk}/"
    assert "This protocol has not been published yet" in desk.client.get(url).content.decode()
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=2)
    later = NOON.replace(hour=NOON.hour + 1)
    release_protocol(protocol, by=editor, at=later)
    Option.objects.filter(code="ache").update(rank=1)

    page = desk.client.get(url)
    assert [key for key, _name in page.context["choices"]] == ["draft", "ru2-en2", "ru1-en1"]
    assert [group.heading for group in page.context["compared"].groups] == ["Could make somebody wait longer"]

    older = desk.client.get(url, {"before": "ru1-en1", "after": "ru2-en2"})
    assert [group.heading for group in older.context["compared"].groups] == ["Can only bring help sooner"]
    same = desk.client.get(url, {"before": "draft", "after": "draft"}).content.decode()
    assert "Choose two different versions." in same
    assert desk.client.get(url, {"before": "<script>", "after": "ru9"}).status_code == 200


def test_a_russian_editor_reads_the_page_in_russian(editor: User, protocol: Protocol) -> None:
    html = desk_of(editor, "ru").client.get(_url(protocol)).content.decode()
    assert "Публикация протокола" in html
    assert "Читатели этого протокола ещё не видели" in html.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "marked"),
    [("ru", "Черновик:"), ("en", "Draft:")],
)
def test_the_preview_is_the_readers_own_page_marked_as_a_draft(
    desk: Desk, protocol: Protocol, language: str, marked: str
) -> None:
    html = desk.client.get(f"/admin/preview/protocol/{protocol.pk}/{language}/page/").content.decode()
    assert marked in html
    assert getattr(protocol, f"title_{language}") in html
    assert getattr(protocol.levels.get(level="same_day"), f"title_{language}") in html
    assert desk.client.get(f"/admin/preview/protocol/{protocol.pk}/both/").status_code == 200


def test_the_preview_of_an_unfinished_protocol_says_why_there_is_none(desk: Desk, protocol: Protocol) -> None:
    protocol.levels.filter(level="self_care").delete()
    answer = desk.client.get(f"/admin/preview/protocol/{protocol.pk}/en/page/")
    assert answer.status_code == 200
    assert "The page cannot be shown yet" in answer.content.decode()
