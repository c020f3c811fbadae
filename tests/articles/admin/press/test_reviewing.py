"""The review page: for medical reviewers alone; shows the text and what changed, and signs exactly what was seen."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from articles.content.experts import Expert
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.guards import erasing
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import SignOff, in_years
from articles.publishing import workflow
from articles.publishing.compose import compose
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_page, a_question
from tests.factories.reviews import NAMES, a_reviewer, sign_text
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> Client:
    """Somebody with the role of a medical reviewer and no other, who works in English."""
    client.force_login(a_reviewer())
    client.cookies["django_language"] = "en"
    return client


def page_of(item: Article, language: str = "ru") -> str:
    return reverse("admin:review", args=[item.kind, item.pk, language])


def filled(article: Article, **typed: Any) -> dict[str, Any]:
    form = {
        "seen": compose(article, "ru").content_digest,
        "name_ru": NAMES["ru"],
        "name_en": NAMES["en"],
        "next_on": in_years(localdate(), 1).isoformat(),
        "checked": "on",
    }
    return form | typed


def test_the_text_its_digest_and_a_form_are_shown(reviewer: Client) -> None:
    article = an_article()

    html = reviewer.get(page_of(article)).content.decode()

    assert f'src="{reverse("admin:preview_page", args=["article", article.pk, "ru"])}"' in html
    assert compose(article, "ru").content_digest in html
    assert "Nobody has signed this text in this language yet." in html
    assert f'value="{in_years(localdate(), 1).isoformat()}"' in html
    assert reviewer.get(reverse("admin:preview_page", args=["article", article.pk, "ru"])).status_code == 200


def test_a_signature_holds_for_the_text_that_was_seen(reviewer: Client) -> None:
    article = an_article()

    answer = reviewer.post(page_of(article), filled(article, note="Дозы сверены."), follow=True)

    row = SignOff.objects.get()
    assert (row.item, row.language, row.name_en, row.note) == (article.pk, "ru", NAMES["en"], "Дозы сверены.")
    assert "signed this text" in answer.content.decode()
    assert f'value="{NAMES["ru"]}"' in answer.content.decode(), "the next signature starts with the same name"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"checked": None}, "#checked"),
        ({"name_en": " "}, "#name_en"),
        ({"name_ru": "А\u202e"}, "#name_ru"),
        ({"next_on": "tomorrow"}, "#next_on"),
        ({"next_on": "2026-01-01"}, "#next_on"),
        ({"next_on": "2199-01-01"}, "#next_on"),
        ({"seen": "0" * 64}, "#difference"),
        ({"note": "\u202e"}, "#note"),
    ],
)
def test_what_is_lacking_is_said_at_its_field_and_what_was_typed_stays(
    reviewer: Client, typed: dict[str, Any], place: str
) -> None:
    article = an_article()
    form = {name: value for name, value in filled(article, **{"note": "Моё & только моё."} | typed).items() if value}

    answer = reviewer.post(page_of(article), form)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="{place}"' in html
    assert "note" in typed or "Моё &amp; только моё." in html
    assert not SignOff.objects.exists()


def test_a_text_with_problems_says_so_and_cannot_be_signed(reviewer: Client) -> None:
    article = an_article(summary_ru="")

    assert "This text cannot be signed yet" in reviewer.get(page_of(article)).content.decode()
    assert reviewer.post(page_of(article), filled(article)).status_code == 422


def test_what_changed_since_the_last_signature_is_shown_word_by_word(reviewer: Client) -> None:
    article, vera, boris = an_article(), an_editor(), a_reviewer("boris")
    sign_text(article, "ru", by=boris)
    publish("article", article.pk, {"ru": Terms()}, decision=Decision(""), by=vera, at=NOON)
    assert "Nothing: the text is the one that was signed" in reviewer.get(page_of(article)).content.decode()

    Article.objects.update(summary_ru="О чём эта длинная статья.")

    html = reviewer.get(page_of(article)).content.decode()
    assert re.search(r"<ins>[^<]*длинная", html)
    assert "signed an earlier wording" in html


def test_what_changed_is_shown_even_where_the_signed_words_were_never_published(reviewer: Client) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer("boris"))
    Article.objects.update(summary_ru="Иначе.")

    html = reviewer.get(page_of(article)).content.decode()
    assert "<ins>Иначе.</ins>" in html
    assert "signed an earlier wording" in html


def test_where_the_signed_words_are_not_kept_any_more_the_whole_is_to_be_read(reviewer: Client) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer("boris"))
    Article.objects.update(summary_ru="Иначе.")
    with transaction.atomic(), erasing(SignedText) as rows:
        rows(SignedText).update(document_json="")

    assert "so it cannot be shown what changed" in reviewer.get(page_of(article)).content.decode()


def test_a_link_that_moved_within_its_site_leaves_the_signature_and_says_so(reviewer: Client) -> None:
    Source.objects.all().delete()
    article = an_article()
    Source.objects.update(url="https://who.test/old")
    sign_text(article, "ru", by=a_reviewer("boris"))
    Source.objects.update(url="https://who.test/new")

    html = reviewer.get(page_of(article)).content.decode()
    assert "The signature still holds" in html
    assert "signed this text" in html


def test_where_only_a_shared_part_changed_the_reviewer_is_led_to_that_difference(reviewer: Client) -> None:
    article, quote = an_article(), a_quote()
    place(article, quote)
    sign_text(article, "ru", by=a_reviewer("boris"))
    Expert.objects.update(post_ru="главный врач")

    html = reviewer.get(page_of(article)).content.decode()
    assert "Only shared parts have changed." in html
    assert reverse("admin:confirm_part", args=["expert", quote.expert_id]) in html


def test_a_signature_is_taken_back_by_who_gave_it(reviewer: Client) -> None:
    article = an_article()
    reviewer.post(page_of(article), filled(article))
    row = SignOff.objects.get()

    html = reviewer.post(page_of(article), {"_revoke": row.pk, "why": "Нашлась ошибка."}, follow=True).content.decode()

    assert "taken back (Нашлась ошибка.)" in html
    assert row.revocation.reason == "Нашлась ошибка."
    assert reviewer.post(page_of(article), {"_revoke": row.pk}).status_code == 302


@pytest.mark.parametrize("number", ["", "x", "999999"])
def test_nobody_takes_back_what_is_not_theirs(reviewer: Client, number: str) -> None:
    article = an_article()
    other = sign_text(article, "ru", by=a_reviewer("boris"))

    for given in (number, str(other.pk)):
        assert reviewer.post(page_of(article), {"_revoke": given}).status_code == 404
    assert not hasattr(SignOff.objects.get(), "revocation")


def test_an_editor_is_refused_and_nothing_is_signed(desk: Client) -> None:
    article = an_article()

    assert desk.get(page_of(article)).status_code == 403
    assert desk.post(page_of(article), filled(article)).status_code == 403
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(("kind", "language"), [("quote", "ru"), ("nonsense", "ru"), ("article", "de")])
def test_what_is_not_published_by_itself_has_no_review_page(reviewer: Client, kind: str, language: str) -> None:
    assert reviewer.get(reverse("admin:review", args=[kind, an_article().pk, language])).status_code == 404


def test_the_home_page_of_a_reviewer_lists_what_waits(reviewer: Client, editor: Any) -> None:
    article = an_article()
    waiting = a_question()
    a_page()
    sign_text(article, "ru", by=a_reviewer("boris"), at=later(1))

    html = reviewer.get("/admin/").content.decode()

    links = re.findall(r'href="(/admin/review/[^"]+)"', html)
    assert sorted(links) == sorted([page_of(article, "en"), page_of(waiting, "ru"), page_of(waiting, "en")])


def test_an_editor_is_not_shown_what_waits_for_reviewers(desk: Client) -> None:
    an_article()

    assert "Without a signature" not in desk.get("/admin/").content.decode()


def test_the_form_that_a_reviewer_reads_leads_to_the_review(reviewer: Client) -> None:
    article = an_article()

    html = reviewer.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert f'href="{page_of(article, "ru")}"' in html
    assert f'href="{page_of(article, "en")}"' in html


def test_a_reviewer_may_look_at_everything_and_change_nothing(reviewer: Client) -> None:
    article = an_article()
    form = reverse("admin:articles_article_change", args=[article.pk])

    assert reviewer.post(form, {"title_ru": "Чужое"}).status_code == 403
    assert reviewer.get(reverse("admin:publish", args=["article", article.pk])).status_code == 403
    assert Article.objects.get().title_ru == "Судороги в тестах"


def test_a_reviewer_reads_what_was_asked_and_may_return_it_from_there(reviewer: Client, editor: User) -> None:
    article = an_article()
    asked = "Is the dose right?"
    page, way = f"/admin/review/article/{article.pk}/ru/", f"/admin/workflow/article/{article.pk}/"
    assert "Nobody has sent this text for review" in reviewer.get(page).content.decode()

    workflow.submit("article", article.pk, "ru", note=asked, by=editor, at=NOON)
    html = reviewer.get(page).content.decode()

    assert asked in html
    assert f'<a href="{way}">Return it for changes…</a>' in html
    # The form leads to each review once.
    form = reviewer.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert form.count(page) == 1
    assert "Title (RU)" in form
