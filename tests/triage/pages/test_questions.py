"""One question a page, by forms alone: forward, back, mistakes, and what stands on every page."""

import pytest

from articles.canonical.languages import LANGUAGES
from tests.factories.triage import BENIGN, LEADING, bundled
from tests.triage.pages.walking import Walk, address

pytestmark = pytest.mark.usefixtures("open_questions")


def test_red_flags_are_asked_first_and_nothing_is_ticked(walk: Walk) -> None:
    walk.start()
    assert walk.asked == "danger"
    assert walk.chosen() == []
    values = [one.attributes["value"] for one in walk.page.all("input", name="answer")]
    assert values == [one.id for one in bundled().questions[0].options]
    assert {one.attributes["type"] for one in walk.page.all("input", name="answer")} == {"checkbox"}


def test_a_question_with_one_answer_has_radio_buttons(walk: Walk) -> None:
    walk.start()
    while walk.asked != "impact":
        walk.answer(*BENIGN[walk.asked])
    assert {one.attributes["type"] for one in walk.page.all("input", name="answer")} == {"radio"}


def test_whoever_has_no_sign_is_asked_every_question_once(walk: Walk) -> None:
    walk.start().through()
    assert sorted(walk.seen) == sorted(BENIGN)
    assert len(walk.seen) == len(set(walk.seen))


def test_every_page_says_which_question_it_is_and_how_many_there_are_at_most(walk: Walk) -> None:
    walk.start()
    assert "Вопрос 1, всего не больше 12" in walk.page.text
    bar = walk.page.one("progress").attributes
    assert (bar["value"], bar["max"]) == ("1", "12")
    # Whoever is not sure about a red flag needs a doctor today. Only what could still be an emergency is asked, alone
    # (leg, general, feel, strength, meds) or together (feel with background, exposure with where).
    walk.answer("unsure")
    assert "Вопрос 2, всего не больше 9" in walk.page.text


def test_what_was_promised_at_most_never_grows_on_the_way_forward(walk: Walk) -> None:
    walk.start()
    promised = []
    while walk.asked:
        promised.append(int(walk.page.one("progress").attributes["max"]))
        walk.answer(*{**BENIGN, "background": ["clots"], "leg": ["sore"]}[walk.asked])
    assert promised == sorted(promised, reverse=True)
    assert len(promised) <= promised[0]


def test_every_page_has_the_numbers_of_the_chosen_country_the_danger_signs_and_what_becomes_of_answers(
    walk: Walk,
) -> None:
    walk.start("GB")
    bar = walk.page.one("aside", class_="call")
    assert "Звоните 999 или 112" in bar.text
    assert "103" not in bar.text
    assert "Не проходите опрос, звоните 999 или 112, если: потеря сознания" in walk.page.text
    assert "Мы не храним ваши ответы и никому их не передаём. Это не диагноз." in walk.page.text


@pytest.mark.parametrize("country", ["", "other"])
def test_without_a_country_of_the_protocol_every_number_is_named(walk: Walk, country: str) -> None:
    walk.start(country)
    numbers = [one.attributes["href"] for one in walk.page.all("a") if one.attributes["href"].startswith("tel:")]
    assert {"tel:103", "tel:112", "tel:999"} <= set(numbers)


def test_nobody_who_has_answered_nothing_goes_on(walk: Walk) -> None:
    walk.start().answer()
    assert walk.response.status_code == 200
    assert walk.asked == "danger"
    assert walk.page.words("title")[0].startswith("Ошибка: Вопрос 1")
    alert = walk.page.one("div", role="alert")
    assert "Вы ничего не отметили" in " ".join(alert.text.split())
    # The link leads to the first answer.
    assert walk.page.one("a", href="#a1")
    assert walk.page.one("fieldset").attributes["aria-describedby"] == "how fault"


def test_none_beside_a_sign_is_told_and_never_repaired(walk: Walk) -> None:
    walk.start().answer("breath", "none")
    assert walk.asked == "danger"
    assert walk.chosen() == ["breath", "none"]
    assert "«Ничего из этого» нельзя отметить вместе с другими ответами" in walk.page.text
    # What is wrong is not in the state: the answer that follows is the only one.
    walk.answer("none")
    assert walk.asked == "leg"


