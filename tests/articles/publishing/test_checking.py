"""“We are checking this text” stands over a live text, takes nothing away, and is not forgotten by new editions."""

import pytest
from django.db import IntegrityError, transaction

from articles.content.texts import Article
from articles.editions import queries
from articles.editions.shelf import Change, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.roles import NotAllowedError
from articles.publishing.checking import end_check, start_check
from articles.publishing.problems import RefusedError
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import an_article, an_editor
from tests.factories.desk_kinds import a_term
from tests.factories.press import publish_item
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

NOTES = {"ru": "Сверяем дозу.", "en": "We are checking the dose."}
FOUND = {"ru": "Доза верна.", "en": "The dose is right."}


@pytest.fixture
def vera():
    return an_editor()


@pytest.fixture
def article(vera):
    article = an_article()
    publish_article(article, by=vera)
    return article


def checks(item):
    found = queries.by_item(item.pk)
    return {language: found.shelved(language).check for language in BOTH}


def test_readers_are_told_what_is_checked_since_when_and_keep_their_text(article, vera):
    before = queries.by_item(article.pk).shelved("ru").standing.edition

    start_check("article", article.pk, ["ru"], NOTES, by=vera, at=later(3))

    assert checks(article) == {"ru": {"note": "Сверяем дозу.", "started_at": "2026-11-22T12:03:00.000000Z"}, "en": None}
    shelved = queries.by_item(article.pk).shelved("ru")
    assert (shelved.standing.edition, shelved.is_live) == (before, True)


def test_the_journal_tells_partners_when_it_starts_and_when_it_ends(article, vera):
    start_check("article", article.pk, BOTH, NOTES, by=vera, at=later(3))
    end_check("article", article.pk, BOTH, FOUND, by=vera, at=later(9))

    lines = Change.objects.order_by("sequence").values_list("event", "language", "edition", "change_class", "note")[2:]
    assert list(lines) == [
        ("check_started", "ru", 1, "review", "Сверяем дозу."),
        ("check_started", "en", 1, "review", "We are checking the dose."),
        ("check_ended", "ru", 1, "review", "Доза верна."),
        ("check_ended", "en", 1, "review", "The dose is right."),
    ]
    assert [row.sequence for row in Standing.objects.order_by("language")] == [6, 5]
    assert list(verify_editions()) == []


def test_a_new_edition_stays_under_the_check_until_somebody_ends_it(article, vera):
    start_check("article", article.pk, BOTH, NOTES, by=vera, at=later(3))
    Article.objects.update(summary_ru="Доза исправлена.")

    publish_article(article, by=vera, at=later(5))

    assert checks(article)["ru"]["note"] == "Сверяем дозу."
    end_check("article", article.pk, BOTH, FOUND, by=vera, at=later(9))
    assert checks(article) == {"ru": None, "en": None}


def test_a_withdrawal_ends_the_check_and_a_restored_text_has_none(article, vera):
    start_check("article", article.pk, BOTH, NOTES, by=vera, at=later(3))

    withdraw("article", article.pk, ["en"], reason_code="error", reasons=NOTES, by=vera, at=later(4))
    restore("article", article.pk, "en", note="It was right.", by=vera, at=later(5))

    assert checks(article)["en"] is None
    assert list(verify_editions()) == []


def test_every_kind_with_a_page_can_be_checked(vera):
    term = a_term()
    publish_item(term, by=vera)

    start_check("term", term.pk, ["en"], NOTES, by=vera, at=later(1))

    assert checks(term)["en"]["note"] == "We are checking the dose."


def refused(act, *args, **kwargs):
    before = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    with pytest.raises(RefusedError) as refusal:
        act(*args, **kwargs)
    assert list(Change.objects.order_by("sequence").values_list("sequence", flat=True)) == before
    return [(problem.code, problem.language) for problem in refusal.value.problems]


def test_everything_that_is_in_the_way_is_said_at_once(article, vera):
    withdraw("article", article.pk, ["en"], reason_code="error", reasons=NOTES, by=vera, at=later(1))

    found = refused(start_check, "article", article.pk, BOTH, {"ru": " ", "en": "Dose."}, by=vera, at=later(2))

    assert found == [("check-note-missing", "ru"), ("not-live", "en")]
    assert refused(start_check, "article", article.pk, [], {}, by=vera, at=later(2)) == [("no-language", "")]
    assert refused(start_check, "faq", article.pk, ["ru"], NOTES, by=vera, at=later(2)) == [("not-live", "ru")]


def test_nothing_is_started_twice_or_ended_before_it_started(article, vera):
    assert refused(end_check, "article", article.pk, ["ru"], FOUND, by=vera, at=later(1)) == [("not-checked", "ru")]
    start_check("article", article.pk, ["ru"], NOTES, by=vera, at=later(2))

    assert refused(start_check, "article", article.pk, BOTH, NOTES, by=vera, at=later(3)) == [("is-checked", "ru")]
    assert refused(end_check, "article", article.pk, ["ru"], {}, by=vera, at=later(3)) == [
        ("check-result-missing", "ru")
    ]


def test_who_may_not_publish_may_not_put_it_up(article, django_user_model):
    stranger = django_user_model.objects.create_user("stranger", password="x", is_staff=True)

    with pytest.raises(NotAllowedError):
        start_check("article", article.pk, ["ru"], NOTES, by=stranger, at=later(1))


def test_the_database_knows_no_check_of_a_text_that_is_not_live(article, vera):
    withdraw("article", article.pk, ["en"], reason_code="error", reasons=NOTES, by=vera, at=later(1))

    with pytest.raises(IntegrityError, match="only_a_live_text_is_checked"), transaction.atomic():
        Standing.objects.filter(language="en").update(check_json='{"note": "?"}')


def test_a_check_that_the_journal_does_not_know_is_found(article):
    Standing.objects.filter(language="en").update(check_json='{"note": "?", "started_at": ""}')

    assert list(verify_editions()) == [f"article {article.pk} (en) is not under check as the journal has it."]
