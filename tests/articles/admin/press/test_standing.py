"""Lists say per language what readers see; one computation for the page, whatever its length."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.content.experts import Expert
from articles.content.texts import Article
from articles.publishing.gist_following import follow
from articles.publishing.withdraw import withdraw
from tests.factories.desk import NOON, a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

ARTICLES = reverse("admin:articles_article_changelist")
STATES = ["never", "live", "changed", "withdrawn"]


@pytest.fixture
def one_of_each(editor: User) -> dict[str, Article]:
    """An article in every state in English; in Russian all but the first are live."""
    found = {state: an_article(state, title_en=f"Title {state}") for state in STATES}
    for state in STATES[1:]:
        publish_article(found[state], by=editor)
    Article.objects.filter(pk=found["changed"].pk).update(summary_en="Another summary.")
    withdraw(
        "article", found["withdrawn"].pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON
    )
    return found


def rows(html: str) -> list[str]:
    return html.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]


def test_each_language_has_its_own_state(desk: Client, one_of_each: dict[str, Article]) -> None:
    shown = {
        state: next(row for row in rows(desk.get(ARTICLES).content.decode()) if f"Title {state}" in row)
        for state in STATES
    }

    assert "state-never" in shown["never"]
    assert shown["live"].count("state-live") == 2
    assert shown["changed"].count("state-changed") == 1
    assert shown["changed"].count("state-live") == 1
    assert shown["withdrawn"].count("state-withdrawn") == 1


@pytest.mark.parametrize("state", STATES)
def test_the_filter_finds_exactly_the_articles_in_a_state(
    desk: Client, one_of_each: dict[str, Article], state: str
) -> None:
    found = rows(desk.get(ARTICLES, {"state": f"{state}-en"}).content.decode())

    assert len(found) == 1
    assert f"Title {state}" in found[0]


def test_a_filter_that_does_not_exist_filters_nothing(desk: Client, one_of_each: dict[str, Article]) -> None:
    assert len(rows(desk.get(ARTICLES, {"state": "nonsense"}).content.decode())) == len(STATES)


def test_a_changed_speaker_marks_the_text_as_changed_and_its_parts_as_different(desk: Client, editor: User) -> None:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    assert 'class="drift"' not in desk.get(ARTICLES).content.decode()

    Expert.objects.update(post_ru="заведующая")

    html = desk.get(ARTICLES).content.decode()
    assert html.count("state-changed") == 1
    assert reverse("admin:drift", args=[article.pk]) in html


def test_an_internal_note_is_no_change_for_readers(desk: Client, editor: User) -> None:
    publish_article(an_article(), by=editor)

    Article.objects.update(internal_note="Другая заметка.")

    assert "state-changed" not in desk.get(ARTICLES).content.decode()


def test_lists_of_eight_cost_as_many_queries_as_lists_of_one(desk: Client, editor: User) -> None:
    def add(slug: str) -> None:
        article = an_article(slug)
        place(article, a_quote())
        publish_article(article, by=editor)

    def queries() -> list[int]:
        follow()
        return [_queries(desk, kind) for kind in ("article", "quote", "source", "expert", "organisation")]

    add("first")
    queries()
    of_one = queries()
    for number in range(7):
        add(f"another-{number}")

    assert queries() == of_one
    assert max(of_one) <= 12


def _queries(desk: Client, kind: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(reverse(f"admin:articles_{kind}_changelist")).status_code == 200
    return len(captured)


def test_shared_parts_have_states_too(desk: Client, editor: User) -> None:
    article = an_article()
    quote = a_quote()
    place(article, quote)
    quotes = reverse("admin:articles_quote_changelist")
    before = desk.get(quotes).content.decode()
    publish_article(article, by=editor)
    live = desk.get(quotes).content.decode()
    quote.text_en = "Another wording."
    quote.save()
    after = desk.get(quotes).content.decode()

    assert before.count("state-never") == 2
    assert live.count("state-live") == 2
    assert (after.count("state-live"), after.count("state-changed")) == (1, 1)
