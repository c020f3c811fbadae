"""The publish page: shows, asks, refuses with everything kept, publishes both languages at once."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions import queries
from articles.editions.shelf import Edition
from articles.editorial.confirmations import confirmed
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.desk_kinds import a_condition, a_term, a_topic
from tests.factories.shelf import every_part, journal, publish_article

pytestmark = pytest.mark.django_db


def page_of(article: Article) -> str:
    return reverse("admin:publish", args=["article", article.pk])


def as_shown(html: str) -> dict[str, Any]:
    """The form as a browser would send it untouched: hidden fields, ticks and texts."""
    form: dict[str, Any] = {"shown": re.findall(r'name="shown" value="([^"]+)"', html)}
    for language in ("ru", "en"):
        form[f"seen_{language}"] = re.search(rf'name="seen_{language}" value="([^"]+)"', html).group(1)
        for field in ("note", "reason"):
            # A text that a reviewer has signed needs no reason.
            if found := re.search(rf'<textarea name="{field}_{language}"[^>]*>([^<]*)</textarea>', html):
                form[f"{field}_{language}"] = found.group(1)
    form["languages"] = re.findall(r'name="languages" value="(\w\w)" checked', html)
    return form


def opened(desk: Client, article: Article) -> dict[str, Any]:
    return as_shown(desk.get(page_of(article)).content.decode())


def test_a_complete_draft_is_ticked_in_both_languages_and_goes_out_in_one_press(desk: Client) -> None:
    article = an_article()
    place(article, a_quote())

    answer = desk.post(page_of(article), opened(desk, article))

    assert answer.status_code == 302
    published = [(event, language) for _, event, language in journal() if event == "published"]
    assert published == [("published", "ru"), ("published", "en")]
    assert Edition.objects.count() == 2


def test_the_message_after_publishing_leads_to_the_live_pages(desk: Client) -> None:
    article = an_article()

    answer = desk.post(page_of(article), opened(desk, article), follow=True)

    assert 'href="/ru/articles/test-cramps-ru/"' in answer.content.decode()
    assert 'href="/en/articles/test-cramps/"' in answer.content.decode()


def test_the_decision_carries_a_reason_in_each_language_and_the_name_of_the_editor(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article) | {"reason_ru": "Врача пока нет.", "reason_en": "No clinician yet."}

    desk.post(page_of(article), form)

    found = queries.by_id("article", article.pk)
    reviews = {language: found.shelved(language).envelope.review for language in ("ru", "en")}
    assert reviews["ru"].reason == "Врача пока нет."
    assert reviews["en"].reason == "No clinician yet."
    assert [who.name for who in reviews["en"].by] == ["Мария Орлова"]


def test_only_the_ticked_language_is_published(desk: Client) -> None:
    article = an_article()

    desk.post(page_of(article), opened(desk, article) | {"languages": ["ru"]})

    assert [(edition.language, edition.number) for edition in Edition.objects.all()] == [("ru", 1)]


def test_a_draft_with_problems_is_not_ticked_and_each_problem_leads_to_its_field(desk: Client) -> None:
    article = an_article(title_en="")
    quote = a_quote(expert=None)
    place(article, quote)

    html = desk.get(page_of(article)).content.decode()

    assert as_shown(html)["languages"] == []
    form = reverse("admin:articles_article_change", args=[article.pk])
    assert f'href="{form}?focus=article%3A{article.pk}%3Atitle_en"' in html
    other = reverse("admin:articles_quote_change", args=[quote.pk])
    assert f'href="{other}?focus=quote%3A{quote.pk}%3Aexpert"' in html


def test_a_problem_in_a_block_leads_to_the_form_of_its_article(desk: Client) -> None:
    article = an_article()
    block = a_text(article, ordering=40, ru="Только по-русски.", essential=True)

    html = desk.get(page_of(article)).content.decode()

    form = reverse("admin:articles_article_change", args=[article.pk])
    assert f'href="{form}?focus=textblock%3A{block.pk}%3Atext_en"' in html


def test_a_change_without_class_and_note_is_refused_and_what_was_typed_stays(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    Article.objects.filter(pk=article.pk).update(title_ru="Другое <название>")
    form = opened(desk, article) | {"note_ru": "", "reason_ru": "Моя причина & только моя.", "languages": ["ru"]}

    answer = desk.post(page_of(article), form)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#class_ru"' in html
    assert 'href="#note_ru"' in html
    assert "Моя причина &amp; только моя." in html
    assert Edition.objects.filter(language="ru").count() == 1


def test_an_empty_reason_is_refused_at_the_language_that_lacks_it(desk: Client) -> None:
    article = an_article()

    answer = desk.post(page_of(article), opened(desk, article) | {"reason_en": " "})

    html = answer.content.decode()
    assert 'href="#reason_en"' in html
    assert 'href="#reason_ru"' not in html
    assert journal() == []


def test_nothing_ticked_is_refused(desk: Client) -> None:
    article = an_article()

    answer = desk.post(page_of(article), opened(desk, article) | {"languages": []})

    assert answer.status_code == 422
    assert "Choose at least one language." in answer.content.decode()


def test_the_difference_is_shown_word_by_word(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    Article.objects.filter(pk=article.pk).update(summary_en="What this long article is about.")

    html = desk.get(page_of(article)).content.decode()

    assert "<ins>long </ins>" in html
    assert 'id="class_en"' in html
    assert 'id="class_ru"' not in html


def test_a_change_goes_out_under_its_class_and_note(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    Article.objects.filter(pk=article.pk).update(summary_ru="О чём эта длинная статья.")
    form = opened(desk, article) | {"class_ru": "correction", "note_ru": "Исправлено краткое содержание."}

    desk.post(page_of(article), form | {"languages": ["ru"]})

    newest = queries.by_id("article", article.pk).shelved("ru").envelope
    assert (newest.number, newest.change.class_, newest.change.note) == (
        2,
        "correction",
        "Исправлено краткое содержание.",
    )


@pytest.mark.parametrize("forged", ["first", "review", "nonsense"])
def test_a_class_that_the_page_does_not_offer_is_none(desk: Client, editor: User, forged: str) -> None:
    article = an_article()
    publish_article(article, by=editor)
    Article.objects.filter(pk=article.pk).update(summary_ru="Иначе.")

    answer = desk.post(
        page_of(article), opened(desk, article) | {"class_ru": forged, "note_ru": "Да.", "languages": ["ru"]}
    )

    assert answer.status_code == 422


def test_a_text_that_moved_after_it_was_looked_at_is_not_published(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article)
    Article.objects.filter(pk=article.pk).update(title_ru="Кто-то вмешался")

    answer = desk.post(page_of(article), form)

    assert answer.status_code == 422
    assert "changed after you looked at it" in answer.content.decode()
    assert journal() == []


def test_a_form_without_what_was_seen_publishes_nothing(desk: Client) -> None:
    article = an_article()

    answer = desk.post(page_of(article), {"languages": ["ru"], "reason_ru": "Так."})

    assert answer.status_code == 422
    assert journal() == []


def test_a_ticked_part_is_confirmed_with_the_publication(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article)
    assert set(form["shown"]) == set(every_part(article))

    desk.post(page_of(article), form | {"confirm": ["head"]})

    assert set(confirmed(article.pk, "en")) == {"head"}
    assert queries.by_id("article", article.pk).shelved("en").translation.state == "behind"


def test_all_parts_can_be_confirmed_at_once(desk: Client) -> None:
    article = an_article()

    desk.post(page_of(article), opened(desk, article) | {"confirm_all": "1"})

    assert set(confirmed(article.pk, "en")) == set(every_part(article))
    assert queries.by_id("article", article.pk).shelved("en").translation.state == "in_step"


def test_a_translation_is_not_confirmed_against_an_original_that_nobody_looked_at(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article) | {"confirm_all": "1", "languages": ["en"]}
    Article.objects.filter(pk=article.pk).update(summary_ru="Совсем другое утверждение.")

    answer = desk.post(page_of(article), form)

    assert answer.status_code == 422
    assert confirmed(article.pk, "en") == {}


def test_publishing_the_same_words_again_says_that_readers_see_them(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)

    answer = desk.post(page_of(article), opened(desk, article) | {"languages": ["ru", "en"]}, follow=True)

    assert "Readers see this text already:" in answer.content.decode()
    assert Edition.objects.count() == 2


def test_without_the_role_the_page_is_closed(client: Client) -> None:
    article = an_article()
    nobody = User.objects.create_user("nobody", password="x", is_staff=True)
    client.force_login(nobody)

    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), {"languages": ["ru"]}).status_code == 403
    assert journal() == []


@pytest.mark.parametrize("kind", ["quote", "nonsense"])
def test_what_has_no_editions_has_no_publish_page(desk: Client, kind: str) -> None:
    assert desk.get(reverse("admin:publish", args=[kind, a_quote().pk])).status_code == 404


def test_topics_and_conditions_that_differ_are_told_by_their_names(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    desk.cookies["django_language"] = "en"
    article.topics.set([a_topic()])
    article.conditions.set([term := a_condition()])

    html = desk.get(page_of(article)).content.decode()

    assert "Topics: changed" in html
    assert "Conditions: changed" in html
    assert "<ins>Muscles</ins>" in html
    assert "<ins>Restless legs</ins>" in html
    assert str(term.pk) not in html


def test_a_condition_without_a_code_stands_in_the_way_of_publishing(desk: Client) -> None:
    article = an_article()
    article.conditions.set([a_term()])
    desk.cookies["django_language"] = "en"

    html = desk.get(page_of(article)).content.decode()

    assert "The term “Cramp” has no ICD-10 code" in html
    assert f"focus=article%3A{article.pk}%3Aconditions" in html
