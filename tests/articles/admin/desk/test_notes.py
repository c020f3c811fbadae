"""What publishing would still ask for stands at the fields; nothing of it keeps a form from being saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.press import addresses
from articles.content.blocks import CareBoxBlock, StepsBlock, TextBlock
from articles.content.care import CareBox
from articles.content.evidence import EvidenceRow
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON, a_quote, a_source, a_text, an_article, an_expert, an_organisation, place
from tests.factories.desk_kinds import (
    a_care_box,
    a_care_service,
    a_page,
    a_picture,
    a_question,
    a_term,
    a_topic,
    an_article_with_everything,
    an_evidence_table,
    some_accounts,
)

pytestmark = pytest.mark.any_database


def _page(desk: Desk, obj: Any) -> Any:
    return desk.client.get(address(obj, "change"))


def _notes(desk: Desk, obj: Any) -> dict[str, list[str]]:
    """Field to sentences, of the object's own form."""
    form = _page(desk, obj).context["adminform"].form
    return {
        name: [note.sentence for note in field.desk_notes]
        for name, field in form.fields.items()
        if getattr(field, "desk_notes", None)
    }


def _row_notes(desk: Desk, obj: Any) -> list[dict[str, list[str]]]:
    return [
        {
            name: [note.sentence for note in field.desk_notes]
            for name, field in row.form.fields.items()
            if getattr(field, "desk_notes", None)
        }
        for row in _page(desk, obj).context["placed_blocks"]
    ]


def test_a_box_without_russian_has_its_notes_at_the_empty_russian_fields(desk: Desk) -> None:
    box = a_care_box(title_ru="", triggers_ru="")
    assert _notes(desk, box) == {
        "title_ru": ["There is no title in this language."],
        "triggers_ru": ["No sign is named in this language."],
    }
    assert desk.save(box, desk.open(box), title_en="Saved all the same").status_code == 302


def test_a_note_is_read_out_with_its_field(desk: Desk) -> None:
    page = _page(desk, a_care_box(title_ru="")).content.decode()
    assert 'aria-describedby="id_title_ru_helptext id_title_ru_notes"' in page
    assert 'id="id_title_ru_notes"' in page


@pytest.mark.parametrize("field", ["title_en", "triggers_en", "advice_en"])
def test_a_placeholder_that_is_not_filled_in_is_named_at_its_field(desk: Desk, field: str) -> None:
    box = a_care_box(**{field: "Call {number} if"})
    assert _notes(desk, box)[field] == [
        "{number} is not filled in here: only {emergency} is, in the title and in what to do."
    ]


def test_what_has_no_language_is_said_once_at_its_field(desk: Desk) -> None:
    assert _notes(desk, a_care_box(sources=[], services=[])) == {
        "sources": ["The box needs at least one source."],
        "services": ["The box asks to call, but no emergency service is chosen."],
    }


def test_options_have_their_notes_in_their_rows(desk: Desk) -> None:
    table = an_evidence_table()
    EvidenceRow.objects.create(parent=table, ordering=30, option_ru="Хинин", verdict="harmful")
    assert _row_notes(desk, table)[2] == {
        "option_en": ["The option has no words in this language."],
        "finding_ru": ["The option does not say this in this language."],
        "conclusion_ru": ["The option does not say this in this language."],
        "sources": ["The option needs at least one source."],
    }


def test_what_a_placed_quote_lacks_is_said_at_the_account_that_places_it(desk: Desk) -> None:
    accounts = some_accounts(a_quote(), a_quote(verdict_note_en=""))
    assert _row_notes(desk, accounts) == [{}, {"quote": ["The verdict needs a note on the evidence in this language."]}]


def test_a_text_has_notes_at_its_head_and_at_its_blocks(desk: Desk) -> None:
    article = an_article(summary_en="", slug_ru="")
    a_text(article, ordering=30, ru="Важное", essential=True)
    StepsBlock.objects.create(parent=article, ordering=40, text_ru="<p>Не список</p>", text_en="")
    assert _notes(desk, article) == {
        "slug_ru": ["The address is empty. Readers need one to find the page."],
        "summary_en": ["The summary is empty."],
    }
    assert _row_notes(desk, article)[2:] == [
        {"text_en": ["This block is essential and has no text in this language."]},
        {"text_ru": ["Steps are one numbered list and nothing else."]},
    ]


def test_a_citation_of_a_withdrawn_source_is_named_at_its_block(desk: Desk) -> None:
    article = an_article()
    source = a_source(authors="Gone, A.", withdrawn_at=NOON)
    block = TextBlock.objects.get(parent=article)
    block.text_en = f'<p>A cramp is short.<cite data-source="{source.id}"></cite></p>'
    block.save()
    assert _row_notes(desk, article)[1] == {
        "text_en": ["The source “Gone 2012” was withdrawn. Cite another one."],
    }
    assert desk.save(article, desk.open(article), title_en="Saved all the same").status_code == 302


