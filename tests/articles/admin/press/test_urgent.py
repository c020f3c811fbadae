"""A safety correction past the review: first why, then exactly what goes out, and only then the shelf."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions import queries
from articles.editorial.audit import AuditEntry
from articles.publishing.afterwards import urgent_unreviewed
from articles.publishing.workflow import send_back, submit
from tests.articles.admin.press.test_publishing import as_shown
from tests.factories.desk import an_article
from tests.factories.people import somebody
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(settings, editor: User) -> Article:
    """Live and reviewed, corrected at the desk since, on a site where articles go out only when signed."""
    settings.UNREVIEWED_KINDS = frozenset()
    article = an_article()
    sign_text(article, "ru", by=a_reviewer())
    publish_article(article, by=editor, languages=["ru"])
    Article.objects.filter(pk=article.pk).update(summary_ru="Не больше одной таблетки в сутки.")
    return article


def page_of(article: Article) -> str:
    return reverse("admin:urgent", args=["article", article.pk])


def live(article: Article) -> tuple[int, str]:
    shelved = queries.by_id("article", article.pk).shelved("ru")
    return shelved.envelope.number, shelved.envelope.review.state


def sent_by(html: str) -> dict[str, str]:
    """The hidden fields of the page, as a browser would send them on."""
    return dict(re.findall(r'<input type="hidden" name="((?!csrf)[^"]+)" value="([^"]*)"', html))


WHY = {"why": "Десятикратная доза.", "note_ru": "Исправлена доза.", "reason_ru": "Ждать проверки нельзя."}


def test_the_publisher_is_refused_and_shown_the_two_ways_on(desk: Client, article: Article) -> None:
    html = desk.get(reverse("admin:publish", args=["article", article.pk])).content.decode()
    assert "Nobody has signed: Russian" in html
    assert page_of(article) in html

    form = as_shown(html) | {"languages": ["ru"], "class_ru": "safety", "note_ru": "Исправлена доза."}
    response = desk.post(reverse("admin:publish", args=["article", article.pk]), form)

    assert response.status_code == 422
    assert "Nobody has approved these very words." in response.content.decode()
    assert live(article) == (1, "reviewed")


def test_two_presses_put_it_on_the_shelf_and_it_waits_for_its_review(desk: Client, article: Article) -> None:
    first = sent_by(desk.get(page_of(article)).content.decode()) | WHY | {"languages": ["ru"], "_look": ""}
    looked = desk.post(page_of(article), first)
    html = looked.content.decode()
    assert looked.status_code == 200
    assert "Publish now, without waiting" in html
    assert "Десятикратная доза." in html
    assert live(article) == (1, "reviewed")

    desk.post(page_of(article), sent_by(html) | {"_publish": ""})

    assert live(article) == (2, "not_reviewed")
    [task] = urgent_unreviewed()
    assert (task.step.note, task.step.is_urgent) == ("Десятикратная доза.", True)
    assert (
        "without waiting for a review"
        in desk.get(reverse("admin:workflow", args=["article", article.pk])).content.decode()
    )


def test_without_a_reason_or_with_words_nobody_looked_at_nothing_goes_out(desk: Client, article: Article) -> None:
    shown = sent_by(desk.get(page_of(article)).content.decode()) | WHY | {"languages": ["ru"]}

    silent = desk.post(page_of(article), shown | {"why": "  ", "_look": ""})
    assert "Say why readers cannot wait for a review." in silent.content.decode()
    html = desk.post(page_of(article), shown | {"_look": ""}).content.decode()
    Article.objects.filter(pk=article.pk).update(summary_ru="Не больше двух таблеток в сутки.")
    moved = desk.post(page_of(article), sent_by(html) | {"_publish": ""})

    assert (moved.status_code, live(article)) == (422, (1, "reviewed"))
    assert desk.post(page_of(article), WHY | {"_publish": ""}).status_code == 422


def test_what_a_reviewer_returned_is_said_and_asked_about_on_both_steps(
    desk: Client, article: Article, editor: User
) -> None:
    submit("article", article.pk, "ru", by=editor, at=later(1))
    send_back("article", article.pk, "ru", note="Проверьте единицы.", by=a_reviewer("boris"), at=later(2))
    html = desk.get(page_of(article)).content.decode()
    assert "A reviewer returned these very words" in html
    assert "Проверьте единицы." in html

    first = sent_by(html) | WHY | {"languages": ["ru"], "_look": ""}
    refused = desk.post(page_of(article), first)
    assert (refused.status_code, '#knowing_ru"' in refused.content.decode()) == (422, True)
    looked = desk.post(page_of(article), first | {"knowing": ["ru"]}).content.decode()
    assert "It is recorded that you publish it nevertheless." in looked
    assert sent_by(looked)["knowing"] == "ru"
    desk.post(page_of(article), sent_by(looked) | {"_publish": ""})

    assert live(article) == (2, "not_reviewed")
    assert AuditEntry.objects.filter(act="published-returned").exists()


def test_only_publishers_come_here(article: Article) -> None:
    for role in ("author", "translator", "medical_reviewer"):
        client = Client()
        client.force_login(somebody(role))
        assert client.post(page_of(article), WHY | {"languages": ["ru"], "_publish": ""}).status_code == 403
    assert live(article) == (1, "reviewed")
