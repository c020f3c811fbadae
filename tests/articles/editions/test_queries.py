"""What readers and partners get from the shelf, and how many queries it costs."""

import pytest

from articles.editions import queries
from articles.publishing.withdraw import withdraw
from tests.factories.desk import an_article, an_editor
from tests.factories.documents import (
    ARTICLE,
    a_document,
    an_id,
    shelve,
)
from tests.factories.documents import withdraw as withdraw_document
from tests.factories.documents_of_kinds import a_term, a_topic
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db


def test_an_article_is_found_under_every_slug_it_ever_had_in_any_language(django_assert_num_queries):
    article, vera = an_article("cramps"), an_editor()
    publish_article(article, by=vera)
    article.slug_en = "leg-cramps"
    article.save()
    publish_article(article, by=vera, at=later(1))

    for slug in ("cramps", "leg-cramps", "cramps-ru"):
        with django_assert_num_queries(1):
            found = queries.by_slug("article", slug)
            assert found is not None
            assert found.shelved("en").document.slug == "leg-cramps"
            assert found.shelved("ru").twin.slug == "leg-cramps"


def test_nothing_is_found_under_a_slug_of_a_draft():
    an_article("draft")

    assert queries.by_slug("article", "draft") is None


def test_a_list_costs_two_queries_whatever_its_length(django_assert_num_queries):
    vera = an_editor()
    for number in range(5):
        publish_article(an_article(f"a-{number}"), by=vera, at=later(number))

    for limit in (1, 5):
        with django_assert_num_queries(2):
            page = queries.live_list("article", "ru", limit=limit)
            assert [shelved.document.slug for shelved in page] == [f"a-{number}-ru" for number in range(limit)]
            assert all(shelved.twin.language == "en" for shelved in page)


def test_a_list_goes_on_behind_a_key():
    vera = an_editor()
    for number in range(3):
        publish_article(an_article(f"a-{number}"), by=vera, at=later(number))
    first = queries.live_list("article", "en", limit=1)[0].standing

    rest = queries.live_list("article", "en", limit=9, after=(first.content_changed_at, first.item))

    assert [shelved.document.slug for shelved in rest] == ["a-1", "a-2"]


def test_withdrawn_items_are_in_no_list_and_no_link():
    vera = an_editor()
    article = an_article()
    publish_article(article, by=vera)
    reasons = {"ru": "Ошибка.", "en": "An error."}
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=reasons, by=vera, at=later(1))

    assert queries.live_list("article", "ru", limit=9) == []
    assert queries.targets([str(article.pk)], "ru") == {}
    assert queries.targets([str(article.pk)], "en")[str(article.pk)].title == "Cramps in tests"


def test_links_without_targets_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.targets([], "ru") == {}


def test_live_items_of_a_kind_are_found_as_targets_without_reading_a_document(django_assert_num_queries):
    shelve(a_topic(), item=an_id("topic"))
    shelve(a_topic("Gone", slug="gone"), item=an_id("gone"))
    withdraw_document(an_id("gone"))

    with django_assert_num_queries(1):
        found = queries.live_targets("topic", "ru")

    assert {item: (target.title, target.path) for item, target in found.items()} == {
        an_id("topic"): ("Мышцы", "/ru/topics/myshtsy/")
    }


def test_live_targets_are_in_the_order_of_their_ids_whichever_came_first():
    ids = [an_id(f"topic {number}") for number in range(6)]
    for number, item in enumerate(ids):
        shelve(a_topic(slug=f"myshtsy-{number}"), item=item)

    assert list(queries.live_targets("topic", "ru")) == sorted(ids)


def test_a_target_that_is_a_term_says_its_codes_in_the_same_query(django_assert_num_queries):
    shelve(a_term(codes=["R25.2", "R25.3"]), item=an_id("cramp"))
    shelve(a_term("Плацебо", slug="platsebo"), item=an_id("placebo"))
    shelve(a_document())

    with django_assert_num_queries(1):
        found = queries.targets([an_id("cramp"), an_id("placebo"), ARTICLE], "ru")

    assert {item: target.codes for item, target in found.items()} == {
        an_id("cramp"): ("R25.2", "R25.3"), an_id("placebo"): (), ARTICLE: (),
    }  # fmt: skip
