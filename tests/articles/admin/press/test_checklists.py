"""The checklist at the desk: its own page, and its place before publishing and before signing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions.shelf import Edition
from articles.editorial.checklists import Answer, Waiver
from articles.publishing.checklist import Entry, checklist
from tests.factories.desk import NOON, a_text, an_article, an_editor
from tests.factories.reviews import a_reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(settings: Any) -> None:
    settings.CHECKLIST_KINDS = ["article", "faq"]


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(an_editor())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def article() -> Article:
    article = an_article()
    a_text(article, ordering=30, ru="Растяжка <b>всегда</b> помогает.", en="Stretching helps.")
    return article


def page_of(article: Article) -> str:
    return reverse("admin:checklist", args=["article", article.pk])


def entries(article: Article) -> list[Entry]:
    return [one for language in ("ru", "en") for one in checklist(article, language, on=NOON.date())]  # type: ignore[arg-type]


def typed(article: Article, **given: str) -> dict[str, str]:
    """A reason for every warning and a yes to every question."""
    form = {f"reason_{one.key}": "В обзоре так и сказано." for one in entries(article) if one.takes_reason}
    return form | {f"answer_{one.key}": "yes" for one in entries(article) if one.level == "task"} | given


def test_every_finding_is_shown_with_its_words_marked_and_a_field_for_the_reason(
    desk: Client, article: Article
) -> None:
    html = desk.get(page_of(article)).content.decode()

    (warning,) = [one for one in entries(article) if one.takes_reason]
    assert "Растяжка <mark>всегда</mark> помогает." in html
    assert f'name="reason_{warning.key}"' in html
    assert "Is every emergency sign of this topic covered" in html
    assert page_of(article) in desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()


def test_what_was_typed_is_recorded_with_who_said_it(desk: Client, article: Article) -> None:
    response = desk.post(page_of(article), typed(article), follow=True)

    html = response.content.decode()
    assert "Checklist: nothing open" in html
    assert "В обзоре так и сказано." in html
    assert {row.said_by.username for row in [*Waiver.objects.all(), *Answer.objects.all()]} == {"vera"}
    assert not any(one.is_open for one in entries(article))


def test_a_reason_about_words_that_were_changed_meanwhile_is_about_nothing(desk: Client, article: Article) -> None:
    form = typed(article)
    a_text(article, ordering=40, ru="Магний никогда не вредит.", en="Another.")
    article.textblock_set.filter(ordering=30).delete()

    desk.post(page_of(article), form)

    assert not Waiver.objects.exists()
    assert not Answer.objects.exists()


def test_no_needs_a_note_and_nothing_that_was_typed_is_lost(desk: Client, article: Article) -> None:
    task = next(one for one in entries(article) if one.level == "task")
    other = [one for one in entries(article) if one.level == "task"][1]
    form = {f"answer_{task.key}": "no", f"note_{other.key}": "Note without an answer\u202e"}

    response = desk.post(page_of(article), form)

    html = response.content.decode()
    assert response.status_code == 422
    assert "Say why the answer is not a plain yes." in html
    assert f'href="#check-{task.key}"' in html
    assert "Note without an answer" in html
    assert not Answer.objects.exists()


def test_a_note_that_is_too_long_is_refused_whole_and_no_browser_cuts_it(desk: Client, article: Article) -> None:
    task = next(one for one in entries(article) if one.level == "task")
    note = "Long. " * 200
    response = desk.post(page_of(article), {f"answer_{task.key}": "no", f"note_{task.key}": note})

    html = response.content.decode()
    assert response.status_code == 422
    assert "At most 1000 characters." in html
    assert note.strip() in html
    assert "maxlength" not in html.partition('id="content-main"')[2]
    assert not Answer.objects.exists()


def test_the_publish_page_records_and_publishes_in_one_go(desk: Client, article: Article) -> None:
    url = reverse("admin:publish", args=["article", article.pk])
    html = desk.get(url).content.decode()
    seen = {f"seen_{code}": html.split(f'name="seen_{code}" value="')[1].split('"')[0] for code in ("ru", "en")}
    form = {"languages": ["ru", "en"], "reason_ru": "Нет врача.", "reason_en": "No reviewer."} | seen

    refused = desk.post(url, form)
    assert refused.status_code == 422
    assert not Edition.objects.exists()
    recorded = desk.post(url, form | typed(article) | {"_record": "1"})
    assert "Нет врача." in recorded.content.decode()
    assert not Edition.objects.exists()
    assert desk.post(url, form).status_code == 302
    assert Edition.objects.count() == 2


def test_a_reviewer_answers_on_the_review_page_and_comes_back_to_it(client: Client, article: Article) -> None:
    client.force_login(a_reviewer())
    review = reverse("admin:review", args=["article", article.pk, "ru"])
    assert f'action="{page_of(article)}"' in client.get(review).content.decode()

    response = client.post(page_of(article), typed(article, next="review_ru"))

    assert response.headers["Location"] == review
    assert Answer.objects.exists()
    elsewhere = client.post(page_of(article), {"next": "https://elsewhere.test/"})
    assert elsewhere.headers["Location"] == page_of(article)


def test_without_the_right_nothing_is_shown_and_nothing_recorded(client: Client, article: Article) -> None:
    client.force_login(User.objects.create_user("guest", password="correct horse battery", is_staff=True))

    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), typed(article)).status_code == 403
    assert not Waiver.objects.exists()


def test_what_has_no_checklist_has_no_page(desk: Client, article: Article) -> None:
    assert desk.get(reverse("admin:checklist", args=["quote", article.pk])).status_code == 404
    assert desk.get(reverse("admin:checklist", args=["faq", article.pk])).status_code == 404
