"""The publish page where only signatures, confirmations or names moved: no reason is asked, no word changes."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.canonical.languages import LANGUAGES
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.shelf import Edition
from articles.publishing import workflow
from articles.publishing.agreeing import before, note
from articles.publishing.reviewing import take_back
from tests.articles.admin.press.test_publishing import as_shown, opened, page_of
from tests.factories.desk import NOON, an_article
from tests.factories.reviews import NAMES, a_reviewer, sign_text
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_a_signed_text_shows_its_review_and_asks_for_no_reason(desk: Client) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer())

    html = desk.get(page_of(article)).content.decode()
    assert f"Medical review: {NAMES['ru']}, 22 November 2026. Next review by 22 November 2027." in html
    assert 'name="reason_ru"' not in html
    assert 'name="reason_en"' in html

    desk.post(page_of(article), as_shown(html))
    found = queries.by_id("article", article.pk)
    assert [found.shelved(language).envelope.review.state for language in ("ru", "en")] == ["reviewed", "not_reviewed"]


def test_what_a_reviewer_has_or_has_returned_is_not_ticked_and_gets_no_reason_by_itself(
    desk: Client, editor: User
) -> None:
    article = an_article()
    for language in LANGUAGES:
        workflow.submit("article", article.pk, language, by=editor, at=NOON)
    workflow.send_back("article", article.pk, "en", note="Name the dose.", by=a_reviewer(), at=NOON)

    html = desk.get(page_of(article)).content.decode()

    assert "This text waits for a medical review." in html
    assert "This text was returned for changes and has not been approved." in html
    assert "Name the dose." in html
    form = as_shown(html)
    assert (form.get("languages", []), form["reason_ru"], form["reason_en"]) == ([], "", "")

    # Not to wait is possible, as a decision that somebody gives a reason for.
    desk.post(page_of(article), form | {"languages": ["ru"]})
    assert not Edition.objects.exists()
    desk.post(page_of(article), form | {"languages": ["ru"], "reason_ru": "The reviewer is ill."})
    assert [one.language for one in Edition.objects.all()] == ["ru"]


def test_a_text_that_was_signed_since_is_ticked_and_goes_out_as_a_review(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    sign_text(article, "ru", by=a_reviewer())

    form = opened(desk, article)
    assert form["languages"] == ["ru"]
    desk.post(page_of(article), form)

    newest = queries.by_id("article", article.pk).shelved("ru").envelope
    assert (newest.number, newest.change.class_, newest.review.state) == (2, "review", "reviewed")


def test_a_signature_that_is_taken_back_is_told_and_asks_for_a_reason_again(desk: Client, editor: User) -> None:
    article, anna = an_article(), a_reviewer()
    row = sign_text(article, "ru", by=anna)
    desk.post(page_of(article), opened(desk, article))
    take_back(row, by=anna, at=NOON)

    html = desk.get(page_of(article)).content.decode()

    assert "The medical reviewer has taken the signature back." in html
    assert "ru" in as_shown(html)["languages"]
    assert 'name="reason_ru"' in html


def test_a_better_wording_of_one_language_takes_the_confirmed_translation_along(desk: Client, editor: User) -> None:
    """This language only: the translation is ticked, has a review without a changed word, and stays in step."""
    article = an_article()
    publish_article(article, by=editor)
    was = before(article)
    article.title_ru = "Судороги: тесты"
    article.save()
    note(article, was, this_language_only=True, by=editor, at=NOON)

    form = opened(desk, article)
    assert form["languages"] == ["ru", "en"]
    assert "Publish it too" in desk.get(page_of(article)).content.decode()
    desk.post(page_of(article), form | {"class_ru": "wording", "note_ru": "Заголовок яснее."})

    found = queries.by_id("article", article.pk)
    english = found.shelved("en")
    assert (english.envelope.number, english.envelope.change.class_) == (2, "review")
    assert english.envelope.content_digest == Edition.objects.get(language="en", number=1).content_digest
    assert [found.shelved(language).translation.state for language in ("ru", "en")] == ["in_step", "in_step"]


def test_a_name_that_is_new_is_shown_ticked_and_goes_out_as_a_review(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    # Nobody of this name exists.
    Article.objects.update(translators_en="Proba <Three>, translator")

    html = desk.get(page_of(article)).content.decode()
    assert html.count("The names of those who wrote or translated it have changed.") == 1
    assert "Proba &lt;Three&gt;, translator" in html
    form = as_shown(html)
    assert form["languages"] == ["en"]
    desk.post(page_of(article), form)

    newest = queries.by_id("article", article.pk).shelved("en").envelope
    assert (newest.number, newest.change.class_) == (2, "review")
    assert newest.credits.translated == ["Proba <Three>, translator"]
    assert "The names of those who" not in desk.get(page_of(article)).content.decode()
