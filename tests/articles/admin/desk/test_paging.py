"""A long list says about how long it is and counts its rows seldom; a short one says exactly how long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.desk import paging
from articles.admin.desk.paging import ListPaginator
from articles.content.terms import Term
from articles.content.topics import Topic
from tests.articles.admin.desk.browser import Desk
from tests.factories.desk import an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "EXACT", 20)
    Term.objects.bulk_create(
        Term(title_ru=f"Термин {n}", title_en=f"Term {n}", slug_ru=f"termin-{n}", slug_en=f"term-{n}")
        for n in range(123)
    )


def test_a_short_list_is_counted_exactly_and_no_further_than_it_has_to_be(many_terms: None) -> None:
    short = ListPaginator(Term.objects.filter(title_en__contains="121").order_by("pk"), 50)
    assert (short.count, short.about) == (1, None)

    with CaptureQueriesContext(connection) as captured:
        assert (ListPaginator(Term.objects.all(), 50).count, ListPaginator(Term.objects.all(), 50).about) == (123, 120)
    assert captured[0]["sql"].endswith("LIMIT 21) subquery")


def test_a_long_list_is_counted_again_only_after_a_while(many_terms: None) -> None:
    assert ListPaginator(Term.objects.all(), 50).count == 123
    Term.objects.filter(title_en__contains="121").delete()

    with CaptureQueriesContext(connection) as captured:
        assert ListPaginator(Term.objects.all(), 50).count == 123
    assert len(captured) == 1
    assert ListPaginator(Term.objects.filter(title_en__contains="2").order_by("pk"), 50).count > 20
    assert ListPaginator(Term.objects.none(), 50).count == 0


def test_the_list_says_about_how_long_it_is_and_shows_its_last_page(desk: Desk, many_terms: None) -> None:
    terms = reverse("admin:articles_term_changelist")

    assert "In all: about 120" in desk.client.get(terms).content.decode()
    assert len(desk.client.get(terms, {"p": 3}).context["cl"].result_list) == 23


def test_articles_are_filtered_by_a_topic_that_was_found_by_typing(desk: Desk) -> None:
    topic = Topic.objects.create(title_ru="Ноги", title_en="Legs", slug_ru="nogi", slug_en="legs")
    other = Topic.objects.create(title_ru="Руки", title_en="Arms", slug_ru="ruki", slug_en="arms")
    an_article("about-legs", title_en="About legs").topics.add(topic)
    an_article("about-arms", title_en="About arms").topics.add(other)
    page = reverse("admin:articles_article_changelist")

    def shown(**asked: str) -> list[str]:
        return [one.title_en for one in desk.client.get(page, asked).context["cl"].result_list]

    html = desk.client.get(page, {"topics__id__exact": str(topic.pk), "q": "about"}).content.decode()
    picker = html.split('class="chosen-filter"')[1].split("</form>")[0]
    assert "Legs" in picker
    assert "Arms" not in picker
    assert '<input type="hidden" name="q" value="about">' in picker
    assert shown(topics__id__exact=str(topic.pk)) == ["About legs"]
    assert shown(topics__id__exact="nonsense") == []
    assert sorted(shown()) == ["About arms", "About legs"]
