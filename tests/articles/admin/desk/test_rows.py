"""Options of an evidence table and accounts: rows with the guards that blocks have."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.desk.version_rows import rows
from articles.content.accounts import Accounts
from articles.content.aggregates import rows_of
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON, a_quote, a_source
from tests.factories.desk_kinds import an_evidence_table, some_accounts


def _shown(desk: Desk, obj: Any) -> list[tuple[str, list[str]]]:
    placed = desk.client.get(address(obj, "change")).context["placed_blocks"]
    return [(row.name, [state.code for state in row.states]) for row in placed]


def _new_row(**typed: str) -> dict[str, str]:
    return {"rows-TOTAL_FORMS": "3", "rows-2-ordering": "30", **{f"rows-2-{name}": it for name, it in typed.items()}}


def _options(table: EvidenceTable) -> list[str]:
    return [row.option_en for row in table.rows.all()]


def test_closed_rows_are_named_by_their_option_and_say_how_each_language_stands(desk: Desk) -> None:
    table = an_evidence_table()
    EvidenceRow.objects.create(parent=table, ordering=30, option_ru="Хинин")
    assert _shown(desk, table) == [
        ("Stretching", ["filled", "filled"]),
        ("Magnesium", ["filled", "filled"]),
        ("Хинин (ru)", ["filled", "empty"]),
    ]


def test_accounts_are_named_by_their_quotes(desk: Desk) -> None:
    accounts = some_accounts(a_quote(), a_quote(text_en="", withdrawn_at=NOON))
    assert _shown(desk, accounts) == [
        ("Anna Testova: According to the neurologist, a cramp passes by itself.", ["filled", "filled"]),
        ("Анна Проверочная: По словам невролога, судорога проходит сама. (ru)", ["withdrawn", "withdrawn"]),
    ]


@pytest.mark.parametrize("make", [an_evidence_table, some_accounts])
def test_saving_an_untouched_form_changes_nothing(desk: Desk, make) -> None:
    obj = make()
    assert desk.save(obj, desk.open(obj)).status_code == 302
    assert revisions(obj).count() == 0


def test_rows_are_added_moved_and_deleted_in_one_save(desk: Desk) -> None:
    table = an_evidence_table()
    moved = {"rows-0-DELETE": "on", "rows-1-ordering": "40"}
    answer = desk.save(table, desk.open(table), **_new_row(option_en="Quinine", verdict="harmful"), **moved)
    assert answer.status_code == 302
    assert _options(table) == ["Quinine", "Magnesium"]


def test_a_new_row_without_a_word_is_kept(desk: Desk) -> None:
    table = an_evidence_table()
    desk.save(table, desk.open(table), **_new_row(verdict="unclear"))
    assert table.rows.count() == 3


def test_a_quote_is_chosen_once_in_accounts_and_the_second_time_is_refused_with_nothing_lost(desk: Desk) -> None:
    accounts = some_accounts()
    first = accounts.entries.first().quote
    answer = desk.save(accounts, desk.open(accounts), **{"entries-1-quote": str(first.pk), "note_en": "Typed"})
    assert answer.status_code == 200
    assert fields_of(answer)["note_en"] == ["Typed"]
    assert fields_of(answer)["entries-1-quote"] == [str(first.pk)]


def test_the_saved_version_holds_the_rows_and_brings_them_back(desk: Desk) -> None:
    table = an_evidence_table()
    desk.save(table, desk.open(table), title_en="First")
    desk.save(table, desk.open(table), **{"rows-0-DELETE": "on", "rows-1-option_en": "Magnesium salts"})
    newest, before = list(revisions(table))
    changed = {(row.part, row.label) for row in rows(newest, before) if row.is_changed}
    assert ("1. Option", "Option") in changed
    assert desk.client.get(address(table, "version", 3)).status_code == 200
    answer = desk.client.post(address(table, "restore", 2), {"seen_version": "3"})
    assert answer.status_code == 302
    assert _options(table) == ["Stretching", "Magnesium"]
    assert [source.title for source in table.rows.last().sources.all()] == ["Trial of Magnesium"]


def _both(desk: Desk, colleague: Desk, obj, theirs: dict, mine: dict):
    desk.save(obj, desk.open(obj), internal_note="first version that is kept")
    opened = desk.open(obj)
    assert colleague.save(obj, colleague.open(obj), **theirs).status_code == 302
    return desk.save(obj, opened, **mine)


def test_two_people_in_one_row_are_shown_both_texts_under_the_name_of_the_row(desk: Desk, colleague: Desk) -> None:
    table = an_evidence_table()
    answer = _both(
        desk, colleague, table, {"rows-1-finding_en": "Their figures."}, {"rows-1-finding_en": "My figures."}
    )
    assert answer.status_code == 409
    found = [(part.heading, part.theirs, part.mine) for part in answer.context["conflict"].differences]
    assert found == [("2. Option · What studies show", "Their figures.", "My figures.")]
    take = f"_take:{answer.context['conflict'].differences[0].key}"
    merged = fields_of(desk.save(table, fields_of(answer), **{take: "theirs"}))
    assert desk.save(table, merged).status_code == 302
    assert table.rows.last().finding_en == "Their figures."


def test_rows_that_both_added_are_both_there(desk: Desk, colleague: Desk) -> None:
    table = an_evidence_table()
    theirs, mine = (_new_row(option_en=words, verdict="unclear") for words in ("Theirs", "Mine"))
    assert _both(desk, colleague, table, theirs, mine).status_code == 302
    assert set(_options(table)) == {"Stretching", "Magnesium", "Theirs", "Mine"}


def test_a_row_that_they_deleted_while_i_wrote_in_it_can_stay(desk: Desk, colleague: Desk) -> None:
    table = an_evidence_table()
    answer = _both(desk, colleague, table, {"rows-0-DELETE": "on"}, {"rows-0-option_en": "My better name"})
    merged = fields_of(desk.save(table, fields_of(answer)))
    assert desk.save(table, merged).status_code == 302
    assert sorted(_options(table)) == ["Magnesium", "My better name"]


def test_another_order_of_accounts_is_merged_with_what_somebody_wrote_meanwhile(desk: Desk, colleague: Desk) -> None:
    accounts = some_accounts()
    first, second = [entry.quote_id for entry in rows_of(accounts)]
    answer = _both(
        desk, colleague, accounts, {"title_en": "Theirs"}, {"title_en": "Theirs", "entries-0-ordering": "90"}
    )
    assert answer.status_code == 302
    assert [entry.quote_id for entry in rows_of(Accounts.objects.get())] == [second, first]


def test_rows_are_there_again_after_a_lost_session(desk: Desk) -> None:
    table = an_evidence_table()
    fields = desk.open(table)
    desk.client.logout()
    asked = desk.save(table, fields, **_new_row(option_en="Typed before", verdict="helps"))
    assert asked.status_code == 401
    signed_in = {"_sign_in-username": "editor@tests", "_sign_in-password": "correct horse battery"}
    back = fields_of(desk.save(table, fields_of(asked), **signed_in))
    assert back["rows-2-option_en"] == ["Typed before"]
    assert table.rows.count() == 2
    assert desk.save(table, back).status_code == 302
    assert _options(table) == ["Stretching", "Magnesium", "Typed before"]


@pytest.mark.parametrize("make", [an_evidence_table, some_accounts])
def test_the_form_costs_the_same_with_2_and_12_rows(desk: Desk, make) -> None:
    obj = make()
    few = CaptureQueriesContext(connection)
    desk.open(obj)
    with few:
        desk.open(obj)
    for number in range(10):
        if isinstance(obj, EvidenceTable):
            row = EvidenceRow.objects.create(parent=obj, ordering=100 + number, option_ru="Ещё", option_en="More")
            row.sources.set([a_source(title=f"Trial {number}")])
        else:
            obj.entries.create(quote=a_quote(), ordering=100 + number)
    with CaptureQueriesContext(connection) as many:
        desk.open(obj)
    assert len(many) == len(few)
