"""The form of a protocol: its rules as rows, its questions and levels in short, what was found."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.triage_desk import a_clinician, the_bundled_protocol
from tests.triage.admin.conftest import desk_of
from triage.protocols.tables import Level, Option, Protocol, Question, Rule

SOUND = "combinations of answers have been checked. There is nothing to mend."


def test_saving_an_untouched_form_changes_nothing(desk: Desk, protocol: Protocol) -> None:
    before = revisions(protocol).count()
    assert desk.save(protocol, desk.open(protocol)).status_code == 302
    assert revisions(protocol).count() == before


def test_a_rule_is_shown_by_its_id_its_words_and_how_soon(desk: Desk, protocol: Protocol) -> None:
    [row] = desk.client.get(address(protocol, "change")).context["placed_blocks"]
    assert row.kind_name == "K01"
    assert row.name == protocol.rules.get().text_en
    assert ">today</span>" in row.mark


def test_conditions_are_shown_in_words_and_saved_as_ids(desk: Desk, protocol: Protocol) -> None:
    fields = desk.open(protocol)
    assert fields["rules-0-when_all"] == ["background.clots", "danger.ache"]
    page = desk.client.get(address(protocol, "change")).content.decode()
    ache = Option.objects.get(code="ache")
    assert f"{ache.parent.text_en} — {ache.text_en}" in page

    desk.save(protocol, fields, **{"rules-0-when_all": ["background.clots", "danger.fit"]})

    assert protocol.rules.get().when_all == "background.clots\ndanger.fit"


def test_an_answer_that_the_protocol_has_not_is_refused_and_nothing_typed_is_lost(
    desk: Desk, protocol: Protocol
) -> None:
    answer = desk.save(
        protocol, desk.open(protocol), **{"rules-0-when_all": ["danger.gone"], "rules-0-text_en": "Typed"}
    )
    assert answer.status_code == 200
    assert "The protocol has no answer danger.gone." in answer.content.decode()
    assert fields_of(answer)["rules-0-text_en"] == ["Typed"]
    assert protocol.rules.get().when_all == "background.clots\ndanger.ache"


def test_an_answer_that_was_deleted_since_stays_chosen_and_is_found(desk: Desk, protocol: Protocol) -> None:
    Option.objects.get(code="ache").delete()
    page = desk.client.get(address(protocol, "change"))
    assert "danger.ache: there is no such answer any more" in page.content.decode()
    assert SOUND not in page.content.decode()

    assert desk.save(protocol, fields_of(page), summary_en="For adults only.").status_code == 302

    assert protocol.rules.get().when_all == "background.clots\ndanger.ache"


def test_two_rules_with_one_id_are_refused_at_the_second(desk: Desk, protocol: Protocol) -> None:
    row = {"code": "K01", "rank": "3", "when_all": "danger.fit", "text_en": "Twice", "ordering": "20"}
    typed = {"rules-TOTAL_FORMS": "2", **{f"rules-1-{name}": value for name, value in row.items()}}
    answer = desk.save(protocol, desk.open(protocol), **typed)
    assert answer.status_code == 200
    assert "Another row has this id already." in answer.content.decode()
    assert protocol.rules.count() == 1


def test_questions_are_listed_in_order_with_their_answers_and_the_way_to_each(desk: Desk, protocol: Protocol) -> None:
    page = desk.client.get(address(protocol, "change"))
    shown = [
        (one.code, [(answer.code, answer.stands_alone) for answer in one.answers]) for one in page.context["questions"]
    ]
    assert shown == [
        ("danger", [("fit", False), ("ache", False), ("none", True), ("unsure", True)]),
        ("background", [("clots", False), ("none", True), ("unsure", True)]),
    ]
    for question in protocol.questions.all():
        assert address(question, "change") in page.content.decode()


def test_levels_are_listed_gravest_first_and_a_missing_one_leads_to_a_new_one(desk: Desk, protocol: Protocol) -> None:
    Level.objects.get(level="same_day").delete()
    shown = desk.client.get(address(protocol, "change")).context["levels"]
    assert [bool(level.title) for level in shown] == [True, False, True, True, True]
    assert shown[1].url == f"{address(Level, 'add')}?protocol={protocol.pk}&level=same_day"


def test_a_sound_protocol_says_so_with_exact_counts(desk: Desk, protocol: Protocol) -> None:
    page = desk.client.get(address(protocol, "change"))
    # danger: 3 of fit and ache, none, unsure; background: clots, none, unsure.
    assert f"All 15 {SOUND}" in page.content.decode()
    assert [one.number for one in page.context["found"].counts] == ["6", "4", "0", "3", "2"]
    assert sum(int(one.number) for one in page.context["found"].counts) == 15


def test_a_russian_editor_reads_the_same_in_russian(editor: User, protocol: Protocol) -> None:
    page = desk_of(editor, "ru").client.get(address(protocol, "change")).content.decode()
    assert "Все сочетания ответов проверены: 15. Замечаний нет." in page.replace("\u00a0", " ")


def test_what_is_to_be_mended_stands_at_its_field_in_the_list_and_beside_its_question(
    desk: Desk, protocol: Protocol
) -> None:
    Rule.objects.update(text_en="")
    Option.objects.filter(code="fit").update(text_ru="")
    page = desk.client.get(address(protocol, "change"))
    html = page.content.decode()
    missing = page.context["missing"]
    assert [note.field for note in missing["en"]] == ["id_rules-0-text_en"]
    assert 'id="id_rules-0-text_en_notes"' in html
    fit = Option.objects.get(code="fit")
    assert [note.url for note in missing["ru"]] == [
        f"{address(fit.parent, 'change')}?focus=option%3A{fit.pk}%3Atext_ru"
    ]
    assert [question.to_mend for question in page.context["questions"]] == [1, 0]
    assert SOUND not in html


def test_a_new_protocol_is_saved_before_anything_can_belong_to_it(desk: Desk) -> None:
    page = desk.client.get(address(Protocol, "add"))
    assert "Save the protocol first" in page.content.decode()
    answer = desk.save(Protocol, fields_of(page), title_ru="Новый", title_en="New")
    assert answer["Location"] == address(Protocol.objects.get(), "change")


def test_the_form_costs_as_many_queries_for_many_rows_as_for_few(desk: Desk, editor: User, protocol: Protocol) -> None:
    large = the_bundled_protocol(by=editor)

    def asked(obj: Protocol) -> int:
        desk.client.get(address(obj, "change"))
        with CaptureQueriesContext(connection) as captured:
            assert desk.client.get(address(obj, "change")).status_code == 200
        return len(captured)

    assert large.rules.count() > 10
    assert asked(large) == asked(protocol)


def test_a_medical_reviewer_reads_everything_in_words_and_changes_nothing(clinic: Desk, protocol: Protocol) -> None:
    page = clinic.client.get(address(protocol, "change"))
    html = page.content.decode()
    ache = Option.objects.get(code="ache")
    assert f"{ache.parent.text_en} — {ache.text_en}" in html
    assert "danger.ache" not in html
    assert 'name="rules-0-text_en"' not in html
    assert clinic.save(protocol, {}, title_en="Mine now").status_code == 403
    question = protocol.questions.first()
    assert clinic.client.get(address(question, "change")).status_code == 200
    assert clinic.client.post(address(question, "change"), {"text_en": "Mine now"}).status_code == 403


@pytest.mark.parametrize("page", ["changelist", "add", "change", "delete", "history"])
@pytest.mark.parametrize("model", [Protocol, Question, Level])
def test_who_has_no_role_sees_no_page(protocol: Protocol, model: type, page: str) -> None:
    stranger = a_clinician("nobody")
    stranger.groups.clear()
    obj = model if page in ("changelist", "add") else model._default_manager.first()
    assert desk_of(stranger).client.get(address(obj, page)).status_code == 403


def test_the_list_names_protocols_and_the_way_to_a_file(desk: Desk, protocol: Protocol) -> None:
    html = desk.client.get(address(Protocol, "changelist")).content.decode()
    assert protocol.title_en in html
    assert "/admin/triage/import/" in html


def test_a_save_on_top_of_somebody_elses_shows_both_conditions_and_takes_the_chosen_ones(
    desk: Desk, protocol: Protocol
) -> None:
    colleague = desk_of(_second_editor())
    mine = desk.open(protocol)
    theirs = colleague.open(protocol)
    assert colleague.save(protocol, theirs, **{"rules-0-rank": "2"}).status_code == 302

    answer = desk.save(protocol, mine, **{"rules-0-when_all": ["background.clots", "danger.fit"]})

    assert answer.status_code == 409
    differences = answer.context["conflict"].differences
    assert [(one.theirs, one.mine) for one in differences] == [
        ("within days", "today"),
        ("background.clots\ndanger.ache", "background.clots\ndanger.fit"),
    ]
    merged = fields_of(desk.save(protocol, fields_of(answer), **{f"_take:{one.key}": "theirs" for one in differences}))
    assert desk.save(protocol, merged).status_code == 302
    rule = protocol.rules.get()
    assert (rule.rank, rule.when_all) == (2, "background.clots\ndanger.ache")


def _second_editor() -> User:
    from django.contrib.auth.models import Group

    user = User.objects.create_user("second", password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return user
