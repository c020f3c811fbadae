"""Search shows what is live at this moment, in the reader's language first, and never fails on what somebody types."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editions.shelf import Change, Edition, Standing
from articles.publishing.withdraw import withdraw_part
from articles.search import finding, scoring
from articles.search.entries import entry, written
from articles.search.finding import search
from articles.search.following import follow
from articles.search.passages import passages
from articles.search.results import Results
from articles.search.tables import IndexedText
from tests.factories.desk import a_quote, an_article, place
from tests.factories.documents import a_person, an_id, heading, quoted, shelve, text, withdraw
from tests.factories.documents import a_quote as a_frozen_quote
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, an_expert
from tests.factories.searching import marks_of, only, restore, shelve_text, text_of, titles
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nobody follows the journal: the index stays as it is."""
    follow()

    def fails(**how: object) -> int:
        raise DatabaseError("the index cannot be written")

    monkeypatch.setattr(finding, "follow", fails)


def test_a_text_is_found_by_any_form_of_its_words_and_shown_with_them_marked() -> None:
    shelve_text("Магний", text("Ночные судороги связывали с нехваткой магния."), summary="Коротко.")
    hit = only(search("судорогой магнию", "ru").hits)
    assert text_of(hit.title) == "Магний"
    assert marks_of(hit.excerpt) == ["судороги", "магния"]
    assert (hit.kind, hit.language, hit.is_other_language) == ("article", "ru", False)


@pytest.mark.parametrize("query", ["", " ", "\n\t", "…", "?!", "«»", "\0", "\ud800"])
def test_a_question_without_words_finds_nothing(query: str) -> None:
    shelve_text("Магний")
    assert search(query, "ru") == Results(query=query)


HOSTILE = [
    '"', '""', "*", "магний*", "NEAR(", "NEAR(магний, 2)", "a AND", "AND", "OR", "NOT магний", "магний OR", "a:магний",
    "{a} : магний", "^магний", "-магний", "+магний", "магний:*", "магний:A", "&", "|", "!", "<->", "магний <-> кальций",
    "&|!<->", "'", "''; DROP TABLE articles_indexedtext; --", "\\", "\\'", "%", "%s", "%(x)s", "{}", "{0}", "маг\0ний",
    "\ud800магний", "магний\udfff", "\u202eйингам", "🦵", "маг\u00adний", "м" * 100_000, "магний " * 15_000,
    "(" * 5_000, "ё" * 300, "١٢٣", "ﬁ", "Ⅷ", "ǅ", "İ", "ß", "\u0301" * 500, "\U00017000AA", "а\u0301" * 300,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_question_breaks_anything(query: str) -> None:
    shelve_text("Магний", text("О магнии и кальции."))
    found = search(query, "ru")
    assert found.query == query
    assert search(query, "ru") == found
    assert IndexedText.objects.count() == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.text(max_size=80))
def test_no_text_at_all_breaks_anything(query: str) -> None:
    assert search(query, "en").query == query


