"""Every outcome in both languages: what to do, why, what would change it, and the answers for a doctor."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.documents import NOON, REVIEWED, shelve
from tests.factories.triage import BUNDLED_ID, LEADING, SIGNED, bundled, protocol_document, shelve_protocol
from tests.triage.pages.walking import Walk, address, title
from triage.engine.protocol import LEVELS

pytestmark = pytest.mark.usefixtures("open_questions")

NUMBERS: dict[Language, str] = {"ru": "999 или 112", "en": "999 or 112"}
COLOURS = {
    "emergency": "l4",
    "same_day": "l3",
    "appointment_days": "l2",
    "appointment_weeks": "l2",
    "self_care": "l1",
}
SAID = {
    "emergency": "Уровень 4 из 4 · опасно для жизни",
    "same_day": "Уровень 3 из 4 · сегодня",
    "appointment_days": "Уровень 2 из 4 · в ближайшие дни",
    "appointment_weeks": "Уровень 2 из 4 · в ближайшие недели",
    "self_care": "Уровень 1 из 4 · можно справиться дома",
}


def an_outcome(walk: Walk, level: str, language: Language = "ru", country: str = "RU") -> Walk:
    walk.language = language
    return walk.start(country).through(LEADING[level])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_each_outcome_says_what_to_do_with_the_numbers_of_the_country(
    walk: Walk, level: str, language: Language
) -> None:
    an_outcome(walk, level, language, "GB")
    assert walk.response.status_code == 200
    assert walk.outcome() == title(level, language, NUMBERS[language])
    verdict = walk.page.one("section", class_="verdict")
    assert COLOURS[level] in verdict.attributes["class"].split()
    assert "{emergency}" not in walk.page.text
    words = next(one.text for one in bundled(language).levels if one.id == level)
    assert " ".join(words.replace("{emergency}", NUMBERS[language]).split()) in walk.page.text


@pytest.mark.parametrize("level", LEVELS)
def test_each_outcome_says_in_words_how_soon(walk: Walk, level: str) -> None:
    assert SAID[level] in an_outcome(walk, level).page.text


@pytest.mark.parametrize("level", LEVELS)
def test_every_outcome_below_an_emergency_says_with_what_to_call_at_once(walk: Walk, level: str) -> None:
    an_outcome(walk, level)
    cards = [one for one in walk.page.all("section", class_="card") if one.attributes["class"] == "card l4"]
    if level == "emergency":
        assert cards == []
        return
    [card] = cards
    assert "Сразу звоните 103 или 112, если появится хотя бы один из этих признаков" in " ".join(card.text.split())
    # Every sign that alone is an emergency and was not marked.
    for question in bundled().questions:
        for option in question.options:
            if option.rank == 4:
                assert " ".join(option.text.split()) in " ".join(card.text.split())


def test_an_emergency_offers_the_call_and_says_what_to_do_until_help_comes(walk: Walk) -> None:
    walk.start().answer("jerks")
    buttons = [one.attributes["href"] for one in walk.page.all("a", class_="btn")]
    assert buttons[:2] == ["tel:103", "tel:112"]
    assert "подложите мягкое под голову" in walk.page.text
    # What belongs to other signs would only be in the way.
    assert "Не массируйте и не грейте ногу" not in walk.page.text
    # No link leads away from what to do now but numbers to call.
    verdict = walk.response.content.decode().partition('<section class="verdict')[2].partition("</section>")[0]
    assert [part.partition('"')[0][:4] for part in verdict.split('href="')[1:]] == ["tel:"] * verdict.count("href=")


@pytest.mark.parametrize("country", ["", "other"])
def test_without_a_country_each_button_says_where_its_number_works(walk: Walk, country: str) -> None:
    document = protocol_document("ru")
    notes = {"GB": "в Великобритании", "RU": "в России"}
    services = [msgspec.structs.replace(one, note=notes.get(one.country, "")) for one in document.services]
    noted = msgspec.structs.replace(document, services=services)
    shelve(noted, language="ru", item=BUNDLED_ID, at=NOON + timedelta(hours=1), change="wording")
    walk.start(country).answer("jerks")
    buttons = [" ".join(one.text.split()) for one in walk.page.all("a", class_="btn")]
    # Where most readers of Russian are needs no word.
    assert {"Позвонить 103", "Позвонить 112", "Позвонить 999 в Великобритании"} <= set(buttons)


def test_reasons_are_the_answers_that_decided_each_with_its_sources(walk: Walk) -> None:
    walk.start().answer("none").answer("swollen").through({"meds": ["diuretic"], "impact": ["often"]})
    reasons = walk.page.one("ul", class_="why")
    assert "Одна нога отекла" in reasons.text
    # Milder answers stand among the answers and are no reasons.
    assert "Мочегонное" not in reasons.text
    assert walk.page.one("ol", class_="sources")
    assert walk.page.all("li", id="s1")


def test_a_rule_that_was_met_is_a_reason(walk: Walk) -> None:
    walk.start().through({"background": ["clots"], "where": ["one_leg"]})
    assert walk.outcome() == "Обратитесь к врачу сегодня"
    assert "Риск тромбоза и боль всегда в одной ноге" in walk.page.one("ul", class_="why").text


def test_not_being_sure_is_told_as_a_reason_with_its_question(walk: Walk) -> None:
    walk.start().answer("unsure").through()
    assert walk.outcome() == "Обратитесь к врачу сегодня"
    question = bundled().questions[0].text
    assert f"На вопрос «{question}» вы ответили, что не знаете." in walk.page.text.replace("\u00a0", " ")


def test_without_a_sign_the_page_promises_nothing(walk: Walk) -> None:
    an_outcome(walk, "self_care")
    assert "Но спросить обо всём мы не можем: если тревожит что-то ещё, обратитесь к врачу." in walk.page.text


def test_what_would_change_the_advice_stands_by_level_and_question_and_never_is_not_knowing(walk: Walk) -> None:
    an_outcome(walk, "appointment_weeks")
    html = walk.response.content.decode()
    changes = html[html.index('class="changes') : html.index('id="answers"')]
    assert changes.index("Обратитесь к врачу сегодня") < changes.index("Покажитесь врачу в ближайшие дни")
    # Nothing milder or equal.
    assert "Запишитесь к терапевту" not in changes
    assert "Мочегонное" in changes
    assert "Не знаю, трудно сказать" not in changes


def test_the_answers_stand_there_as_given_each_to_be_changed(walk: Walk) -> None:
    an_outcome(walk, "appointment_days")
    answers = walk.page.one("dl", class_="given")
    assert "Какие лекарства вы принимаете? Мочегонное" in " ".join(answers.text.split())
    values = {one.attributes["value"] for one in walk.page.all("button")}
    assert {f"change:{question}" for question in walk.seen} <= values


def test_a_changed_answer_leads_back_to_the_outcome_at_once(walk: Walk) -> None:
    an_outcome(walk, "appointment_days")
    walk.change("meds")
    assert (walk.asked, walk.chosen()) == ("meds", ["diuretic"])
    walk.answer("statin_new")
    assert walk.outcome() == "Обратитесь к врачу сегодня"


def test_a_milder_answer_makes_questions_necessary_that_were_not_and_they_are_asked(walk: Walk) -> None:
    walk.start().answer("none").answer("cold")
    assert walk.outcome() == "Позвоните 103 или 112 прямо сейчас"
    walk.change("leg").answer("none")
    assert walk.outcome() == ""
    assert walk.asked not in {"danger", "leg"}
    assert walk.through().outcome() == "Опасных признаков вы не отметили: можно справиться самим"


def test_the_way_back_from_a_change_leaves_the_answer_as_it_was(walk: Walk) -> None:
    an_outcome(walk, "appointment_days")
    walk.change("meds")
    assert "Назад к результату" in walk.page.text
    walk.back()
    assert walk.outcome() == "Покажитесь врачу в ближайшие дни"
    assert "Мочегонное" in walk.page.text


def test_a_mistake_while_changing_keeps_the_way_to_the_outcome(walk: Walk) -> None:
    an_outcome(walk, "appointment_days")
    walk.change("meds").answer("none", "quinine")
    assert walk.asked == "meds"
    assert walk.answer("quinine_bleed").outcome() == "Позвоните 103 или 112 прямо сейчас"


def test_back_from_the_outcome_is_the_last_question_with_its_answer(walk: Walk) -> None:
    an_outcome(walk, "appointment_weeks")
    walk.back()
    assert (walk.asked, walk.chosen()) == ("impact", ["often"])


def test_the_page_says_which_rules_these_are_who_stands_for_them_and_until_when(walk: Walk) -> None:
    an_outcome(walk, "self_care")
    text = walk.page.text
    assert "0.2.0-draft" in text
    assert "22 ноября 2027" in text
    assert "Решение опубликовать без проверки" in text
    assert "/ru/verify/?digest=" in text


def test_whoever_has_signed_is_named(walk: Walk, settings: Any) -> None:
    shelve_protocol(review=SIGNED, change="review")
    settings.TRIAGE_DEMONSTRATION, settings.TRIAGE_INTERACTIVE = False, True
    an_outcome(walk, "self_care")
    assert "Анна Проверочная" in walk.page.text
    assert "Это демонстрация" not in walk.page.text


def test_a_demonstration_of_signed_questions_does_not_say_that_nobody_has_signed(walk: Walk) -> None:
    shelve_protocol(review=SIGNED, change="review")
    walk.start()
    assert "Это демонстрация." in walk.page.text
    assert "ещё не одобрили" not in walk.page.text


def test_one_signature_is_not_enough_to_say_that_doctors_have_signed(walk: Walk) -> None:
    shelve_protocol(review=REVIEWED, change="review")
    assert "Врачи эти вопросы и советы ещё не одобрили" in walk.start().page.text


def test_advice_by_telephone_is_offered_where_the_country_has_it(walk: Walk) -> None:
    an_outcome(walk, "same_day", country="GB")
    assert [one.attributes["href"] for one in walk.page.all("a", class_="btn")][:2] == ["tel:111", "#answers"]
    an_outcome(walk, "same_day", country="RU")
    assert walk.page.all("a", class_="btn")[0].attributes["href"] == "#answers"


def test_the_table_and_a_new_beginning_are_one_step_away(walk: Walk) -> None:
    an_outcome(walk, "same_day")
    addresses = [one.attributes["href"] for one in walk.page.all("a")]
    assert address("ru") in addresses
    assert address("ru") + "#start" in addresses
