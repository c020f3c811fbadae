"""Blocks as a reader meets them: names, roles and words that no colour stands in for."""

import pytest

from articles.editions.parts import Rendition
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    a_document,
    a_person,
    a_quote,
    a_source,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
)
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_faq,
    a_picture,
    a_row,
    a_service,
    accounts,
    an_account,
    an_expert,
    care_box,
    evidence_table,
    figure,
    key_points,
    note,
    related,
    steps,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU = "/ru/articles/sudorogi-v-testah/"


def test_key_points_that_open_a_text_stand_above_the_list_of_contents(fetch: Fetch) -> None:
    shelve(a_document(key_points("Раз.", "Два."), heading("Раздел")))

    page = fetch(RU)

    assert page.words("section", class_="brief") == ["Коротко Раз. Два."]
    assert page.html.index('class="brief"') < page.html.index('class="toc"')


def test_key_points_further_down_stay_where_they_are(fetch: Fetch) -> None:
    shelve(a_document(heading("Раздел"), key_points("Раз.")))

    page = fetch(RU)

    assert page.html.index('class="brief"') > page.html.index('class="toc"')
    assert page.words("h3") == ["Коротко"]


def test_steps_and_notes_have_their_titles(fetch: Fetch) -> None:
    shelve(a_document(heading("Раздел"), steps("Сядьте.", title="Порядок"), note("Стоп.", title="Важно")))

    page = fetch(RU)

    assert page.words("h3") == ["Порядок", "Важно"]
    assert page.words("ol", class_="steps") == ["Сядьте."]


def test_a_table_has_a_name_a_heading_row_a_naming_column_and_can_be_scrolled_by_keyboard(fetch: Fetch) -> None:
    source = a_source()
    rows = ["Признак", "Судорога"], ["Когда", "ночью"]
    shelve(a_document(table(*rows, caption="Чем отличается", under=said("По обзору.", cite(source)))))

    page = fetch(RU)
    figure = page.one("figure", class_="table")

    assert figure.attributes["tabindex"] == "0"
    assert page.one("caption").attributes["id"] == figure.attributes["aria-labelledby"]
    assert page.words("th", scope="col") == ["Признак", "Судорога"]
    assert page.words("th", scope="row") == ["Когда"]
    assert page.words("td") == ["ночью"]
    assert "По обзору." in page.text


SIGNS = ["трудно дышать", "нога похолодела"]


def test_a_box_says_how_soon_what_to_do_when_and_whom_to_call(fetch: Fetch) -> None:
    services = [a_service(note="в России"), a_service("112", name="Экстренные службы")]
    shelve(
        a_document(
            heading("Когда звонить"), care_box(a_care_box(triggers=SIGNS, advice="Откройте дверь.", services=services))
        )
    )

    page = fetch(RU)
    card = page.one("section", class_="l4")

    assert page.words("section", class_="l4") == [
        "Уровень 4 из 4 · опасно для жизни Звоните 103 или 112, если трудно дышать нога похолодела Откройте дверь. "
        "103 Скорая помощь: в России 112 Экстренные службы"
    ]
    assert page.words("h3", id=card.attributes["aria-labelledby"]) == ["Звоните 103 или 112, если"]


def test_an_emergency_leads_nowhere_but_to_the_telephone(fetch: Fetch) -> None:
    source = a_source()
    box = a_care_box(advice="", services=[a_service(), a_service("112")], cited=[source.id])
    shelve(a_document(care_box(box)))

    html = fetch(RU).html
    card = html[html.index('<section class="card l4"') : html.index("</section>")]

    assert [link.partition('"')[0] for link in card.split('<a href="')[1:]] == ["tel:103", "tel:112"] * 2
    assert "[1]" in card


@pytest.mark.parametrize(
    ("level", "style"),
    [("same_day", "l3"), ("appointment_days", "l2"), ("appointment_weeks", "l2"), ("self_care", "l1")],
)
def test_a_calmer_box_links_its_sources(fetch: Fetch, level: str, style: str) -> None:
    source = a_source()
    shelve(a_document(care_box(a_care_box(level=level, cited=[source.id]))))

    page = fetch(RU)

    assert page.one("section", class_=style)
    assert page.all("a", href="#s1")


def test_an_evidence_table_says_its_verdicts_in_words(fetch: Fetch) -> None:
    source = a_source()
    rows = [a_row(sources=[source.id]), a_row("Хинин", verdict="harmful", conclusion="Не надо")]
    shelve(a_document(evidence_table(*rows, note="Искали не всё.")))

    page = fetch(RU)

    assert page.words("b", class_="may_help") == ["Может помочь"]
    assert page.words("b", class_="harmful") == ["Вреда больше, чем пользы"]
    assert page.words("th", scope="row") == ["Растяжка", "Хинин"]
    assert "Искали не всё." in page.text


def test_accounts_carry_each_quote_whole_and_then_the_note(fetch: Fetch) -> None:
    one, two = a_quote("one", text="Дело в нагрузке."), a_quote("two", text="Дело в обуви.", speaker=a_person("other"))
    block = accounts(an_account(one), an_account(two), experts_differ=True, cited=[a_source().id])
    shelve(a_document(block))

    page = fetch(RU)

    assert "Мнения расходятся" in page.text
    assert len(page.all("figure", class_="quote")) == 2
    assert page.text.count("О конфликте интересов не спрашивали") == 2
    assert page.text.index("Дело в обуви.") < page.text.index("Источники порядка не устанавливают.")


NAMED = {
    "credit": "Тамара Снимкова",
    "licence": "cc_by_4",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "renditions": [Rendition(path="pictures/ab/cd-960.jpeg", width=960, height=720, format="jpeg")],
}


def test_a_picture_has_words_an_extent_and_its_owner(fetch: Fetch) -> None:
    shelve(a_document(figure(a_picture(source_url="https://pictures.invalid/1", **NAMED))))

    page = fetch(RU)
    image = page.one("img").attributes

    assert (image["alt"], image["width"], image["height"]) == ("Человек тянет носок на себя", "960", "720")
    assert page.words("figcaption") == ["Растяжка икры. Тамара Снимкова, CC BY 4.0"]
    assert page.all("a", href="https://pictures.invalid/1")
    assert page.all("a", href="https://creativecommons.org/licenses/by/4.0/")


def test_related_questions_lead_to_what_is_live(fetch: Fetch) -> None:
    shelve(a_faq(), item=an_id("live"))
    shelve(a_document(related(an_id("live"), an_id("draft"))))
    page = fetch(RU)

    assert page.words("nav", class_="related") == ["Вопросы по теме Это опасно?"]
    assert page.all("a", href="/ru/faq/eto-opasno/")
    assert an_id("draft") not in page.html


def test_a_speaker_with_a_page_is_linked_to_it(fetch: Fetch) -> None:
    shelve(a_document(quoted(a_quote())))
    before = fetch(RU)
    shelve(an_expert(), item=a_person().id)

    assert before.all("a", href="/ru/people/anna-proverochnaya/") == []
    assert fetch(RU).all("a", href="/ru/people/anna-proverochnaya/")