@pytest.mark.parametrize(
    "query", ["барсук AND выдра", "барсук OR выдра", "барсук NOT выдра", '"барсук выдра"', "барсук*"]
)
def test_the_syntax_of_an_engine_means_nothing(query: str) -> None:
    shelve_text("Барсук и выдра", text("Барсук, выдра."))
    shelve_text("Барсук", text("Только барсук."))
    assert titles(query) == titles("барсук" if query == "барсук*" else "барсук выдра") != []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_withdrawn_leaves_at_once_whatever_the_index_holds(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve_text("Магний", text("Барсук."))
    shelve_text("Кальций", text("Барсук."))
    assert len(titles("барсук")) == 2
    monkeypatch.setattr(finding, "follow", lambda **how: 0)
    withdraw(an_id("Магний"))
    assert IndexedText.objects.count() == 2
    assert titles("барсук", language) == ["Кальций"]  # type: ignore[arg-type]
    restore(an_id("Магний"))
    assert len(titles("барсук", language)) == 2  # type: ignore[arg-type]


def test_words_of_a_withdrawn_quote_neither_match_nor_show(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    quote, article = a_quote(text_ru="Барсуковедение лечит судороги", text_en="Badgerology"), an_article()
    place(article, quote)
    publish_article(article, by=editor)
    assert len(titles("барсуковедение")) == 1
    monkeypatch.setattr(finding, "follow", lambda **how: 0)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=editor, at=later(5))
    assert "барсуковедение" in IndexedText.objects.get(language="ru").forms
    assert search("барсуковедение", "ru").hits == []
    found = search("судороги", "ru")
    assert "арсуков" not in str(found)
    assert len(found.hits) == 1


def test_nor_do_they_show_as_what_somebody_may_have_meant(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    quote, article = a_quote(text_ru="Барсуковедение лечит", text_en="Badgerology"), an_article()
    place(article, quote)
    publish_article(article, by=editor)
    assert search("барсуковдение", "ru").meant == "барсуковедение"
    monkeypatch.setattr(finding, "follow", lambda **how: 0)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=editor, at=later(5))
    for query in ("барсуковдение", "судороги барсуковдение", "cudorogi барсуковдение"):
        assert "барсуковедение" not in search(query, "ru").meant


def test_an_amended_text_is_found_as_it_is_now_though_the_index_has_its_old_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelve_text("Магний", text("Рядом живёт барсук. Ещё рядом выдра."))
    assert titles("барсук") == ["Магний"]
    monkeypatch.setattr(finding, "follow", lambda **how: 0)
    shelve_text("Магний", text("Осталась выдра."))
    assert titles("барсук") == []
    assert text_of(only(search("выдра", "ru").hits).excerpt) == "Осталась выдра."


def test_a_draft_is_never_found(editor: User) -> None:
    article = an_article(title_ru="Барсуковедение")
    assert titles("барсуковедение") == []
    publish_article(article, by=editor)
    article.title_ru = "Выдроведение"
    article.save()
    assert titles("барсуковедение") == ["Барсуковедение"]
    assert titles("выдроведение") == []


def test_a_search_follows_the_journal_by_itself_and_answers_when_it_cannot(stale: None) -> None:
    shelve_text("Магний")
    assert titles("магний") == []


def test_what_was_just_published_is_found_without_a_worker() -> None:
    shelve_text("Магний")
    assert titles("магний") == ["Магний"]


@pytest.mark.parametrize("part", ["quoted", "participates"])
def test_a_person_is_found_by_name_and_so_are_the_texts_that_carry_their_words(part: str) -> None:
    shelve(an_expert(a_person(part=part)), item=an_id("anna"))
    shelve_text("Судороги", quoted(a_frozen_quote()))
    assert [hit.kind for hit in search("Анна Проверочная", "ru").hits] == ["expert", "article"]


def test_the_words_of_each_passage_lead_to_it() -> None:
    first, second = heading("Когда к врачу"), text("Нога отекла и посинела.")
    shelve_text("Судороги", text("Начало."), first, second, summary="О судорогах.")
    hit = only(search("посинела", "ru").hits)
    assert hit.heading == "Когда к врачу"
    assert hit.path == f"/ru/articles/text-{an_id('Судороги')[:8]}/#b{second.id[:8]}"
    hit = only(search("о судорогах", "ru").hits)
    assert "#" not in hit.path
    assert text_of(hit.excerpt) == "О судорогах."


def test_a_heading_shows_what_stands_under_it() -> None:
    above, under = heading("Барсуки"), text("Живут в норах.")
    shelve_text("Звери", above, under)
    hit = only(search("барсук", "ru").hits)
    assert (hit.heading, text_of(hit.excerpt)) == ("Барсуки", "Живут в норах.")
    assert hit.path.endswith(f"#b{above.id[:8]}")


def test_a_term_leads_to_its_place_in_the_glossary() -> None:
    shelve(a_term(), item=an_id("term"))
    hit = only(search("мышечные судороги", "ru").hits)
    assert hit.path == "/ru/glossary/#krampi"


def glossary(russian: str, english: str, **fields: list[str]) -> None:
    item = an_id(russian)
    synonyms = {"ru": fields.get("ru", []), "en": fields.get("en", [])}
    shelve(a_term(russian, slug=f"t-{item[:8]}", synonyms=synonyms["ru"]), "ru", item=item)
    shelve(a_term(english, slug=f"e-{item[:8]}", synonyms=synonyms["en"]), "en", item=item)


def test_synonyms_of_the_glossary_find_each_other() -> None:
    glossary("Судорога", "Cramp", ru=["крампи"])
    shelve_text("Судорога ночью", text("Судорога проходит."))
    assert "Судорога ночью" in titles("крампи")


def test_what_only_the_other_language_has_comes_last_and_says_so() -> None:
    glossary("Магний", "Magnesium")
    shelve_text("Магний и вода", item=an_id("ru"))
    shelve_text("Magnesium and water", language="en", item=an_id("en"))
    for query in ("магний", "magnesium"):
        found = search(query, "ru").hits
        assert [(text_of(hit.title), hit.is_other_language) for hit in found] == [
            ("Магний", False),
            ("Магний и вода", False),
            ("Magnesium and water", True),
        ]
        assert [hit.language for hit in found] == ["ru", "ru", "en"]
    assert [hit.is_other_language for hit in search("магний", "en").hits] == [False, False, True]


def test_english_words_on_the_russian_site_find_an_english_text_that_has_no_translation() -> None:
    shelve_text("Badgers at night", language="en")
    hit = only(search("badgers", "ru").hits)
    assert (hit.language, hit.is_other_language, hit.path[:4]) == ("en", True, "/en/")


def test_never_both_languages_of_one_item() -> None:
    glossary("Магний", "Magnesium")
    shelve_text("О магнии", item=an_id("one"))
    shelve_text("On magnesium", text("магний magnesium"), language="en", item=an_id("one"))
    for language in ("ru", "en"):
        found = search("магний magnesium", language).hits  # type: ignore[arg-type]
        assert len({hit.item for hit in found}) == len(found) == 2
        assert {hit.language for hit in found} == {language}


def test_a_misspelt_word_is_looked_for_as_it_was_meant_and_says_so() -> None:
    shelve_text("Беременность")
    found = search("берименность", "ru")
    assert (found.query, found.meant, found.how) == ("берименность", "беременность", "spelling")
    assert len(found.hits) == 1
    found = search("беременность", "ru")
    assert (found.meant, found.how) == ("", "as_typed")


def test_texts_are_not_scored_for_a_reading_that_cannot_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    shelve_text("Беременность")
    shelve_text("Магний")
    scored, as_it_is = [], finding._scored

    def scoring_them(ids: list[int], wanted: list[scoring.Wanted]) -> object:
        scored.append(ids)
        return as_it_is(ids, wanted)

    monkeypatch.setattr(finding, "_scored", scoring_them)
    assert search("берименность", "ru").meant == "беременность"
    assert len(scored) == 1
    # No text has both words, and one that had what was typed would be worth more.
    search("берименность магний", "ru")
    assert len(scored) == 3


def test_what_nobody_wrote_about_is_not_replaced_by_something_else() -> None:
    shelve_text("Магний")
    assert search("тромбофлебит", "ru") == Results(query="тромбофлебит")


def test_kinds_are_counted_whatever_was_asked_and_only_those_asked_for_are_shown() -> None:
    shelve_text("Магний")
    shelve(a_faq(title="Поможет ли магний?"), item=an_id("faq"))
    shelve(a_page(title="О магнии на сайте"), item=an_id("page"))
    every = search("магний", "ru")
    assert (every.total, every.by_kind) == (3, {"article": 1, "faq": 1, "page": 1})
    some = search("магний", "ru", kinds=["faq", "page"])
    assert (some.total, some.by_kind) == (2, every.by_kind)
    assert [hit.kind for hit in some.hits] == ["faq", "page"]
    assert search("магний", "ru", kinds=["nothing"]).hits == []


def test_pages_of_results_join_without_a_gap() -> None:
    for number in range(7):
        shelve_text(f"Магний {number}")
    every = titles("магний")
    assert len(every) == 7
    assert [title for at in (0, 3, 6, 9) for title in titles("магний", offset=at, limit=3)] == every
    assert titles("магний", offset=-5, limit=2) == every[:2]
    assert titles("магний", limit=-1) == titles("магний", limit=0) == []


def test_equal_texts_have_an_order_that_does_not_depend_on_when_they_were_indexed() -> None:
    for number in range(6):
        shelve_text("Магний", item=an_id(f"text {number}"), slug=f"magnij-{number}")
    items = [hit.item for hit in search("магний", "ru").hits]
    keys = [IndexedText.key(item, "ru") for item in items]
    assert keys == sorted(keys)


def test_a_question_leaves_nothing_behind() -> None:
    shelve_text("Магний")
    search("магний", "ru")
    with CaptureQueriesContext(connection) as queries:
        search("барсук магний", "ru")
    assert [query["sql"] for query in queries if not query["sql"].lstrip().upper().startswith("SELECT")] == []
    assert len(queries) <= 10


def test_the_engine_and_the_scorer_find_the_same_as_scoring_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 40)
    words = ["магний", "кальций", "ночью", "икра", "врач", "беременность", "сводит", "статины", "растяжка", "вода"]
    for number in range(60):
        chosen = [words[(number * step + step) % 10] for step in (1, 3, 7)]
        body = " ".join(words[(number + at * at) % 10] for at in range(number % 23))
        shelve_text(" ".join(chosen[: 1 + number % 3]), text(body or "Пусто."), item=an_id(f"text {number}"),
                    slug=f"text-{number}", summary=chosen[2] if number % 2 else "")  # fmt: skip
    for query in ("магний", "магний ночью", "врач беременность статины", "вода растяжка сводит икра"):
        got = [(hit.item, hit.score) for hit in search(query, "ru", limit=10).hits]
        assert got == exhaustive(query)[:10]
        assert len(got) == 10