def test_a_block_says_what_the_object_in_it_lacks(desk: Desk) -> None:
    article = an_article()
    box = a_care_box(advice_en="Call {number}.")
    CareBoxBlock.objects.create(parent=article, ordering=30, care_box=box)
    place(article, a_quote(withdrawn_at=NOON), ordering=40)
    found = _row_notes(desk, article)
    name = "Call {emergency} if the person has lost consciousness"
    assert found[2] == {"care_box": [f"The care box “{name}” holds {{number}}. Only {{emergency}} is filled in."]}
    assert "was withdrawn. Remove the block." in found[3]["quote"][0]


def test_all_of_it_stands_above_the_form_with_ways_to_the_fields(desk: Desk) -> None:
    article = an_article(summary_en="")
    place(article, a_quote(expert=an_expert(name_en="")))
    page = _page(desk, article)
    found = {
        language: [(note.listed, note.field, note.url.partition("?")[0]) for note in notes]
        for language, notes in page.context["missing"].items()
    }
    assert found["ru"] == []
    assert found["en"] == [
        ("The summary is empty.", "id_summary_en", ""),
        ("The speaker “Анна Проверочная (ru)” has no name in this language.", "id_quoteblock_set-0-quote", ""),
    ]
    words = " ".join(page.content.decode().split())
    assert "RU · nothing is missing" in words
    assert "EN · to mend: 2" in words
    # A text with nothing missing may still be held back by its checklist.
    checklist = addresses.checklist("article", article.pk)
    assert f'<a href="{checklist}">The checklist looks at the words themselves' in words


def test_what_only_another_form_can_mend_is_led_to_from_the_list(desk: Desk) -> None:
    article = an_article()
    source = a_source(title="", authors="", publisher="", issued="")
    block = TextBlock.objects.get(parent=article)
    block.text_en = f'<p>A cramp is short.<cite data-source="{source.id}"></cite></p>'
    block.save()
    (note,) = _page(desk, article).context["missing"]["en"]
    assert note.field == ""
    assert note.url.startswith(address(source, "change"))


def test_what_a_speaker_lacks_is_said_where_the_speaker_or_the_quote_is_chosen(desk: Desk) -> None:
    speaker = an_expert(name_en="")
    accounts = some_accounts(a_quote(), a_quote(expert=speaker))
    found = _page(desk, accounts).context["missing"]["en"]
    assert [note.field for note in found] == ["id_entries-1-quote"]
    quote = a_quote(expert=an_expert(name_en="", part="participates"))
    assert _notes(desk, quote) == {"expert": ["The speaker “Анна Проверочная (ru)” has no name in this language."]}


@pytest.mark.parametrize(
    "make",
    [
        a_care_service, a_care_box, a_picture, a_term, a_topic, a_question, an_evidence_table, some_accounts, a_quote,
        a_source, an_expert, an_organisation, an_article_with_everything,
    ],
)  # fmt: skip
def test_what_is_complete_has_no_note_anywhere(desk: Desk, make) -> None:
    obj = make()
    assert _notes(desk, obj) == {}
    assert "desk-missing" not in _page(desk, obj).content.decode()


def test_a_person_who_is_only_quoted_is_not_asked_for_a_page(desk: Desk) -> None:
    assert _notes(desk, an_expert()) == {}
    with_page = an_expert(slug_ru="anna", biography_ru="Двадцать лет в клинике.")
    assert _notes(desk, with_page) == {
        "slug_en": ["The address is empty. Readers need one to find the page."],
        "biography_ru": ["Of a person quoted from elsewhere we say no more than the source. Empty the biography."],
    }


def test_a_form_for_a_new_object_asks_for_nothing(desk: Desk) -> None:
    page = desk.client.get(address(CareBox, "add")).content.decode()
    assert "desk-notes" not in page
    assert "desk-missing" not in page


def test_notes_cost_the_same_for_3_and_30_blocks(desk: Desk) -> None:
    article = an_article_with_everything()
    few = CaptureQueriesContext(connection)
    _page(desk, article)
    with few:
        _page(desk, article)
    for number in range(9):
        a_text(article, ordering=300 + number, ru="Только по-русски", essential=True)
        place(article, a_quote(verdict_note_en=""), ordering=400 + number)
        CareBoxBlock.objects.create(parent=article, ordering=500 + number, care_box=a_care_box(title_ru=""))
    with CaptureQueriesContext(connection) as many:
        _page(desk, article)
    assert len(many) == len(few)


@pytest.mark.parametrize("make", [an_article, a_question, a_page])
def test_every_text_has_fields_for_its_people_and_asks_for_the_other_language_once_one_is_named(
    desk: Desk, make: Any
) -> None:
    text = make()
    assert {"authors_ru", "authors_en", "translators_ru", "translators_en"} <= _page(desk, text).context[
        "adminform"
    ].form.fields.keys()
    assert _notes(desk, text) == {}

    type(text).objects.update(authors_en="Proba One, journalist")

    [sentence] = _notes(desk, text)["authors_ru"]
    assert sentence.startswith("The other language names who wrote the text.")