def test_back_shows_the_question_before_with_its_answer(walk: Walk) -> None:
    walk.start().answer("loc_past", "jerk_one").answer("sore")
    assert walk.asked not in {"danger", "leg"}
    walk.back()
    assert (walk.asked, walk.chosen()) == ("leg", ["sore"])
    walk.back()
    assert (walk.asked, walk.chosen()) == ("danger", ["loc_past", "jerk_one"])


def test_from_the_first_question_the_way_back_leads_to_the_opening_page(walk: Walk) -> None:
    walk.start()
    assert walk.page.one("a", class_="back").attributes["href"] == address("ru")
    assert walk.page.all("button", value="back") == []


def test_whoever_went_back_meets_every_answer_again_on_the_way_forward(walk: Walk) -> None:
    walk.start().answer("none").answer("veins").answer("none").back().back()
    assert walk.asked == "leg"
    walk.answer("sore")
    third = walk.asked
    assert walk.chosen() == ["none"]
    walk.answer("none")
    assert walk.asked not in {"danger", "leg", third}


def test_an_answer_that_was_changed_on_the_way_counts_and_the_former_one_does_not(walk: Walk) -> None:
    walk.start().answer("none").answer("swollen").back().answer("none").through()
    assert walk.outcome() == "Опасных признаков вы не отметили: можно справиться самим"


def test_an_emergency_is_told_at_once_also_on_the_way_back(walk: Walk) -> None:
    walk.start().answer("none").answer("none").back().answer("cold")
    assert walk.outcome() == "Позвоните 103 или 112 прямо сейчас"
    assert walk.seen == ["danger", "leg", walk.seen[2], "leg"]


def test_sending_the_same_form_twice_changes_nothing(walk: Walk) -> None:
    state = walk.start().state
    for _ in range(2):
        walk.send([("state", state), ("answer", "none"), ("do", "next")])
        assert walk.asked == "leg"


def test_asking_for_a_question_by_its_address_shows_the_opening_page(walk: Walk) -> None:
    walk.start()
    page = walk.client.get(address("ru"))
    assert page.status_code == 200
    assert "ETag" in page.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_the_pages_apart_and_tell_no_answer(walk: Walk, language: str) -> None:
    walk.language = language  # type: ignore[assignment]
    titles = [walk.start().page.words("title")[0]]
    for _ in range(3):
        titles.append(walk.answer(*BENIGN[walk.asked]).page.words("title")[0])
    titles.append(walk.through(LEADING["self_care"]).page.words("title")[0])
    assert len(set(titles)) == len(titles)
    told = [one.text for question in bundled(walk.language).questions for one in question.options]
    told += [one.title for one in bundled(walk.language).levels]
    assert [title for title in titles if any(words in title for words in told if len(words) > 5)] == []


def test_every_page_of_a_demonstration_says_that_it_is_one(walk: Walk) -> None:
    for page in (walk.start(), walk.answer(), walk.answer("none"), walk.through()):
        assert "Это демонстрация. Врачи эти вопросы и советы ещё не одобрили." in page.page.text
    assert "Это демонстрация." in walk.client.get(address("ru")).content.decode()


def test_the_pages_have_neither_sections_nor_a_way_for_answers_into_another_language(walk: Walk) -> None:
    walk.start()
    assert walk.page.all("ul", class_="links") == []
    assert walk.page.one("a", class_="lang").attributes["href"] == address("en")


def test_no_page_that_somebody_answered_is_kept_or_told_to_anybody(walk: Walk) -> None:
    for page in (walk.start(), walk.answer("none"), walk.answer(), walk.answer("cold")):
        headers = page.response.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Content-Language"] == "ru"
        assert "ETag" not in headers
        assert "Last-Modified" not in headers
        assert "Set-Cookie" not in headers
        assert page.response.cookies == {}
        assert page.page.all("meta", name="robots", content="noindex")
        assert page.page.all("link", rel="canonical") == []
        assert page.page.scripts() == []


def test_each_form_has_one_button_that_enter_can_mean(walk: Walk) -> None:
    """A browser that is told Enter presses the first button of the form: that must be the one that goes on."""
    html = walk.start().answer("none").response.content.decode()
    forms = html.split("<form")[1:]
    buttons = [form.partition("</form>")[0].count("<button") for form in forms]
    assert buttons == [1, 1]
