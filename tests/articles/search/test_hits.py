"""An item among results: the passage that answers, the way to it, the words marked."""

import pytest

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.search import hits
from articles.search.finding import search
from articles.search.passages import Passage, passages
from articles.search.words.marking import GAP
from tests.factories.documents import a_document, a_person, an_id, heading, shelve, text
from tests.factories.documents_of_kinds import a_faq, an_expert, note, related
from tests.factories.searching import marks_of, only, shelve_text, text_of

pytestmark = pytest.mark.django_db


def test_a_long_passage_is_cut_around_the_words() -> None:
    shelve_text("Вода", text("Дом стоит у реки. " * 40 + "Барсук живёт в норе. " + "Дом стоит у реки. " * 40))
    hit = only(search("барсук", "ru").hits)
    assert marks_of(hit.excerpt) == ["Барсук"]
    assert text_of(hit.excerpt).startswith(GAP)
    assert text_of(hit.excerpt).endswith(GAP)
    assert len(text_of(hit.excerpt)) < 240


def test_where_the_title_alone_has_the_words_the_summary_is_shown() -> None:
    shelve_text("Барсук", text("Вода."), summary="Короткий ответ.")
    hit = only(search("барсук", "ru").hits)
    assert text_of(hit.excerpt) == "Короткий ответ."
    assert marks_of(hit.title) == ["Барсук"]
    assert "#" not in hit.path


def test_without_a_summary_nothing_is_made_up() -> None:
    shelve_text("Барсук")
    assert only(search("барсук", "ru").hits).excerpt == []


def test_a_heading_with_nothing_under_it_stands_for_itself() -> None:
    shelve_text("Вода", heading("Барсук"))
    hit = only(search("барсук", "ru").hits)
    assert (text_of(hit.excerpt), hit.heading) == ("Барсук", "")


def test_the_title_of_a_note_is_the_heading_of_its_words() -> None:
    block = note("Не кормите.", title="Барсук")
    shelve_text("Вода", heading("Звери"), block)
    hit = only(search("барсук кормить", "ru").hits)
    assert hit.heading == "Барсук"
    assert hit.path.endswith(f"#b{block.id[:8]}")


def test_the_short_answer_of_a_question_needs_no_way_into_the_text() -> None:
    shelve(a_faq(text("Барсук спит."), title="Спит ли он зимой?", summary="Барсук зимой спит."), item=an_id("faq"))
    hit = only(search("барсук зимой", "ru").hits)
    assert (hit.path, text_of(hit.excerpt)) == ("/ru/faq/eto-opasno/", "Барсук зимой спит.")


def test_of_a_person_it_says_who_they_are() -> None:
    person = a_person(part="participates", name="Пётр Барсуков", organisation=None, post="врач клиники")
    shelve(an_expert(person), item=an_id("expert"))
    hit = only(search("барсуков", "ru").hits)
    assert (hit.kind, text_of(hit.excerpt)) == ("expert", "невролог, врач клиники")


def test_a_result_reads_no_further_than_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    document = a_document(
        heading("Звери"), text("Выдра."), text(""), heading(""), note("Не кормите.", title="Барсук"), text("Дом."),
        heading("Вода"), text("Река.\n\nОзеро."), text(""), text("Море."), heading("Конец"), related("q"),
        title="Лес", summary="Два.\n\nТри.",
    )  # fmt: skip
    whole = passages(document, "ru")
    read: list[int] = []

    def reading(one: Document, language: Language) -> list[Passage]:
        read.append(len(one.blocks))
        return passages(one, language)

    monkeypatch.setattr(hits, "passages", reading)
    for number in range(len(whole) + 3):
        assert hits._shown(hits._passages(document, "ru", number), number) == hits._shown(whole, number)
    assert min(read) == 2
    assert max(read) == len(document.blocks)
