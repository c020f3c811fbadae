"""The opening page: the table of when to get help, made of the same protocol, and whether questions are open."""

import re
from typing import Any

import pytest
from django.test import Client

from articles.canonical.languages import LANGUAGES, Language
from tests.articles.reader.markup import Markup, read
from tests.factories.documents import check, fall_due, withdraw
from tests.factories.triage import SIGNED, SLUG, bundled, bundled_file, expiring, shelve_protocol
from tests.triage.pages.walking import address
from triage.engine.protocol import UNSURE

pytestmark = pytest.mark.usefixtures("shelf")

ITEM = str(bundled_file().id)


def opened(client: Client, language: Language = "ru") -> Markup:
    response = client.get(address(language))
    assert response.status_code == 200
    return read(response.content.decode())


def plain(words: str) -> str:
    return " ".join(words.split())


def cards(page: Markup) -> dict[str, str]:
    """The words of each level's card by the id of its place."""
    found = [one for one in page.all("section", class_="card") if "id" in one.attributes]
    return {one.attributes["id"]: plain(one.text) for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_asks_for_more_stands_in_the_card_of_its_level_and_nothing_else_does(
    client: Client, language: Language
) -> None:
    held = cards(opened(client, language))
    protocol = bundled(language)
    assert list(held) == ["emergency", "same-day", "appointment-days", "appointment-weeks", "self-care"]
    for question in protocol.questions:
        for option in question.options:
            if option.id == UNSURE or not option.rank:
                continue
            level = protocol.level(option.rank).id.replace("_", "-")
            assert plain(option.text.replace("{emergency}", "")) in held[level], option
    for rule in protocol.rules:
        assert plain(rule.text) in held[protocol.level(rule.rank).id.replace("_", "-")], rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_not_knowing_nor_having_none_stands_there_as_a_sign(client: Client, language: Language) -> None:
    page = opened(client, language)
    signs = {re.sub(r"(Источник|Source) \[\d+\]", "", one).strip() for one in page.words("li")}
    assert plain(bundled(language).questions[0].options[0].text) in signs
    for question in bundled(language).questions:
        for option in question.options:
            if option.id == UNSURE or (option.exclusive and not option.rank):
                assert plain(option.text) not in signs, option


def test_the_gravest_comes_first_before_anything_else(client: Client) -> None:
    html = client.get(address("ru")).content.decode()
    html = html.partition("<body>")[2]
    order = ["<h1>", "Для взрослых.", 'id="emergency"', 'id="toc"', 'id="same-day"', 'id="self-care"', 'id="basis"']
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)


def test_whoever_cannot_tell_is_told_the_most_cautious_of_what_the_questions_would_say(client: Client) -> None:
    page = opened(client)
    assert "не считайте, что его нет: Обратитесь к врачу сегодня" in page.text


def test_every_number_of_the_protocol_can_be_called(client: Client) -> None:
    page = opened(client)
    assert {"tel:103", "tel:112", "tel:999"} <= {one.attributes.get("href") for one in page.all("a")}


def test_no_link_leads_out_of_the_emergency_card_but_numbers(client: Client) -> None:
    html = client.get(address("ru")).content.decode()
    card = html[html.index('id="emergency"') : html.index('id="toc"')]
    assert set(re.findall(r'href="([a-z]*:?)', card)) == {"tel:"}


def test_a_sign_that_is_graver_together_says_with_what(client: Client) -> None:
    text = cards(opened(client))["same-day"]
    assert "Мочегонное и подёргивания мышц" in text
    # Whoever has not looked at their legs finds only the sign that they could have.
    assert "Риск тромбоза, а ноги не осмотрены" in text


def test_nobody_is_asked_until_the_questions_are_open(client: Client) -> None:
    page = opened(client)
    assert page.all("form") == []
    assert "Вопросы пока закрыты: сначала их должны одобрить два врача" in page.text
    assert "Это демонстрация" not in page.text
    assert "Врач этот текст ещё не проверил" in page.text


