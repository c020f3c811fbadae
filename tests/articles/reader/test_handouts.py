"""Texts on paper: the most urgent first, everything whole, and the way to learn whether the copy is current."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.editions.blocks import CareBoxBlock, KeyPointsBlock, RelatedBlock
from articles.editions.parts import CareBox, CareService, PartWithdrawal
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    a_quote,
    a_source,
    a_verdict,
    agreed,
    an_english_document,
    an_id,
    cite,
    heading,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq

pytestmark = pytest.mark.django_db

PAGE = "/ru/articles/sudorogi-v-testah/"
RU, BOTH = f"{PAGE}handout/", f"{PAGE}handout/both/"


def card(level: str, title: str, name: str = "") -> CareBoxBlock:
    service = CareService(an_id("103"), "Скорая", "103", "RU", "emergency", "в России")
    box = CareBox(an_id(f"box/{title}"), level, title, ["признак"], "", [service], [])  # type: ignore[arg-type]
    return CareBoxBlock(id=an_id(f"block/{name or title}"), required=True, box=box)


def in_both(*russian: Any, english: list[Any], **fields: Any) -> None:
    original = a_document(*russian, **fields)
    shelve(original)
    shelve(an_english_document(*english), "en", translation_of=agreed(original))


def test_boxes_come_first_by_urgency_then_key_points_and_text_without_ways_on(fetch: Fetch) -> None:
    points = [{"type": "list", "ordered": False, "items": [[said("Главное.")]]}]
    related = RelatedBlock(id=an_id("related"), required=False, title="Ещё", questions=[an_id("question")])
    shelve(a_faq(), item=an_id("question"))
    shelve(
        a_document(
            KeyPointsBlock(id=an_id("points"), required=True, body=points), heading("Раздел"), text("Слова.", name="t"),
            card("self_care", "Дома, если"), card("same_day", "Сегодня, если"), card("emergency", "Звоните, если"),
            heading("Что ещё спрашивают"), related,
        )
    )  # fmt: skip

    page = fetch(RU)

    order = ["Звоните, если", "Сегодня, если", "Дома, если", "Главное.", "Раздел", "Слова."]
    assert sorted(order, key=page.text.index) == order
    assert "Что ещё спрашивают" not in page.text
    assert "Это опасно?" not in page.text
    assert {one.attributes["href"] for one in page.all("a")} == {PAGE, "tel:103"}


def test_a_text_without_an_emergency_box_names_the_numbers_all_the_same(fetch: Fetch) -> None:
    shelve(a_document(card("same_day", "Сегодня, если")))

    page = fetch(RU)

    assert page.text.index("Нужна срочная помощь? Звоните 103") < page.text.index("Сегодня, если")


def test_it_is_closed_to_search_engines_which_are_sent_to_the_text(fetch: Fetch) -> None:
    shelve(a_document(heading("x"), text("y")))

    page = fetch(RU)

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver{PAGE}"


def test_it_says_which_edition_from_when_checked_by_whom_and_where_to_verify_the_copy(fetch: Fetch) -> None:
    edition = shelve(a_document(heading("x"), text("y")), review=REVIEWED)

    page = fetch(RU)

    assert "№ 1, 22 ноября 2026" in page.text
    assert "Анна Проверочная, врач-рецензент" in page.text
    assert f"http://testserver/ru/verify/?digest={edition.digest[:16]}" in page.text
    assert "не проверил" not in page.text
    assert "Заметки врача" in page.text


def test_a_text_that_nobody_checked_or_that_is_being_checked_says_so_on_paper_too(fetch: Fetch) -> None:
    from articles.editions.shelf import Standing

    shelve(a_document(heading("x"), text("y")))
    check = '{"note":"Проверяем дозу.","started_at":"2026-11-23T10:00:00.000000Z"}'
    Standing.objects.filter(item=ARTICLE).update(check_json=check)

    page = fetch(RU)

    assert "Врач этот текст ещё не проверил." in page.text
    assert "Проверяем дозу." in page.text


def test_the_code_is_a_drawing_with_a_name_and_without_styles(fetch: Fetch) -> None:
    shelve(a_document(heading("x"), text("y")))

    page = fetch(RU)

    drawing = page.one("svg", role="img")
    assert drawing.attributes["aria-label"] == "QR-код: не\N{NO-BREAK SPACE}устарела\N{NO-BREAK SPACE}ли эта копия?"
    assert "style" not in drawing.attributes
    assert page.all("style") == []


def test_a_quote_keeps_its_whole_context_and_a_withdrawn_one_its_notice(fetch: Fetch) -> None:
    gone = quoted(a_quote("gone"), name="gone")
    notice = type(gone)(id=gone.id, required=True, quote=None, withdrawn=PartWithdrawal("error", "Ошибка в пересказе."))
    review = a_source("review")
    shelve(a_document(quoted(a_quote(verdict=a_verdict("disputed", "Иначе.", [review.id]))), notice, sources=[review]))

    page = fetch(RU)

    for words in ("Анна Проверочная", "Клиника на Набережной", "не спрашивали", "Test News", "оспаривается", "Иначе."):
        assert words in page.text
    assert "Ошибка в пересказе." in page.text


def test_marks_are_numbers_and_sources_are_one_line_each_with_their_address(fetch: Fetch) -> None:
    one = a_source("one", doi="10.1/one")
    other = item_link("соседний текст", an_id("other"))
    shelve(a_document(heading("y"), text("z"), slug="drugaya"), item=an_id("other"))
    shelve(a_document(text(said("Раз.", cite(one)), said(other), name="t"), sources=[one]))

    page = fetch(RU)

    assert page.words("sup") == ["Источник [1]"]
    assert [one for one in page.words("li") if "https://doi.org/10.1/one" in one]
    assert "соседний текст" in page.text
    assert page.all("a", href="/ru/articles/drugaya/") == []


def test_a_translation_that_is_behind_says_so_and_in_what(fetch: Fetch) -> None:
    english = [heading("What it is", name="h"), text("Words.", name="t")]
    in_both(heading("Что это", name="h"), text("Слова.", name="t"), english=english)
    shelve(a_document(heading("Что это", name="h"), text("Опасно.", name="t")), change="safety", at=NOON + timedelta(1))

    page = fetch("/en/articles/cramps-in-tests/handout/")

    assert "It lacks: a change that matters for safety." in page.text
    assert "a passage in the section “What it is”." in page.text


@pytest.mark.parametrize("below", ["handout/", "handout/both/"])
def test_what_is_not_there_answers_as_the_text_itself(client: Client, below: str) -> None:
    shelve(a_document(heading("x"), slug="staraya"))
    shelve(a_document(heading("x")))
    moved = client.get(f"/ru/articles/staraya/{below}")
    elsewhere = client.get(f"/en/articles/sudorogi-v-testah/{below}")
    withdraw(reason="Мы нашли ошибку.")
    gone = client.get(PAGE + below)

    assert (moved.status_code, moved["Location"]) == (301, PAGE + below)
    assert (elsewhere.status_code, PAGE in elsewhere.content.decode()) == (404, True)
    assert (gone.status_code, "Мы нашли ошибку." in gone.content.decode()) == (410, True)
    assert client.get(f"/ru/articles/net/{below}").status_code == 404


def test_questions_are_handed_out_and_other_kinds_are_not(client: Client) -> None:
    shelve(a_faq(), item=an_id("q"))

    assert client.get("/ru/faq/eto-opasno/handout/").status_code == 200
    assert client.get("/ru/about/kto-my/handout/").status_code == 404


def test_a_text_leads_to_its_sheet_and_names_the_verify_address_for_print_alone(fetch: Fetch) -> None:
    edition = shelve(a_document(heading("x")))

    page = fetch(PAGE)

    assert page.one("a", href=RU).text == "Для печати"
    assert edition.digest[:16] in page.words("p", class_="paper")[0]


def test_both_languages_stand_side_by_side_part_by_part_each_in_its_own(fetch: Fetch) -> None:
    english = [card("emergency", "Call if", "c"), heading("What it is", name="h"), text("Words.", name="t")]
    first = card("emergency", "Звоните, если", "c")
    in_both(first, heading("Что это", name="h"), text("Слова.", name="t"), english=english)

    page = fetch(BOTH)

    pairs = page.words("div", class_="pair")
    assert [pair for pair in pairs if "Что это" in pair] == ["Что это What it is"]
    assert [pair for pair in pairs if pair.startswith("Слова.")] == ["Слова. Words."]
    assert next(n for n, pair in enumerate(pairs) if "Call if" in pair) < pairs.index("Слова. Words.")
    in_english = page.words("div", lang="en")
    assert all("Уровень" not in words for words in in_english)
    assert any("danger to life" in words for words in in_english)
    assert page.words("h1") == ["Судороги в тестах"]
    assert len(page.all("svg", role="img")) == 2


def test_a_part_that_one_language_lacks_or_has_not_followed_says_so_in_its_place(fetch: Fetch) -> None:
    english = [heading("What it is", name="h"), text("Words.", name="t"), text("English extra.", name="e")]
    in_both(heading("Что это", name="h"), text("Слова.", name="t"), english=english)
    changed = a_document(heading("Что это", name="h"), text("Иначе.", name="t"), text("Новое.", name="n"))
    shelve(changed, change="safety", at=NOON + timedelta(1))

    pairs = fetch(BOTH).words("div", class_="pair")

    assert "Иначе. This part has not yet followed the Russian one. Words." in pairs
    assert "Новое. This part is in Russian only so far." in pairs
    assert "Эта часть пока есть только на английском. English extra." in pairs


def test_both_are_one_list_of_sources_where_the_numbers_are_the_same(fetch: Fetch) -> None:
    one, two = a_source("one", title="First source"), a_source("two", title="Second source")
    cited = [text(said("Раз.", cite(one)), name="t"), text(said("Два.", cite(two)), name="t2")]
    original = a_document(*cited, sources=[one, two])
    shelve(original)
    shelve(an_english_document(*cited, sources=[one, two]), "en", translation_of=agreed(original))
    same = len(re.findall("First source", fetch(BOTH).html))
    shelve(a_document(*reversed(cited), sources=[one, two]), change="wording", at=NOON + timedelta(1))

    assert same == 1
    assert len(re.findall("First source", fetch(BOTH).html)) == 2


def test_one_language_alone_cannot_stand_beside_the_other(client: Client) -> None:
    shelve(a_document(heading("x"), text("y")))

    answer = client.get(BOTH)

    assert answer.status_code == 404
    assert f'href="{RU}"' in answer.content.decode()
    assert "tel:103" in answer.content.decode()
    assert "handout/both" not in client.get(RU).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_a_sheet_costs_the_same_however_long_it_is(
    client: Client, django_assert_num_queries: object, count: int
) -> None:
    blocks = [quoted(a_quote(f"q{number}"), name=str(number)) for number in range(count)]
    in_both(*blocks, english=blocks)

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert client.get(RU).status_code == 200
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert client.get(BOTH).status_code == 200
