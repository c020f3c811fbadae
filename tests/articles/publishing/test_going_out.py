"""A release goes out whole at its moment, byte for byte as it was kept, or not at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import RequestFactory

from articles.admin.press.deadline_tiles import refused_releases
from articles.content.care import CareService
from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.store import Part
from articles.editions.value import encoded
from articles.editions.verifying import verify_editions
from articles.editorial import transitions
from articles.editorial.signoffs import SignOff
from articles.editorial.states import Act, State
from articles.publishing import going_out
from articles.publishing.compose import compose
from articles.publishing.desk_letters import DeskLetter
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.dues import Due
from articles.publishing.going_out import in_the_way
from articles.publishing.releases import Release, ReleaseEntry
from articles.publishing.reviewing import take_back
from articles.publishing.scheduling import move
from articles.publishing.settle import next_due, settle
from articles.publishing.withdraw import withdraw, withdraw_part
from articles.publishing.workflow import send_back, submit
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import an_article_with_everything
from tests.factories.releases import ITS_MOMENT, a_release, put_in
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import BOTH, journal, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Ошибка.", "en": "An error."}
LATE = ITS_MOMENT + timedelta(minutes=7)


@pytest.fixture
def vera() -> User:
    return an_editor()


def refused(release: Release) -> set[tuple[str, str]]:
    """What keeps a release back at its moment; that nothing of it went out is looked at each time."""
    before, lines = Edition.objects.count(), journal()
    settle(LATE)
    release.refresh_from_db()
    assert (Edition.objects.count(), journal()) == (before, lines)
    assert release.state == Release.State.REFUSED
    assert settle(LATE + timedelta(hours=1)) == 0
    return {(said["code"], said["language"]) for said in release.refusals}


def test_several_texts_go_out_together_with_the_promised_moment_beside_the_real_one(vera: User) -> None:
    article, other = an_article(), an_article_with_everything()
    release = a_release(article, other, by=vera)
    kept = dict(release.entries.values_list("content_digest", "document_json"))
    Article.objects.update(title_ru="Недописанный черновик", summary_en="Half-typed")

    assert (next_due(), settle(ITS_MOMENT - timedelta(seconds=1))) == (ITS_MOMENT, 0)
    assert (settle(LATE), settle(LATE)) == (1, 0)

    assert dict(Edition.objects.values_list("content_digest", "document_json")) == kept
    assert set(Change.objects.values_list("event", "effective_at", "recorded_at")) == {("published", ITS_MOMENT, LATE)}
    release.refresh_from_db()
    assert (release.state, release.went_out_at) == ("out", LATE)
    assert set(ReleaseEntry.objects.values_list("document_json", flat=True)) == {""}
    assert next_due() is None
    assert list(verify_editions()) == []


def test_review_credits_confirmations_and_the_readers_note_go_out_as_they_were_approved(vera: User) -> None:
    article, anna = an_article(authors_ru="Вера Редакторова", authors_en="Vera Redaktorova"), a_reviewer()
    for language in BOTH:
        sign_text(article, language, by=anna)
    a_release(article, by=vera)
    Article.objects.update(authors_ru="Другой", authors_en="Another")

    settle(LATE)

    english = Edition.objects.get(language="en").envelope
    assert (english.review.state, english.review.by[0].name) == ("reviewed", "Nina Sverkova, physician")
    assert english.credits
    assert english.credits.written == ["Vera Redaktorova"]
    assert english.translation_of
    assert english.translation_of.parts == Edition.objects.get(language="ru").parts()
    assert (english.change.class_, english.change.note) == ("first", "Что изменилось.")
    assert Due.objects.filter(act="review", settled_at=None).count() == 2
    done = transitions.last([article.pk])[article.pk, "ru"]
    assert (done.act, done.to_state, done.done_by) == (Act.PUBLISH, State.LIVE, None)


def test_words_that_are_in_review_by_then_stay_in_review(vera: User) -> None:
    article = an_article()
    a_release(article, by=vera)
    transitions.record(
        "article", article.pk, "ru", Act.SUBMIT, from_state=State.DRAFT, to_state=State.IN_REVIEW,
        content_digest="f" * 64, by=vera, at=later(5),
    )  # fmt: skip

    settle(LATE)

    assert transitions.last([article.pk])[article.pk, "ru"].act == Act.SUBMIT


def a_newer_edition(article: Article, vera: User) -> None:
    Article.objects.update(summary_ru="Новее.")
    publish_article(article, by=vera, languages=["ru"], at=later(1))


def a_withdrawal(article: Article, vera: User) -> None:
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))


def a_part_withdrawn(article: Article, vera: User) -> None:
    withdraw_part("quote", Quote.objects.get().pk, reason_code="error", reasons=WHY, by=vera, at=later(1))


@pytest.mark.parametrize(
    ("happens", "code", "languages"),
    [
        (a_newer_edition, "release-moved", {"ru"}),
        (a_withdrawal, "release-moved", {"ru"}),
        (a_part_withdrawn, "release-part-gone", {"ru", "en"}),
    ],
)
def test_a_release_that_was_overtaken_does_not_go_out(
    vera: User, happens: Callable[[Article, User], None], code: str, languages: set[str]
) -> None:
    article, other = an_article(), an_article("other")
    place(article, a_quote())
    publish_article(article, by=vera)
    Article.objects.update(summary_ru="Иначе.", summary_en="Otherwise.")
    release = a_release(other, article, by=vera)

    happens(article, vera)

    assert {(code, language) for language in languages} <= refused(release)
    assert not Standing.objects.filter(item=other.pk).exists()


def test_a_taken_address_keeps_all_of_it_back(vera: User) -> None:
    release = a_release(an_article(), an_article("other"), by=vera)
    Article.objects.filter(slug_ru="other").update(slug_ru="moved", slug_en="moved")
    publish_article(an_article("other", title_ru="Захватчик", title_en="Squatter"), by=vera, at=later(1))

    assert refused(release) == {("slug-taken", "ru"), ("slug-taken", "en")}


def test_a_signature_taken_back_and_a_text_returned_void_what_was_approved(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    sign_text(article, "ru", by=anna)
    release = a_release(article, by=vera)
    take_back(SignOff.objects.get(), by=anna, at=later(1))
    transitions.record(
        "article", article.pk, "en", Act.RETURN, from_state=State.IN_REVIEW, to_state=State.RETURNED,
        content_digest=compose(article, "en").content_digest, by=anna, at=later(1),
    )  # fmt: skip

    assert refused(release) == {("release-approval", "ru"), ("release-approval", "en")}


def test_what_was_returned_with_another_day_of_the_last_look_is_the_text_that_waits(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    place(article, a_quote())
    submit("article", article.pk, "ru", by=vera, at=NOON)
    release = a_release(article, by=vera)
    Source.objects.update(accessed_on="2026-11-20")
    submit("article", article.pk, "ru", by=vera, at=later(1))
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(2))

    assert refused(release) == {("release-approval", "ru")}


def test_an_earlier_decision_lets_nothing_out_that_was_returned_since_though_it_was_sent_again(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    submit("article", article.pk, "ru", by=vera, at=NOON)
    release = a_release(article, by=vera)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(1))
    submit("article", article.pk, "ru", by=vera, at=later(2))

    assert {problem.code for problem in in_the_way(release, LATE)} == {"release-approval"}
    put_in(release, article, by=vera, at=later(3))
    assert in_the_way(release, LATE) == []


def test_other_words_that_were_returned_hold_nothing_back(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    release = a_release(article, by=vera)
    Article.objects.update(summary_ru="О чём эта другая статья.")
    submit("article", article.pk, "ru", by=vera, at=later(1))
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(2))

    assert in_the_way(release, LATE) == []


def test_a_decision_that_the_site_no_longer_allows_lets_nothing_out(vera: User, settings: Any) -> None:
    release = a_release(an_article(), by=vera)
    settings.UNREVIEWED_KINDS = frozenset({"page"})

    assert refused(release) == {("not-approved", "ru"), ("not-approved", "en")}


def test_a_second_signature_is_no_harm_and_one_that_promises_less_is(vera: User) -> None:
    article, anna = an_article(), a_reviewer()
    sign_text(article, "ru", by=anna)
    release = a_release(article, by=vera)
    boris = a_reviewer("boris")
    sign_text(article, "ru", by=boris, name={"ru": "Борис Второй", "en": "Boris Second"}, at=later(1))
    assert in_the_way(release, LATE) == []

    sign_text(article, "ru", by=boris, next_on=later(60 * 24 * 40).date(), at=later(2))
    assert [problem.code for problem in in_the_way(release, LATE)] == ["release-approval"]


def test_what_was_corrected_in_live_texts_meanwhile_is_not_undone_by_a_text_that_waited(vera: User) -> None:
    live, waiting = an_article(), an_article("waiting")
    quote = a_quote()
    place(live, quote)
    place(waiting, quote)
    publish_article(live, by=vera)
    release = a_release(waiting, by=vera)
    expert = Expert.objects.get()
    Expert.objects.update(post_ru="заведующая", post_en="head of department")
    parts = [one.part for one in drifted(live.pk)]
    assert set(parts) == {Part("expert", str(expert.pk))}
    republish_changed(
        live.pk, parts, change_class="correction", notes={"ru": "Должность.", "en": "Post."}, by=vera, at=later(1)
    )

    assert refused(release) == {("release-part-sent", "ru"), ("release-part-sent", "en")}


def test_a_number_to_call_that_the_desk_has_otherwise_by_now_keeps_it_back(vera: User) -> None:
    release = a_release(an_article_with_everything(), by=vera)
    service = CareService.objects.first()
    assert service
    service.number = "999"
    service.save()

    assert ("release-numbers", "ru") in refused(release)


def test_whoever_lost_the_right_to_publish_publishes_nothing_and_a_colleague_may_take_over(vera: User) -> None:
    release = a_release(an_article(), by=vera)
    vera.groups.remove(Group.objects.get(name="editor"))
    assert refused(release) == {("release-arranger", "")}

    boris = an_editor("boris")
    move(release.pk, LATE + timedelta(hours=2), by=boris, at=LATE + timedelta(hours=1))

    assert settle(LATE + timedelta(hours=3)) == 1
    release.refresh_from_db()
    assert (release.state, release.refusals) == ("out", [])


def test_why_it_did_not_go_out_is_kept_in_both_languages(vera: User) -> None:
    release = a_release(by=vera)
    assert refused(release) == {("release-empty", "")}
    assert release.refusals[0]["en"] == "There is no text in this release."
    assert Due.objects.get().fault == "release-empty ()"


def test_a_fault_of_ours_leaves_nothing_half_is_tried_again_and_keeps_nobody_waiting(
    vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = a_release(an_article(), an_article("other"), by=vera)
    a_release(an_article("third"), by=vera, name="Весна", goes_out_at=later(61))

    def breaks(*args: object, **kwargs: object) -> None:
        monkeypatch.undo()
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(going_out, "forget", breaks)
    assert settle(LATE) == 1
    assert Edition.objects.count() == 2
    assert Due.objects.get(item=broken.pk).fault == "RuntimeError: the disk is full"

    assert settle(LATE + timedelta(seconds=1)) == 1
    assert Edition.objects.count() == 6
    assert list(verify_editions()) == []


def test_readers_see_what_was_kept_to_the_byte(vera: User) -> None:
    article = an_article_with_everything()
    approved = {language: encoded(compose(article, language).document) for language in BOTH}
    release = a_release(by=vera)
    put_in(release, article, by=vera, at=NOON)

    settle(LATE)

    shown = {edition.language: edition.document_json.encode() for edition in Edition.objects.all()}
    assert shown == approved


def test_what_is_later_than_the_site_allows_is_held_told_and_goes_out_at_a_moment_that_somebody_sets_anew(
    vera: User, settings: Any
) -> None:
    settings.RELEASE_LATE_HOURS = 2
    release = a_release(an_article(), by=vera)
    User.objects.filter(pk=vera.pk).update(email="vera@desk.example")
    too_late = ITS_MOMENT + timedelta(hours=2, seconds=1)

    settle(too_late)

    release.refresh_from_db()
    assert (release.state, [said["code"] for said in release.refusals]) == ("refused", ["release-late"])
    assert (Edition.objects.count(), release.goes_out_at) == (0, ITS_MOMENT)
    [letter] = DeskLetter.objects.filter(name="release")
    assert "more than 2 hours" in letter.facts["refusals"][0]["en"]
    assert [entry.name for entry in refused_releases(RequestFactory().get("/"), 5)] == ["Зима"]
    # What stands in its way at this moment is another thing than that it is late.
    assert in_the_way(release, too_late) == []

    move(release.pk, too_late + timedelta(minutes=5), by=vera, at=too_late)
    settle(too_late + timedelta(hours=2, minutes=5))
    assert Edition.objects.count() == 2


def test_a_fault_of_the_program_keeps_no_release_back_beyond_the_time_for_which_it_is_right(
    vera: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RELEASE_LATE_HOURS = 2
    release = a_release(an_article(), by=vera)
    with monkeypatch.context() as broken:
        broken.setattr(going_out.store, "put", lambda *args, **given: 1 / 0)
        settle(LATE)
    settle(ITS_MOMENT + timedelta(hours=3))

    release.refresh_from_db()
    assert (release.state, Edition.objects.count()) == ("refused", 0)
