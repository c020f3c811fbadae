"""Every word that a reader sees of a document can be found; what is nobody's word cannot."""

import pytest

from articles.editions.blocks import AnyBlock, Block
from articles.editions.parts import PartWithdrawal
from articles.editions.value import Value
from articles.search.passages import Passage, Place, passages
from tests.factories.documents import (
    a_document,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    cite,
    heading,
    quoted,
    said,
    text,
)
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_service,
    a_term,
    a_withdrawn_account,
    accounts,
    an_expert,
    care_box,
    evidence_table,
    figure,
    key_points,
    note,
    one_of_each,
    related,
    steps,
    table,
)


def within(block: AnyBlock) -> list[tuple[Place, str]]:
    found = [passage for passage in passages(a_document(block), "ru") if passage.block]
    assert {passage.block for passage in found} <= {block.id}
    return [(passage.place, passage.text) for passage in found]


def test_title_and_summary_come_first_and_belong_to_no_block() -> None:
    document = a_document(text("Первый абзац."), title="Судороги", summary="Коротко.\n\nИ ещё\nстрока.")
    assert passages(document, "ru") == [
        Passage(Place.TITLE, "Судороги"),
        Passage(Place.SUMMARY, "Коротко."),
        Passage(Place.SUMMARY, "И ещё строка."),
        Passage(Place.BODY, "Первый абзац.", document.blocks[0].id),
    ]


def test_each_paragraph_and_each_item_of_a_list_is_a_passage_without_citations() -> None:
    source = a_source()
    assert within(text("Раз.", said("Два", cite(source), "."), name="two")) == [
        (Place.BODY, "Раз."),
        (Place.BODY, "Два."),
    ]
    assert within(key_points("Первое.", "Второе.")) == [(Place.BODY, "Первое."), (Place.BODY, "Второе.")]


def test_titles_inside_a_text_are_headings() -> None:
    assert within(heading("Когда к врачу")) == [(Place.HEADING, "Когда к врачу")]
    assert within(steps("Тяните.", title="Что делать")) == [(Place.HEADING, "Что делать"), (Place.BODY, "Тяните.")]
    assert within(note("Стоп.", title="Важно")) == [(Place.HEADING, "Важно"), (Place.BODY, "Стоп.")]


def test_a_row_of_a_table_is_one_passage() -> None:
    found = within(table(["Знак", "Судорога"], ["Когда", ""], caption="Чем отличается", under="По обзору."))
    assert found == [
        (Place.HEADING, "Чем отличается"),
        (Place.BODY, "Знак · Судорога"),
        (Place.BODY, "Когда"),
        (Place.BODY, "По обзору."),
    ]


def test_an_option_stands_with_its_finding_and_conclusion() -> None:
    assert within(evidence_table(note="Трёх мало.")) == [
        (Place.HEADING, "Что помогает"),
        (Place.BODY, "Растяжка. В трёх исследованиях стало немного легче. Можно попробовать"),
        (Place.BODY, "Трёх мало."),
    ]


def test_a_box_is_found_by_its_numbers_and_never_shows_a_placeholder() -> None:
    found = within(care_box(a_care_box(services=[a_service(), a_service("112", "EU", name="Спасатели")])))
    assert found[0] == (Place.HEADING, "Звоните 103 или 112, если")
    assert (Place.BODY, "человек потерял сознание") in found
    assert (Place.BODY, "Спасатели, 112") in found
    assert not any("{" in words for _, words in found)


def test_a_quote_is_found_by_its_words_its_speaker_and_what_evidence_says() -> None:
    quote = a_quote(speaker=a_person(post="заведующая"), verdict=a_verdict(note="Обзоры против."))
    assert within(quoted(quote)) == [
        (Place.BODY, "По словам невролога, судорога проходит сама."),
        (Place.BODY, "Анна Проверочная, невролог, заведующая, Клиника на Набережной"),
        (Place.BODY, "Обзоры против."),
    ]


def test_nothing_is_left_of_a_withdrawn_quote_not_even_the_reason() -> None:
    gone = quoted(a_quote(), name="place")
    notice = type(gone)(id=gone.id, required=True, quote=None, withdrawn=PartWithdrawal("request", "Врач попросил."))
    assert within(notice) == []
    found = within(accounts(a_withdrawn_account(), a_quote(), title="Двое"))
    assert "попросил" not in str(found)
    assert found[0] == (Place.HEADING, "Двое")


def test_a_picture_is_found_by_its_caption_and_related_questions_only_as_items_of_their_own() -> None:
    assert within(figure())[0] == (Place.BODY, "Растяжка икры.")
    assert within(related("одно", title="Что ещё спрашивают")) == []


def test_a_term_is_found_by_its_synonyms_and_a_person_by_what_they_are() -> None:
    assert Passage(Place.NAMES, "мышечная судорога") in passages(a_term(), "ru")
    assert Passage(Place.NAMES, "R25.2") in passages(a_term(codes=["R25.2"]), "ru")
    person = a_person(part="participates", post="заведующая")
    found = passages(an_expert(person), "ru")
    assert found == [
        Passage(Place.TITLE, "Анна Проверочная"),
        Passage(Place.SUMMARY, "невролог, заведующая, Клиника на Набережной"),
    ]


@pytest.mark.parametrize("block", one_of_each(), ids=lambda block: block.kind)
def test_every_kind_of_block_is_known(block: AnyBlock) -> None:
    assert isinstance(within(block), list)


def test_a_kind_that_nobody_thought_of_is_refused_and_not_passed_over() -> None:
    class Unheard(Block, frozen=True, tag="unheard"):
        pass

    document = a_document(Unheard(id="x", required=False))  # type: ignore[arg-type]
    assert isinstance(document.blocks[0], Value)
    with pytest.raises(TypeError, match="Unheard is not known to search"):
        passages(document, "ru")


def test_the_codes_of_conditions_come_last_and_move_nothing() -> None:
    document = a_document(text("Первый абзац."))

    coded = [Passage(Place.NAMES, "R25.2"), Passage(Place.NAMES, "МКБ-10")]
    assert passages(document, "ru", codes=["R25.2"]) == [*passages(document, "ru"), *coded]
