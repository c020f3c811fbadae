"""The forms of questions and levels: answers and first aid as rows, and ways that lead through the protocol."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editorial.comments import comments
from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.triage_desk import the_bundled_protocol
from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question


@pytest.fixture
def danger(protocol: Protocol) -> Question:
    return protocol.questions.get(code="danger")


def test_saving_an_untouched_form_changes_nothing(desk: Desk, danger: Question) -> None:
    before = revisions(danger).count()
    desk.save(danger, desk.open(danger))
    assert revisions(danger).count() == before


def test_words_and_level_of_an_answer_are_changed_in_one_save_that_is_kept(desk: Desk, danger: Question) -> None:
    desk.save(danger, desk.open(danger), **{"options-1-text_en": "A very bad ache", "options-1-rank": "2"})
    ache = danger.options.get(code="ache")
    assert (ache.text_en, ache.rank) == ("A very bad ache", 2)
    assert [row["rank"] for row in revisions(danger).first().data["options"]] == [4, 2, 0, 3]


def test_the_mildest_level_is_told_in_saved_versions_too(desk: Desk, danger: Question) -> None:
    desk.save(danger, desk.open(danger), **{"options-1-rank": "0"})
    newest = revisions(danger).first().number
    html = desk.client.get(address(danger, "version", newest)).content.decode()
    assert "<ins>self-care</ins>" in html


def test_answers_are_added_moved_and_deleted_in_one_save(desk: Desk, danger: Question) -> None:
    row = {"code": "jaw", "rank": "4", "text_ru": "Челюсть", "text_en": "Jaw", "ordering": "5"}
    typed = {"options-TOTAL_FORMS": "5", **{f"options-4-{name}": value for name, value in row.items()}}
    desk.save(danger, desk.open(danger), **typed, **{"options-1-DELETE": "on"})
    assert [option.code for option in danger.options.all()] == ["jaw", "fit", "none", "unsure"]


@pytest.mark.parametrize("code", ["Fit", "danger.fit", "фит", "1fit", ""])
def test_an_id_that_could_not_travel_is_refused(desk: Desk, danger: Question, code: str) -> None:
    answer = desk.save(danger, desk.open(danger), **{"options-0-code": code})
    assert answer.status_code == 200
    assert danger.options.first().code == "fit"


def test_an_answer_with_the_id_of_another_is_refused(desk: Desk, danger: Question) -> None:
    answer = desk.save(danger, desk.open(danger), **{"options-1-code": "fit"})
    assert "Another row has this id already." in answer.content.decode()


def test_a_question_with_the_id_of_another_is_refused_in_words(desk: Desk, danger: Question) -> None:
    answer = desk.save(danger, desk.open(danger), code="background")
    assert answer.status_code == 200
    assert "The protocol has a question with this id already." in answer.content.decode()


def test_a_question_says_where_it_stands_and_leads_to_its_protocol_and_its_neighbour(
    desk: Desk, danger: Question
) -> None:
    page = desk.client.get(address(danger, "change"))
    html = page.content.decode()
    assert "Question 1 of 2" in html
    assert page.context["neighbours"].before is None
    assert page.context["neighbours"].behind[0] == address(Question.objects.get(code="background"), "change")
    assert f"{address(danger.protocol, 'change')}#triage-questions" in html


def test_one_button_saves_and_goes_back_to_the_protocol(desk: Desk, danger: Question) -> None:
    answer = desk.save(danger, desk.open(danger), text_en="Is any of this so?", _to_protocol="1")
    assert answer["Location"] == f"{address(danger.protocol, 'change')}#triage-questions"
    danger.refresh_from_db()
    assert danger.text_en == "Is any of this so?"


def test_what_lowers_a_rule_to_nothing_is_told_after_the_save(desk: Desk, danger: Question) -> None:
    answer = desk.client.post(
        address(danger, "change"), {**desk.open(danger), "options-3-rank": "0", "options-1-text_ru": ""}, follow=True
    )
    html = answer.content.decode()
    assert "“Not sure” asks for self-care. It must ask for more." in html
    # Answers that lead into self-care unsure are a finding of the whole question.
    places = {language: {note.field for note in notes} for language, notes in answer.context["missing"].items()}
    assert places["en"] == {"id_text_ru", "id_options-3-rank"}
    assert places["ru"] - places["en"] == {"id_options-1-text_ru"}


def test_a_question_shows_only_what_is_to_be_mended_in_itself(desk: Desk, danger: Question) -> None:
    Question.objects.filter(code="background").update(text_en="")
    assert desk.client.get(address(danger, "change")).context["missing"] == {"ru": [], "en": []}


def test_a_new_question_comes_behind_the_last_and_belongs_to_the_protocol_of_the_way_to_it(
    desk: Desk, protocol: Protocol
) -> None:
    address_of_new = f"{address(Question, 'add')}?protocol={protocol.pk}"
    fields = fields_of(desk.client.get(address_of_new))
    answer = desk.client.post(address_of_new, {**fields, "code": "leg", "text_ru": "Нога?", "text_en": "Leg?"})
    assert answer.status_code == 302
    assert [question.code for question in protocol.questions.order_by("position")] == ["danger", "background", "leg"]


def test_a_new_question_begins_with_the_answers_that_every_question_needs(desk: Desk, protocol: Protocol) -> None:
    fields = fields_of(desk.client.get(f"{address(Question, 'add')}?protocol={protocol.pk}"))
    codes = [fields[f"options-{number}-code"] for number in range(2)]
    assert codes == [["none"], ["unsure"]]
    assert fields["options-1-rank"] == ["4"]


def test_without_a_protocol_there_is_no_new_question(desk: Desk, protocol: Protocol) -> None:
    for way in ("", "?protocol=not-an-id", "?protocol=00000000-0000-0000-0000-000000000000"):
        assert desk.client.get(address(Question, "add") + way)["Location"] == address(Protocol, "changelist")


def test_a_question_never_moves_to_another_protocol(desk: Desk, danger: Question) -> None:
    other = Protocol.objects.create(title_en="Another")
    desk.save(danger, desk.open(danger), text_en="Changed", protocol=str(other.pk))
    danger.refresh_from_db()
    assert (danger.text_en, danger.protocol_id == other.pk) == ("Changed", False)


def test_a_deleted_question_leads_back_to_its_protocol(desk: Desk, danger: Question) -> None:
    back = f"{address(danger.protocol, 'change')}#triage-questions"
    assert desk.client.get(address(danger, "delete")).status_code == 200
    assert desk.client.post(address(danger, "delete"), {"post": "yes"})["Location"] == back
    assert not Question.objects.filter(code="danger").exists()


def test_colleagues_comment_beside_an_answer(desk: Desk, danger: Question) -> None:
    fit = danger.options.first()
    desk.client.post(f"/admin/comments/triage_question/{danger.pk}/{fit.pk}/", {"text": "Is this clear enough?"})
    assert [one.text for one in comments(danger.pk)] == ["Is this clear enough?"]
    assert "Is this clear enough?" in desk.client.get(address(danger, "change")).content.decode()


def test_first_aid_names_answers_in_words(desk: Desk, protocol: Protocol) -> None:
    level = protocol.levels.get(level="emergency")
    fields = desk.open(level)
    assert fields["first_aid-0-when_any"] == ["danger.fit"]
    desk.save(level, fields, **{"first_aid-0-when_any": ["danger.fit", "danger.ache"]})
    assert FirstAid.objects.get().when_any == "danger.fit\ndanger.ache"
    answer = desk.client.get(address(level, "change"))
    assert [note.field for note in answer.context["missing"]["en"]] == ["id_first_aid-0-when_any"]


def test_a_level_that_is_there_already_is_refused(desk: Desk, protocol: Protocol) -> None:
    level = protocol.levels.get(level="self_care")
    answer = desk.save(level, desk.open(level), level="emergency")
    assert "The protocol has this level already." in answer.content.decode()


def test_answers_are_found_by_words_of_either_and_by_their_id(desk: Desk, protocol: Protocol) -> None:
    def found(term: str) -> list[str]:
        answer = desk.client.get(f"/admin/triage/answers/{protocol.pk}/", {"term": term}).json()
        return [one["id"] for group in answer["results"] for one in group["children"]]

    ache = Option.objects.get(code="ache")
    assert found("danger.ache") == ["danger.ache"]
    assert found(ache.text_en.upper()) == ["danger.ache"]
    assert found("danger") == ["danger.fit", "danger.ache", "danger.none", "danger.unsure"]
    assert found("no such words \x00") == []
    assert len(found("")) == 7


def test_the_form_costs_as_many_queries_for_many_answers_as_for_few(desk: Desk, editor: User, danger: Question) -> None:
    large = the_bundled_protocol(by=editor).questions.get(code="danger")

    def asked(obj: Question) -> int:
        desk.client.get(address(obj, "change"))
        with CaptureQueriesContext(connection) as captured:
            assert desk.client.get(address(obj, "change")).status_code == 200
        return len(captured)

    assert large.options.count() > 2 * danger.options.count()
    assert asked(large) == asked(danger)


def test_the_menu_has_protocols_and_neither_questions_nor_levels(desk: Desk, protocol: Protocol) -> None:
    menu = desk.client.get("/admin/").context["desk_groups"]
    groups = {group["name"]: [section.name for section in group["sections"]] for group in menu}
    assert groups["Triage"] == ["Triage protocols"]
    assert "Access" not in groups
    for model in (Question, Level):
        assert desk.client.get(address(model, "changelist"))["Location"] == address(Protocol, "changelist")
