"""The search page: what it says of what was asked and found, whatever is in the address."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles.reader import searching
from articles.search.results import Hit, Piece, Results
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import Markup
from tests.factories.documents import a_document, an_id, heading, shelve, withdraw
from tests.factories.documents_of_kinds import a_care_box, a_faq, a_topic, care_box

pytestmark = pytest.mark.django_db

HOSTILE = "\"><script>alert(1)</script>'&amp;"


def a_hit(title: str = "Судорога", **fields: Any) -> Hit:
    defaults: dict[str, Any] = {
        "item": an_id(title), "kind": "faq", "language": "ru", "title": [Piece(title, True)],
        "excerpt": [Piece("Обычно ", False), Piece("судорога", True), Piece(" проходит сама.", False)],
        "path": "/ru/faq/sudoroga/", "is_other_language": False, "score": 1.0,
    }  # fmt: skip
    return Hit(**defaults | fields)


@dataclass
class Engine:
    """Answers what a test says, and remembers how it was asked."""

    answer: Results = field(default_factory=lambda: Results(""))
    calls: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, query: str, language: str, **asked: Any) -> Results:
        self.calls.append({"query": query, "language": language, **asked})
        return replace(self.answer, query=query)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    one = Engine()
    monkeypatch.setattr(searching, "search", one)
    return one


def found(*hits: Hit, total: int = 0, **fields: Any) -> Results:
    kinds = [hit.kind for hit in hits]
    by_kind = fields.pop("by_kind", {kind: kinds.count(kind) for kind in kinds})
    return Results("", hits=list(hits), total=total or len(hits), by_kind=by_kind, **fields)


@pytest.fixture
def ask(fetch: Fetch, engine: Engine) -> Callable[..., Markup]:
    """Ask the Russian page, or another, for something."""

    def asking(query: str, rest: str = "", language: str = "ru") -> Markup:
        return fetch(f"/{language}/search/?q={quote(query)}{rest}")

    return asking


@pytest.fixture
def ask_engine(fetch: Fetch) -> Callable[..., Markup]:
    """The same of the true engine."""
    return lambda query, rest="": fetch(f"/ru/search/?q={quote(query)}{rest}")


def test_before_anything_is_asked_there_is_a_form_and_ways_on(fetch: Fetch, engine: Engine) -> None:
    shelve(a_topic(slug="myshcy"), item=an_id("topic"))

    for address in ("/ru/search/", "/ru/search/?q=", "/ru/search/?q=%20%00", "/ru/search/?kind=faq&page=2"):
        page = fetch(address)

        assert page.words("h1") == ["Поиск"]
        assert page.one("label", for_="q")
        assert page.one("input", id="q").attributes["type"] == "search"
        assert page.all("a", href="/ru/glossary/")
        assert page.all("a", href="/ru/topics/myshcy/")
    assert engine.calls == []


def test_the_form_asks_for_nothing_that_a_browser_would_keep_or_send_away(fetch: Fetch, engine: Engine) -> None:
    form, field_ = fetch("/en/search/").one("form"), fetch("/en/search/").one("input")

    assert (form.attributes["action"], form.attributes["role"]) == ("/en/search/", "search")
    assert "method" not in form.attributes or form.attributes["method"] == "get"
    assert field_.attributes["autocomplete"] == "off"
    assert field_.attributes["spellcheck"] == "false"
    assert field_.attributes["maxlength"] == "200"


def test_a_result_says_what_it_is_and_marks_what_was_looked_for(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = found(a_hit(heading="Чего не делать"), a_hit("Статья", kind="article", path="/ru/articles/x/#b"))

    page = ask("судорога")

    assert "2 результата по запросу «судорога»" in page.words("h2")
    assert page.one("input", id="q").attributes["value"] == "судорога"
    assert page.words("h3") == ["Судорога", "Статья"]
    assert page.words("mark") == ["Судорога", "судорога", "Статья", "судорога"]
    assert "Вопрос · Чего не делать" in page.text
    assert "Обычно судорога проходит сама." in page.text
    assert page.all("a", href="/ru/articles/x/#b")
    assert not page.all("a", href="/ru/glossary/", rel="next")


@pytest.mark.parametrize(
    ("language", "other", "label"), [("ru", "en", "по-английски"), ("en", "ru", "in Russian")]
)  # fmt: skip
def test_what_is_in_the_other_language_says_so_and_is_read_in_it(
    ask: Callable[..., Markup], engine: Engine, language: str, other: str, label: str
) -> None:
    engine.answer = found(a_hit("Cramp", language=other, is_other_language=True, path=f"/{other}/faq/cramp/"))

    page = ask("cramp", language=language)

    link = page.one("a", href=f"/{other}/faq/cramp/")
    assert (link.attributes["lang"], link.attributes["hreflang"]) == (other, other)
    assert [one.attributes["lang"] for one in page.all("p") if "lang" in one.attributes] == [other]
    assert label in page.text


def test_what_was_looked_for_instead_is_said_with_a_way_back(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = found(a_hit(), meant="магний", how="spelling")

    page = ask("магнй", "&kind=faq")

    assert "Показаны результаты по запросу магний." in page.text
    assert "1 результат по запросу «магний»" in page.words("h2")
    assert page.one("input", id="q").attributes["value"] == "магнй"
    exact = page.one("a", href=f"/ru/search/?q={quote('магнй')}&kind=faq&exact=1")
    assert exact.text == "Искать именно «магнй»"


def test_exactly_what_was_typed_is_looked_for_when_asked(ask: Callable[..., Markup], engine: Engine) -> None:
    ask("магнй", "&exact=1")

    assert engine.calls[0]["exact"] is True


def test_kinds_are_links_with_counts_and_the_chosen_one_is_marked(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = found(a_hit(), total=2, by_kind={"faq": 2, "term": 1})

    page = ask("судорога", "&kind=faq")

    assert engine.calls[0]["kinds"] == ("faq",)
    assert "Всё 3 Вопросы 2 Словарь 1" in page.text
    assert [one.text for one in page.all("b") if one.attributes.get("aria-current") == "true"] == ["Вопросы"]
    assert page.all("a", href=f"/ru/search/?q={quote('судорога')}")
    assert page.all("a", href=f"/ru/search/?q={quote('судорога')}&kind=term")
    assert not page.all("a", href=f"/ru/search/?q={quote('судорога')}&kind=expert")


def test_more_than_a_page_is_read_page_by_page(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = found(*(a_hit(f"Ответ {number}") for number in range(20)), total=45)
    address = f"/ru/search/?q={quote('ответ')}"

    first, second, last = ask("ответ"), ask("ответ", "&page=2"), ask("ответ", "&page=3")

    assert [one.attributes["href"] for one in first.all("a", rel="next")] == [f"{address}&page=2"]
    assert not first.all("a", rel="prev")
    assert [one.attributes["href"] for one in second.all("a", rel="prev")] == [address]
    assert "Страница 2 из 3" in second.text
    assert second.one("ol", class_="found").attributes["start"] == "21"
    assert not last.all("a", rel="next")
    assert [call["offset"] for call in engine.calls] == [0, 20, 40]


def test_a_page_behind_the_last_is_the_last(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = found(a_hit(), total=45)

    page = ask("ответ", "&page=9999")

    assert "Страница 3 из 3" in page.text
    assert engine.calls[-1]["offset"] == 40


def test_where_nothing_is_found_there_are_ways_on_and_numbers_to_call(
    ask: Callable[..., Markup], engine: Engine
) -> None:
    shelve(a_topic(slug="myshcy"), item=an_id("topic"))

    page = ask("ипотека")

    assert "По запросу «ипотека» ничего не найдено" in page.words("h2")
    assert page.one("section", class_="l4")
    assert page.all("a", href="tel:103")
    assert page.all("a", href="/ru/topics/myshcy/")
    assert page.all("a", href="/ru/articles/")
    assert "Проверьте, нет ли в словах опечатки." in page.text


def test_where_one_kind_has_nothing_the_others_are_offered(ask: Callable[..., Markup], engine: Engine) -> None:
    engine.answer = Results("", total=0, by_kind={"term": 2})

    page = ask("судорога", "&kind=faq")

    everything = [one.text for one in page.all("a", href=f"/ru/search/?q={quote('судорога')}")]
    assert everything == ["Всё", "Искать во\N{NO-BREAK SPACE}всех разделах"]


@pytest.mark.parametrize(("query", "meant"), [("не могу дышать", ""), ("yt vjue lsifnm", "не могу дышать")])
def test_a_danger_is_answered_with_numbers_before_anything_else(
    ask: Callable[..., Markup], engine: Engine, query: str, meant: str
) -> None:
    shelve(a_document(heading("x"), care_box(a_care_box())))
    engine.answer = found(a_hit(), meant=meant, how="layout" if meant else "as_typed")

    page = ask(query)

    main = page.html.partition("<main")[2]
    assert main.index("tel:103") < main.index("<form") < main.index("<h3")
    assert len(page.all("section", class_="l4")) == 1


def test_a_danger_of_which_nothing_is_found_has_its_numbers_once(ask: Callable[..., Markup], engine: Engine) -> None:
    page = ask("инфаркт")

    assert len(page.all("section", class_="l4")) == 1


def test_what_is_typed_never_becomes_markup(ask: Callable[..., Markup], engine: Engine) -> None:
    piece = Piece(HOSTILE, True)
    engine.answer = found(
        a_hit(title=HOSTILE, excerpt=[piece], heading=HOSTILE), meant=HOSTILE, how="spelling", total=21
    )

    for page in (ask(HOSTILE), ask(HOSTILE, f"&kind={quote(HOSTILE)}&exact={quote(HOSTILE)}")):
        assert not page.all("script")
        assert page.one("input", id="q").attributes["value"] == HOSTILE
        assert HOSTILE in page.text


@pytest.mark.parametrize(
    "asked",
    [
        "q=%00", "q=a%00b", "q=" + "%D0%B6" * 10_000, "q=%ED%A0%80", "q=%FF%FE", "q=a&q=b", "q=x&page=-1",
        "q=x&page=abc", "q=x&page=99999999999999999999", "q=x&kind=unknown", "q=x&kind=%00", "q=x&kind=faq&kind=term",
        "q[]=x", "q=%F0%9F%98%80", "q=%22", "q=%25", "q=*", "q=NEAR(a%20b)", "q=title%3A", "q=-", "q=a%20OR",
        "&&&=", "%", "q=%E2%80%AEevil", "q='%3B%20DROP%20TABLE", "q=((((", "q=%5C",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ru", "en"])
def test_whatever_stands_in_the_address_gets_a_proper_page(
    fetch: Fetch, client: Client, language: str, asked: str
) -> None:
    address = f"/{language}/search/?{asked}"

    assert client.get(address).status_code == 200
    assert fetch(address).words("h1") == ["Поиск" if language == "ru" else "Search"]


def test_of_several_queries_the_last_counts(fetch: Fetch, engine: Engine) -> None:
    fetch("/en/search/?q=first&q=last")

    assert [call["query"] for call in engine.calls] == ["last"]


def test_who_pastes_a_page_is_told_that_only_its_beginning_counts(ask: Callable[..., Markup], engine: Engine) -> None:
    page = ask("ж" * 1000)

    assert "Запрос слишком длинный: мы искали только по первым 200 знакам." in page.text
    assert len(engine.calls[0]["query"]) == 200


def test_what_was_asked_is_kept_nowhere(
    client: Client, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)

    answer = client.get("/ru/search/?q=stydno")

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("ETag")
    assert not answer.cookies
    assert "stydno" not in caplog.text
    assert b"stydno" not in answer.content.partition(b"</title>")[0]


def test_the_blank_page_is_kept_like_any_other(client: Client, engine: Engine) -> None:
    answer = client.get("/en/search/")

    assert answer["Cache-Control"].startswith("max-age=60")
    assert answer["Content-Language"] == "en"
    assert answer.has_header("ETag")


def test_no_search_engine_keeps_a_search(ask: Callable[..., Markup], engine: Engine) -> None:
    page = ask("судорога")

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert not page.all("link", rel="canonical")
    assert not page.alternates()


def test_the_same_is_asked_in_the_other_language(ask: Callable[..., Markup], engine: Engine) -> None:
    page = ask("cramp & pain", "&kind=faq")

    assert page.all("a", href="/en/search/?q=cramp+%26+pain&kind=faq")


def test_a_form_that_is_posted_is_refused(client: Client) -> None:
    assert client.post("/ru/search/", {"q": "x"}).status_code == 405


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(ask_engine: Callable[..., Markup]) -> None:
    shelve(a_faq(title="Помогает ли растяжка?", slug="rastyazhka"), item=an_id("stretching"))

    before = ask_engine("растяжки")
    withdraw(an_id("stretching"))
    after = ask_engine("растяжки")

    assert [one.attributes["href"] for one in before.all("a") if "rastyazhka" in one.attributes["href"]]
    assert before.words("mark") == ["растяжка"]
    assert "rastyazhka" not in after.html


def test_a_slip_is_mended_unless_exactly_that_is_wanted(ask_engine: Callable[..., Markup]) -> None:
    shelve(a_faq(title="Опасна ли эпилепсия?", slug="epilepsiya"), item=an_id("epilepsy"))

    mended, exact = ask_engine("эпилепися"), ask_engine("эпилепися", "&exact=1")

    assert "Похоже, в запросе опечатка." in mended.text
    assert "По запросу «эпилепися» ничего не найдено" in exact.words("h2")


@pytest.mark.parametrize("count", [1, 40])
def test_a_page_costs_the_same_for_one_result_and_for_many(
    client: Client, engine: Engine, django_assert_num_queries: Callable[[int], Any], count: int
) -> None:
    engine.answer = found(*(a_hit(f"Ответ {number}") for number in range(count)))

    with django_assert_num_queries(2):
        client.get("/ru/search/?q=x")