def test_open_questions_are_announced_with_how_many_there_are_and_what_becomes_of_answers(
    client: Client, settings: Any
) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    page = opened(client)
    assert "Всего не больше 12 вопросов" in page.text
    assert "Мы не храним ваши ответы и никому их не передаём. Это не диагноз." in page.text
    assert [one.attributes["value"] for one in page.all("input", name="country")] == ["RU", "GB", "KZ", "EU", "other"]
    assert [one for one in page.all("input") if "checked" in one.attributes] == []
    assert page.one("button", value="start")


def test_two_signatures_and_the_operator_open_the_questions_without_a_label(client: Client, settings: Any) -> None:
    settings.TRIAGE_INTERACTIVE = True
    assert opened(client).all("form") == []
    shelve_protocol(review=SIGNED, change="review")
    page = opened(client)
    assert page.one("button", value="start")
    assert "Это демонстрация" not in page.text
    assert "Врач этот текст ещё не проверил" not in page.text


def test_an_expired_protocol_shows_its_table_and_asks_nobody(client: Client, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol(expiring("2026-11-20"), change="update")
    # The page may be kept, so the journal tells when it has expired, and not the clock.
    assert opened(client).all("form")
    fall_due(ITEM)
    page = opened(client)
    assert page.all("form") == []
    assert "Срок проверки истёк. Текст нужно было проверить заново не позднее 20 ноября 2026" in page.text
    assert len(cards(page)) == 5


def test_a_protocol_under_check_says_so_and_asks_nobody(client: Client, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    check(ITEM, started="Проверяем вопрос о вздутых венах.")
    page = opened(client)
    assert page.all("form") == []
    assert "Проверяем вопрос о вздутых венах." in page.text
    assert "Пока мы проверяем этот текст, вопросы закрыты." in page.text


def test_of_a_withdrawn_protocol_only_the_numbers_to_call_are_left(client: Client, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    withdraw(ITEM, reason="Нашли ошибку в правиле.")
    response = client.get(address("ru"))
    assert response.status_code == 410
    page = read(response.content.decode())
    assert "Нашли ошибку в правиле." in page.text
    assert list(cards(page)) == []
    assert page.one("section", class_="card").attributes["class"] == "card l4"
    for question in bundled().questions:
        assert plain(question.text) not in page.text


def test_one_language_can_be_withdrawn_alone(client: Client) -> None:
    withdraw(ITEM, "en")
    assert client.get(address("en")).status_code == 410
    assert client.get(address("ru")).status_code == 200


def test_an_unknown_protocol_is_not_found_and_an_id_is_no_address(client: Client) -> None:
    assert client.get("/ru/triage/nothing/").status_code == 404
    assert client.get(f"/ru/triage/{ITEM}/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_both_languages_and_may_be_kept(client: Client, language: Language) -> None:
    response = client.get(address(language))
    page = read(response.content.decode())
    whole = {code: f"http://testserver{address(code)}" for code in LANGUAGES}
    assert page.alternates() == {**whole, "x-default": whole["ru"]}
    assert page.one("link", rel="canonical").attributes["href"] == whole[language]
    assert response["Cache-Control"].startswith("max-age=60")
    assert response["Content-Language"] == language
    assert "Last-Modified" in response
    again = client.get(address(language), headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    [data] = page.data()
    assert data["@type"] == "MedicalWebPage"
    assert len(data["citation"]) == len(bundled_file().references)
    assert "reviewedBy" not in data


def test_what_may_be_kept_does_not_depend_on_the_day(client: Client, settings: Any, time_machine: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    time_machine.move_to("2026-11-23T12:00:00Z")
    before = client.get(address("ru"))
    time_machine.move_to("2031-01-01T12:00:00Z")
    assert client.get(address("ru"))["ETag"] == before["ETag"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_section_lists_what_is_live(client: Client, language: Language) -> None:
    page = read(client.get(f"/{language}/triage/").content.decode())
    assert [one.attributes["href"] for one in page.all("a") if SLUG in one.attributes["href"]] == [address(language)]
    withdraw(ITEM, language)
    response = client.get(f"/{language}/triage/")
    assert response.status_code == 200
    assert SLUG not in response.content.decode()


def test_a_list_of_one_and_of_none_costs_the_same(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        client.get("/ru/triage/")
    with django_assert_max_num_queries(5):
        client.get(address("ru"))
