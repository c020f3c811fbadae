"""A language that lacks a change for safety warns at once, and leaves the shelf when nobody brings it up to date."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from articles.content.care import CareBox
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.in_step import translation_states
from articles.editions.shelf import Change, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.translation_tasks import TranslationTask, assign
from articles.publishing import gap_letters, translation_queue
from articles.publishing.dues import Due
from articles.publishing.publish import Terms, publish
from articles.publishing.safety_gaps import gaps_of, open_gaps
from articles.publishing.settle import settle
from articles.publishing.withdraw import restore, withdraw
from tests.articles.publishing.agreement import agree, reword, save
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.desk_kinds import an_article_with_everything
from tests.factories.shelf import DECISION, every_part, publish_article

pytestmark = pytest.mark.django_db
GONE = {"ru": "Снят.", "en": "Taken down."}


def hours(number: float):
    return NOON + timedelta(hours=number)


def standing(article: Article, language: str) -> Standing:
    return Standing.objects.get(item=article.pk, language=language)


def waiting(article: Article):
    return list(Due.objects.filter(act="follow", item=article.pk, settled_at=None).values_list("language", "due_at"))


def publish_one(article, vera, language, at, *, change="safety", only=False, confirming=()):
    terms = {language: Terms(change, "Стало точнее.", this_language_only=only)}
    return publish("article", article.pk, terms, decision=DECISION, confirming=list(confirming), by=vera, at=at)


@pytest.fixture
def vera():
    return an_editor(email="vera@example.org")


@pytest.fixture(params=["ru", "en"])
def original(request):
    """Both directions: the original goes ahead for safety in either language."""
    return request.param


@pytest.fixture
def article(original, vera):
    article = an_article(original_language=original)
    agree(article, vera)
    publish_article(article, by=vera, confirming=[])
    return Article.objects.get(pk=article.pk)


def other(language):
    return "en" if language == "ru" else "ru"


def ahead(article, vera, language, at=None):
    """Publish a change for safety in one language only."""
    save(article, vera, reword(article, "summary", language))
    return publish_one(article, vera, language, at or hours(1))


def test_it_opens_with_the_edition_warns_at_once_and_waits_for_its_moment(article, vera, original, client):
    ahead(article, vera, original)

    behind = other(original)
    assert standing(article, behind).gap_since == hours(1)
    assert standing(article, original).gap_since is None
    assert waiting(article) == [(behind, hours(73))]
    line = Change.objects.order_by("sequence").last()
    assert (line.event, line.language, line.change_class) == ("language_state", behind, "safety")
    found = queries.by_id("article", article.pk).shelved(behind)
    page = client.get(found.page_path).content.decode()
    way = queries.by_id("article", article.pk).shelved(original).page_path
    assert page.index("note grave") < page.index(f'<a href="{way}" hreflang="{original}"', page.index("<main"))
    assert ("изменение, важное для безопасности" if behind == "ru" else "a change that matters for safety") in page
    answer = client.get(f"/api/v1/articles/{article.pk}/?lang={behind}").json()
    assert answer["safety_gap"]["language"] == original
    assert answer["safety_gap"]["api_url"].endswith(f"/api/v1/articles/{article.pk}/?lang={original}")
    assert (answer["max_age"], answer["safety_gap"]["since"]) == (3600, "2026-11-22T13:00:00.000000Z")
    assert client.get(f"/api/v1/articles/{article.pk}/?lang={original}").json()["safety_gap"] is None


def test_a_translation_that_goes_ahead_leaves_the_original_behind_until_it_moves(article, vera, original):
    translated = other(original)

    ahead(article, vera, translated)

    assert [(gap.language, gap.withdrawn_at) for gap in open_gaps()] == [(original, hours(73))]
    # What is elsewhere, or no more than wording, has not followed it…
    save(article, vera, reword(article.headingblock_set.get(), "text", original))
    publish_one(article, vera, original, hours(2), change="safety")
    save(article, vera, reword(Article.objects.get(pk=article.pk), "title", original))
    publish_one(article, vera, original, hours(3), change="wording")
    assert (article.pk, original) in gaps_of([article.pk])
    # …but a correction in the same part has.
    save(article, vera, reword(Article.objects.get(pk=article.pk), "summary", original))
    publish_one(article, vera, original, hours(4), change="correction")
    assert (article.pk, original) not in gaps_of([article.pk])


def test_the_publisher_may_say_that_the_other_language_was_right_all_along(article, vera, original):
    save(article, vera, reword(article, "summary", other(original)))

    publish_one(article, vera, other(original), hours(1), only=True)

    assert (open_gaps(), waiting(article)) == ([], [])


def test_it_may_be_said_afterwards_too_and_needs_no_new_word(article, vera, original):
    ahead(article, vera, other(original))

    edition = publish_one(article, vera, other(original), hours(2), change=None, only=True)[other(original)]

    assert (edition.envelope.change.class_, edition.envelope.this_language_only) == ("review", True)
    assert (open_gaps(), waiting(article)) == ([], [])


def test_a_translation_that_brings_what_the_original_had_for_safety_asks_nothing_of_it(article, vera, original):
    ahead(article, vera, original)
    fresh = Article.objects.get(pk=article.pk)
    fresh_title = reword(reword(fresh, "summary", other(original)), "title", other(original))
    save(article, vera, fresh_title)

    publish_one(article, vera, other(original), hours(2))

    assert (open_gaps(), waiting(article)) == ([], [])
    assert standing(article, other(original)).gap_since is None


def test_both_languages_at_once_leave_no_gap(article, vera):
    save(article, vera, reword(article, "summary", "ru", "en"))

    publish_article(Article.objects.get(pk=article.pk), by=vera, change_class="safety", at=hours(1))

    assert open_gaps() == []


def test_a_second_change_for_safety_gives_no_more_time(article, vera, original):
    ahead(article, vera, original)
    again = Article.objects.get(pk=article.pk)
    setattr(again, f"title_{original}", "Ещё раз иначе" if original == "ru" else "Once more")
    save(article, vera, again)

    publish_one(article, vera, original, hours(30))

    assert waiting(article) == [(other(original), hours(73))]


def test_what_was_compared_and_found_right_closes_it_when_readers_are_told(article, vera, original):
    ahead(article, vera, original)

    publish_one(article, vera, other(original), hours(50), change=None, confirming=every_part(article))

    assert (open_gaps(), waiting(article), settle(hours(80))) == ([], [], 0)
    assert standing(article, other(original)).is_live


def test_in_the_end_the_text_leaves_the_shelf_and_leads_to_the_newer_language(article, vera, original, client):
    ahead(article, vera, original)
    behind = other(original)
    assert settle(hours(72.9)) == 0

    # The worker was dead at the moment itself.
    assert (settle(hours(90)), settle(hours(91))) == (1, 0)

    gone = standing(article, behind)
    assert (gone.is_live, gone.gap_since, gone.tombstone["reason_code"]) == (False, None, "follows")
    assert gone.tombstone["withdrawn_at"] == "2026-11-25T13:00:00.000000Z"
    line = Change.objects.get(event="withdrawn")
    assert (line.effective_at, line.recorded_at, line.change_class) == (hours(73), hours(90), "safety")
    page = client.get(queries.by_id("article", article.pk).shelved(behind).page_path)
    assert page.status_code == 410
    assert queries.by_id("article", article.pk).shelved(original).page_path in page.content.decode()
    answer = client.get(f"/api/v1/articles/{article.pk}/?lang={behind}")
    assert (answer.status_code, answer.json()["reason_code"]) == (410, "follows")
    assert [row["language"] for row in answer.json()["translations"]] == [original]
    assert list(verify_editions()) == []


def test_a_withdrawal_ends_it_and_what_is_restored_warns_again_from_then_on(article, vera, original):
    ahead(article, vera, original)
    behind = other(original)

    withdraw("article", article.pk, [behind], reason_code="outdated", reasons=GONE, by=vera, at=hours(2))
    assert (waiting(article), settle(hours(80))) == ([], 0)
    restore("article", article.pk, behind, note="Снова.", by=vera, at=hours(90))

    assert standing(article, behind).gap_since == hours(90)
    assert waiting(article) == [(behind, hours(162))]


def test_what_is_undone_opens_no_gap(article, vera, original):
    with transaction.atomic():
        ahead(article, vera, original)
        transaction.set_rollback(True)

    assert (open_gaps(), waiting(article)) == ([], [])


def test_everybody_concerned_is_written_to_once_at_each_mark(article, vera, original, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    anna = an_editor("anna", email="anna@example.org")
    anna.groups.clear()
    translation_queue.fill(at=NOON)
    assign([article.pk], anna, by=vera, at=NOON)
    ahead(article, vera, original)
    everybody = ["anna@example.org", "desk@example.org", "vera@example.org"]
    # The translator of the other direction is not the one who is asked.
    expected = everybody

    for at in (1, 1.5, 25, 26, 49, 72):
        gap_letters.tell(clock=lambda at=at: hours(at))
    told = [message.to[0] for message in mail.outbox]

    assert sorted(told) == sorted(expected * 3)
    settle(hours(74))
    gap_letters.tell(clock=lambda: hours(74))
    assert len(mail.outbox) == len(expected) * 4
    assert "/admin/translations/article/" in mail.outbox[0].body


def test_a_worker_that_was_dead_writes_one_letter_for_all_marks_and_one_that_is_killed_loses_none(
    article, vera, original, monkeypatch
):
    ahead(article, vera, original)
    with monkeypatch.context() as broken:
        broken.setattr(gap_letters.letters, "send", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            gap_letters.tell(clock=lambda: hours(50))

    gap_letters.tell(clock=lambda: hours(50))
    assert mail.outbox == []  # taken by the one that was killed, for five minutes
    gap_letters.tell(clock=lambda: hours(50.2))

    assert [message.to for message in mail.outbox] == [["vera@example.org"]]
    gap_letters.tell(clock=lambda: hours(51))
    assert len(mail.outbox) == 1


def test_nobody_is_written_to_about_what_was_closed_meanwhile(article, vera, original):
    ahead(article, vera, original)
    gap_letters.tell(clock=lambda: hours(1))
    mail.outbox.clear()
    publish_one(article, vera, other(original), hours(24.5), change=None, confirming=every_part(article))

    gap_letters.tell(clock=lambda: hours(50))

    assert mail.outbox == []
    assert translation_states(str(article.pk))[other(original)].state == "in_step"


def test_the_queue_puts_it_first(article, vera, original):
    ahead(article, vera, original)

    translation_queue.follow(at=hours(2))

    task = TranslationTask.objects.get(item=article.pk)
    assert (task.language, task.behind, task.lacks, task.rank) == (other(original), 1, "safety", 0)


@pytest.mark.parametrize("is_in_box", [False, True])
def test_the_emergency_card_is_kept_unless_it_is_what_lacks_the_change(vera, client, is_in_box):
    article = an_article_with_everything()
    box = article.careboxblock_set.get().care_box
    CareBox.objects.filter(pk=box.pk).update(level="emergency")
    agree(article, vera)
    publish_article(article, by=vera, confirming=[])
    box = CareBox.objects.get(pk=box.pk)
    if is_in_box:
        save(box, vera, reword(box, "triggers", "ru"))
    else:
        save(article, vera, reword(Article.objects.get(pk=article.pk), "summary", "ru"))
    publish_one(article, vera, "ru", hours(1))

    settle(hours(73))

    page = client.get(queries.by_id("article", article.pk).shelved("en").page_path)
    assert page.status_code == 410
    assert ("This part of the text still holds" in page.content.decode()) is not is_in_box
