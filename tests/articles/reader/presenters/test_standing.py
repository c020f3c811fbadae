"""Who stands for a text, who wrote and who translated it, and when a review is overdue."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from articles.editions.envelope import Credits, Review, Signatory
from articles.reader.presenters.standing import Day, credits_view, review_view
from tests.factories.documents import REVIEWED, UNREVIEWED, a_document, agreed, an_english_document, heading, shelve

pytestmark = pytest.mark.django_db


def test_a_promise_that_stands_is_told_and_one_that_was_not_kept_never_as_if_it_stood() -> None:
    with override("en"):
        kept = review_view(REVIEWED, "en")
        broken = review_view(REVIEWED, "en", overdue_since=datetime(2028, 11, 21, tzinfo=UTC))

    assert (kept.next_on, kept.overdue_since) == (Day("2028-11-20", "20\u00a0November\u00a02028"), None)
    assert (broken.next_on, broken.overdue_since) == (None, Day("2028-11-21", "21\u00a0November\u00a02028"))


def test_a_decision_without_a_review_promises_nothing() -> None:
    with override("en"):
        view = review_view(UNREVIEWED, "en")

    assert (view.is_reviewed, view.reviewers, view.next_on, view.overdue_since) == (False, "", None, None)


def test_a_reason_with_markup_or_percent_signs_is_shown_as_it_is() -> None:
    review = Review(
        state="not_reviewed", by=[Signatory("<b>A</b> %(x)s", "editor")], on="2026-11-22", next_on="", reason="100 %s"
    )
    with override("en"):
        view = review_view(review, "en")

    assert "<b>A</b> %(x)s, editor" in view.decision
    assert view.decision.endswith("Reason: 100 %s")


def test_a_role_that_is_unknown_here_is_named_by_its_code() -> None:
    review = Review(state="reviewed", by=[Signatory("A", "pharmacist")], on="2026-11-22", next_on="", reason="")
    with override("en"):
        assert review_view(review, "en").reviewers == "A, pharmacist"


def test_several_people_are_told_apart_though_each_has_commas() -> None:
    review = Review(
        state="reviewed", by=[Signatory("A", "editor"), Signatory("B, C", "")], on="2026-11-22", next_on="", reason=""
    )
    with override("en"):
        assert review_view(review, "en").reviewers == "A, editor; B, C"


def test_where_nobody_is_named_the_words_say_so_and_only_a_translation_speaks_of_its_translator() -> None:
    original = a_document(heading("Что это"))
    russian = shelve(original).envelope
    english = shelve(an_english_document(heading("What it is")), "en", translation_of=agreed(original)).envelope

    with override("en"):
        first, second = credits_view(russian), credits_view(english)

    assert (first.written, first.translated_from, first.translated) == ("the editors; no author is named", "", "")
    assert second.written == first.written
    assert (second.translated_from, second.translated) == ("Translated from Russian", "no translator is named")


def test_who_is_named_stands_there_with_what_the_person_is() -> None:
    original = an_english_document(heading("What it is"))
    credits = Credits(["Проба Первая, журналист", "Проба Вторая"], ["Проба Третья, переводчик"])
    envelope = shelve(a_document(heading("Что это")), translation_of=agreed(original, "en"), credits=credits).envelope

    with override("ru"):
        view = credits_view(envelope)

    assert view.written == "Проба Первая, журналист; Проба Вторая"
    assert (view.translated_from, view.translated) == (
        "Перевод с\N{NO-BREAK SPACE}английского",
        "Проба Третья, переводчик",
    )
