from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction

from articles.editorial import scratch
from articles.editorial.presence import PRESENT_FOR, Presence, be_present, others_present, purge_presence
from articles.editorial.scratch import (
    KEPT_FOR,
    ScratchCopy,
    ScratchRefusedError,
    drop_scratch,
    erase_scratch,
    finish_scratch,
    keep_scratch,
    purge_scratch,
    waiting,
)
from tests.factories.desk import NOON, an_editor
from tests.services.locks import locks_waited_for
from tests.services.patience import PATIENCE

ITEM = uuid4()
TYPED = [("title_ru", "Напечатано\x00"), ("topics", "1"), ("topics", "2")]


def _kept(page, by, typed=TYPED, *, number=1, item=ITEM, at=NOON, gone=None) -> ScratchCopy:
    return keep_scratch(page, "article", item, typed, number=number, seen=3, gone=gone, by=by, at=at)


def test_what_was_typed_comes_back_as_it_was_newest_first_and_to_its_author_alone(editor) -> None:
    first, second = uuid4(), uuid4()
    _kept(first, editor)
    _kept(second, editor, [("title_ru", "x")], at=NOON + timedelta(minutes=1))
    assert [copy.page for copy in waiting("article", ITEM, by=editor)] == [second, first]
    assert ScratchCopy.objects.get(page=first).typed == TYPED
    assert not waiting("article", ITEM, by=an_editor()).exists()
    assert not waiting("article", None, by=editor).exists()


def test_an_older_sending_that_arrives_late_changes_nothing(editor) -> None:
    page = uuid4()
    _kept(page, editor, [("title_ru", "newer")], number=5)
    _kept(page, editor, [("title_ru", "older")], number=4)
    assert ScratchCopy.objects.get().typed == [("title_ru", "newer")]


def test_changes_go_on_top_of_what_is_there_and_names_that_are_gone_go(editor) -> None:
    page = uuid4()
    _kept(page, editor, [("a", "1"), ("b", "1"), ("b", "2"), ("c", "1")])
    _kept(page, editor, [("b", "3")], number=2, gone=["c"])
    assert ScratchCopy.objects.get().typed == [("a", "1"), ("b", "3")]
    with pytest.raises(ScratchRefusedError, match="unknown"):
        _kept(uuid4(), editor, [("b", "3")], gone=[])


def test_a_form_that_was_saved_holds_no_words_and_takes_none_that_arrive_late(editor) -> None:
    sent, unsent = uuid4(), uuid4()
    _kept(sent, editor)
    for page in (sent, unsent):
        finish_scratch(page, "article", ITEM, by=editor, at=NOON)
        with pytest.raises(ScratchRefusedError, match="finished"):
            _kept(page, editor, number=9)
    assert not waiting("article", ITEM, by=editor).exists()
    assert not ScratchCopy.objects.exclude(data="[]").exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_save_goes_on_where_what_its_form_sent_last_arrives_meanwhile() -> None:
    editor, page = an_editor(), uuid4()
    faults: list[Exception] = []

    def save() -> None:
        try:
            with transaction.atomic():
                finish_scratch(page, "article", ITEM, by=editor, at=NOON)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    saving = threading.Thread(target=save)
    with transaction.atomic():
        _kept(page, editor)
        saving.start()
        while saving.is_alive() and not locks_waited_for():
            saving.join(0.01)
    saving.join(PATIENCE)

    assert faults == []
    assert [(copy.is_finished, copy.data) for copy in ScratchCopy.objects.all()] == [(True, "[]")]


def test_nobody_writes_into_somebody_elses_copy_nor_ends_it(editor) -> None:
    page, other = uuid4(), an_editor()
    _kept(page, editor)
    with pytest.raises(ScratchRefusedError, match="foreign"):
        _kept(page, other, number=2)
    with pytest.raises(ScratchRefusedError, match="foreign"):
        _kept(page, editor, number=2, item=uuid4())
    finish_scratch(page, "article", ITEM, by=other, at=NOON)
    assert not drop_scratch(page, by=other)
    assert waiting("article", ITEM, by=editor).get().typed == TYPED
    assert drop_scratch(page, by=editor)


def test_a_copy_has_a_bound_and_so_have_new_forms(editor, monkeypatch) -> None:
    monkeypatch.setattr(scratch, "MOST", 60)
    monkeypatch.setattr(scratch, "MOST_NEW", 1)
    page = uuid4()
    _kept(page, editor, [("a", "short")], item=None)
    with pytest.raises(ScratchRefusedError, match="too-large"):
        _kept(page, editor, [("a", "x" * 60)], item=None, number=2)
    assert ScratchCopy.objects.get().typed == [("a", "short")]
    with pytest.raises(ScratchRefusedError, match="too-many"):
        _kept(uuid4(), editor, [("a", "b")], item=None)


def test_what_nobody_came_back_to_goes_after_thirty_days_and_saved_forms_are_soon_forgotten(editor) -> None:
    old, young, saved = uuid4(), uuid4(), uuid4()
    now = NOON + KEPT_FOR + timedelta(seconds=1)
    _kept(old, editor)
    _kept(young, editor, at=NOON + timedelta(seconds=2))
    finish_scratch(saved, "article", ITEM, by=editor, at=now - timedelta(days=1, seconds=1))
    assert purge_scratch(at=now) == 2
    assert ScratchCopy.objects.get().page == young


def test_an_erasure_reaches_what_was_typed(editor) -> None:
    _kept(uuid4(), editor)
    erase_scratch(ITEM)
    assert not ScratchCopy.objects.exists()


def test_people_are_there_for_two_minutes(editor) -> None:
    be_present(ITEM, by=an_editor(), at=NOON)
    be_present(ITEM, by=editor, at=NOON)
    be_present(ITEM, by=editor, at=NOON + timedelta(seconds=1))
    assert others_present(ITEM, by=editor, at=NOON + PRESENT_FOR - timedelta(seconds=1)) == ["Вера Редакторова"]
    assert others_present(ITEM, by=editor, at=NOON + PRESENT_FOR) == []
    assert others_present(uuid4(), by=editor, at=NOON) == []
    purge_presence(at=NOON + PRESENT_FOR + timedelta(seconds=1))
    assert Presence.objects.get().user == editor