def exhaustive(query: str) -> list[tuple[str, float]]:
    """Every live text scored from its document, by the scorer alone."""
    known = finding.lexicon()
    asking = finding._Asking("ru", (), known)
    answer = asking.answer(finding.readings(query, known.vocabulary, known.thesaurus)[0])
    found = []
    for row in Standing.objects.select_related("edition").filter(state="live"):
        made = entry(passages(row.edition.document, "ru"))
        scored = scoring.Scorer(answer.wanted, "ru").score(
            row.kind, sizes=made.sizes, postings=made.postings, stretches=written(made.stretches)
        )
        if scored.score:
            found.append((IndexedText.key(row.item, "ru"), str(row.item), scored.score))
    return [(item, score) for key, item, score in sorted(found, key=lambda one: (-one[2], one[0]))]


@given(st.dictionaries(st.integers(0, 400), st.sampled_from([0.25, 0.5, 0.75, 1.5]), max_size=300))
def test_those_that_promise_most_are_taken_of_equals_those_with_the_smallest_keys(promise: dict[int, float]) -> None:
    in_order = sorted(promise, key=lambda id: (-promise[id], id))
    assert sorted(finding._best(promise, promise.keys())) == sorted(in_order[: finding.CANDIDATES])


def test_the_shelf_is_only_read() -> None:
    shelve_text("Магний")
    before = [list(model.objects.order_by("pk").values()) for model in (Change, Edition, Standing)]
    search("магний", "ru")
    assert before == [list(model.objects.order_by("pk").values()) for model in (Change, Edition, Standing)]


def test_an_exact_question_is_read_in_no_other_way() -> None:
    shelve_text("Беременность")
    assert search("берименность", "ru", exact=True) == Results(query="берименность")
    assert len(search("беременность", "ru", exact=True).hits) == 1


def test_a_title_that_is_the_question_is_first_among_many_texts_that_say_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    for number in range(12):
        shelve_text(f"Магний {number}", text("магний " * 40), item=an_id(f"text {number}"), summary="Магний.")
    shelve_text("О магнии")
    assert titles("магний", limit=1) == ["О магнии"]
